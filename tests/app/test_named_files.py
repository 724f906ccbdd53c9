"""Files that the manifest's keys name are found by their names, and not among what a pilot reads."""

from __future__ import annotations

from poc_gate.app.inspect.named_files import named_files


def test_a_runbook_of_the_service_is_taken_and_one_in_its_data_is_not() -> None:
    found = {one.claim.fact: one.claim.value for one in named_files(["docs/ops/runbook.md"], ())}
    assert found == {"operations.runbook": "docs/ops/runbook.md"}
    beside = ["agents/benchmark_data/internal_docs/it/laptop_runbook.md", "knowledge_base/network_runbook.md"]
    assert list(named_files(beside, ())) == []
