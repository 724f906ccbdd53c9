"""Files of hey, ab, oha, SGLang, genai-perf, vegeta and llmperf: their numbers, by hand from the same files."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
from seen import FILES, facts, look, said, value, written

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe.foreign_json import parse_json


def test_hey_prints_percentiles_and_statuses():
    seen = look(FILES / "hey-0.1.4" / "run.txt")
    assert seen.samples == 200
    assert value(seen, "load_test.error_rate") == pytest.approx(10 / 200)
    assert value(seen, "load_test.rate") == pytest.approx(82.6468, rel=1e-3)
    assert value(seen, "load_test.p50") == pytest.approx(0.0480)
    assert value(seen, "load_test.p95") == pytest.approx(0.0526)
    assert value(seen, "load_test.open_loop") is False
    assert "coordinated omission" in said(seen)


def test_rows_of_hey_are_single_answers():
    path = FILES / "hey-0.1.4" / "run.csv"
    rows = list(csv.DictReader(path.read_text().splitlines()))
    times = [float(row["response-time"]) for row in rows]
    seen = look(path)
    assert seen.samples == len(rows) == 200
    assert value(seen, "load_test.error_rate") == pytest.approx(
        sum(row["status-code"] != "200" for row in rows) / 200
    )
    assert value(seen, "load_test.p95") == np.quantile(times, 0.95, method="inverted_cdf")


def test_ab_counts_answers_beyond_2xx_and_not_other_lengths():
    seen = look(FILES / "ab-2.3" / "run.txt")
    assert value(seen, "load_test.error_rate") == pytest.approx(10 / 200)
    assert value(seen, "load_test.concurrency") == 4
    assert value(seen, "load_test.p95") == pytest.approx(0.014)
    assert "whole milliseconds" in said(seen)


def test_answers_of_another_length_alone_are_no_failures(tmp_path):
    text = (FILES / "ab-2.3" / "run.txt").read_text()
    plain = text.replace("Non-2xx responses:      10\n", "")
    assert value(look(written(tmp_path, plain, "ab.txt")), "load_test.error_rate") == 0


def test_oha_leaves_what_the_end_cut_off_out_of_the_failures():
    seen = look(FILES / "replicas" / "oha.json")
    assert value(seen, "load_test.error_rate") == pytest.approx(20 / 500)
    assert value(seen, "load_test.p99") == pytest.approx(0.3)
    assert "4 requests" in said(seen)


def test_sglang_at_its_default_rate_writes_infinity_and_is_a_burst():
    path = FILES / "sglang-0.5.23" / "burst.jsonl"
    data = json.loads(path.read_text())
    assert math.isinf(data["request_rate"])
    seen = look(path)
    assert value(seen, "load_test.p50") == pytest.approx(data["median_e2e_latency_ms"] / 1000)
    assert value(seen, "load_test.ttft_p95") == pytest.approx(data["p95_ttft_ms"] / 1000)
    assert value(seen, "load_test.tpot_p50") == pytest.approx(data["median_tpot_ms"] / 1000)
    assert value(seen, "load_test.concurrency") == pytest.approx(data["concurrency"])
    assert value(seen, "load_test.out_tokens") == pytest.approx(218 / 29)
    assert "sent at once" in said(seen)
    assert "how many requests failed" in said(seen)


def test_sglang_replaying_a_trace_sends_by_the_clock(tmp_path):
    data = json.loads((FILES / "sglang-0.5.23" / "burst.jsonl").read_text())
    seen = look(written(tmp_path, {**data, "request_rate": "trace"}))
    assert value(seen, "load_test.open_loop") is True


def test_genai_perf_summary():
    path = FILES / "genai-perf-0.0.16" / "profile_export_genai_perf.json"
    data = json.loads(path.read_text())
    seen = look(path)
    assert seen.samples == 60
    assert seen.origin.tool == "genai-perf"
    assert value(seen, "load_test.model") == "small-model"
    assert value(seen, "load_test.concurrency") == 4
    assert value(seen, "load_test.p99") == pytest.approx(data["request_latency"]["p99"] / 1000)
    assert value(seen, "load_test.tpot_p50") == pytest.approx(data["inter_token_latency"]["p50"] / 1000)
    assert value(seen, "load_test.out_tokens") == data["output_sequence_length"]["p50"]


def test_vegeta_as_csv_is_the_same_as_in_lines():
    seen = look(FILES / "replicas" / "vegeta-results.csv")
    assert seen.samples == 40
    assert value(seen, "load_test.error_rate") == pytest.approx(4 / 40)
    assert value(seen, "load_test.rate") == pytest.approx(10)
    assert value(seen, "load_test.p50") == pytest.approx(0.0295)
    assert seen.origin.target == "api.internal:8080"


def test_binary_results_of_vegeta_are_refused_with_what_to_do(tmp_path):
    path = tmp_path / "results.bin"
    path.write_bytes(
        b"\x7f\x7f\x03\x01\x01\x06Result\x01\xff\x80\x00\x01\x0b\x01\x06Attack\x01\x0c\x00\x01\tTimestamp\x01\xff\x82\x00"
    )
    with pytest.raises(InvalidInputError) as caught:
        look(path)
    assert "vegeta encode" in str(caught.value.faults[0].next_step)


def test_what_llmperf_calls_latency_between_tokens_is_no_time_per_token():
    summary = look(FILES / "replicas" / "llmperf_summary.json")
    assert "load_test.tpot_p50" not in facts(summary)
    assert "wait for the first token in it" in said(summary)
    seen = look(FILES / "replicas" / "llmperf_individual_responses.json")
    assert seen.samples == 20
    assert value(seen, "load_test.error_rate") == pytest.approx(1 / 20)
    assert value(seen, "load_test.tpot_p50") == pytest.approx(0.02)
    assert value(seen, "load_test.ttft_p50") == pytest.approx(0.25 + 0.005 * 10)
    assert value(seen, "load_test.out_tokens") == 101


def test_words_for_numbers_that_are_not_finite_are_read_and_other_faults_are_not():
    assert math.isnan(parse_json(b'{"a": NaN}')["a"])
    assert parse_json(b"[-Infinity, 1]") == [-math.inf, 1]
    with pytest.raises(Exception, match="malformed"):
        parse_json(b'{"NaN": ]')
