"""A workload that is called after a tool or a store is none of the pilot's own, whatever image it runs."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.inspect.inspect import inspect_repository

_FLOWS = """apiVersion: apps/v1
kind: Deployment
metadata: {name: flows}
spec:
  replicas: 4
  selector: {matchLabels: {app: flows}}
  template:
    metadata: {labels: {app: flows}}
    spec:
      terminationGracePeriodSeconds: 77
      containers:
        - name: flows
          image: registry.example.org/flows:1.2
          resources: {limits: {memory: 3Gi}}
"""


def _read(root: Path, folder: str) -> tuple[set[str], dict[str, str]]:
    """Return the facts that a pilot with a workload in a folder states, and why files were left."""
    (root / "app").mkdir()
    (root / "app" / "main.py").write_text(
        "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
    )
    (root / "k8s" / folder).mkdir(parents=True)
    (root / "k8s" / folder / "deployment.yaml").write_text(_FLOWS)
    reading = inspect_repository(root)
    return {one.claim.fact for one in reading.facts}, {one.path: one.why for one in reading.left}


def test_a_tool_beside_the_pilot_says_nothing_of_its_size(tmp_path: Path) -> None:
    facts, left = _read(tmp_path, "n8n")
    assert not facts & {"target.replicas", "operations.graceful_stop", "target.memory_limit"}
    assert left["k8s/n8n/deployment.yaml"] == "not used in part: it runs n8n, not the pilot"


def test_the_same_workload_under_another_name_is_the_pilots(tmp_path: Path) -> None:
    facts, _ = _read(tmp_path, "service")
    assert {"target.replicas", "operations.graceful_stop", "target.memory_limit"} <= facts


def test_a_helper_beside_the_pilot_says_nothing_of_its_size(tmp_path: Path) -> None:
    facts, left = _read(tmp_path, "reranker")
    assert not facts & {"target.replicas", "operations.graceful_stop", "target.memory_limit"}
    assert left["k8s/reranker/deployment.yaml"] == "not used in part: it runs reranker, not the pilot"


def test_what_a_cluster_takes_by_itself_no_file_says(tmp_path: Path) -> None:
    (tmp_path / "k8s").mkdir()
    silent = _FLOWS.replace("      terminationGracePeriodSeconds: 77\n", "")
    (tmp_path / "k8s" / "desk.yaml").write_text(silent)
    facts = {one.claim.fact for one in inspect_repository(tmp_path).facts}
    assert "target.memory_limit" in facts
    assert "operations.graceful_stop" not in facts
