"""What the files of load tools show, by tool: counts, times, and the traps that each format holds."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.app.imports.show_observed import observed_json, observed_text
from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe.load_tests.run.conclude_run import host_of
from poc_gate.model.claim import Provenance

KNOWN = "version=1.1.0, target=https://api.example/ask, ended=2026-11-20"


def test_k6_counts_a_failed_request_as_a_pass_of_its_rate():
    seen = look(FILES / "k6-1.1.0" / "summary-export.json")
    data = json.loads((FILES / "k6-1.1.0" / "summary-export.json").read_text())["metrics"]
    assert data["http_req_failed"]["passes"] == 20
    assert value(seen, "load_test.error_rate") == pytest.approx(20 / 402)
    assert value(seen, "load_test.p95") == pytest.approx(data["http_req_duration"]["p(95)"] / 1000)
    assert "load_test.p99" not in facts(seen)
    assert "no 99th percentile" in said(seen, "warning")
    assert "by the clock or after the last answer" in said(seen, "question")


def test_k6_tells_that_the_test_broke_its_own_limits():
    seen = look(FILES / "k6-1.1.0" / "handle-summary.json")
    assert seen.samples == 209
    assert value(seen, "load_test.duration") == pytest.approx(10.0025, abs=1e-3)
    assert "broke 1 of its own limits: http_req_failed: rate<0.01" in said(seen, "warning")


def test_k6_lines_give_the_percentiles_of_the_single_requests():
    path = FILES / "k6-1.1.0" / "arrival.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    times = [
        one["data"]["value"] / 1000
        for one in lines
        if one["metric"] == "http_req_duration" and one["type"] == "Point"
    ]
    seen = look(path, f"open, {KNOWN}")
    assert seen.samples == len(times)
    assert value(seen, "load_test.p95") == np.quantile(times, 0.95, method="inverted_cdf")
    assert value(seen, "load_test.open_loop") is True
    assert fact(seen, "load_test.p95").provenance is Provenance.MEASURED
    assert "coordinated omission" not in said(seen)


def test_k6_dropped_iterations_are_load_that_was_not_sent(tmp_path):
    point = {
        "time": "2026-11-20T10:00:00Z",
        "value": 20.0,
        "tags": {"scenario": "a", "expected_response": "true"},
    }
    rows = [
        {
            "type": "Point",
            "metric": "http_req_duration",
            "data": point | {"time": f"2026-11-20T10:00:{i:02d}Z"},
        }
        for i in range(30)
    ]
    rows.append({"type": "Point", "metric": "dropped_iterations", "data": point | {"value": 12}})
    seen = look(written(tmp_path, "\n".join(map(json.dumps, rows)), "k6.json"))
    assert "12 iterations were due and never started" in said(seen)
    assert value(seen, "load_test.open_loop") is True


def test_locust_is_a_closed_loop_with_rounded_times_that_hold_failures():
    seen = look(FILES / "locust-2.47.0" / "run.json")
    assert (seen.samples, value(seen, "load_test.open_loop")) == (355, False)
    assert value(seen, "load_test.error_rate") == pytest.approx(18 / 355)
    for words in ("coordinated omission", "rounded to a millisecond", "their times are among the others"):
        assert words in said(seen)
    assert "closed loop: waiting behind a stall is not in it" in fact(seen, "load_test.p99").method


def test_locust_bins_have_the_percentiles_of_the_values_in_them():
    entries = json.loads((FILES / "locust-2.47.0" / "run.json").read_text())
    times = [
        int(milli) / 1000
        for entry in entries
        for milli, many in entry["response_times"].items()
        for _ in range(many)
    ]
    seen = look(FILES / "locust-2.47.0" / "run.json")
    for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        assert value(seen, f"load_test.{name}") == np.quantile(times, share, method="inverted_cdf")


def test_the_tables_of_locust_end_before_the_run_does():
    table = look(FILES / "locust-2.47.0" / "run_stats.csv")
    history = look(FILES / "locust-2.47.0" / "run_stats_history.csv")
    assert table.samples == 326 < look(FILES / "locust-2.47.0" / "run.json").samples
    assert "the last requests may be missing" in said(table, "warning")
    assert [step["concurrency"] for step in history.details["steps"]] == [2.0, 4.0]


def test_wrk_is_closed_and_wrk2_counts_from_when_a_request_was_due():
    wrk, wrk2 = look(FILES / "wrk-4.1.0" / "run.txt"), look(FILES / "wrk2-4.0.0" / "run.txt")
    assert value(wrk, "load_test.open_loop") is False
    assert "coordinated omission" in said(wrk)
    assert value(wrk2, "load_test.open_loop") is True
    assert "coordinated omission" not in said(wrk2)
    assert value(wrk, "load_test.error_rate") == pytest.approx(16 / 317)
    assert value(wrk2, "load_test.p99") == pytest.approx(0.087807)


def test_of_both_tables_of_wrk2_the_corrected_one_counts():
    seen = look(FILES / "wrk2-4.0.0" / "both.txt")
    text = (FILES / "wrk2-4.0.0" / "both.txt").read_text()
    assert text.index("Recorded Latency") < text.index("Uncorrected Latency")
    assert fact(seen, "load_test.p50").samples == 240


def test_a_table_without_a_unit_is_a_question():
    path = FILES / "replicas" / "wrk-distribution.hgrm"
    assert "does not say the unit" in said(look(path), "question")
    assert value(look(path, "unit=ms, closed"), "load_test.p50") == pytest.approx(0.010)


def test_stages_of_inference_perf_are_steps_of_one_run():
    from poc_gate.app.imports.observed_files import Declared, read_results
    from poc_gate.inputs.observe.named_file import NamedFile

    folder = FILES / "inference-perf-0.7.0"
    files = [NamedFile(folder / name, name) for name in sorted(path.name for path in folder.iterdir())]
    (seen,) = read_results(reversed(files), Declared(), "")
    assert [round(step["offered_per_s"]) for step in seen.details["steps"]] == [5, 15]
    assert [step["n"] for step in seen.details["steps"]] == [20, 60]
    assert [step["errors"] for step in seen.details["steps"]] == [1, 3]
    assert "answered requests only" in said(seen)


def test_vegeta_report_and_results():
    report = look(FILES / "replicas" / "vegeta-report.json", "version=12.12.0, target=https://api.example")
    assert value(report, "load_test.p99") == pytest.approx(0.247771566)
    assert fact(report, "load_test.p99").high == pytest.approx(0.264815246)
    assert fact(report, "load_test.p99").provenance is Provenance.MEASURED
    assert "it lasted" not in said(report)
    results = look(FILES / "replicas" / "vegeta-results.json")
    assert (results.samples, value(results, "load_test.error_rate")) == (40, pytest.approx(1 / 40))
    assert results.origin.target == "claims.example"
    assert value(results, "load_test.duration") == pytest.approx(39 + 5e-3 + 3.9e-3)


def test_rows_of_jmeter_transactions_are_no_requests():
    seen = look(FILES / "replicas" / "jmeter.jtl")
    assert seen.samples == 60
    assert "30 rows of transaction controllers" in said(seen, "warning")
    times = [(80 + at) / 1000 for at in range(60)]
    assert value(seen, "load_test.p95") == np.quantile(times, 0.95, method="inverted_cdf")
    assert value(seen, "load_test.concurrency") == 4


def test_a_run_of_jmeter_is_its_samples_and_what_it_cannot_say_is_asked():
    path = FILES / "jmeter-2.13" / "run.jtl"
    rows = [row for row in csv.DictReader(path.read_text().splitlines()) if row["label"] == "answer"]
    times = [int(row["elapsed"]) / 1000 for row in rows]
    seen = look(path, "version=2.13, target=http://127.0.0.1:18080")
    assert seen.samples == len(rows) == 120
    assert value(seen, "load_test.error_rate") == pytest.approx(
        sum(row["success"] == "false" for row in rows) / 120
    )
    for share in (0.5, 0.95, 0.99):
        wanted = np.quantile(times, share, method="inverted_cdf")
        assert value(seen, f"load_test.p{share * 100:.0f}") == pytest.approx(wanted)
    assert value(seen, "load_test.open_loop") is False
    assert "120 rows of transaction controllers" in said(seen, "warning")
    assert fact(seen, "load_test.p95").provenance is Provenance.MEASURED
    assert "the file does not give its version, the target" in said(look(path), "question")


def test_gatling_log_and_stats():
    log = look(FILES / "replicas" / "gatling-simulation.log")
    assert (log.samples, log.origin.version) == (30, "3.9.5")
    assert "2 requests were in flight" in said(log)
    stats = look(FILES / "replicas" / "gatling-stats.json")
    assert value(stats, "load_test.p99") == pytest.approx(0.6)
    assert "does not say which percentiles" in said(stats, "warning")


def test_llmperf_and_genai_perf():
    llmperf = look(FILES / "replicas" / "llmperf_summary.json")
    assert value(llmperf, "load_test.ttft_p95") == pytest.approx(0.39)
    assert value(llmperf, "load_test.error_rate") == pytest.approx(5 / 105)
    assert value(llmperf, "load_test.served_rate") == pytest.approx(1.2)
    genai = look(FILES / "replicas" / "genai-perf_profile_export.json")
    assert value(genai, "load_test.tpot_p50") == pytest.approx(0.01045)
    assert value(genai, "load_test.model") == "small-model"
    assert "does not say how many requests failed" in said(genai)


@pytest.mark.parametrize("name", ["run.json", "k6.jsonl", "wrk.txt", "simulation.log", "run.jtl"])
def test_other_files_are_not_taken_for_load_tests(tmp_path, name):
    path = written(tmp_path, '{"metrics": {}, "results": []}', name)
    with pytest.raises(InvalidInputError, match="not recognised"):
        look(path)


def test_percentiles_of_a_run_that_failed_whole_are_zeros_and_no_times():
    path = FILES / "vllm-0.32.0" / "all-failed.json"
    assert json.loads(path.read_text())["p99_ttft_ms"] == 0.0
    seen = look(path)
    assert value(seen, "load_test.error_rate") == 1.0
    assert facts(seen) == {"load_test.model", "load_test.duration", "load_test.error_rate"}
    assert "every one of the 24 requests failed" in said(seen)


def test_detailed_lists_of_vllm_are_in_seconds_beside_milliseconds(tmp_path):
    rng = np.random.default_rng(3)
    ttfts, gaps = rng.lognormal(-2, 0.5, 200), rng.lognormal(-4, 0.3, (200, 9))
    run = {
        "date": "20261120-100000", "backend": "vllm", "model_id": "m-7b", "tokenizer_id": "m-7b", "num_prompts": 200, "version": "0.32.0",
        "request_rate": 10.0, "max_concurrency": None, "duration": 20.0, "completed": 200, "total_input_tokens": 2000,
        "total_output_tokens": 2000, "request_throughput": 10.0, "ttfts": ttfts.tolist(), "itls": gaps.tolist(),
        "output_lens": [10] * 200, "input_lens": [10] * 200, "errors": [""] * 200, "start_times": list(range(200)),
        "median_ttft_ms": float(np.median(ttfts) * 1000), "mean_ttft_ms": float(ttfts.mean() * 1000),
    }  # fmt: skip
    seen = look(written(tmp_path, run))
    assert value(seen, "load_test.ttft_p95") == np.quantile(ttfts, 0.95, method="inverted_cdf")
    wholes = ttfts + gaps.sum(axis=1)
    assert value(seen, "load_test.p99") == pytest.approx(np.quantile(wholes, 0.99, method="inverted_cdf"))
    assert value(seen, "load_test.tpot_p50") == pytest.approx(
        np.quantile(gaps.mean(axis=1), 0.5, method="inverted_cdf")
    )
    assert value(seen, "load_test.tokens_rate") == pytest.approx(100.0)
    assert fact(seen, "load_test.ttft_p95").provenance is Provenance.MEASURED


def test_runs_appended_to_one_file_are_steps(tmp_path):
    run = {
        "model_id": "m",
        "tokenizer_id": "m",
        "completed": 10,
        "failed": 0,
        "total_output_tokens": 100,
        "request_rate": "inf",
        "median_ttft_ms": 50.0,
        "p99_ttft_ms": 90.0,
    }
    rows = [json.dumps(run | {"max_concurrency": users, "duration": 20 / users}) for users in (1, 2, 4)]
    seen = look(written(tmp_path, "\n".join(rows), "steps.json"))
    assert [step["concurrency"] for step in seen.details["steps"]] == [1, 2, 4]
    assert value(seen, "load_test.rate") == pytest.approx(2.0)
    burst = look(written(tmp_path, run | {"max_concurrency": None, "duration": 1.0}))
    assert "all requests were sent at once" in said(burst)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://app:Tr0ub4dor3x@api.example:8443/ask?key=1", "api.example:8443"),
        ("http://127.0.0.1:18080/answer", "127.0.0.1:18080"),
        ("claims-api", "claims-api"),
        ("localhost:8000", "localhost:8000"),
        ("", ""),
    ],
)
def test_of_an_address_the_host_alone_is_kept(address, host):
    assert host_of(address) == host


def test_accounts_and_control_characters_of_a_target_are_shown_nowhere(tmp_path):
    text = (FILES / "wrk-4.1.0" / "run.txt").read_text()
    hostile = text.replace("http://127.0.0.1:18080/answer", "http://app:Tr0ub4dor3x@h\x1b[31m.example/a")
    seen = look(written(tmp_path, hostile, "wrk.txt"))
    shown = observed_json(seen) + observed_text(seen)
    assert "Tr0ub4dor3x" not in shown
    assert "\x1b" not in shown


def test_aiperf_says_how_it_sent_and_what_failed():
    folder = FILES / "aiperf-0.13.0"
    whole, records = (
        look(folder / "profile_export_aiperf.json"),
        look(folder / "profile_export.jsonl", "open"),
    )
    for seen in (whole, records):
        assert value(seen, "load_test.error_rate") == pytest.approx(2 / 40)
        assert value(seen, "load_test.open_loop") is True
    assert (value(whole, "load_test.model"), whole.origin.version) == ("small-model", "0.13.0")
    rows = [json.loads(line) for line in (folder / "profile_export.jsonl").read_text().splitlines()]
    times = [(row["metadata"]["request_end_ns"] - row["metadata"]["request_start_ns"]) / 1e9 for row in rows]
    assert value(records, "load_test.p95") == pytest.approx(np.quantile(times, 0.95, method="inverted_cdf"))
    firsts = [
        row["metrics"]["time_to_first_token"]["value"] / 1000
        for row in rows
        if "time_to_first_token" in row["metrics"]
    ]
    assert value(records, "load_test.ttft_p50") == pytest.approx(
        np.quantile(firsts, 0.5, method="inverted_cdf")
    )
