"""Results named in a manifest become measured facts of the pilot, and the options written there are used."""

from __future__ import annotations

import shutil

import pytest
from seen import FILES

from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.model.claim import Provenance

MANIFEST = """apiVersion: poc-gate/v1
pilot: {name: claims-writer, stage: pilot, use_case_class: interactive, uses: [llm]}
model: {name: small-model, hosting: self}
demand: {requests_per_day: 100000 req/d, peak_hour_share: 20 %, burst_factor: 1.0}
evaluation: {report: report.jsonl, report_option: "version=0.123.1, ended=2026-11-20", n: 500, failures: 0}
imports: [guidellm.json, vegeta.json, cluster.json, scan.json]
import_options: ["vegeta.json; version=12.12.0, target=claims.example"]
"""
NAMED = {
    "guidellm.json": "guidellm-0.8.1/constant.json",
    "vegeta.json": "replicas/vegeta-report.json",
    "cluster.json": "replicas/kubectl-list.json",
    "scan.json": "replicas/trivy-image.json",
    "report.jsonl": "promptfoo-0.123.1/one-prompt.jsonl",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pilot")
    (folder / "pilot.yaml").write_text(MANIFEST)
    for name, source in NAMED.items():
        shutil.copy(FILES / source, folder / name)
    return read_case(CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T10:00:00Z", unprobed=True))


def test_the_load_test_that_covers_the_peak_is_measured(case):
    duration, rate = (
        case.tree.get("operations.load_test_duration"),
        case.tree.get("operations.load_test_rate"),
    )
    assert (duration.provenance, rate.provenance) == (Provenance.MEASURED, Provenance.MEASURED)
    assert duration.value.value == pytest.approx(1801, abs=1)
    assert rate.value.value == pytest.approx(6.663 / (100000 * 0.2 / 3600), rel=1e-3)
    assert case.tree.get("operations.load_test_on_target").value is None
    assert any("covers the planned peak better" in notice.message for notice in case.notices)


def test_what_was_tested_counts_before_what_was_typed_and_the_difference_is_told(case):
    cases, failures = case.tree.get("evaluation.n"), case.tree.get("evaluation.failures")
    assert (cases.value.value, failures.value.value) == (3, 1)
    assert cases.provenance is Provenance.MEASURED
    assert {one.fact for one in case.tree.contradictions} >= {"evaluation.n", "evaluation.failures"}
    assert case.tree.get("evaluation.report").provenance is Provenance.IMPORTED


def test_the_cluster_says_what_runs_and_what_it_is_set_to(case):
    assert case.tree.get("target.replicas").value.value == 2
    assert case.tree.get("target.replicas").provenance is Provenance.MEASURED
    assert case.tree.get("model.engine").value == "vllm"
    assert case.tree.get("scan.findings_critical").value.value == 2
