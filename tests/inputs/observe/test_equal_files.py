"""A copy of a result is no second run: what was seen once counts once, whatever the copy is called and however it is packed."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from seen import FILES, NO_MANIFEST, facts, said, value

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.observation import Observed


def together(*files: Path):
    return read_results([NamedFile(path, path.name) for path in files], NO_MANIFEST, "")


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("prometheus-2.42.0/query-2.json", "serving.requests_rate"),
        ("inference-perf-0.7.0/stage_0_lifecycle_metrics.json", "load_test.duration"),
        ("replicas/kubectl-list.json", "cluster.replicas_ready"),
        ("vllm-0.32.0/steps.jsonl", "load_test.error_rate"),
        ("traces/delay-50ms.jsonl.gz", "demand.in_tokens_p95"),
    ],
)
def test_a_copy_changes_nothing_but_is_named(tmp_path, name, fact):
    copy = tmp_path / "copy"
    shutil.copy(FILES / name, copy)
    (alone,), (both,) = together(FILES / name), together(FILES / name, copy)
    assert value(both, fact) == value(alone, fact)
    assert both.samples == alone.samples
    assert {(one.fact, one.value, one.samples, one.low, one.high) for one in both.observations} == {
        (one.fact, one.value, one.samples, one.low, one.high) for one in alone.observations
    }
    assert both.files["copy"] == next(iter(alone.files.values()))
    assert "holds the same as" in said(both, "warning")
    assert "counts once" not in said(alone, "warning")


def test_a_packed_copy_is_known_by_what_is_in_it_and_keeps_its_own_digest(tmp_path):
    plain, packed = tmp_path / "run.json", tmp_path / "run.json.gz"
    shutil.copy(FILES / "guidellm-0.8.1/constant.json", plain)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    (both,) = together(plain, packed)
    assert len(both.details["steps"]) == 2
    assert both.files["run.json"] != both.files["run.json.gz"]


def test_a_file_that_is_named_twice_counts_once():
    stage = FILES / "inference-perf-0.7.0/stage_0_lifecycle_metrics.json"
    (both,) = together(stage, stage)
    assert value(both, "load_test.duration") == pytest.approx(4.1139, abs=1e-3)
    assert "it is named twice, and counts once" in said(both, "warning")


def test_files_that_only_begin_alike_are_both_read(tmp_path):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    shutil.copy(FILES / "inference-perf-0.7.0/stage_0_lifecycle_metrics.json", first)
    shutil.copy(FILES / "inference-perf-0.7.0/stage_1_lifecycle_metrics.json", second)
    (both,) = together(first, second)
    assert len(both.details["steps"]) == 2


def test_a_copy_that_is_broken_is_an_error_of_its_own(tmp_path):
    whole = (FILES / "traces/delay-50ms.jsonl.gz").read_bytes()
    names = [tmp_path / "whole.gz", tmp_path / "cut.gz"]
    names[0].write_bytes(whole)
    names[1].write_bytes(whole[:-2000])
    with pytest.raises(Exception, match="cannot be read to its end"):
        together(*names)


def test_overlapping_exports_of_traces_count_each_call_of_a_model_once(tmp_path):
    lines = gzip.decompress((FILES / "traces/delay-50ms.jsonl.gz").read_bytes()).splitlines(keepends=True)
    later = tmp_path / "later.jsonl"
    later.write_bytes(b"".join(lines + lines[:1]))
    (alone,), (both,) = (
        together(FILES / "traces/delay-50ms.jsonl.gz"),
        together(FILES / "traces/delay-50ms.jsonl.gz", later),
    )
    assert both.samples == alone.samples == 480
    assert {(one.fact, one.value, one.samples, one.low, one.high) for one in both.observations} == {
        (one.fact, one.value, one.samples, one.low, one.high) for one in alone.observations
    }


def test_calls_of_a_model_that_the_manifest_does_not_name_state_no_tokens_of_the_pilot():
    file = FILES / "traces/delay-50ms.jsonl.gz"

    def seen(**values: str) -> Observed:
        declared = Declared(
            {"sources": ()}, {name.replace("_", "."): value for name, value in values.items()}
        )
        return read_results([NamedFile(file, "traces")], declared, "")[0]

    own = {"demand.in_tokens_p50", "demand.out_tokens_p95", "model.time_per_call", "model.time_per_call_p99"}
    other = seen(model_name="hosted-chat-model")
    assert not own & facts(other)
    assert "the calls are of the model tiny-random-2l, and the manifest names hosted-chat-model" in said(
        other, "question"
    )
    for name in ("tiny-random-2l", "tiny-random"):  # as it answered, as it was asked for
        assert own <= facts(seen(model_name=name))
        assert "the calls are of" not in said(seen(model_name=name), "question")
    assert own <= facts(seen(pilot_name="claims"))


@pytest.mark.parametrize("option", ["", "version=0.32.0, ended=2026-11-20, target=claims"])
def test_metrics_ask_for_nothing_that_the_option_says(option):
    (seen,) = read_results(
        [NamedFile(FILES / "vllm-metrics-0.32.0/metrics.txt", "metrics.txt", option)], NO_MANIFEST, ""
    )
    assert ("does not give" in said(seen, "question")) == (not option)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-45", "soon; rm", "<b>2026</b>"])
def test_what_is_no_day_leaves_a_result_undated_and_thus_imported(tmp_path, day):
    option = f"open, version=1.1.0, target=https://claims.example, ended={day}"
    (seen,) = read_results(
        [NamedFile(FILES / "k6-1.1.0/summary-export.json", "k6.json", option)], NO_MANIFEST, ""
    )
    assert {one.provenance.value for one in seen.observations} == {"imported"}
    assert "does not give the date" in said(seen, "question")


def test_a_loop_that_was_typed_is_not_measured(tmp_path):
    option = "open, version=1.1.0, target=https://claims.example, ended=2026-11-20"
    (seen,) = read_results(
        [NamedFile(FILES / "k6-1.1.0/summary-export.json", "k6.json", option)], NO_MANIFEST, ""
    )
    by_name = {one.fact: one for one in seen.observations}
    assert by_name["load_test.p95"].provenance.value == "measured"
    assert by_name["load_test.open_loop"].provenance.value == "imported"
    assert "option" in by_name["load_test.open_loop"].reason
