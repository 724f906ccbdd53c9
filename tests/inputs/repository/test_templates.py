"""Plain values of a chart stand in its templates; switches, stores and scales of one part of several do not."""

from __future__ import annotations

from pathlib import Path

from poc_gate.inputs.repository.read_repository import read_repository

_RUNTIME = "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\nmetadata:\n  name: cpu\nspec:\n  containers:\n    - name: kserve-container\n      image: {{ .Values.images.runtime.repository }}:{{ .Values.images.runtime.tag }}\n      args:\n        - --max-model-len\n        - {{ .Values.model.length | quote }}\n"
_SERVED = "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata:\n  name: small\nspec:\n  predictor:\n    minReplicas: 1\n    maxReplicas: {{ .Values.model.most }}\n    model:\n      resources:\n        limits:\n          memory: {{ .Values.model.memory | quote }}\n"
_VALUES = "images:\n  runtime: {repository: quay.io/a/vllm-cpu-openai, tag: '0.3'}\nmodel: {length: 2048, most: 3, memory: 8Gi}\nstore: {image: 'mysql:8', enabled: false}\n"
_STORE = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: store\nspec:\n  replicas: {{ .Values.model.most }}\n  template:\n    spec:\n      containers:\n        - name: store\n          image: {{ .Values.store.image }}\n"


def read(folder: Path, files: dict[str, str]) -> tuple[dict[str, str], set[str]]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    reading = read_repository(folder)
    facts = {found.claim.fact: str(found.claim.value) for found in reading.facts}
    return facts, {one.system for one in reading.sources}


def test_values_of_a_chart_complete_its_templates(tmp_path: Path) -> None:
    files = {
        "helm/Chart.yaml": "name: small\n",
        "helm/values.yaml": _VALUES,
        "helm/templates/runtime.yaml": _RUNTIME,
        "helm/templates/served.yaml": _SERVED,
    }
    facts, systems = read(tmp_path, files)
    assert facts["model.engine"] == "vllm"
    assert facts["model.max_context"] == "2,048 tok"
    assert (facts["target.replicas"], facts["target.replicas_max"]) == ("1", "3")
    assert facts["target.memory_limit"] == "8 GiB"
    assert not systems


def test_a_store_and_a_scale_that_values_put_in_are_left_to_the_values(tmp_path: Path) -> None:
    files = {
        "helm/Chart.yaml": "name: small\n",
        "helm/values.yaml": _VALUES,
        "helm/templates/runtime.yaml": _RUNTIME,
        "helm/templates/served.yaml": _SERVED,
        "helm/templates/deployment-store-server.yaml": _STORE,
        "helm/templates/deployment-page.yaml": _STORE.replace("store", "page"),
    }
    facts, systems = read(tmp_path, files)
    assert "target.replicas_max" not in facts
    assert "mysql" not in systems
