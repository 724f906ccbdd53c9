"""The speed models on rows written for the test, and the benchmark that runs them on any file."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.flow.formulas.movement import load_time
from poc_gate.flow.formulas.speed.engine_family import (
    doubles_with_half_accumulation,
    family_of,
    link_of,
    link_speed,
)
from poc_gate.flow.formulas.speed.engine_model import bound_time, step_span
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES
from poc_gate.flow.formulas.speed.offload import memory_used, split_bound, split_rate
from poc_gate.flow.formulas.speed.prompt_phase import prefill_span
from poc_gate.flow.formulas.speed.serving import (
    Batch,
    Room,
    batch_bound,
    batch_span,
    saturated_batch,
    saturated_span,
    saturated_time,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
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
MACHINES = st.builds(
    Hardware, st.floats(2e10, 8e12), st.floats(1e13, 5e15), st.sampled_from((1.0, 2.0, 8.0)),
    link=st.sampled_from(("", "fast", "pcie")), vendor=st.sampled_from(("", "nvidia", "amd")), precision=st.just("fp16"),
    most_devices=st.sampled_from((0.0, 8.0)), narrower=st.sampled_from((1.0, 2.0, 4.0)), unpacking=st.sampled_from((0.5, 1.0, 3.0)),
    link_speed=st.sampled_from((0.125, 1.0, 2.0)), launching=st.sampled_from((0.5, 1.0)),
    written_out=st.sampled_from((False, True, None)), singly=st.sampled_from((False, True, None)),
    guessed=st.sampled_from((0.0, 3.0)), kept=st.sampled_from((1.0, None)), doubt=st.sampled_from((1.0, 2.0)),
    sampling=st.sampled_from((0.0, 5e-4)), wrapped=st.booleans(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(NETWORKS, MACHINES, st.sampled_from(sorted(FAMILIES)), st.floats(1, 256), st.floats(0, 30000))
def test_no_step_is_predicted_faster_than_the_bound(network, machine, family, batch, context):
    span = step_span(network, machine, family, batch=batch, context=context)
    floor = bound_time(network, machine.fastest, batch=batch, context=context)
    assert floor <= span.low <= span.likely <= span.high
    assert prefill_span(network, machine, family, tokens=max(1.0, context)).low > 0


@settings(max_examples=60, deadline=None)
@given(
    NETWORKS,
    MACHINES,
    st.sampled_from(sorted(FAMILIES)),
    st.floats(1, 512),
    st.floats(16, 8000),
    st.floats(1, 2000),
)
def test_no_batch_is_predicted_beyond_its_bound(network, machine, family, size, prompt, answer):
    batch = Batch(size, prompt, answer)
    span = batch_span(network, machine, family, batch)
    assert batch_bound(network, machine.fastest, batch) <= span.low <= span.likely <= span.high


@settings(max_examples=60, deadline=None)
@given(NETWORKS, MACHINES, st.floats(1, 64))
def test_more_context_and_smaller_bandwidth_never_speed_a_step_up(network, machine, batch):
    short = step_span(network, machine, "server", batch=batch, context=100)
    assert step_span(network, machine, "server", batch=batch, context=1000).likely >= short.likely
    slower = machine._replace(bandwidth=machine.bandwidth / 2)
    assert step_span(network, slower, "server", batch=batch, context=100).likely >= short.likely


def test_engines_fall_into_families_by_name_and_device():
    assert family_of("vLLM 0.9.1", "H100 SXM 80GB") == "server25"
    assert family_of("vllm", "H100 SXM 80GB", "0.6.3") == "server"
    assert family_of("sglang", "H100 SXM 80GB", "2024-11") == "server"
    assert family_of("sglang", "MI300X", "2025-10") == "server25"
    assert family_of("vllm", "H100 SXM 80GB") == "server-any"
    assert family_of("llama.cpp", "Ryzen AI Max+ 395 (Radeon 8060S)") == "unified"
    assert family_of("transformers", "cpu") == "cpu-eager"
    assert family_of("llama.cpp", "Apple M2 Ultra") == "apple-any"
    assert family_of("llama.cpp", "Apple M2 Ultra", "b3000") == "apple"
    assert (
        family_of("mlx", "Apple M2 Ultra") == family_of("llama.cpp", "Apple M2 Ultra", "b5000") == "apple25"
    )
    assert family_of("transformers", "Ryzen AI Max+ 395") == "eager"
    assert family_of("llama.cpp", "RX 7900 XTX") == "portable"
    assert family_of("llama.cpp", "RTX 4090") == "llama.cpp-any"
    assert family_of("llama.cpp", "RTX 4090", "2024-06") == "llama.cpp"
    assert family_of("ollama", "RTX 4090", "0.12.0") == "llama.cpp25"
    assert family_of("llama.cpp CPU", "EPYC 9554") == "cpu"
    assert family_of("never-heard-of-it", "RTX 4090") == "unknown"
    assert doubles_with_half_accumulation("RTX 4090")
    assert not doubles_with_half_accumulation("RTX 4000 Ada")
    assert not doubles_with_half_accumulation("H100 SXM 80GB")


def test_prompts_hide_in_part_behind_the_reading_of_a_full_server():
    network = Network(16e9, 8e9, 32, kv_per_token=131072.0)
    machine = Hardware(3.35e12, 989e12, vendor="nvidia", link="fast")
    both = saturated_time(network, machine, "saturated", Batch(256, 1000, 1000))
    reading = saturated_time(network, machine._replace(compute=1e30), "saturated", Batch(256, 1000, 1000))
    computing = saturated_time(network, machine._replace(bandwidth=1e30), "saturated", Batch(256, 1000, 1000))
    assert max(reading, computing) < both < reading + computing


def test_few_residuals_leave_the_likely_value_in_the_middle_of_its_interval():
    assert PLACING.window([0.3], 4.0) == pytest.approx((0.5, 2.0), rel=0.01)
    low, high = PLACING.window([0.9] * 40 + [-0.1] * 2, 4.0)
    assert low == pytest.approx(high / 4.0)
    assert low < math.exp(-0.1)
    assert math.exp(0.9) < high


def test_weights_that_do_not_fit_leave_no_batch():
    network = Network(160e9, 80e9, 80, kv_per_token=3e5)
    assert saturated_batch(Room(80e9), network, 1, Batch(0, 1000, 1000)) == 0.0
    assert saturated_span(network, Hardware(2e12, 3e14), Room(80e9), Batch(0, 1000, 1000)) is None


def test_memory_in_use_is_never_less_than_the_weights():
    used = memory_used(Span(10e9, 9e9, 11e9), 1e9, prompt=32000, width=4096)
    assert used.low >= 9e9
    assert used.high > memory_used(Span(10e9, 9e9, 11e9), 1e9, prompt=100, width=4096).high


def test_a_latent_cache_is_whole_on_every_device():
    network = Network(4e11, 6e11, 61, active_parameters=4e10, kv_per_token=70272, kv_heads=128, latent=True)
    split = network._replace(latent=False)
    assert network.kv_parts(8) == 1
    assert split.kv_parts(8) == 8
    room, lengths = Room(1.1e12), Batch(0, 8000, 0)
    assert saturated_batch(room, network, 8, lengths) == pytest.approx(
        saturated_batch(room, split, 8, lengths) / 8
    )


def test_devices_over_pci_express_take_longer_than_over_fast_links():
    network = Network(16e9, 8e9, 32, kv_per_token=1.3e5)
    fast, slow = (Hardware(1e12, 1e14, 4, link=link) for link in ("fast", "pcie"))
    assert step_span(network, slow, "server25").likely > 1.3 * step_span(network, fast, "server25").likely
    assert (
        step_span(network, slow._replace(link=""), "server25").high
        > step_span(network, fast, "server25").high
    )
    assert link_of("pcie4-x16", "H100 SXM 80GB") == "pcie"
    assert link_of("", "RTX 4090") == "pcie"
    assert link_of("", "A100 SXM 80GB") == "fast"
    assert not link_of("", "A100 80GB PCIe")
    assert [link_speed(name) for name in ("B200 SXM 180GB", "H100", "A100", "RTX 3090", "MI300X", "")] == [
        2.0, 1.0, 0.667, 0.125, 1.0, 1.0,
    ]  # fmt: skip


def test_a_batch_of_unknown_compute_may_take_as_long_as_its_streams():
    network = Network(1.6e9, 1.5e9, 28, kv_per_token=3e4)
    one, many = (step_span(network, Hardware(6e10), "cpu", batch=batch, context=100) for batch in (1, 32))
    assert many.high >= 32 * one.high
    known = step_span(network, Hardware(6e10, 2.3e11), "cpu", batch=32, context=100)
    assert known.high / known.low < 2.6
    assert known.likely > 10 * many.likely


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


LOADED = {
    **DECODE, "kind": "loaded", "metric": "ttft_mean_ms", "unit": "ms", "peak_tflops": "989", "peak_dtype": "fp16", "mem_gb": "80",
    "engine": "vLLM 0.10.0", "n_dev": "1",
}  # fmt: skip


@pytest.mark.parametrize(("published", "broken"), [("40", 0), ("90000", 0), ("0.4", 1)])
def test_an_answer_with_a_low_end_alone_is_a_bound_and_as_wide_as_can_be(tmp_path, published, broken):
    """5,000 requests a second are more than any replica serves: the first token takes at least so much."""
    full = {**LOADED, "extra": json.dumps({"rate_rps": 5000, "prompts": 20000}), "value": published}
    write_cases(tmp_path / "cases.csv", [full])
    code, content, printed = run(tmp_path / "cases.csv", tmp_path / "out.json")
    figures = content["kinds"]["loaded"]
    assert code == figures["bound_violations"] == broken
    assert figures["coverage"] == 1 - broken
    assert figures["one_sided"] == 1
    assert 1e300 < figures["width"] < math.inf
    assert "one_sided 100.0%" in printed


def test_the_width_of_a_kind_counts_open_ends_with_the_rest(tmp_path):
    rates = (1, 1, 5000)
    rows = [
        {**LOADED, "extra": json.dumps({"rate_rps": rate, "prompts": 200}), "value": "20"} for rate in rates
    ]
    write_cases(tmp_path / "cases.csv", rows)
    figures = run(tmp_path / "cases.csv", tmp_path / "out.json")[1]["kinds"]["loaded"]
    assert figures["one_sided"] == pytest.approx(1 / 3)
    assert figures["width"] == pytest.approx(4.0, rel=0.01)


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


def modules_of_the_benchmark():
    """Return the benchmark's modules; its folder is importable only meanwhile."""
    sys.path.insert(0, str(BENCHMARK.parent))
    try:
        import case_predictions
        import case_rows
        import cross_validation
        import interval_placing
        import published_cases
    finally:
        sys.path.remove(str(BENCHMARK.parent))
    return case_rows, published_cases, cross_validation, case_predictions, interval_placing


CASE_ROWS, PUBLISHED, CROSS_VALIDATION, FITTED, PLACING = modules_of_the_benchmark()
EXTRA = {
    "rate_rps": 2.0, "batch_per_accel": 7, "sample_bytes": 146.6e6, "step_compute_s": 0.323, "au_target": 0.9, "au_measured": 0.9,
    "num_accelerators": 8, "storage_read_gbs_declared": 6.8, "storage_gbs_declared": 4.2, "concurrency": 16, "ngl": 20, "qps": 90.0,
    "layers_total": 40, "gpu_only_tok_s": 80.0, "cpu_only_tok_s": 8.0, "model_mb": 290, "n_vectors": 1e6, "dim": 768, "M": 16,
    "bits_per_dim": 32, "graph_memory_gb_per_node": 15.0, "nodes": 2, "single_client_latency_s": 0.01, "qps_max": 900.0,
    "fanout": 10, "p_slow": 0.01, "lambda_per_h": 5.8, "mu_per_h": 6.0, "model": "M/M/1",
}  # fmt: skip
WHOLE = {
    **DECODE,
    "peak_tflops": "989",
    "peak_dtype": "fp16",
    "batch": "4",
    "kv_bits": "16",
    "parallel": "TP1",
    "value": "90",
}
ODD = ("", "0", "-1", "nan", "inf", "1e308", "1e-300", "4.65bpw", "gptq", "fp8", "IQ4_XS", "TP8PP2", "TP=4", "PP2", "layer-split", "EP8",
       "never heard of it", "M2 Ultra", "EPYC 9965", "Arc B580", "{", "None")  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted({*PUBLISHED.PREDICTORS, *PUBLISHED.SIZES, "no such kind"})),
    st.dictionaries(st.sampled_from([c for c in COLUMNS if c not in {"kind", "extra"}]), st.sampled_from(ODD), max_size=4),
    st.dictionaries(st.sampled_from(sorted(EXTRA)), st.sampled_from([None, 0, -1, 1e308, "12", "x", [1], True, math.nan])),
)  # fmt: skip
def test_any_row_is_predicted_or_refused_with_a_reason(kind, columns, extra):
    text = {**dict.fromkeys(COLUMNS, ""), **WHOLE, **columns, "kind": kind}
    outcomes, refused, impossible = PUBLISHED.predict_all([CASE_ROWS.Row(text, {**EXTRA, **extra})])
    if columns.get("flag") is None:
        assert outcomes or refused or impossible
    for outcome in (o for every in outcomes.values() for o in every):
        span = outcome.made.span
        assert 0 <= span.low <= span.likely <= span.high
        assert span.high < math.inf or (kind == "loaded" and span.low > 0)
    assert all(why for reasons in refused.values() for why in reasons)
    for every in outcomes.values():
        assert PUBLISHED.summarise(every)["rows"] == len(every)


def test_a_whole_row_of_every_kind_is_predicted():
    for kind in {*PUBLISHED.PREDICTORS, *PUBLISHED.SIZES}:
        text = {**dict.fromkeys(COLUMNS, ""), **WHOLE, "kind": kind}
        text |= {"loaded": {"metric": "ttft_p99_ms"}}.get(kind, {})
        assert PUBLISHED.predict_all([CASE_ROWS.Row(text, EXTRA)])[0], kind


def test_shapes_and_splits_are_read_as_sources_write_them():
    def row(extra: dict[str, object], **columns: str) -> object:
        return CASE_ROWS.Row({**dict.fromkeys(COLUMNS, ""), **columns}, extra)

    assert CASE_ROWS.kv_per_token(row({"hidden": 1600, "layers": 48})) == 307200
    assert CASE_ROWS.kv_per_token(row({"kv_lora_rank": 512, "rope_dim": 64}, layers="61")) == 70272
    assert CASE_ROWS.kv_per_token(row({"kv_lora_rank": 512}, layers="61")) == 0
    for text, devices in (("TP8PP2", 8), ("TP=4", 4), ("tp 2", 2), ("PP4", 1), ("layer-split", 1), ("TP", 6)):
        assert CASE_ROWS.devices_sharing(row({}, parallel=text, n_dev="6")) == devices, text
    assert CASE_ROWS.weight_bytes(row({}, params_b="8", w_bits="Q8_0")) == pytest.approx(8.5e9)


def test_a_row_may_say_how_model_and_device_are_run(tmp_path):
    slow = {"extra": json.dumps({"power_limit_w": 350, "power_default_w": 700})}
    code, out, _ = run(_written(tmp_path, [{**DECODE, "value": "150"}]), tmp_path / "full.json")
    limited = run(_written(tmp_path, [{**DECODE, "value": "150", **slow}]), tmp_path / "limited.json")
    assert code == limited[0] == 0
    assert limited[1]["kinds"]["decode"]["width"] > 1.4 * out["kinds"]["decode"]["width"]


def _written(folder: Path, rows: list[dict[str, str]]) -> Path:
    write_cases(folder / "rows.csv", rows)
    return folder / "rows.csv"


def test_cross_validation_never_fits_on_what_it_predicts():
    rows = [CASE_ROWS.Row({**WHOLE, "group": f"g{i % 7}", "device": f"d{i % 3}"}) for i in range(40)]
    for parts in (CROSS_VALIDATION.halves(rows, 3), CROSS_VALIDATION.left_out(rows, "device")):
        for train, test in parts:
            assert len(train) + len(test) == len(rows)
            assert not set(train) & set(test)
    for train, test in CROSS_VALIDATION.halves(rows, 3):
        assert not {r.group for r in train} & {r.group for r in test}


def test_the_fit_moves_what_the_facts_are_made_of():
    for kind in ("decode", "decode_batch", "gen", "serve", "serve_max", "prefill"):
        for changes in ({}, {"parallel": "TP4", "n_dev": "4"}, {"engine": "llama.cpp", "device": "RTX 4090"}):
            row = CASE_ROWS.Row({**dict.fromkeys(COLUMNS, ""), **WHOLE, **changes, "kind": kind}, EXTRA)
            fitted, fact = FITTED.PREDICTORS[kind](row).span, PUBLISHED.PREDICTORS[kind](row).span
            assert fitted.likely == pytest.approx(fact.likely), kind


def test_an_engine_that_is_not_known_is_fitted_to_the_likely_value_of_all_cases():
    for changes in ({}, {"device": ""}, {"parallel": "TP4", "n_dev": "4", "device": "A100"}):
        row = CASE_ROWS.Row({**dict.fromkeys(COLUMNS, ""), **WHOLE, **changes, "kind": "decode"}, EXTRA)
        fitted = FITTED.PREDICTORS["decode_unknown"](row).span
        assert fitted.likely == pytest.approx(PUBLISHED.PREDICTORS["decode_unknown"](row).span.likely), (
            changes
        )


def test_cross_validation_names_the_sources_that_fail(capsys):
    near, far = ({**dict.fromkeys(COLUMNS, ""), **DECODE, "group": g, "source": s, "value": v, "flag": ""}
                 for g, s, v in (("a", "one/near README.md", "110"), ("b", "two/far README.md", "4")))  # fmt: skip
    found, _, _ = PUBLISHED.predict_all([CASE_ROWS.Row(near), CASE_ROWS.Row(far)])
    CROSS_VALIDATION.print_sources(found)
    printed = capsys.readouterr().out
    assert "decode: two/far: 0% of 1 inside" in printed
    assert "one/near" not in printed


def test_families_are_told_beside_kinds(tmp_path):
    write_cases(
        tmp_path / "cases.csv",
        [{**DECODE, "value": "120"}, {**DECODE, "engine": "vLLM 0.6.3", "value": "110"}],
    )
    _, content, _ = run(tmp_path / "cases.csv", tmp_path / "out.json")
    families = content["families"]
    assert families["decode: vendor nvidia"]["rows"] == 2
    assert families["decode: engine server"]["rows"] == families["decode: engine server-any"]["rows"] == 1
    assert content["not_predicted"] == content["not_predictable"]


def test_a_file_that_is_no_table_is_told(tmp_path):
    for content in (b"", b"\xff\xfe\x00", b"id,kind\n"):
        (tmp_path / "cases.csv").write_bytes(content)
        done = subprocess.run([sys.executable, str(BENCHMARK), str(tmp_path / "cases.csv"), "--no-peers"],
                              capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
        assert done.returncode == 2
        assert "cases.csv" in done.stderr
        assert "Traceback" not in done.stderr
