"""What memory admits, each worked out by hand: Q2 of docs/models/footprints.md over round figures."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest
from derived_one import derived, ends, number

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.cache_room import least_memory
from poc_gate.flow.formulas.footprints import GIB
from poc_gate.flow.formulas.load.held_context import Held, held_tokens, requests_held
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.interface import CannotDeriveError

RUNTIME, ACTIVATION = KINDS["kvcap"]["runtime"] * GIB, KINDS["kvcap"]["activation"]
"""Bytes a device, and bytes for each token of a step and each element of the width."""
WIDTH = 4096.0
BASE = {
    "flow.weights.bytes": 16e9, "flow.device_memory.capacity": 80e9, "model.hosting": "self", "model.engine": "vllm",
    "model.engine_version": "0.10.0", "target.device": "h100", "target.count": 1.0, "model.parameters": 12 * 32 * WIDTH**2,
    "model.layers": 32.0, "model.kv_heads": 8.0, "model.attention": "grouped",
}  # fmt: skip
"""12 layers x width^2 parameters a layer: 6.44e9 make a width of 4,096."""
KNOWN = {**BASE, "model.kv_utilisation": 0.9, "model.activation_bytes": 4e9}
"""72 GB usable less 16 GB of weights and 4 GB of reserve leave 52 GB; 3 % of 72 GB are counted otherwise."""
TOKENS, REQUESTS = {"flow.kv.bytes_per_token": 1e5}, {"flow.kv.bytes_per_sequence": 1e9}


def apart(likely: float, *errors: float) -> float:
    return likely - math.hypot(*errors)


def test_tokens_of_a_known_room():
    found = ends("flow.kv.tokens_max", {**KNOWN, **TOKENS})
    assert found == pytest.approx((520_000, 520_000 - 21_600, 520_000 + 21_600))


def test_a_share_that_nobody_stated_is_88_to_95_percent():
    """Low: errors of 1.6 and 2.16 GB apart; high: both of them, 4 and 2.16 GB, together."""
    some = {name: value for name, value in KNOWN.items() if name != "model.kv_utilisation"}
    low, high = apart(52e9, 1.6e9, 2.16e9), 52e9 + 4e9 + 2.16e9
    assert ends("flow.kv.tokens_max", {**some, **TOKENS}) == pytest.approx((520_000, low / 1e5, high / 1e5))
    assert any("88 to 95 %" in line for line in derived("flow.kv.tokens_max", {**some, **TOKENS}).assumptions)


def test_a_room_is_never_less_than_none():
    assert ends("flow.kv.tokens_max", {**KNOWN, **TOKENS, "flow.weights.bytes": 90e9}) == (0.0, 0.0, 0.0)


def reserve(tokens: float, devices: float = 1.0, width: float = WIDTH) -> float:
    return devices * RUNTIME + ACTIVATION * tokens * width


@pytest.mark.parametrize(
    ("more", "likely", "low", "high"),
    [
        ({"model.tokens_per_step": 1000.0}, reserve(1000), 0.3 * reserve(1000), 2 * reserve(1000)),
        ({}, reserve(8192), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"model.engine_version": "0.6.0"}, reserve(2048), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"target.device": "a100-80gb"}, reserve(2048), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"flow.device_memory.capacity": 70 * GIB}, reserve(8192), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"flow.device_memory.capacity": 69 * GIB}, reserve(2048), 0.3 * reserve(2048), 2 * reserve(4096)),
        ({"model.layers": None}, reserve(8192), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"model.layers": 8.0}, reserve(8192, 1, 2 * WIDTH), 0.3 * reserve(2048, 1, 2 * WIDTH), 2 * reserve(8192, 1, 2 * WIDTH)),
        ({"target.count": 2.0, "flow.device_memory.capacity": 160e9}, reserve(8192, 2), 0.3 * reserve(2048, 2), 3.5 * reserve(8192, 2)),
        ({"target.count": 2.0, "flow.device_memory.capacity": 100e9}, reserve(2048, 2), 0.3 * reserve(2048, 2), 3.5 * reserve(4096, 2)),
        ({"model.active_parameters": 0.9 * BASE["model.parameters"]}, reserve(8192), 0.3 * reserve(2048), 2 * reserve(8192)),
        ({"model.active_parameters": 0.89 * BASE["model.parameters"]}, reserve(8192), 0.3 * reserve(2048), 5 * reserve(8192)),
    ],
)  # fmt: skip
def test_the_reserve_of_an_engine(more, likely, low, high):
    """Its likely value, and how far the room reaches below and above for it; all else is known."""
    stated = {**BASE, "model.kv_utilisation": 0.9, **TOKENS, **more}
    stated = {name: value for name, value in stated.items() if value is not None}
    usable = 0.9 * stated["flow.device_memory.capacity"]
    room = usable - 16e9 - likely
    found = ends("flow.kv.tokens_max", stated)
    least = apart(room, 0.03 * usable, high - likely)
    assert found == pytest.approx(
        (room / 1e5, max(0.0, least) / 1e5, (room + 0.03 * usable + likely - low) / 1e5)
    )


def test_windowed_layers_count_once_at_most_or_whole():
    """Beside 100 kB a token 4 x 2 x 8 x 64 x 2 bytes of windowed layers at the low end."""
    layered = {**KNOWN, **TOKENS, "model.windowed_layers": 4.0, "model.head_dim": 64.0, "model.kv_bits": 16.0}
    whole = 1e5 + 2 * 4 * 8 * 64 * 2
    assert ends("flow.kv.tokens_max", layered) == pytest.approx((520_000, 49.84e9 / whole, 541_600))
    four = {**layered, "target.count": 16.0, "model.kv_heads": 8.0}
    found = ends("flow.kv.tokens_max", four)
    assert found[0] == pytest.approx(260_000), "sixteen devices hold eight heads twice"
    assert found[1] == pytest.approx(49.84e9 / (2 * whole))
    assert (
        "needs no KV cache"
        in derived("flow.kv.tokens_max", {**KNOWN, "flow.kv.bytes_per_token": 0.0}).why_unknown
    )
    assert number("flow.kv.tokens_max", {**KNOWN, "flow.kv.bytes_per_token": 0.5}) == pytest.approx(104e9)


def test_requests_are_whole_ones():
    assert ends("flow.concurrency.max", {**KNOWN, **REQUESTS}) == (52.0, 49.0, 54.0)
    assert ends("flow.concurrency.max", {**KNOWN, **REQUESTS, "model.max_concurrency": 50.0}) == (
        50.0,
        49.0,
        50.0,
    )
    assert ends("flow.concurrency.max", {**KNOWN, **REQUESTS, "target.count": 16.0}) == (26.0, 24.0, 27.0)
    assert number("flow.concurrency.max", {**KNOWN, "flow.kv.bytes_per_sequence": 0.5}) == pytest.approx(
        104e9
    )
    none = derived("flow.concurrency.max", {**KNOWN, "flow.kv.bytes_per_sequence": 0.0})
    assert "needs no KV cache" in none.why_unknown


LENGTHS = {
    "demand.in_tokens_p50": 2000.0, "demand.in_tokens_p95": 8000.0, "demand.out_tokens_p50": 200.0, "demand.out_tokens_p95": 800.0,
    "flow.context.resident": 8800.0, "flow.kv.bytes_per_token": 1e5, "flow.kv.bytes_per_sequence": 8.8e8,
}  # fmt: skip


def sustained(room: float, lengths: tuple[tuple[float, float], tuple[float, float]], most: float = 8800.0, copies: float = 1.0) -> float:  # fmt: skip
    held = held_tokens(*lengths)
    mean = min(held.mean, most)
    return math.floor(requests_held(room / copies, Held(mean * 1e5, held.deviation * 1e5)))


PAIRS = ((2000.0, 8000.0), (200.0, 800.0))


def test_contexts_average_out_in_an_engine_that_gives_cache_as_they_grow():
    wanted = tuple(sustained(room, PAIRS) for room in (52e9, 49.84e9, 54.16e9))
    assert wanted[1] < wanted[0] < wanted[2]
    assert wanted[0] > 59
    assert ends("flow.concurrency.sustained", {**KNOWN, **LENGTHS}) == wanted
    twice = ends("flow.concurrency.sustained", {**KNOWN, **LENGTHS, "target.count": 16.0})
    assert twice == tuple(sustained(room, PAIRS, copies=2.0) for room in (52e9, 49.84e9, 54.16e9))
    capped = {**KNOWN, **LENGTHS, "model.max_concurrency": 80.0}
    assert ends("flow.concurrency.sustained", capped) == (80.0, 80.0, 80.0)


def test_other_engines_may_reserve_the_whole_context():
    for engine in ("sglang", "lmdeploy"):
        assert number("flow.concurrency.sustained", {**KNOWN, **LENGTHS, "model.engine": engine}) > 59
    tgi = derived("flow.concurrency.sustained", {**KNOWN, **LENGTHS, "model.engine": "tgi"})
    assert (tgi.value.value, tgi.formula) == (59.0, "the engine may reserve the whole context of each = 59")
    other = ends("flow.concurrency.sustained", {**KNOWN, **LENGTHS, "model.engine": "other"})
    assert other[:2] == (59.0, 56.0)
    assert other[2] == sustained(54.16e9, PAIRS), "it may be one that gives cache as contexts grow"


def test_medians_that_nobody_stated_are_the_tails_and_contexts_end_at_the_admission():
    bare = {name: value for name, value in {**KNOWN, **LENGTHS}.items() if not name.endswith("_p50")}
    alike = ((8000.0, 8000.0), (800.0, 800.0))
    assert number("flow.concurrency.sustained", bare) == max(59, sustained(52e9, alike))
    swapped = {**KNOWN, **LENGTHS, "demand.in_tokens_p50": 9000.0}
    assert number("flow.concurrency.sustained", swapped) == max(
        59, sustained(52e9, ((8000.0, 8000.0), (200.0, 800.0)))
    )
    short = {**KNOWN, **LENGTHS, "flow.context.resident": 1000.0}
    assert number("flow.concurrency.sustained", short) == max(59, sustained(52e9, PAIRS, most=1000.0))


def test_the_least_of_both_counts_never_falls_below_that_of_full_contexts():
    """Contexts of next to no spread: a sum of sixty is below its own tail, so the count of full ones stands."""
    tight = {
        **KNOWN,
        **LENGTHS,
        "demand.in_tokens_p50": 8000.0,
        "demand.out_tokens_p50": 800.0,
        "flow.kv.bytes_per_sequence": 8.8e8,
    }
    likely, low, high = ends("flow.concurrency.sustained", tight)
    assert (likely >= 59, low >= 56, high >= likely) == (True, True, True)


AT_ONCE = {**KNOWN, **REQUESTS, "model.planned_concurrency": 8.0, "demand.in_tokens_p95": 2000.0}
MEM, (LOW, HIGH) = KINDS["mem"], INTERVALS["mem"]


def test_a_serving_engine_takes_what_it_may_use():
    assert ends("flow.device_memory.in_use", AT_ONCE) == pytest.approx((72e9, 24e9, 80e9))
    bare = {name: value for name, value in AT_ONCE.items() if name != "model.kv_utilisation"}
    assert number("flow.device_memory.in_use", bare) == pytest.approx(72e9)
    full = {**AT_ONCE, "flow.weights.bytes": 70e9}
    assert ends("flow.device_memory.in_use", full) == pytest.approx((78e9, 78e9, 80e9))
    over = {**AT_ONCE, "flow.weights.bytes": 78e9}
    assert ends("flow.device_memory.in_use", over) == pytest.approx((80e9, 80e9, 80e9))


def used(prompt: float, cache: float = 8e9) -> tuple[float, float, float]:
    """Return what an engine that takes memory as it needs it has in use, for prompts that are held at once."""
    fixed, active = cache + MEM["runtime"] * GIB, MEM["activation"] * prompt * WIDTH
    likely = 16e9 + fixed + active
    return likely, max(16e9, likely * LOW), likely * HIGH


def test_engines_of_frameworks_hold_the_whole_prompts():
    eager = {**AT_ONCE, "model.engine": "transformers"}
    likely = 16e9 + 8e9 + MEM["runtime"] * GIB + MEM["activation"] * 16_000 * WIDTH
    assert number("flow.device_memory.in_use", eager) == pytest.approx(likely)
    one = {**eager, "model.planned_concurrency": 1.0, "demand.in_tokens_p95": 500.0}
    assert ends("flow.device_memory.in_use", one) == pytest.approx(used(500, 1e9))
    several = {**AT_ONCE, "model.engine": "transformers", "demand.in_tokens_p95": 50.0}
    assert ends("flow.device_memory.in_use", several) == pytest.approx(used(400))
    anywhere = {name: value for name, value in several.items() if name != "target.device"}
    found = ends("flow.device_memory.in_use", {**anywhere, "machine.accelerators.memory_total": 80e9})
    assert found[:2] == pytest.approx((used(400)[0], used(0)[1])), (
        "on an unnamed device it may need no whole prompt"
    )
    wide = {**one, "model.layers": 8.0}
    assert number("flow.device_memory.in_use", wide) == pytest.approx(
        used(500, 1e9)[0] + MEM["activation"] * 500 * WIDTH
    )
    llama = {**one, "model.engine": "llama.cpp"}
    found = ends("flow.device_memory.in_use", llama)
    assert found[0] == pytest.approx(used(0, 1e9)[0])
    assert found[1] == pytest.approx(used(0, 1e9)[1])
    eight = ends("flow.device_memory.in_use", {**AT_ONCE, "model.engine": "llama.cpp"})
    assert eight == pytest.approx(used(0))
    assert eight[1] > 18e9


def test_an_unknown_engine_may_be_a_serving_one():
    unknown = {
        **AT_ONCE,
        "model.engine": "other",
        "model.planned_concurrency": 1.0,
        "demand.in_tokens_p95": 500.0,
    }
    likely, low, high = ends("flow.device_memory.in_use", unknown)
    assert likely == pytest.approx(used(500, 1e9)[0])
    assert low == pytest.approx(min(used(0, 1e9)[1], 17e9))
    assert high == 80e9
    many = {**unknown, "model.planned_concurrency": 40.0}
    assert ends("flow.device_memory.in_use", many)[1] == pytest.approx(used(0, 40e9)[1])
    small = {**unknown, "flow.device_memory.capacity": 15e9}
    found = ends("flow.device_memory.in_use", small)
    assert (found[1], found[2]) == (pytest.approx(15e9), pytest.approx(used(500, 1e9)[2]))
    bare = {
        name: value
        for name, value in unknown.items()
        if name not in ("flow.device_memory.capacity", "target.device")
    }
    assert derived("flow.device_memory.in_use", bare).value is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "fits"),
        ({"model.planned_concurrency": 52.0}, "fits"),
        ({"model.planned_concurrency": 53.0}, "unclear"),
        ({"model.planned_concurrency": 56.0}, "unclear"),
        ({"model.planned_concurrency": 56.1}, "does not fit"),
        ({"target.count": 16.0, "model.planned_concurrency": 28.1}, "does not fit"),
        ({"target.count": 16.0, "model.planned_concurrency": 26.0}, "fits"),
        ({"model.kv_utilisation": 0.5}, "fits"),
        ({"model.kv_utilisation": 0.3}, "unclear"),
        ({"model.kv_utilisation": 0.99, "model.planned_concurrency": 59.3}, "does not fit"),
        ({"model.kv_utilisation": 0.99, "model.planned_concurrency": 59.1}, "fits"),
        ({"model.engine": "llama.cpp", "model.planned_concurrency": 60.0}, "fits"),
        ({"model.engine": "llama.cpp", "model.planned_concurrency": 60.1}, "does not fit"),
        ({"model.kv_utilisation": None}, "fits"),
        ({"model.kv_utilisation": None, "model.planned_concurrency": 53.0}, "unclear"),
        ({"model.engine": "transformers", "model.planned_concurrency": 59.77}, "fits"),
        ({"model.engine": "transformers", "model.planned_concurrency": 59.78}, "unclear"),
        ({"model.engine": "transformers", "model.planned_concurrency": 59.78, "model.layers": None}, "fits"),
        ({"model.engine": "transformers", "model.planned_concurrency": 60.1}, "does not fit"),
        ({"model.engine": "mlx", "target.device": "apple m3 max", "model.planned_concurrency": 40.0}, "fits"),
        ({"model.engine": "mlx", "target.device": "apple m3 max", "model.planned_concurrency": 40.1}, "does not fit"),
    ],
)  # fmt: skip
def test_whether_it_fits(more, said):
    """16 GB of weights, 4 GB of reserve and 1 GB a request against 72 of 80 GB, up to 76; against 60 on an Apple machine.

    A framework's prompt of 2,000 tokens takes 27.5 x 2,000 x 4,096 bytes, 0.225 GB.
    """
    stated = {name: value for name, value in {**AT_ONCE, **more}.items() if value is not None}
    assert derived("flow.device_memory.fits", stated).value == said


def test_what_is_needed_and_usable_is_shown():
    assert derived("flow.device_memory.fits", AT_ONCE).formula == "26.1 GiB needed, 67.1 GiB usable: fits"


def least(**more: object) -> tuple[float, float, float]:
    stated = {**BASE, **REQUESTS, **{name.replace("__", "."): value for name, value in more.items()}}
    found = least_memory(Deriver(pilots.tree({k: v for k, v in stated.items() if v is not None})).view())
    return found.likely, found.low, found.high


def test_the_least_memory_that_holds_one_long_request():
    """(W + A + k T) / u, with the reserve of the smaller step, up to that of the larger one."""
    assert least(model__activation_bytes=4e9) == pytest.approx([21e9 / 0.9] * 3)
    assert least(model__activation_bytes=4e9, model__kv_utilisation=0.7) == pytest.approx([30e9] * 3)
    small, large = ((17e9 + reserve(tokens)) / 0.9 for tokens in (2048, 8192))
    assert least() == pytest.approx((small, small, large))
    assert least(target__count=None) == pytest.approx((small, small, large))
    assert least(target__count=2.0)[0] == pytest.approx((17e9 + reserve(2048, 2)) / 0.9)


@pytest.mark.parametrize("host", [{"model__engine": "cpu"}, {"target__device": "CPU"}])
def test_a_processor_has_no_least_memory_of_a_device(host):
    with pytest.raises(CannotDeriveError, match="the host's processor computes the model"):
        least(**host)


def test_the_reserve_is_said_with_its_step():
    said = derived("flow.kv.tokens_max", {**BASE, **TOKENS, "model.tokens_per_step": 1000.0}).assumptions
    assert any("take 0.976 GiB per device and what a step of 1,000 tok needs" in line for line in said)
