"""Workloads that a Kustomize file beside them takes in count wherever they lie; the models of all of them are asked about."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.inspect.inspect import inspect_repository

_WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
        - name: serve
          image: {image}
          args: {args}
          ports: [{{containerPort: 8000}}]
          readinessProbe: {{httpGet: {{path: /health, port: 8000}}}}
          resources:
            requests: {{cpu: "1", memory: 1Gi}}
            limits: {{memory: {memory}, {gpu}}}
"""
_VLLM = f"vllm/vllm-openai:v0.9@sha256:{'1' * 64}"


def _served(root: Path, name: str, model: str, replicas: int) -> None:
    """Write a workload that serves a model, and the Kustomize file that takes it in."""
    folder = root / "serving" / name
    folder.mkdir(parents=True)
    folder.joinpath("kustomization.yaml").write_text("resources:\n  - workload.yaml\n")
    text = _WORKLOAD.format(
        name=name, replicas=replicas, image=_VLLM, args=f"[--model={model}]", memory="12Gi", gpu="nvidia.com/gpu: 1"
    )  # fmt: skip
    folder.joinpath("workload.yaml").write_text(text)


def test_what_serves_stands_before_a_tool_beside_it(tmp_path: Path) -> None:
    """The sizes of a workload without a model are not the pilot's, though its folder is called after manifests."""
    _served(tmp_path, "small", "Qwen/Qwen2.5-0.5B-Instruct", 0)
    _served(tmp_path, "large", "Qwen/Qwen2.5-14B-Instruct", 2)
    beside = tmp_path / "desk" / "board" / "manifests"
    beside.mkdir(parents=True)
    text = _WORKLOAD.format(name="board", replicas=5, image="example.com/board:1", args="[]", memory="3Gi", gpu='cpu: "1"')  # fmt: skip
    beside.joinpath("workload.yaml").write_text(text)
    reading = inspect_repository(tmp_path)
    facts = {found.claim.fact: found.claim.value for found in reading.facts}
    assert facts["model.hosting"] == "self"
    assert facts["model.engine"] == "vllm"
    assert facts["model.kind"] == "llm"
    assert str(facts["target.count"]) == "1"
    assert "target.replicas" not in facts
    assert str(facts["target.memory_limit"]) == "12 GiB"
    assert not reading.models
    (perhaps,) = [one.models for one in reading.questions if one.models]
    assert perhaps == ("Qwen/Qwen2.5-14B-Instruct", "Qwen/Qwen2.5-0.5B-Instruct")


def test_a_run_that_a_server_of_mlflow_kept_is_not_the_model(tmp_path: Path) -> None:
    """What a server of MLflow keeps beside the code need not be what answers."""
    kept = tmp_path / "mlartifacts" / "1" / "models" / "m-1" / "artifacts"
    kept.mkdir(parents=True)
    kept.joinpath("MLmodel").write_text("model_id: m-1\nmodel_size_bytes: 4096\nmlflow_version: 3.1\nflavors:\n  sklearn: {pickled_model: model.pkl}\n")  # fmt: skip
    tmp_path.joinpath("serve.py").write_text("import joblib\n\nmodel = joblib.load('model.joblib')\n")
    names = {found.claim.fact for found in inspect_repository(tmp_path).facts}
    assert not names & {"model.version", "model.weight_bytes"}
