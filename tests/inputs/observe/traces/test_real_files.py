"""Files that the tools themselves wrote (see benchmarks/record_traces.sh) show the pilot that was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.model.claim import Provenance

FILES = Path(__file__).parents[1] / "files" / "traces"
SDK = ("openai-v2", "openai-v2-old", "openllmetry", "openinference", "delay-50ms", "delay-500ms")


@pytest.mark.parametrize("name", [*(f"{one}.jsonl.gz" for one in SDK), "protobuf.binpb.gz"])
def test_every_instrumentation_shows_the_same_path(see, name):
    seen = see(FILES / name)
    assert {one["id"] for one in seen.observed.details["hops"] if one["is_call"]} == {
        "redis", "postgresql", "reranker", "model tiny-random-2l",
    }  # fmt: skip
    assert seen["observed.requests"] == 40
    assert seen["sources[postgresql].calls_per_request"] == 2
    assert seen["sources[redis].calls_per_request"] == 1
    assert seen["demand.out_tokens_p50"] == 24
    assert seen["demand.in_tokens_p50"] == 78
    assert seen["path.mode"] == "series"
    assert seen["monitoring.trace_id"] is True
    assert seen["observed.egress_hosts"] == ()
    assert seen.observed.origin.version == "1.45.1"
    assert seen.observed.origin.target == "claims-answers (pilot)"
    assert seen.facts["sources[postgresql].p50"].provenance is Provenance.MEASURED
    assert sum(one["share_of_critical_path"] for one in seen.observed.details["hops"]) == pytest.approx(1)


def test_spans_of_the_server_framework_are_no_hops(see):
    seen = see(FILES / "openai-v2.jsonl.gz")
    assert seen.observed.samples == 480
    assert not any(
        "http send" in one["name"] or "http receive" in one["name"] for one in seen.observed.details["hops"]
    )


def test_a_delay_of_half_a_second_is_found_in_the_service_that_had_it(see):
    share = {name: see(FILES / f"{name}.jsonl.gz").hop("reranker") for name in ("openai-v2", "delay-500ms")}
    assert share["delay-500ms"]["p50_s"] > share["openai-v2"]["p50_s"] + 0.4
    assert share["delay-500ms"]["share_of_critical_path"] > share["openai-v2"]["share_of_critical_path"]


def test_five_percent_of_errors_are_found_in_the_service_that_had_them(see):
    seen = see(FILES / "errors-5pct.jsonl.gz")
    errors = {one["id"]: one["errors"] for one in seen.observed.details["hops"] if one["errors"]}
    assert errors == {"reranker": 5}
    assert seen["observed.requests"] == 120


def test_contents_that_an_instrumentation_keeps_are_counted(see):
    assert see(FILES / "openai-v2.jsonl.gz")["observed.content_share"] == 0
    assert see(FILES / "openllmetry.jsonl.gz")["observed.content_share"] == pytest.approx(40 / 480)
    assert see(FILES / "openinference.jsonl.gz")["observed.content_share"] > 0
    assert see(FILES / "openai-v2.jsonl.gz")["observed.query_share"] > 0  # the question is in the address


def test_what_a_ratio_sampler_kept_is_asked_about_because_the_sdk_does_not_tell(see):
    seen = see(FILES / "head-sampled.jsonl.gz")
    assert 0 < seen["observed.requests"] < 60
    assert "were all traces kept" in seen.told("question")


@pytest.mark.parametrize(
    "name", ["mlflow.jsonl.gz", "langsmith.jsonl.gz", "phoenix.json.gz", "langfuse-sdk.json.gz"]
)
def test_exports_of_tracing_products_show_retrieval_tool_and_model(see, name):
    seen = see(FILES / name)
    visits = {one["name"]: one["calls"] for one in seen.observed.details["hops"]}
    assert visits == {
        "step answer": 0,
        "retrieval search": 12,
        "tool policy_lookup": 12,
        "model tiny-random-2l": 12,
    }
    assert seen["demand.in_tokens_p50"] == 95
    assert seen["demand.out_tokens_p50"] == 24
    assert seen["observed.tools"] == ("policy_lookup",)
    assert seen["observed.models"] == ("tiny-random-2l",)
    assert seen["observed.content_share"] > 0
    assert "nine" not in repr(seen.observed)  # no text of a message is kept


@pytest.mark.parametrize("name", ["mlflow.jsonl.gz", "phoenix.json.gz"])
def test_a_file_that_tells_no_version_or_target_is_imported_only(see, name):
    one = see(FILES / name).facts["observed.p50"]
    assert one.provenance is Provenance.IMPORTED
    assert "does not give" in one.reason


def test_several_files_make_one_observation(see):
    import gzip

    lines = gzip.decompress((FILES / "openai-v2.jsonl.gz").read_bytes()).splitlines(keepends=True)
    assert len(lines) > 1
    parts = see(*lines)
    whole = see(FILES / "openai-v2.jsonl.gz")
    assert parts.observed.details["hops"] == whole.observed.details["hops"]
    assert len(parts.observed.files) == len(lines)
