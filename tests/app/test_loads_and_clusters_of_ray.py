"""A job that tests the load is not the service, and the image of Ray Serve stands in the groups of its cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository

_LOAD = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: smoke\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: k6\n          image: grafana/k6:latest\n"
_GROUP = "template:\n        spec:\n          containers:\n            - name: ray\n              image: registry.internal/answers:{tag}\n"
_RAY = (
    "apiVersion: ray.io/v1\nkind: RayService\nmetadata:\n  name: answers\nspec:\n  rayClusterConfig:\n    headGroupSpec:\n      "
    + _GROUP
    + "    workerGroupSpecs:\n    - groupName: a\n      replicas: 0\n      "
    + _GROUP
)
_APP = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n"


def _facts(root: Path, files: dict[str, str]) -> dict[str, object]:
    for path, text in {"app.py": _APP, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return {found.claim.fact: found.claim.value for found in inspect_repository(root).facts}


@pytest.mark.parametrize("path", ["k6/smoke-job.yaml", "k8s/smoke-job.yaml"])
def test_a_test_of_load_says_nothing_of_the_image(tmp_path: Path, path: str) -> None:
    assert not {one for one in _facts(tmp_path, {path: _LOAD}) if one.startswith("target.")}


@pytest.mark.parametrize(("tag", "pinned"), [("1.4.0", True), ("latest", False)])
def test_the_image_of_ray_serve_stands_in_its_groups(tmp_path: Path, tag: str, pinned: object) -> None:
    facts = _facts(tmp_path, {"k8s/ray.yaml": _RAY.format(tag=tag), "k6/smoke-job.yaml": _LOAD})
    assert facts["target.image_pinned"] is pinned
    assert "target.replicas" not in facts
