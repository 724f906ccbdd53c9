"""A tag that moves in a manifest is no statement where a workflow puts another image in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository

MANIFEST = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app: shop}\n"
    "  template:\n    metadata:\n      labels: {app: shop}\n    spec:\n      containers:\n        - name: shop\n          image: registry.internal/shop:latest\n"
)


@pytest.mark.parametrize(
    ("command", "stated"),
    [
        ("kubectl set image deployment/shop shop=registry.internal/shop:$SHA", False),
        ("kubectl apply -f k8s/", True),
    ],
)
def test_the_image_that_a_workflow_sets_is_the_one_that_runs(
    command: str, stated: bool, tmp_path: Path
) -> None:
    files = {
        "k8s/deployment.yaml": MANIFEST,
        ".github/workflows/deploy.yml": f"on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: {command}\n",
        "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    facts = {found.claim.fact: found.claim.value for found in inspect_repository(tmp_path).facts}
    assert facts["target.replicas"] is not None
    assert ("target.image_pinned" in facts) is stated


@pytest.mark.parametrize(
    ("image", "counts"),
    [("quay.io/minio/minio:latest", False), ("postgres:16", False), ("ghcr.io/example/scores:1.2", True)],
)
def test_how_a_store_runs_says_nothing_of_the_pilot(image: str, counts: bool, tmp_path: Path) -> None:
    files = {
        "k8s/run.yaml": MANIFEST.replace("registry.internal/shop:latest", image),
        "src/main.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([], [])\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    reading = inspect_repository(tmp_path)
    assert (reading.fact("target.replicas") is not None) is counts
    assert (reading.fact("operations.infrastructure_as_code") is not None) is counts


def inspect_files(root: Path, files: dict[str, str]) -> dict[str, object]:
    """Return the facts of a folder with these files."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {found.claim.fact: found.claim.value for found in inspect_repository(root).facts}


_TRAINS = (
    "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([], [])\n"
)
_OVERLAY = "resources: [../../base]\nimages:\n  - name: registry.internal/shop\n    newTag: {tag}\n"


@pytest.mark.parametrize(
    ("tag", "pinned"), [("4f1c2ab", True), ("latest", False), ("IMAGE_PLACEHOLDER", False)]
)
def test_the_tag_that_an_overlay_of_production_gives_is_the_one_that_runs(
    tag: str, pinned: bool, tmp_path: Path
) -> None:
    files = {
        "deploy/base/kustomization.yaml": "resources: [deployment.yaml]\n",
        "deploy/base/deployment.yaml": MANIFEST,
        "deploy/overlays/dev/kustomization.yaml": _OVERLAY.format(tag="dev-123"),
        "deploy/overlays/prod/kustomization.yaml": _OVERLAY.format(tag=tag),
        "app.py": _TRAINS,
    }
    assert inspect_files(tmp_path, files)["target.image_pinned"] is pinned


def test_a_manifest_that_no_kustomize_file_lists_is_not_deployed(tmp_path: Path) -> None:
    files = {
        "k8s/base/kustomization.yaml": "resources:\n  - shop.yaml\n",
        "k8s/base/shop.yaml": MANIFEST,
        "k8s/base/all-in-one.yaml": MANIFEST.replace("replicas: 2", "replicas: 7"),
        "k8s/base/scaler.yaml": "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s}\nspec:\n  scaleTargetRef: {name: shop}\n  minReplicaCount: 0\n  maxReplicaCount: 9\n",
        "app.py": _TRAINS,
    }
    facts = inspect_files(tmp_path, files)
    assert str(facts["target.replicas"]) == "2"
    assert "cost.scale_to_zero" not in facts
    assert "target.replicas_max" not in facts


@pytest.mark.parametrize(("image", "stated"), [("registry.internal/shop", False), ("other", True)])
def test_the_image_that_is_built_beside_the_manifest_is_the_one_that_runs(
    image: str, stated: bool, tmp_path: Path
) -> None:
    facts = inspect_files(
        tmp_path,
        {
            "k8s/deployment.yaml": MANIFEST,
            "skaffold.yaml": f"apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n    - image: {image}\n",
            "app.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
        },
    )
    assert ("target.image_pinned" in facts) is stated
