"""The speed models on rows written for the test, and the benchmark that runs them on any file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.flow.engine_family import doubles_with_half_accumulation, family_of
from poc_gate.flow.engine_model import Hardware, Network, bound_time, prefill_span, step_span
from poc_gate.flow.fitted_constants import FAMILIES
from poc_gate.flow.movement import load_time
from poc_gate.flow.offload import fits, split_bound, split_rate
from poc_gate.flow.serving import Batch, output_bound, output_rate, saturated_batch
from poc_gate.flow.span import Span

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "published_cases.py"
COLUMNS = [
    "id",
    "kind",
    "group",
    "device",
    "n_dev",
    "mem_gb",
    "mem_bw_gbs",
    "bw_basis",
    "peak_tflops",
    "peak_dtype",
    "parallel",
    "model",
    "params_b",
    "active_b",
    "weight_gb",
    "w_bits",
    "layers",
    "kv_heads",
    "head_dim",
    "kv_bits",
    "batch",
    "input_len",
    "output_len",
    "metric",
    "value",
    "unit",
    "engine",
    "date",
    "source",
    "ref",
    "hw_source",
    "model_source",
    "extra",
    "flag",
    "note",
]

NETWORKS = st.builds(
    lambda p, bits, layers, share: Network(p * bits / 8, p, layers, p * share if share < 1 else 0.0, 1e5),
    st.floats(1e8, 5e11), st.floats(3, 16), st.integers(12, 126), st.floats(0.05, 1.0),
)  # fmt: skip
MACHINES = st.builds(Hardware, st.floats(2e10, 8e12), st.floats(1e13, 5e15), st.sampled_from((1.0, 2.0, 8.0)))


@settings(max_examples=80, deadline=None)
@given(NETWORKS, MACHINES, st.sampled_from(sorted(FAMILIES)), st.floats(1, 256), st.floats(0, 30000))
def test_no_step_is_predicted_faster_than_the_bound(network, machine, family, batch, context):
    span = step_span(network, machine, family, batch=batch, context=context)
    floor = bound_time(network, machine, batch=batch, context=context)
    assert floor <= span.low <= span.likely <= span.high
    assert prefill_span(network, machine, family, tokens=max(1.0, context)).low > 0


@settings(max_examples=60, deadline=None)
@given(NETWORKS, MACHINES, st.floats(1, 512), st.floats(16, 8000), st.floats(1, 2000))
def test_no_batch_is_predicted_beyond_its_bound(network, machine, size, prompt, answer):
    batch = Batch(size, prompt, answer)
    assert output_rate(network, machine, "static", batch) <= output_bound(network, machine, batch) * (
        1 + 1e-9
    )


@settings(max_examples=60, deadline=None)
@given(NETWORKS, MACHINES, st.floats(1, 64))
def test_more_context_and_smaller_bandwidth_never_speed_a_step_up(network, machine, batch):
    short = step_span(network, machine, "server", batch=batch, context=100)
    assert step_span(network, machine, "server", batch=batch, context=1000).likely >= short.likely
    slower = Hardware(machine.bandwidth / 2, machine.compute, machine.devices)
    assert step_span(network, slower, "server", batch=batch, context=100).likely >= short.likely


def test_engines_fall_into_families_by_name_and_device():
    assert family_of("vLLM 0.9.1", "H100 SXM 80GB") == "server"
    assert family_of("llama.cpp", "Apple M2 Ultra") == "apple"
    assert family_of("llama.cpp", "RX 7900 XTX") == "portable"
    assert family_of("llama.cpp", "RTX 4090") == "llama.cpp"
    assert family_of("llama.cpp CPU", "EPYC 9554") == "cpu"
    assert family_of("never-heard-of-it", "RTX 4090") == "unknown"
    assert doubles_with_half_accumulation("RTX 4090")
    assert not doubles_with_half_accumulation("RTX 4000 Ada")
    assert not doubles_with_half_accumulation("H100 SXM 80GB")


def test_weights_that_do_not_fit_leave_no_batch():
    network = Network(160e9, 80e9, 80, kv_per_token=3e5)
    assert saturated_batch(80e9, network, 1000, 1000) == 0.0
    assert fits(Span(90.0, 88.0, 92.0), 100.0) is True
    assert fits(Span(90.0, 88.0, 92.0), 90.0) is None
    assert fits(Span(90.0, 88.0, 92.0), 80.0) is False


def test_loading_never_beats_the_store_and_one_reader_is_slower():
    one, many = (load_time(15e9, 1.05e9, readers=readers) for readers in (1, 16))
    assert one.likely > many.likely
    assert many.low >= 15e9 / 1.05e9


def test_a_split_model_is_no_faster_than_its_parts():
    bound = split_bound(0.5, device_rate=100.0, host_rate=10.0)
    assert bound == pytest.approx(18.18, abs=0.01)
    assert split_rate(0.5, device_rate=100.0, host_rate=10.0).high <= bound


def write_cases(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a cases file with every column, the header remarks included."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("# rows written for a test; none was published\n")
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, row in enumerate(rows):
            writer.writerow({"id": f"row-{number}", "group": f"g{number}", "n_dev": "1", **row})


DECODE = {
    "kind": "decode", "device": "H100 SXM 80GB", "mem_gb": "80", "mem_bw_gbs": "3350", "model": "8B", "params_b": "8.03",
    "w_bits": "16", "layers": "32", "kv_heads": "8", "head_dim": "128", "input_len": "100", "output_len": "100",
    "metric": "decode_tok_s", "unit": "tok/s", "engine": "vLLM",
}  # fmt: skip


def run(path: Path, out: Path) -> tuple[int, dict[str, dict[str, dict[str, float]]], str]:
    """Run the benchmark on a file; returns exit code, JSON and what it printed."""
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), str(path), "--no-peers", "--json", str(out)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, json.loads(out.read_text(encoding="utf-8")), done.stdout


def test_the_benchmark_rejects_what_memory_cannot_deliver(tmp_path):
    bound = 3350e9 / 16.06e9
    rows = [
        {**DECODE, "value": "150"},
        {**DECODE, "value": str(bound * 1.31), "flag": "exceeds-bound"},
        {**DECODE, "value": "9999", "flag": "suspect"},
        {**DECODE, "value": "100", "mem_bw_gbs": ""},
    ]
    write_cases(tmp_path / "cases.csv", rows)
    code, content, printed = run(tmp_path / "cases.csv", tmp_path / "out.json")
    assert code == 0
    figures = content["kinds"]["decode"]
    assert figures["rows"] == 1
    assert set(figures) >= {"rows", "median_error", "p90_error", "coverage", "width", "bound_violations"}
    assert figures["bound_violations"] == 0
    assert content["rejected"] == {"exceeds_bound": 1, "rejected": 1}
    assert content["not_predictable"]["decode"] == {"no mem_bw_gbs": 1}
    assert "Impossible figures rejected: 1 of 1" in printed


def test_the_benchmark_fails_on_a_credible_row_beyond_the_bound(tmp_path):
    write_cases(tmp_path / "cases.csv", [{**DECODE, "value": "400"}])
    code, content, _ = run(tmp_path / "cases.csv", tmp_path / "out.json")
    assert code == 1
    assert content["kinds"]["decode"]["bound_violations"] == 1


def test_no_prediction_depends_on_ids_names_or_the_published_value(tmp_path):
    other = {**DECODE, "value": "12", "model": "something else", "note": "x", "source": "y"}
    write_cases(tmp_path / "cases.csv", [{**DECODE, "value": "120"}, other])
    sys.path.insert(0, str(BENCHMARK.parent))
    try:
        from case_predictions import PREDICTORS
        from case_rows import read_rows
    finally:
        sys.path.remove(str(BENCHMARK.parent))
    first, second = read_rows(tmp_path / "cases.csv")
    assert PREDICTORS["decode"](first) == PREDICTORS["decode"](second)
