"""Files that the manifest's keys name are found by their names, and not among what a pilot reads."""

from __future__ import annotations

from poc_gate.app.inspect.named_files import named_files


def test_a_runbook_of_the_service_is_taken_and_one_in_its_data_is_not() -> None:
    found = {one.claim.fact: one.claim.value for one in named_files(["docs/ops/runbook.md"], ())}
    assert found == {"operations.runbook": "docs/ops/runbook.md"}
    beside = ["agents/benchmark_data/internal_docs/it/laptop_runbook.md", "knowledge_base/network_runbook.md"]
    assert list(named_files(beside, ())) == []


def test_how_a_pilot_is_shown_or_upgraded_is_no_runbook() -> None:
    names = ["SHOWCASE_RUNBOOK.md", "docs/dependency-runbook.md", "upgrade_runbook.md", "docs/MIGRATION_RUNBOOK.md"]  # fmt: skip
    assert list(named_files(names, ())) == []


def test_when_an_alert_is_sent_is_no_threshold_that_a_model_must_reach() -> None:
    assert (
        list(
            named_files(
                ["config/drift_thresholds.json", "alert-thresholds.yaml", "coverage-thresholds.json"], ()
            )
        )
        == []
    )
    found = {one.claim.fact: one.claim.value for one in named_files(["config/eval_thresholds.json"], ())}
    assert found == {"evaluation.thresholds": "config/eval_thresholds.json"}
