"""Files that a manifest names: claims with places, presence, evidence with history, faults all at once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from poc_gate.app.ground.git.git_history import last_commit
from poc_gate.app.imports.import_files import ImportedFiles, import_files
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.reading.read_manifest import ManifestReading, read_manifest
from poc_gate.model.claim import Claim, Provenance
from poc_gate.model.quantity import Quantity

CONTRACT = """apiVersion: v3.1.0
kind: DataContract
id: a
version: 1.0.0
status: active
servers: [{server: a, type: postgres, host: db.example, database: shop}]
slaProperties: [{property: frequency, value: 1, unit: h}]
"""
HEAD = "apiVersion: poc-gate/v1\npilot: {name: a}\n"
EVENT = """{"eventType": "COMPLETE", "eventTime": "2026-11-01T00:00:00Z", "job": {"namespace": "a", "name": "b"},
"run": {"runId": "1"}, "inputs": [{"namespace": "postgres://db", "name": "shop.public.orders"}, {"namespace": "s3://x", "name": "other"}]}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "c.odcs.yaml").write_text(CONTRACT)
    (tmp_path / "config.json").write_text(
        '{"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 64, "num_attention_heads": 4}'
    )
    (tmp_path / "lineage.json").write_text(EVENT)
    return tmp_path


def read(folder: Path, text: str) -> tuple[ManifestReading, ImportedFiles]:
    manifest = folder / "pilot.yaml"
    manifest.write_text(HEAD + text)
    reading = read_manifest(manifest.read_bytes(), manifest.as_posix())
    return reading, import_files(reading.imports, reading.evidence, folder, items=reading.items)


def stated(files: ImportedFiles, fact: str) -> Claim | None:
    found = [claim for claim in files.claims if claim.fact == fact]
    assert len(found) <= 1
    return found[0] if found else None


def test_claims_carry_place_digest_and_item(folder: Path) -> None:
    _, files = read(folder, "sources: [{id: shop, contract: c.odcs.yaml}]\nmodel: {config: config.json}\n")
    refresh = stated(files, "sources[shop].refresh")
    assert refresh is not None
    assert refresh.value == Quantity(3600, "s")
    assert refresh.place.file == (folder / "c.odcs.yaml").as_posix()
    assert refresh.place.line == 7
    assert files.inputs[refresh.place.file] == refresh.sha256
    assert stated(files, "model.layers") is not None
    assert files.ignored[refresh.place.file] == (), "the contract's id names the source for other pilots"


def test_a_file_that_was_read_is_more_than_declared(folder: Path) -> None:
    _, files = read(folder, "sources: [{id: shop, contract: c.odcs.yaml}]\n")
    contract = stated(files, "sources[shop].contract")
    assert contract is not None
    assert (contract.value, contract.provenance) == ("c.odcs.yaml", Provenance.IMPORTED)


def test_a_file_of_another_kind_is_said_and_does_not_count_as_what_it_is_not(folder: Path) -> None:
    _, files = read(folder, "sources: [{id: shop, contract: config.json}]\n")
    assert stated(files, "sources[shop].contract") is None
    assert [n for n in files.notices if "read as huggingface-config" in n.message]


def test_all_faults_come_at_once_with_the_line_that_names_the_file(folder: Path) -> None:
    (folder / "broken.yaml").write_text("kind: [\n")
    with pytest.raises(InvalidInputError) as caught:
        read(
            folder,
            "sources: [{id: shop, contract: gone.yaml}]\nmodel: {config: broken.yaml}\nimports: [out.yaml]\n",
        )
    faults = {fault.what.partition(":")[0]: fault for fault in caught.value.faults}
    assert len(caught.value.faults) == 3
    assert faults["gone.yaml"].line == 3
    assert faults["gone.yaml"].file.endswith("pilot.yaml")


def test_a_missing_record_is_a_warning_and_no_claim(folder: Path) -> None:
    _, files = read(folder, "operations: {runbook: runbook.md}\nevaluation: {report: gone.json}\n")
    assert stated(files, "operations.runbook") is None
    assert len([n for n in files.notices if n.kind == "warning"]) == 2


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "c.yaml"
    outside.write_text(CONTRACT)
    (folder / "link.yaml").symlink_to(outside)
    with pytest.raises(InvalidInputError, match="leaves the manifest's folder"):
        read(folder, "sources: [{id: shop, contract: link.yaml}]\n")


def test_items_that_the_manifest_does_not_list_are_dropped_and_said(folder: Path) -> None:
    _, files = read(folder, "sources: [{id: shop}]\nimports: [c.odcs.yaml]\n")
    assert not [claim for claim in files.claims if claim.fact.startswith("sources[c]")]
    assert [n for n in files.notices if n.kind == "ignored" and "add `- id: c`" in n.next_step]


def test_inputs_of_the_lineage_that_nobody_listed_are_counted(folder: Path) -> None:
    _, files = read(
        folder, "sources: [{id: shop, contract: c.odcs.yaml}]\npipeline: {lineage: lineage.json}\n"
    )
    unlisted = stated(files, "pipeline.unlisted_inputs")
    assert unlisted is not None
    assert unlisted.value == Quantity(1)
    assert unlisted.note == "not among the sources: s3://x/other"


def test_values_out_of_range_are_dropped_and_said(folder: Path) -> None:
    (folder / "config.json").write_text(
        '{"model_type": "llama", "num_hidden_layers": 9000000, "hidden_size": 64, "num_attention_heads": 4}'
    )
    _, files = read(folder, "model: {config: config.json}\n")
    assert stated(files, "model.layers") is None
    assert [n for n in files.notices if "outside the plausible range" in n.message]


def git(folder: Path, *arguments: str, date: str = "2026-11-01T10:00:00+00:00") -> None:
    environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    names = ("-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, env=environment)


def commit(folder: Path, file: str, text: str, date: str) -> None:
    (folder / file).write_text(text)
    git(folder, "add", file)
    git(folder, "commit", "-qm", f"Change {file}", date=date)


EVALUATION = "evaluation: {report: eval.json, thresholds: thresholds.yaml}\n"


@pytest.mark.parametrize(
    ("thresholds_on", "report_on", "run_on", "expected"),
    [
        ("2026-10-01", "2026-10-20", "2026-10-15", True),
        ("2026-10-18", "2026-10-20", "2026-10-15", False),
        ("2026-10-15", "2026-10-20", "2026-10-15", True),
        ("2026-10-01", "2026-10-20", "", True),
    ],
)
def test_history_proves_that_thresholds_came_first(
    folder: Path, thresholds_on: str, report_on: str, run_on: str, expected: bool
) -> None:
    git(folder, "init", "-q")
    commit(folder, "thresholds.yaml", "failure_max: 3 %\n", f"{thresholds_on}T09:00:00+00:00")
    dated = f', "date": "{run_on}"' if run_on else ""
    commit(folder, "eval.json", f'{{"n": 400, "failures": 4{dated}}}', f"{report_on}T09:00:00+00:00")
    _, files = read(folder, EVALUATION)
    found = stated(files, "evaluation.thresholds_before_test")
    assert found is not None
    assert (found.value, found.provenance) == (expected, Provenance.EVIDENCED)
    assert found.place.file.endswith("thresholds.yaml")


def test_thresholds_committed_after_the_report_do_not_come_first(folder: Path) -> None:
    git(folder, "init", "-q")
    commit(folder, "eval.json", '{"n": 400, "failures": 4}', "2026-10-01T09:00:00+00:00")
    commit(folder, "thresholds.yaml", "failure_max: 3 %\n", "2026-10-02T09:00:00+00:00")
    found = stated(read(folder, EVALUATION)[1], "evaluation.thresholds_before_test")
    assert found is not None
    assert found.value is False


def test_without_history_or_with_changes_nothing_is_proven(folder: Path) -> None:
    (folder / "thresholds.yaml").write_text("a: 1\n")
    (folder / "eval.json").write_text('{"n": 1, "failures": 0}')
    assert stated(read(folder, EVALUATION)[1], "evaluation.thresholds_before_test") is None
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "All at once")
    (folder / "thresholds.yaml").write_text("a: 2\n")
    assert stated(read(folder, EVALUATION)[1], "evaluation.thresholds_before_test") is None
    assert last_commit(folder, "eval.json") is not None
    assert last_commit(folder, "thresholds.yaml") is None


def test_evidence_without_a_day_of_its_own_knows_its_last_commit(folder: Path) -> None:
    git(folder, "init", "-q")
    commit(folder, "rollback.yaml", "rollback: {minutes: 12}\n", "2026-10-21T09:00:00+00:00")
    text = "evidence: [{rule: G02-rollback-exercised, file: rollback.yaml}, {rule: G02-rollback-exercised, file: gone.yaml}]\n"
    (first, second) = read(folder, text)[1].evidence
    assert first.committed_at.startswith("2026-10-21")
    assert (second.fault != "", second.committed_at) == (True, "")


def test_a_repository_cannot_make_git_run_its_programs(folder: Path) -> None:
    git(folder, "init", "-q")
    commit(folder, "a.txt", "a\n", "2026-10-21T09:00:00+00:00")
    trap = folder / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {folder}/sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "core.sshCommand"):
        git(folder, "config", key, str(trap))
    git(folder, "config", "log.showSignature", "true")
    assert last_commit(folder, "a.txt") is not None
    assert not (folder / "sprung").exists()


def _slo(service: str, objective: str) -> str:
    return (
        f"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: {service}-availability}}\nspec:\n  service: {service}\n"
        "  indicator: {metadata: {name: i}, spec: {ratioMetric: {good: {metricSource: {spec: {query: ok_total}}},"
        " total: {metricSource: {spec: {query: all_total}}}}}}\n"
        f"  timeWindow: [{{duration: 28d, isRolling: true}}]\n  objectives: [{{target: {objective}}}]\n"
    )


def test_objectives_of_two_services_in_two_files_are_never_mixed(folder: Path) -> None:
    (folder / "a.slo.yaml").write_text(_slo("chat", "0.99"))
    (folder / "b.slo.yaml").write_text(_slo("index", "0.5"))
    listed = "imports: [a.slo.yaml, b.slo.yaml]\n"
    _, files = read(folder, listed)
    assert stated(files, "slo.availability") is None
    question = next(notice for notice in files.notices if "not combined" in notice.message)
    assert (question.kind, "chat" in question.message, "index" in question.message) == (
        "question",
        True,
        True,
    )
    _, files = read(folder, "slo: {file: a.slo.yaml}\nimports: [b.slo.yaml]\n")
    kept = stated(files, "slo.availability")
    assert kept is not None
    assert kept.place.file.endswith("a.slo.yaml")
    (folder / "b.slo.yaml").write_text(_slo("chat", "0.99"))
    _, files = read(folder, listed)
    assert {claim.value for claim in files.claims if claim.fact == "slo.availability"} == {Quantity(0.99)}


def test_counts_of_two_evaluations_are_never_mixed(folder: Path) -> None:
    (folder / "a-eval.json").write_text('{"n": 100, "failures": 1}')
    (folder / "b-eval.json").write_text('{"n": 500, "failures": 90}')
    _, files = read(folder, "imports: [a-eval.json, b-eval.json]\n")
    assert (stated(files, "evaluation.n"), stated(files, "evaluation.failures")) == (None, None)
    assert any("not combined" in notice.message for notice in files.notices)


COLD = "scale_out: {seconds_to_ready: 210, trials: 5, weights_gib: 15, page_cache_cold: true}\n"


def with_evidence(folder: Path, content: str) -> ImportedFiles:
    (folder / "scale-out.yaml").write_text(content)
    entry = "evidence: [{rule: C12-cold-start, file: scale-out.yaml, observed_at: 2026-11-02}]\n"
    return read(folder, entry)[1]


def test_a_cold_start_timed_in_an_evidence_file_is_the_fact_that_its_rule_reads(folder: Path) -> None:
    files = with_evidence(folder, COLD)
    start = stated(files, "target.cold_start")
    assert start is not None
    assert (start.value, start.provenance) == (Quantity(210.0, "s"), Provenance.EVIDENCED)
    assert start.place.pointer == "/scale_out/seconds_to_ready"
    assert start.dated == "2026-11-02"
    assert start.sha256 == files.inputs[start.place.file]


@pytest.mark.parametrize(
    "content",
    [
        COLD.replace("true", "false"),
        COLD.replace(", page_cache_cold: true", ""),
        COLD.replace("210", "-3"),
        COLD.replace("210", "fast"),
        COLD.replace("210", "true"),
        "scale_out: 210\n",
        "[1, 2]\n",
        "a: [",
    ],
)
def test_a_warm_start_or_no_number_at_all_states_no_cold_start(folder: Path, content: str) -> None:
    assert stated(with_evidence(folder, content), "target.cold_start") is None
