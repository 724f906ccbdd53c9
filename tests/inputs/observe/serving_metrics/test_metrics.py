"""What metrics of a running server show: percentiles from buckets, rates from counters, and what a scrape cannot say."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.inputs.estimate.histograms import bucket_percentile
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Provenance
from poc_gate.model.finding import State

SCRAPE = FILES / "vllm-metrics-0.32.0" / "metrics.txt"
START = 1795852800
DCGM = """# HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).
# TYPE DCGM_FI_DEV_GPU_UTIL gauge
DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1"} 85 1795852800000
DCGM_FI_DEV_FB_USED{gpu="0"} 20480
"""


def answer(name: str, points: list[float], **labels: str) -> dict[str, Any]:
    values = [[START + at * 60, str(held)] for at, held in enumerate(points)]
    return {"metric": {"__name__": name, **labels}, "values": values}


def ranges(folder: Path, *results: dict[str, Any]) -> Path:
    data = {"status": "success", "data": {"resultType": "matrix", "result": list(results)}}
    return written(folder, data, "query_range.json")


@pytest.mark.parametrize("share", [0.5, 0.9, 0.95, 0.99])
def test_percentiles_from_buckets_hold_the_true_ones(share):
    samples = np.random.default_rng(11).lognormal(-1, 0.8, 4000)
    bounds = [*np.geomspace(0.01, 20, 30), math.inf]
    counts = [int((samples <= bound).sum()) for bound in bounds]
    known = bucket_percentile(bounds, counts, share)
    true = np.quantile(samples, share, method="inverted_cdf")
    at = next(at for at, bound in enumerate(bounds) if true <= bound)
    assert bounds[at - 1] <= known.value <= bounds[at]
    assert known.low <= true <= known.high


def test_buckets_that_end_below_a_percentile_give_none():
    assert bucket_percentile([0.1, math.inf], [10, 100], 0.5) is None
    assert bucket_percentile([0.1, 0.2, math.inf], [10, 5, 20], 0.5) is None
    assert bucket_percentile([0.1, 0.2], [10, 50], 0.5) is None
    assert bucket_percentile([0.1, math.inf], [0, 0], 0.5) is None


def test_a_scrape_of_vllm_shows_times_since_its_start_and_no_rate():
    seen = look(SCRAPE, "version=0.32.0, ended=2026-11-28")
    assert value(seen, "serving.out_tokens") == 24
    assert fact(seen, "serving.ttft_p95").samples == 18
    assert fact(seen, "serving.ttft_p95").provenance is Provenance.MEASURED
    assert value(seen, "serving.saturation_exported") == ("queue", "kv", "preemptions")
    assert facts(seen).isdisjoint(
        {"serving.requests_rate", "serving.requests_peak", "serving.waiting_p95", "serving.kv_use_p95"}
    )
    assert "no rate, no peak" in said(seen)


def test_units_of_exporters_are_told_by_their_names(tmp_path):
    seen = look(written(tmp_path, DCGM, "metrics.txt"))
    assert seen.origin.tool == "dcgm-exporter"
    day = [
        answer("DCGM_FI_DEV_GPU_UTIL", [80, 90] * 30, gpu="0"),
        answer("DCGM_FI_DEV_FB_USED", [20480] * 60, gpu="0"),
    ]
    busy = look(ranges(tmp_path, *day))
    assert value(busy, "serving.accelerator_duty") == pytest.approx(0.85)
    assert value(busy, "serving.accelerator_memory") == 20480 * 2**20


def test_rates_peaks_and_resets_of_counters(tmp_path):
    grown = [0, 60, 120, 720, 30, 90]
    path = ranges(
        tmp_path,
        answer("vllm:request_success_total", grown, finished_reason="stop", model_name="m-7b"),
        answer("vllm:request_success_total", [0, 0, 6, 6, 0, 0], finished_reason="abort", model_name="m-7b"),
    )
    seen = look(path, "version=0.32.0")
    assert value(seen, "serving.requests_rate") == pytest.approx((60 + 60 + 600 + 30 + 60 + 6) / 300)
    assert value(seen, "serving.requests_peak") == pytest.approx(10)
    assert value(seen, "serving.restarts") == 1
    errors = fact(seen, "serving.error_rate")
    assert errors.value.value == 0
    assert errors.low == 0
    assert errors.high > 6 / 816
    assert "6 requests were broken off" in said(seen)
    assert "demand.pilot_requests_per_day" not in facts(seen)
    assert "cover 0.0833 hours" in said(seen)
    assert fact(seen, "serving.requests_peak").provenance is Provenance.MEASURED


@pytest.mark.parametrize(
    ("stated", "counts"),
    [({"model.name": "m-7b"}, True), ({"model.name": "org/m-7b"}, True), ({"model.name": "other-8b"}, False), ({}, True),
     ({"model.name": "x", "models[judge].name": "m-7b"}, True)],
)  # fmt: skip
def test_servers_of_other_models_are_none_of_the_pilots(tmp_path, stated, counts):
    path = ranges(
        tmp_path,
        answer("vllm:request_success_total", [0, 60, 120], finished_reason="stop", model_name="m-7b"),
    )
    seen = look(path, "version=0.32.0", declared=Declared({"sources": ()}, stated))
    assert ("serving.requests_rate" in facts(seen)) is counts
    assert ("not taken as of the pilot" in said(seen, "question")) is not counts
    assert value(seen, "serving.models") == ("m-7b",)


def test_metrics_of_the_pilots_model_beside_another_ones_are_asked_about(tmp_path):
    both = [
        answer("vllm:request_success_total", [0, 60, 120], finished_reason="stop", model_name=name)
        for name in ("m-7b", "big-70b")
    ]
    seen = look(ranges(tmp_path, *both), declared=Declared({"sources": ()}, {"model.name": "m-7b"}))
    assert "serving.requests_rate" not in facts(seen)
    assert "also of big-70b" in said(seen, "question")


def test_replicas_are_added_and_the_fullest_cache_counts(tmp_path):
    both = [
        answer(name, values, instance=instance)
        for instance, level in (("a", 0.2), ("b", 0.9))
        for name, values in (
            ("vllm:num_requests_running", [4] * 50),
            ("vllm:kv_cache_usage_perc", [level] * 50),
        )
    ]
    seen = look(ranges(tmp_path, *both))
    assert value(seen, "serving.running_p95") == 8
    assert value(seen, "serving.kv_use_p95") == 0.9


def test_a_day_of_requests_is_the_load_of_the_pilot(tmp_path):
    path = ranges(
        tmp_path,
        answer("kong_http_requests_total", list(range(0, 1500 * 6, 6)), code="200", service="claims"),
    )
    seen = look(path, "version=3.8")
    assert value(seen, "demand.pilot_requests_per_day") == pytest.approx(0.1)
    assert value(seen, "serving.error_rate") == 0


def test_several_queries_are_one_result_and_nameless_series_are_said(tmp_path):
    first = ranges(tmp_path, answer("vllm:num_requests_running", [1, 2, 3]))
    rate = answer("", [1.5, 2.5])
    del rate["metric"]["__name__"]
    second = written(
        tmp_path, {"status": "success", "data": {"resultType": "matrix", "result": [rate]}}, "rate.json"
    )
    (seen,) = read_results([NamedFile(first, "a.json"), NamedFile(second, "b.json")], Declared(), "")
    assert "1 series have no name" in said(seen)
    assert set(seen.files) == {"a.json", "b.json"}


def test_an_error_of_prometheus_is_no_result(tmp_path):
    data = {
        "status": "error",
        "errorType": "bad_data",
        "error": "parse error",
        "data": {"resultType": "matrix", "result": []},
    }
    with pytest.raises(Exception, match="parse error"):
        look(written(tmp_path, json.dumps(data), "q.json"))


def test_what_one_server_exports_is_no_list_of_all_that_is_watched(tmp_path):
    """Link and storage rates come from other exporters: the stated list stands, and nothing contradicts it."""
    shutil.copy(FILES / "vllm-metrics-0.32.0" / "metrics.txt", tmp_path)
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: claims, stage: production, use_case_class: interactive, uses: [llm]}\nmodel: {hosting: self}\n"
        "monitoring: {saturation_metrics: [queue, kv, preemptions, link, storage], performance_baseline: true}\nimports: [metrics.txt]\n"
    )
    result = assess(CaseRequest(tmp_path, "2026-11-28", "2026-11-28T10:00:00Z", unprobed=True))
    assert not [
        one for one in result.findings if one.rule.startswith(("H07", "X01")) and one.state is State.FAIL
    ]
    stated = next(one for one in result.facts if one.name == "monitoring.saturation_metrics")
    assert len(stated.value) == 5
