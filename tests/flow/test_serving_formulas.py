"""Steps, prompts, batches and saturated servers of language models, each put together by hand from its parts."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas.speed import serving
from poc_gate.flow.formulas.speed.admission import LARGE, Admission, admissions
from poc_gate.flow.formulas.speed.engine_model import (
    CROWD,
    WAITING,
    bound_time,
    compute_reached,
    link_time,
    step_parts,
    step_span,
    step_time,
)
from poc_gate.flow.formulas.speed.family_constants import constants_of, slower_by
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES, KINDS, PRECISION
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.grounds import (
    FEW_BITS,
    LONG_CONTEXT,
    SMALL,
    factors,
    processor_interval,
    step_interval,
    widenings,
)
from poc_gate.flow.formulas.speed.prompt_phase import (
    USUAL_VOCABULARY,
    least_flops,
    prefill_bound,
    prefill_flops,
    prefill_interval,
    prefill_span,
    prefill_time,
    prompt_exchange,
)
from poc_gate.flow.formulas.speed.serving import (
    SMALL_ON_AMD,
    Batch,
    Room,
    batch_bound,
    batch_span,
    batch_time,
    between,
    saturated_batch,
    saturated_family,
    saturated_interval,
    saturated_span,
    saturated_time,
    static_family,
)
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.formulas.speed.worlds import FLOP_PER_BYTE, hull, over_engines, worlds
from poc_gate.flow.span import Span
from poc_gate.model.engines.engine_row import MOST_ADMITTED

NET = Network(16e9, 8e9, 32, kv_per_token=131072.0, kv_heads=8.0)
"""An 8B model in 16 bits with 8 key-value heads, such as Llama 3.1 8B: 128 KiB of cache a token."""
MIX = NET._replace(active_parameters=2e9)
LATENT = NET._replace(latent=True)
H100 = Hardware(3.35e12, 989e12, vendor="nvidia", link="fast")
MULTIPLIED = 8e9 - 2 * USUAL_VOCABULARY * math.sqrt(8e9 / (12 * 32))
"""Its parameters without embedding and head, of sqrt(P / 12 L) numbers a token."""
BLIND = H100._replace(compute=None)
FOUR = H100._replace(devices=4.0)
MI300 = H100._replace(vendor="amd")


def spans(found: Span | None) -> tuple[float, float, float]:
    assert found is not None
    return found.likely, found.low, found.high


def near(likely: float, floor: float, *intervals: str) -> object:
    """Return a time of the widest of these intervals that never goes below its bound."""
    low = min(INTERVALS[one][0] for one in intervals)
    high = max(INTERVALS[one][1] for one in intervals)
    likely = max(likely, floor)
    return pytest.approx((likely, max(floor, likely * low), likely * high))


@pytest.mark.parametrize(
    ("network", "hardware", "batch", "bound"),
    [
        (NET, BLIND, 1.0, (16e9 + 1000 * 131072) / 3.35e12),
        (NET, BLIND._replace(devices=4.0), 8.0, (16e9 / 4 + 8 * 1000 * 131072 / 4) / 3.35e12),
        (NET._replace(kv_heads=2.0), BLIND._replace(devices=4.0), 8.0, (16e9 / 4 + 8 * 1000 * 131072 / 2) / 3.35e12),
        (MIX, BLIND, 8.0, (4e9 + 8 * 1000 * 131072) / 3.35e12),
        (NET._replace(kv_per_token=0.0), H100, 2000.0, 2 * 8e9 * 2000 / 989e12),
        (NET._replace(kv_per_token=0.0), FOUR, 4000.0, 2 * 8e9 * 4000 / (4 * 989e12)),
    ],
)  # fmt: skip
def test_no_step_is_faster_than_reading_all_or_computing(network, hardware, batch, bound):
    """Weights over all devices, cache over the heads' parts; or 2 flop a parameter and sequence."""
    assert bound_time(network, hardware, batch=batch, context=1000.0) == pytest.approx(bound)
    assert bound_time(NET, BLIND) == pytest.approx(16e9 / 3.35e12)
    assert bound_time(NET, H100._replace(compute=1e12)) == pytest.approx(2 * 8e9 / 1e12)


@pytest.mark.parametrize("family", ["server", "apple", "eager"])
@pytest.mark.parametrize("network", [NET, MIX])
@pytest.mark.parametrize(("devices", "parts"), [(1.0, 1.0), (2.0, 2.0), (4.0, 4.0), (16.0, 8.0)])
def test_a_step_reads_computes_launches_and_exchanges(family, network, devices, parts):
    c, hardware = FAMILIES[family], H100._replace(devices=devices)
    found = step_parts(network, hardware, family, batch=8.0, context=1000.0)
    read, cache = network.weight_read(8.0), 8.0 * 1000.0 * 131072.0
    reading = (read / c["reach"] + c["param"] * network.computed) / (3.35e12 * devices)
    reading += c["kv"] * cache / (3.35e12 * parts) + (
        c["byte"] * read / devices if family != "server" else 0.0
    )
    reading += c.get("spread", 0.0) * 8.0 * 1000.0 * 4.0 * 32 * network.attention_width / 3.35e12
    rate = compute_reached(hardware, family, 8.0)
    assert rate is not None
    exchanging = 2 * 32 * link_time(network, hardware, family, 8.0) if devices > 1 else 0.0
    mixed = KINDS["mixture"]["mixed"] if family == "server" and network is MIX else 1.0
    expected = (reading, 2 * network.computed * 8.0 / rate, 32 * c["layer"] * mixed, exchanging)
    assert found == pytest.approx(expected)
    assert step_parts(network, BLIND, family, batch=8.0, context=1000.0).computing == 0.0


@pytest.mark.parametrize("family", ["server", "server25", "llama.cpp"])
def test_serving_engines_unpack_weights_of_fewer_than_16_bits_only(family):
    """A quarter of the bytes takes a quarter of the time to read, and what it costs to unpack them."""
    c, narrow = FAMILIES[family], NET._replace(weight_bytes=4e9, kv_per_token=0.0)
    whole = narrow._replace(weight_bytes=16e9)
    found = [step_parts(n, H100, family, batch=1.0, context=0.0).reading for n in (narrow, whole)]
    unpacking = [c["byte"] * 4e9, 0.0 if family.startswith("server") else c["byte"] * 16e9]
    read = [n / c["reach"] / 3.35e12 for n in (4e9, 16e9)]
    power = 1.0 if family.startswith("server") else WAITING
    expected = [(a**power + b**power) ** (1 / power) for a, b in zip(read, unpacking, strict=True)]
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("devices", "link", "family", "seconds"),
    [
        (4.0, "fast", "server", FAMILIES["server"]["link"] + 1.5 * 10 * 2 / KINDS["fast"]["rate"]),
        (4.0, "fast", "saturated", FAMILIES["saturated"]["link"] + 1.5 * 10 * 2 / FAMILIES["saturated"]["wire"]),
        (2.0, "pcie", "server", 2 * KINDS["pcie"]["latency"] + 1.0 * 10 * 2 / KINDS["pcie"]["rate"]),
        (8.0, "", "server", FAMILIES["server"]["link"] + 1.75 * 10 * 2 / KINDS["fast"]["rate"]),
    ],
)  # fmt: skip
def test_an_all_reduce_moves_two_shares_of_each_number(devices, link, family, seconds):
    """A ring moves 2 (n - 1) / n of the data: 1.5 times at four devices; numbers of two bytes."""
    hardware = H100._replace(devices=devices, link=link)
    wide = NET._replace(parameters=12.0 * 32 * 1e12)  # a million numbers a token
    expected = seconds + (seconds - _latency(hardware, family)) * (1e6 * 100 - 10) / 10
    assert link_time(wide, hardware, family, 100.0) == pytest.approx(expected)


def _latency(hardware: Hardware, family: str) -> float:
    pcie = hardware.link == "pcie"
    return KINDS["pcie"]["latency"] * hardware.devices if pcie else FAMILIES[family]["link"]


@pytest.mark.parametrize(
    ("hardware", "family", "rows", "share"),
    [
        (H100, "server", 1e9, FAMILIES["server"]["mfu"]),
        (FOUR, "server", 1e9, 4 * FAMILIES["server"]["mfu"]),
        (H100._replace(precision="fp8"), "server", 1e9, FAMILIES["server"]["mfu"] * PRECISION["fp8"]),
        (H100._replace(precision="int4"), "server", 1e9, FAMILIES["server"]["mfu"]),
        (MI300, "portable", 1e9, KINDS["portable"]["amd"]),
        (H100._replace(vendor="intel"), "portable", 1e9, KINDS["portable"]["intel"]),
        (H100, "portable", 1e9, FAMILIES["portable"]["mfu"]),
        (H100._replace(compute=989e12 / 4), "portable", 1e9, 0.25 * min(0.98, FAMILIES["portable"]["mfu"] * 4 ** FAMILIES["portable"]["fade"])),
        (H100._replace(compute=989e6), "portable", 1e9, 1e-6 * 0.98),
        (MI300, "saturated", 1e9, FAMILIES["saturated"]["mfu"]),
        (H100, "cpu", 1.0, FAMILIES["cpu"]["single"]),
        (H100, "cpu", 0.1, FAMILIES["cpu"]["single"]),
        (H100, "cpu", 16.0, FAMILIES["cpu"]["mfu"] + (FAMILIES["cpu"]["single"] - FAMILIES["cpu"]["mfu"]) / 2),
    ],
)  # fmt: skip
def test_a_device_reaches_its_share_of_the_listed_rate(hardware, family, rows, share):
    assert compute_reached(hardware, family, rows) == pytest.approx(share * 989e12)
    assert compute_reached(BLIND, family, rows) is None


@pytest.mark.parametrize("batch", [1.0, 8.0, 512.0])
@pytest.mark.parametrize("family", ["server", "static", "static-amd", "eager"])
def test_a_step_hides_what_overlaps(batch, family):
    parts = step_parts(NET, FOUR, family, batch=batch, context=100.0)
    hidden = FAMILIES[family].get("unhidden", 0.0) * (min(batch, CROWD) - 1) / batch
    work = max(parts.reading, parts.computing) + hidden * parts.computing
    work = max(work, parts.launching) if family == "eager" else work + parts.launching
    assert step_time(NET, FOUR, family, batch=batch, context=100.0) == pytest.approx(work + parts.exchanging)


@pytest.mark.parametrize(
    ("weights", "halved"), [(16e9, True), (12e9, False), (12.1e9, True), (23.9e9, True), (24e9, False), (8e9, False)]
)  # fmt: skip
@pytest.mark.parametrize("compute", [None, 2e12])
def test_a_processor_reads_then_computes_and_converts_16_bit_weights(weights, halved, compute):
    network, hardware = NET._replace(weight_bytes=weights), Hardware(1e11, compute)
    c = FAMILIES["cpu-eager"]
    reach = c["reach"] * (c["half"] if halved else 1.0)
    expected = (weights / reach + c["kv"] * 4 * 100 * 131072) / 1e11 + 32 * c["layer"]
    rate = compute_reached(hardware, "cpu-eager", 4.0)
    expected += 0.0 if rate is None else 2 * 8e9 * 4 / rate
    assert step_time(network, hardware, "cpu-eager", batch=4.0, context=100.0) == pytest.approx(expected)
    experts = network._replace(active_parameters=1e9)
    longer = step_time(experts, hardware, "cpu-eager", batch=8.0) - step_time(
        experts, hardware, "cpu-eager", batch=1.0
    )
    once, full = (compute_reached(hardware, "cpu-eager", rows) for rows in (1.0, 8.0))
    read = (experts.weight_read(8.0) - experts.weight_read(1.0)) / reach / 1e11
    assert longer == pytest.approx(read + (2 * 1e9 * (8 / full - 1 / once) if full and once else 0.0))
    slow = step_time(NET, Hardware(1e11, 1e12), "cpu") - step_time(NET, Hardware(1e11), "cpu")
    assert slow == pytest.approx(2 * 8e9 / (FAMILIES["cpu"]["single"] * 1e12))
    plain = FAMILIES["cpu"]
    assert step_time(NET, Hardware(1e11), "cpu") == pytest.approx(16e9 / plain["reach"] / 1e11 + 32 * plain["layer"])  # fmt: skip


@pytest.mark.parametrize(
    ("network", "hardware", "family", "context", "interval"),
    [
        (NET, H100, "unknown", 0.0, "decode-unknown"),
        (NET, FOUR._replace(link="pcie"), "unknown", 0.0, "decode-unknown"),
        (NET, FOUR._replace(link="pcie", devices=2.0), "server", 0.0, "decode-pcie"),
        (NET, BLIND, "cpu", 0.0, "decode-cpu-unmeasured"),
        (NET, H100, "cpu", 0.0, "decode-cpu-half"),
        (NET._replace(weight_bytes=5e9), H100, "cpu", 0.0, "decode-cpu"),
        (NET, H100, "cpu-onnx", 0.0, "decode-cpu-framework"),
        (NET._replace(parameters=SMALL), H100, "cpu", 0.0, "decode-cpu"),
        (NET._replace(parameters=SMALL - 1), H100, "cpu-onnx", 0.0, "decode-cpu-small"),
        (NET, FOUR._replace(link="pcie"), "server", 0.0, "decode-pcie"),
        (NET, H100._replace(link="pcie"), "server", 0.0, "decode"),
        (MIX, FOUR, "server25", 0.0, "decode-mixed"),
        (LATENT, FOUR, "server", 0.0, "decode-mixture"),
        (MIX, FOUR, "fused", 0.0, "decode"),
        (LATENT, FOUR, "fused", 0.0, "decode"),
        (NET, H100, "eager", LONG_CONTEXT, "decode-eager"),
        (NET, H100, "eager", LONG_CONTEXT + 1, "decode-long"),
        (NET, H100, "server", LONG_CONTEXT + 1, "decode"),
        (NET, H100, "portable", 0.0, "decode-portable"),
    ],
)
def test_a_step_has_the_interval_of_what_it_is(network, hardware, family, context, interval):
    assert step_interval(network, hardware, family, context=context) == interval
    assert not family.startswith("cpu") or processor_interval(network, hardware, family) == interval


@pytest.mark.parametrize(
    ("network", "family", "factor"),
    [(NET, "server", 1.0), (MIX, "server25", 1.0), (LATENT, "server", KINDS["mixture"]["slower"]), (MIX, "fused", 1.0), (LATENT, "eager", 1.0)],
)  # fmt: skip
def test_serving_engines_lose_time_on_latent_attention_and_mixtures(network, family, factor):
    assert slower_by(network, family) == factor


@pytest.mark.parametrize("network", [NET, MIX])
@pytest.mark.parametrize("hardware", [H100, FOUR._replace(link="pcie"), BLIND])
@pytest.mark.parametrize("batch", [1.0, 8.0])
def test_a_known_step_is_its_time_within_its_interval(network, hardware, batch):
    found = step_span(network, hardware, "server25", batch=batch, context=500.0)
    time = step_time(network, hardware, "server25", batch=batch, context=500.0) * slower_by(
        network, "server25"
    )
    floor = bound_time(network, hardware, batch=batch, context=500.0)
    interval = step_interval(network, hardware, "server25", context=500.0)
    if hardware is BLIND and batch > 1:
        alone = step_span(network, BLIND, "server25", context=500.0)
        assert spans(found)[:2] == (
            pytest.approx(time),
            pytest.approx(max(floor, time * INTERVALS[interval][0])),
        )
        assert found.high == pytest.approx(max(time * INTERVALS[interval][1], batch * alone.high))
    else:
        assert spans(found) == near(time, floor, interval)
    assert step_span(NET, H100, "server25") == step_span(NET, H100, "server25", batch=1.0, context=0.0)


@pytest.mark.parametrize(
    ("hardware", "family", "batch", "context"),
    [
        (Hardware(1e12, 1e13), "cpu-onnx", 4096.0, 0.0),
        (H100, "unified", 1.0, 1e7),
        (H100, "unified", 64.0, 1e7),
    ],
)
def test_the_low_end_of_a_step_is_never_below_its_bound(hardware, family, batch, context):
    found = step_span(NET, hardware, family, batch=batch, context=context)
    assert found.low == bound_time(NET, hardware, batch=batch, context=context)
    assert found.low > INTERVALS[step_interval(NET, hardware, family)][0] * found.likely


def test_a_long_context_widens_a_step_of_an_eager_framework():
    found = step_span(NET, H100, "eager", context=LONG_CONTEXT + 1)
    assert found.high / found.likely == pytest.approx(INTERVALS["decode-long"][1])


def test_unknown_parts_of_a_step_hold_all_cases():
    every = [step_span(NET, H100, name, batch=4.0, context=100.0) for name in ("server", "server25")]
    found = step_span(NET, H100, "server-any", batch=4.0, context=100.0)
    assert found == hull(every)
    assert found.likely == pytest.approx(math.sqrt(every[0].likely * every[1].likely))
    unknown = step_span(NET, H100, "unknown", batch=4.0, context=100.0)
    names = (
        "llama.cpp",
        "llama.cpp25",
        "fused",
        "server",
        "server-native",
        "server25",
        "eager",
        "portable",
        "unified",
    )
    each = [step_span(NET, H100, name, batch=4.0, context=100.0) for name in names]
    low, high = INTERVALS["decode-unknown"]
    own = step_time(NET, H100, "unknown", batch=4.0, context=100.0)
    floor = bound_time(NET, H100, batch=4.0, context=100.0)
    assert unknown.low == pytest.approx(min(max(floor, own * low), *(one.low for one in each)))
    assert unknown.high == pytest.approx(max(own * high, *(one.high for one in each)))
    long = [step_span(NET, H100, name, batch=64.0, context=9000.0).high for name in names]
    assert step_span(NET, H100, "unknown", batch=64.0, context=9000.0).high >= max(long)
    assert CROWD == 256.0


def test_a_hull_holds_all_and_is_likely_in_the_geometric_middle():
    assert hull([Span(1.0, 0.5, 3.0), Span(4.0, 0.7, 5.0), Span(2.0, 0.2, 2.5)]) == Span(2.0, 0.2, 5.0)


def _worlds(
    hardware: Hardware, family: str = "server25", network: Network = NET, **kind: bool
) -> list[tuple]:
    return [
        (one.latent, machine.devices, machine.link, machine.compute, machine.precision, machine.vendor, name)
        for one, machine, name in worlds(network, hardware, family, **kind)
    ]


@pytest.mark.parametrize(
    ("hardware", "kind", "expected"),
    [
        (H100, {}, [(False, 1.0, "fast", 989e12, "fp16", "nvidia", "server25")]),
        (H100, {"batches": True}, [(False, 1.0, "fast", 989e12, "fp16", "nvidia", "server25")]),
        (BLIND, {}, [(False, 1.0, "fast", None, "fp16", "nvidia", "server25")]),
        (BLIND, {"batches": True}, [(False, 1.0, "fast", 3.35e12 * each, "fp16", "nvidia", "server25") for each in (30.0, 420.0)]),
        (H100._replace(vendor=""), {}, [(False, 1.0, "fast", 989e12, "fp16", "", "server25")]),
        (H100._replace(vendor=""), {"batches": True}, [(False, 1.0, "fast", 989e12, "fp16", one, "server25") for one in ("nvidia", "amd", "other")]),
        (FOUR._replace(link=""), {}, [(False, 4.0, one, 989e12, "fp16", "nvidia", "server25") for one in ("fast", "pcie")]),
        (FOUR._replace(link="pcie"), {}, [(False, 4.0, "pcie", 989e12, "fp16", "nvidia", "server25")]),
        (H100._replace(link="", devices=2.0), {}, [(False, 2.0, one, 989e12, "fp16", "nvidia", "server25") for one in ("fast", "pcie")]),
        (H100._replace(link=""), {}, [(False, 1.0, "", 989e12, "fp16", "nvidia", "server25")]),
        (H100._replace(most_devices=8.0), {}, [(False, one, "fast", 989e12, "fp16", "nvidia", "server25") for one in (1.0, 8.0)]),
        (FOUR._replace(most_devices=2.0), {}, [(False, 4.0, "fast", 989e12, "fp16", "nvidia", "server25")]),
        (H100._replace(narrower=2.0), {}, [(False, 1.0, "fast", 989e12 * f, p, "nvidia", "server25") for f, p in ((1.0, "fp16"), (2.0, "fp8"))]),
        (H100._replace(narrower=4.0), {}, [(False, 1.0, "fast", 989e12 * f, p, "nvidia", "server25") for f, p in ((1.0, "fp16"), (4.0, "fp4"))]),
    ],
)  # fmt: skip
def test_what_is_open_is_each_of_its_cases(hardware, kind, expected):
    assert FLOP_PER_BYTE == (30.0, 420.0)
    assert _worlds(hardware, **kind) == expected
    assert all((one.most_devices, one.narrower) == (0.0, 1.0) for _, one, _ in worlds(NET, hardware, "server25", **kind))  # fmt: skip


def test_the_kind_of_attention_and_the_generation_are_cases_too():
    open_kind = NET._replace(latent=None)
    assert [(one.latent, name) for one, _, name in worlds(open_kind, H100, "server-any")] == [
        (False, "server"), (False, "server25"), (True, "server"), (True, "server25")
    ]  # fmt: skip
    assert len(worlds(NET, BLIND, "cpu", batches=True)) == 1


def test_an_unknown_engine_reaches_from_the_least_to_the_most_of_all():
    def by_length(name: str) -> Span:
        return Span(5.0, 10.0 - len(name), 5.0 + len(name))

    assert over_engines(Span(5.0, 4.0, 6.0), "server", H100, by_length) == Span(5.0, 4.0, 6.0)
    assert over_engines(Span(5.0, 4.0, 6.0), "unknown", H100, by_length) == Span(5.0, -3.0, 18.0)
    assert over_engines(Span(5.0, -9.0, 60.0), "unknown", H100, by_length) == Span(5.0, -9.0, 60.0)
    apple = H100._replace(vendor="apple")
    assert over_engines(Span(5.0, 4.0, 6.0), "unknown", apple, by_length) == Span(5.0, 3.0, 12.0)
    for name in ("apple", "eager"):
        found = over_engines(
            Span(5.0, 4.0, 6.0),
            "unknown",
            apple,
            lambda one, name=name: Span(5.0, 4.0, 90.0 if one == name else 6.0),
        )
        assert found.high == 90.0


@pytest.mark.parametrize(
    ("family", "vendor", "interval"),
    [
        ("server", "nvidia", "prefill-server"),
        ("server25", "", "prefill-server"),
        ("server-native", "nvidia", "prefill-server"),
        ("fused", "nvidia", "prefill-server"),
        ("cpu-eager", "", "prefill-cpu"),
        ("portable", "amd", "prefill-portable-amd"),
        ("portable", "intel", "prefill-portable-intel"),
        ("portable", "nvidia", "prefill-portable"),
        ("unified", "", "prefill-unified"),
        ("unknown", "", "prefill-unknown"),
        ("eager", "", "prefill-eager"),
        ("apple25", "", "prefill"),
        ("llama.cpp", "nvidia", "prefill"),
    ],
)
def test_a_prompt_has_the_interval_of_its_family(family, vendor, interval):
    assert prefill_interval(family, vendor) == interval


@pytest.mark.parametrize(
    ("family", "constants", "interval"),
    [
        ("server", "static", "prefill-server"),
        ("server25", "static", "prefill-server"),
        ("server-native", "static", "prefill-server"),
        ("fused", "static", "prefill-server"),
        ("llama.cpp25", "llama.cpp25", "prefill"),
        ("apple25", "apple", "prefill"),
        ("eager", "eager", "prefill-eager"),
        ("cpu", "cpu", "decode-cpu-half"),
    ],
)
@pytest.mark.parametrize("tokens", [1.0, 2000.0])
def test_a_prompt_takes_its_time_within_its_interval(family, constants, interval, tokens):
    time = prefill_time(NET, H100, constants, tokens=tokens)
    assert spans(prefill_span(NET, H100, family, tokens=tokens)) == near(
        time, prefill_bound(NET, H100, tokens=tokens), interval
    )


@pytest.mark.parametrize(
    ("parameters", "interval"), [(SMALL, "prefill-cpu"), (SMALL / 2, "decode-cpu-small")]
)
def test_a_prompt_of_a_small_model_on_a_processor_scatters_more(parameters, interval):
    small, host = NET._replace(parameters=parameters, weight_bytes=2e8), Hardware(1e11, 2e12)
    rate = compute_reached(host, "cpu", 500.0)
    assert rate is not None
    time = prefill_flops(small, 500.0) / rate + 32 * FAMILIES["cpu"]["layer"]
    assert prefill_time(small, host, "cpu", tokens=500.0) == pytest.approx(time)
    assert spans(prefill_span(small, host, "cpu", tokens=500.0)) == near(
        time, prefill_bound(small, host, tokens=500.0), interval
    )
    few = compute_reached(host, "cpu", 8.0)
    assert few is not None
    assert prefill_time(small, host, "cpu", tokens=2.0, batch=4.0) == pytest.approx(
        4 * prefill_flops(small, 2.0) / few + 32 * FAMILIES["cpu"]["layer"]
    )
    gpu = prefill_span(small, H100, "eager", tokens=500.0)
    assert gpu.high / gpu.likely == pytest.approx(INTERVALS["prefill-eager"][1])


def test_a_prompt_has_the_interval_of_the_devices_maker():
    found = prefill_span(NET, MI300, "portable", tokens=900.0)
    time = prefill_time(NET, MI300, "portable", tokens=900.0)
    assert spans(found) == near(time, prefill_bound(NET, MI300, tokens=900.0), "prefill-portable-amd")


def test_unknown_parts_of_a_prompt_hold_all_cases():
    link = FOUR._replace(link="")
    cases = [prefill_span(NET, link._replace(link=one), "server", tokens=900.0) for one in ("fast", "pcie")]
    assert prefill_span(NET, link, "server", tokens=900.0) == hull(cases)
    unknown = prefill_span(NET, H100, "unknown", tokens=900.0)
    eager = prefill_span(NET, H100, "eager", tokens=900.0)
    low, high = INTERVALS["prefill-unknown"]
    own = prefill_time(NET, H100, "unknown", tokens=900.0)
    assert unknown.likely == pytest.approx(own)
    floor = prefill_bound(NET, H100, tokens=900.0)
    assert unknown.low == pytest.approx(max(floor, min(eager.low, own * low)))
    assert unknown.high >= max(eager.high, own * high * 0.999)


def test_one_token_over_two_devices_exchanges_too():
    two = H100._replace(devices=2.0)
    moved = link_time(NET, two, "server", 7.0) - link_time(NET, two, "server", 0.0)
    assert prompt_exchange(NET, two, "server", 7.0) == pytest.approx(2 * 32 * moved)


@pytest.mark.parametrize(
    ("hardware", "prompt", "share"), [(H100, 500.0, 1.0), (BLIND, 500.0, 0.0), (H100, 0.0, 0.0)]
)
def test_a_batch_is_its_prompts_and_a_step_for_each_token(hardware, prompt, share):
    batch = Batch(8.0, prompt, 100.0)
    step = step_time(NET, hardware, "static", batch=8.0, context=prompt + 50.0)
    first = share * prefill_time(NET, H100, "static", tokens=500.0, batch=8.0)
    assert batch_time(NET, hardware, "static", batch) == pytest.approx(first + 100.0 * step)


@pytest.mark.parametrize(
    ("hardware", "prompt", "first"),
    [
        (H100, 500.0, 2 * MULTIPLIED * 500 * 8 / 989e12),
        (FOUR, 500.0, 2 * MULTIPLIED * 500 * 8 / (4 * 989e12)),
        (BLIND, 500.0, 16e9 / 3.35e12),
        (BLIND, 0.0, 0.0),
    ],
)
def test_no_batch_is_faster_than_computing_its_prompts_and_reading_for_each_token(hardware, prompt, first):
    step = bound_time(NET, hardware, batch=8.0, context=prompt + 50.0)
    assert batch_bound(NET, hardware, Batch(8.0, prompt, 100.0)) == pytest.approx(first + 100 * step)


@pytest.mark.parametrize("family", ["saturated", "saturated_moe"])
@pytest.mark.parametrize("hardware", [H100, FOUR, BLIND])
@pytest.mark.parametrize("prompt", [10.0, 8000.0])
def test_a_full_server_overlaps_reading_and_computing_in_part(family, hardware, prompt):
    batch = Batch(64.0, prompt, 200.0)
    parts = step_parts(NET, hardware, family, batch=64.0, context=prompt + 100.0)
    rate = compute_reached(hardware, family, 64.0)
    prompts = 64 * prefill_flops(NET, prompt) / rate if rate else 0.0
    reading, computing = 200 * parts.reading, 200 * parts.computing + prompts
    expected = max(reading, computing) + FAMILIES[family]["apart"] * min(reading, computing)
    expected += 200 * (parts.launching + parts.exchanging) + parts.launching
    expected += prompt_exchange(NET, hardware, family, 64.0 * prompt)
    assert saturated_time(NET, hardware, family, batch) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("family", "vendor", "static"),
    [("server25", "nvidia", "static"), ("fused", "amd", "static-amd"), ("unknown", "intel", "static-amd"), ("eager", "amd", "eager"), ("llama.cpp", "", "llama.cpp")],
)  # fmt: skip
def test_a_static_batch_has_constants_of_its_own(family, vendor, static):
    assert static_family(family, H100._replace(vendor=vendor), NET) == static
    mixed = f"{static}-moe" if static.startswith("static") else static
    assert static_family(family, H100._replace(vendor=vendor), MIX) == mixed


@pytest.mark.parametrize(("plain", "dense"), [("static", "saturated"), ("static-amd", "saturated-amd")])
def test_a_batch_of_a_mixture_scales_launches_and_compute_as_saturated_servers_do(plain, dense):
    found, mixed = constants_of(f"{plain}-moe"), dense + ("_moe" if plain == "static" else "-moe")
    for name, value in FAMILIES[plain].items():
        scale = FAMILIES[mixed][name] / FAMILIES[dense][name] if name in {"layer", "mfu"} else 1.0
        assert found[name] == pytest.approx(value * scale)
    assert constants_of("eager") is FAMILIES["eager"]


@pytest.mark.parametrize(
    ("network", "vendor", "family", "interval"),
    [
        (NET, "nvidia", "saturated", "serve_max"),
        (MIX, "", "saturated_moe", "serve_max_moe"),
        (NET, "amd", "saturated-amd", "serve_max_amd"),
        (MIX, "intel", "saturated-amd-moe", "serve_max_amd_moe"),
    ],
)
def test_a_full_server_has_constants_by_model_and_vendor(network, vendor, family, interval):
    assert saturated_family(network, H100._replace(vendor=vendor)) == family
    assert saturated_interval(family) == interval
    assert {family, interval} <= FAMILIES.keys() | INTERVALS.keys()


@pytest.mark.parametrize(
    ("room", "network", "devices", "size"),
    [
        (Room(80e9, 0.9), NET, 1.0, (72e9 - 16e9) / (1500 * 131072)),
        (Room(80e9), NET, 1.0, (80e9 * KINDS["serve_max"]["share"] - 16e9) / (1500 * 131072)),
        (Room(320e9, 0.9), NET, 4.0, (288e9 - 16e9) / (1500 * 131072)),
        (Room(320e9, 0.9), NET._replace(kv_heads=2.0), 4.0, (288e9 - 16e9) / (1500 * 131072 * 2)),
        (Room(1e15), NET, 1.0, MOST_ADMITTED),
        (Room(80e9, 0.9), NET._replace(kv_per_token=0.0), 1.0, MOST_ADMITTED),
        (Room(16e9, 1.0), NET, 1.0, 0.0),
        (Room(1e9, 1.0), NET._replace(kv_per_token=0.0), 1.0, 0.0),
        (Room(16e9 + 1500 * 131072, 1.0), NET._replace(kv_per_token=1e-9), 1.0, MOST_ADMITTED),
    ],
)
def test_a_room_holds_sequences_with_half_their_answers(room, network, devices, size):
    assert saturated_batch(room, network, devices, Batch(0.0, 1000.0, 1000.0)) == pytest.approx(size)
    assert saturated_batch(room, network, devices, Batch(0.0, 1000.0, 1000.0), most=7.0) == min(7.0, size)


@pytest.mark.parametrize(("likely", "floor", "expected"), [(1.0, 0.1, (1.0, 0.638, 1.564)), (1.0, 0.8, (1.0, 0.8, 1.564)), (1.0, 2.0, (2.0, 2.0, 3.128))])  # fmt: skip
def test_a_time_has_its_interval_and_never_goes_below_its_bound(likely, floor, expected):
    assert INTERVALS["serve"] == (0.638, 1.564)
    assert spans(between(likely, floor, "serve")) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("network", "hardware", "family", "size", "interval"),
    [
        (NET, FOUR._replace(link="pcie"), "server25", 8.0, "decode-pcie"),
        (NET, H100._replace(link="pcie"), "server25", 8.0, "serve"),
        (NET, H100._replace(link="pcie", devices=2.0), "server25", 8.0, "decode-pcie"),
        (NET._replace(weight_bytes=5e9), H100, "cpu", 8.0, "decode-cpu"),
        (NET, H100, "eager", 8.0, "decode-eager"),
        (NET, H100, "portable", 8.0, "decode-portable"),
        (NET, H100, "unified", 8.0, "decode-unified"),
        (NET, H100, "apple25", 8.0, "decode-apple25"),
        (NET, H100, "unknown", 8.0, "decode-unknown"),
        (LATENT, MI300, "server25", 1.0, "decode-mixture"),
        (NET, MI300, "server25", 1.0, "generate-others"),
        (NET, MI300, "server25", 8.0, "serve_amd_small"),
        (NET._replace(parameters=SMALL_ON_AMD), MI300, "server25", 8.0, "serve_amd"),
        (NET._replace(parameters=7e10), H100._replace(vendor="intel"), "server", 8.0, "serve_amd"),
        (NET, H100, "server", 2.0, "serve-python"),
        (NET, H100, "server", 1.0, "generate"),
        (NET, H100, "server25", 8.0, "serve"),
    ],
)
def test_a_batch_has_the_interval_of_what_it_is(network, hardware, family, size, interval):
    assert serving._batch_interval(family, hardware, Batch(size, 100.0, 100.0), network) == interval


@pytest.mark.parametrize("network", [NET, LATENT])
@pytest.mark.parametrize("size", [1.0, 2.0, 8.0])
@pytest.mark.parametrize("family", ["server", "server25", "server-native", "fused", "llama.cpp"])
def test_a_static_batch_takes_its_time_within_its_interval(network, size, family):
    batch = Batch(size, 500.0, 100.0)
    alone = size == 1 and family != "server-native"
    time = batch_time(network, H100, family if alone or family == "llama.cpp" else "static", batch)
    time *= slower_by(network, family)
    if family == "server" and not alone:
        time = max(time, batch_time(network, H100, "server", batch))
    if family in {"server", "server25"} and not alone:
        time += size * 100.0 * KINDS["front"]["token"]
    intervals = (
        serving._batch_interval(family, H100, batch, network),
        *widenings(network, H100, family, batch=True),
    )
    assert spans(batch_span(network, H100, family, batch)) == near(
        time, batch_bound(network, H100, batch), *intervals
    )


def test_a_mixture_is_not_slowed_in_a_static_batch():
    batch = Batch(8.0, 500.0, 100.0)
    time = batch_time(MIX, H100, "static-moe", batch) + 800 * KINDS["front"]["token"]
    assert batch_span(MIX, H100, "server25", batch).likely == pytest.approx(time)


def test_unknown_parts_of_a_batch_hold_all_cases():
    batch = Batch(8.0, 500.0, 100.0)
    nobody = H100._replace(vendor="")
    each = [
        batch_span(NET, nobody._replace(vendor=one), "server25", batch) for one in ("nvidia", "amd", "other")
    ]
    assert batch_span(NET, nobody, "server25", batch) == hull(each)
    unknown = batch_span(NET, H100, "unknown", batch)
    for name in ("eager", "server", "portable"):
        one = batch_span(NET, H100, name, batch)
        assert unknown.low <= one.low
        assert unknown.high >= one.high


@pytest.mark.parametrize("network", [NET, MIX])
@pytest.mark.parametrize("room", [Room(80e9, 0.9), Room(24e9, 0.9), Room(6e12, 0.9)])
@pytest.mark.parametrize("admitted", [Admission(), Admission(16.0), Admission(2048.0, 0.004, 4e-5), Admission(2048.0, 3.0, 0.0)])  # fmt: skip
def test_a_full_replica_takes_its_share_of_a_full_batch(network, room, admitted):
    lengths = Batch(0.0, 500.0, 100.0)
    size = saturated_batch(room, network, 1.0, lengths, most=admitted.most)
    family = saturated_family(network, H100)
    time = saturated_time(network, H100, family, Batch(size, 500.0, 100.0)) / size
    most = max(size, 2 * MOST_ADMITTED, (room.memory - 16e9) / (550 * 131072))
    floor = batch_bound(network, H100, Batch(most, 500.0, 100.0)) / most
    time = max(time, admitted.request + 100 * admitted.token)
    found = saturated_span(network, H100, room, lengths, (admitted,))
    assert spans(found) == near(time, floor, saturated_interval(family))


def test_a_replica_without_room_for_one_request_holds_none():
    lengths, each = Batch(0.0, 1000.0, 0.0), 1000 * 131072
    assert saturated_span(NET, H100, Room(16e9 + each * 0.99, 1.0), lengths) is None
    assert saturated_span(NET, H100, Room(16e9 + each * 1.01, 1.0), lengths) is not None


def test_what_an_engine_may_admit_are_cases():
    lengths, room = Batch(0.0, 500.0, 100.0), Room(80e9, 0.9)
    few, many = (saturated_span(NET, H100, room, lengths, (Admission(most),)) for most in (16.0, 256.0))
    assert few is not None
    assert many is not None
    assert saturated_span(NET, H100, room, lengths, (Admission(16.0), Admission(256.0))) == hull([few, many])
    assert saturated_span(NET, H100, room, lengths) == saturated_span(
        NET, H100, room, lengths, (Admission(2048.0),)
    )
    nobody = H100._replace(vendor="")
    amd = saturated_span(NET, MI300, room, lengths)
    nvidia = saturated_span(NET, H100, room, lengths)
    assert amd is not None
    assert nvidia is not None
    assert saturated_span(NET, nobody, room, lengths) == hull([nvidia, amd])


FRONT = (KINDS["front"]["request"], KINDS["front"]["token"])


@pytest.mark.parametrize(
    ("asked", "most", "served"),
    [
        (("vllm", "0.10", "H100 SXM 80GB", 80 * 2.0**30, None), [1024.0], True),
        (("vllm", "0.10", "A100 SXM 80GB", 80 * 2.0**30, None), [256.0], True),
        (("vllm", "0.10", "L4", 24 * 2.0**30, None), [256.0], True),
        (("vllm", "0.10", "H100", LARGE, None), [1024.0], True),
        (("vllm", "0.6", "H100 SXM 80GB", 80 * 2.0**30, None), [256.0], True),
        (("vllm", "", "H100 SXM 80GB", 80 * 2.0**30, None), [256.0, 1024.0], True),
        (("vllm", "", "L4", 24 * 2.0**30, None), [256.0], True),
        (("sglang", "", "H100", 80 * 2.0**30, None), [2048.0], True),
        (("tgi", "", "H100", 80 * 2.0**30, None), [2048.0], True),
        (("tensorrt-llm", "", "H100", 80 * 2.0**30, None), [2048.0], False),
        (("nim", "", "H100", 80 * 2.0**30, None), [2048.0], False),
        (("lmdeploy", "", "H100", 80 * 2.0**30, None), [256.0], True),
        (("", "", "H100", 80 * 2.0**30, None), [256.0, 2048.0], True),
        (("vllm", "0.10", "H100", 80 * 2.0**30, 64.0), [64.0], True),
        (("vllm", "0.10", "H100", 80 * 2.0**30, 0.5), [1.0], True),
    ],
)
def test_an_engine_admits_what_is_stated_or_its_default(asked, most, served):
    """Defaults of the engines' documentation: 256 of vLLM until 0.7, 1,024 since on devices of 70 GiB, 2,048 of SGLang."""
    expected = [Admission(one) for one in most]
    if served:
        expected += [Admission(one, *FRONT) for one in most]
    assert admissions(*asked) == expected
    assert LARGE == 70 * 2.0**30


def test_a_request_costs_the_serving_process_itself_and_each_token():
    assert Admission(8.0, 0.004, 4e-5).own_time(100.0) == pytest.approx(0.008)
    assert Admission() == (2048.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("network", "hardware", "family", "kind", "names"),
    [
        (NET, H100, "server", {}, ()),
        (MIX, H100._replace(vendor="other"), "cpu", {}, ()),
        (NET, H100._replace(vendor=""), "server", {}, ("foreign",)),
        (NET, H100._replace(vendor="apple"), "apple", {}, ()),
        (NET._replace(weight_bytes=8e9 * FEW_BITS / 8), H100, "server", {}, ()),
        (NET._replace(weight_bytes=8e9 * 2.9 / 8), H100, "server", {}, ("few-bits",)),
        (NET._replace(parameters=0.0, weight_bytes=1e9), H100, "server", {}, ()),
        (MIX, H100, "llama.cpp25", {}, ("mixed-local",)),
        (MIX, H100, "apple", {"batch": True}, ("mixed-local",)),
        (MIX, H100, "portable", {"prompt": True}, ("mixed-local-prompt",)),
        (MIX, H100, "server", {"batch": True}, ("mixed-batch",)),
        (MIX, H100, "server25", {"prompt": True}, ("mixed-prompt",)),
        (MIX, MI300, "server25", {}, ("mixed-amd",)),
        (MIX, MI300, "fused", {"batch": True}, ()),
        (NET, MI300, "server25", {"batch": True}, ()),
    ],
)
def test_what_few_measurements_cover_is_named(network, hardware, family, kind, names):
    assert widenings(network, hardware, family, **kind) == names


def test_of_several_intervals_the_widest_ends_count():
    assert factors("serve") == INTERVALS["serve"]
    assert factors("mixed-prompt", "prefill", "few-bits") == (0.4, 4.0)


@pytest.mark.parametrize(("parameters", "least"), [(8e9, MULTIPLIED), (1e8, 0.5e8)])
def test_a_prompt_is_multiplied_with_all_but_embedding_and_head_and_at_least_half(parameters, least):
    assert least_flops(NET._replace(parameters=parameters), 500.0) == pytest.approx(2 * least * 500)
    slow = H100._replace(compute=1e12, devices=2.0)
    assert prefill_bound(NET._replace(parameters=parameters), slow, tokens=9e5) == pytest.approx(
        2 * least * 9e5 / 2e12
    )


def test_a_prompt_of_a_mixture_reads_every_expert_that_it_chooses():
    """Few tokens: 11 s of reading at a gigabyte a second, beside which nothing else counts."""
    slow = Hardware(1e9, 989e12, vendor="nvidia")
    more = (MIX.weight_read(20.0) - MIX.weight_read(1.0)) / (FAMILIES["server"]["reach"] * 1e9)
    once = step_time(MIX, slow, "server", batch=1.0)
    assert prefill_time(MIX, slow, "server", tokens=10.0, batch=2.0) == pytest.approx(once + more)


def test_a_processor_that_widens_16_bit_weights_computes_prompts_and_batches_at_less():
    host, c = Hardware(1e11, 2e12), FAMILIES["cpu"]
    many = compute_reached(host, "cpu", 4.0)
    assert many is not None
    memory = 16e9 / c["reach"] / 1e11 + 32 * c["layer"]
    assert step_time(NET, host, "cpu", batch=4.0) == pytest.approx(
        memory + 2 * 8e9 * 4 / (many * c["widened"])
    )
    alone = compute_reached(host, "cpu", 1.0)
    assert alone is not None
    assert step_time(NET, host, "cpu") == pytest.approx(memory + 2 * 8e9 / alone)
    rows = compute_reached(host, "cpu", 500.0)
    assert rows is not None
    prompt = prefill_flops(NET, 500.0) / rows / c["widened"] + 32 * c["layer"]
    assert prefill_time(NET, host, "cpu", tokens=500.0) == pytest.approx(prompt)
