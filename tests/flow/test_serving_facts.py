"""Serving at the planned peak: what the facts make of the formulas of a loaded server, whose own tables are elsewhere."""

from __future__ import annotations

import math
import re

import flow_pilots as pilots
import pytest
from derived_one import derived, ends

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.engine_model import bound_time
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.grounds import widenings
from poc_gate.flow.formulas.speed.serving import between
from poc_gate.flow.reading.model_reading import read_hardware
from poc_gate.flow.reading.network_reading import read_network

SERVED = {
    **pilots.MODEL, **pilots.MACHINE, "pilot.uses": ("llm",), "model.engine_version": "0.10.0", "model.precision": "bf16", "target.link": "nvlink",
    "demand.in_tokens_p95": 3500.0, "demand.out_tokens_p95": 500.0, "flow.concurrency.max": 64.0, "flow.demand.peak_rate": 1.0,
    "model.max_concurrency": 64.0, "model.planned_concurrency": 16.0,
}  # fmt: skip
"""Two replicas of 64 places, half a request a second each."""
LENGTHS = Lengths(3500.0, 500.0)
STEP = {
    "served_rate": 0.8,
    "rate": 0.8,
    "tpot": 0.03,
    "requests": 400.0,
    "of_model": True,
    "in_tokens": 3500.0,
    "out_tokens": 500.0,
}


def stated(**more: object):
    found = {**SERVED, **{name.replace("__", "."): value for name, value in more.items()}}
    return {name: value for name, value in found.items() if value is not None}


def server_of(**more: object) -> BatchServer:
    view = Deriver(pilots.tree(stated(**more))).view()
    return BatchServer(read_network(view), read_hardware(view, compute=True), "loaded", 64.0)


SERVER = server_of()
FULL = SERVER.highest_rate(LENGTHS)
"""Requests a second at which one replica is full."""
LOW, HIGH = INTERVALS["loaded"]


def fact(name: str, **more: object):
    return derived(f"flow.serving.{name}", stated(**more))


def parts(found):
    return found.value.value, found.low, found.high


def close(span):
    return pytest.approx((span.likely, span.low, span.high))


@pytest.mark.parametrize(
    ("each", "wanted"),
    [
        (0.5 * FULL * LOW, (0.5 * FULL * LOW,) * 3),
        (0.99 * FULL * LOW, (0.99 * FULL * LOW,) * 3),
        (1.01 * FULL * LOW, (1.01 * FULL * LOW, min(1.01 * FULL * LOW, FULL / HIGH), 1.01 * FULL * LOW)),
        (2 * FULL, (FULL, FULL / HIGH, 2 * FULL)),
    ],
)
def test_a_replica_completes_what_arrives_or_what_it_can(each, wanted):
    found = fact("served_rate", flow__demand__peak_rate=2 * each)
    assert parts(found) == pytest.approx(wanted)
    start = "all of " if each < FULL * LOW else "one replica is full at "
    assert found.formula.startswith(start)
    few = fact("served_rate", target__replicas=0.5)
    assert few.why_unknown == "target.replicas is below 1: nothing serves the model"
    assert fact(
        "served_rate", target__replicas=1.0, flow__demand__peak_rate=each
    ).value.value == pytest.approx(wanted[0])


def test_places_are_one_at_least():
    none = fact("served_rate", flow__concurrency__max=0.0, flow__demand__peak_rate=1000.0)
    assert none.value.value == pytest.approx(SERVER._replace(most=1.0).highest_rate(LENGTHS))


def test_a_token_takes_a_step_of_what_is_in_flight():
    flight = SERVER.in_flight(0.5, LENGTHS)
    floor = bound_time(SERVER.network, SERVER.hardware, context=3500.0)
    found = fact("tpot_peak")
    assert parts(found) == close(between(SERVER.step(flight, 0.5, LENGTHS), floor, "loaded"))
    assert found.formula.startswith(f"{flight:.3g} requests in flight: ")
    over = fact("tpot_peak", flow__demand__peak_rate=4 * FULL)
    assert parts(over) == close(between(SERVER.step(64.0, FULL, LENGTHS), floor, "loaded"))
    assert over.formula.startswith("overloaded: all 64 places taken: ")


def test_devices_that_share_layers_over_a_slow_link_have_wider_ends():
    shared = {"target__count": 2.0, "model__tensor_parallel": 2.0}
    for link, name in (("nvlink", "loaded"), ("pcie", "loaded_pcie")):
        server = server_of(**shared, target__link=link)
        flight = server.in_flight(0.5, LENGTHS)
        floor = bound_time(server.network, server.hardware, context=3500.0)
        found = fact("tpot_peak", **shared, target__link=link)
        assert parts(found) == close(between(server.step(flight, 0.5, LENGTHS), floor, name))


def test_an_open_engine_has_the_ends_of_all_it_may_be():
    known = fact("tpot_peak")
    for gone in ({"model__engine_version": None}, {"model__engine": None, "model__engine_version": None}):
        found = fact("tpot_peak", **gone)
        assert found.low <= known.low * 1.0001
        assert found.high >= known.high * 0.9999
        assert found.low < found.value.value < found.high


def test_an_unknown_engine_may_be_an_eager_one():
    eager = SERVER._replace(family="eager")
    flight = eager.in_flight(0.05, LENGTHS)
    floor = bound_time(eager.network, eager.hardware, context=3500.0)
    slowest = between(eager.step(flight, 0.05, LENGTHS), floor, "loaded")
    found = fact("tpot_peak", model__engine=None, model__engine_version=None, flow__demand__peak_rate=0.1)
    assert found.high >= slowest.high * 0.9999


def test_rates_of_the_devices_are_carried_through_and_must_be_known():
    loose = {"machine.accelerators.memory_bandwidth": (2.5e12, 4.5e12)}
    for name in ("tpot_peak", "ttft_peak", "time_peak"):
        sure, wide = parts(fact(name)), ends(f"flow.serving.{name}", stated(), loose)
        assert wide[1] < sure[1]
        assert wide[2] > sure[2] * 1.0001
    assert fact("tpot_peak", machine__accelerators__compute_half=None).inputs == (
        "machine.accelerators.compute_half",
    )
    measured = {**stated(), **{f"load_test.steps[1].{field}": value for field, value in STEP.items()}}
    narrow = [ends("flow.serving.tpot_peak", measured, more, load_test__steps=("1",)) for more in ({}, loose)]
    assert narrow[0] == pytest.approx(narrow[1])


def test_one_device_needs_no_link_and_a_mixture_takes_longer_within_the_same_ends():
    single = {"target__device": "h100-pcie-80gb", "target__link": None}
    server = server_of(**single)
    assert server.hardware.link == ""
    floor = bound_time(server.network, server.hardware, context=3500.0)
    step = server.step(server.in_flight(0.5, LENGTHS), 0.5, LENGTHS)
    assert parts(fact("tpot_peak", **single)) == close(between(step, floor, "loaded"))
    mixed = {"model__active_parameters": 1e9, "model__experts": 64.0, "model__experts_per_token": 6.0}
    server = server_of(**mixed)
    assert widenings(server.network, server.hardware, "server25", batch=True) == ("mixed-batch",)
    assert server.slower > 1.0
    floor = bound_time(server.network, server.hardware, context=3500.0)
    step = server.step(server.in_flight(0.5, LENGTHS), 0.5, LENGTHS)
    assert parts(fact("tpot_peak", **mixed)) == close(between(step, floor, "loaded"))


def test_near_the_wall_an_unknown_link_counts_as_a_slow_one():
    shared = {
        "target__device": "h100-pcie-80gb",
        "target__link": None,
        "target__count": 2.0,
        "model__tensor_parallel": 2.0,
    }
    server = server_of(**shared)
    slow = server._replace(hardware=server.hardware._replace(link="pcie")).highest_rate(LENGTHS)
    assert slow < 0.99 * server.highest_rate(LENGTHS)
    surely = server._replace(hardware=server.hardware._replace(link="pcie"), pace=1.6).highest_rate(LENGTHS)
    for share, queues in ((0.99, False), (1.005, True)):
        found = fact("ttft_peak", **shared, flow__demand__peak_rate=2 * share * surely)
        assert any("may have to queue" in one for one in found.assumptions) is queues


def test_a_measured_server_has_its_own_pace_and_ends():
    tests = {f"load_test.steps[1].{field}": value for field, value in STEP.items()}
    found = derived("flow.serving.tpot_peak", {**stated(), **tests}, load_test__steps=("1",))
    assert found.value.value != pytest.approx(fact("tpot_peak").value.value, rel=0.05)
    assert found.high / found.value.value < HIGH
    assert found.high / found.value.value == pytest.approx(found.value.value / found.low, rel=0.02)
    beyond = derived(
        "flow.serving.tpot_peak", {**stated(), **tests, "flow.demand.peak_rate": 3.0}, load_test__steps=("1",)
    )
    assert beyond.high / beyond.value.value > found.high / found.value.value


QUICK = SERVER._replace(pace=INTERVALS["loaded_ttft"][0])
"""The replica at the quickest pace: what a bound below has to hold for."""


def quickest(each: float) -> float:
    """Return the mean time to the first token that no request goes below."""
    flight = QUICK.in_flight(each, LENGTHS)
    return (
        QUICK.mean_to_first(1.0, 0.0, LENGTHS)
        if flight is None
        else QUICK.mean_to_first(flight, each, LENGTHS)
    )


def queued(busy: float, each: float, lasting: float):
    """Return likely, low and high time of a full replica: half of the backlog that builds up has likely to be waited for."""
    return busy + 0.5 * (each / FULL - 1.0) * lasting, quickest(each), math.inf


def test_the_first_token_below_and_beyond_what_a_replica_takes():
    flight, floor = SERVER.in_flight(0.5, LENGTHS), bound_time(SERVER.network, SERVER.hardware)
    found = fact("ttft_peak")
    assert parts(found) == close(between(SERVER.mean_to_first(flight, 0.5, LENGTHS), floor, "loaded_ttft"))
    assert found.formula.startswith(f"with {flight:.3g} requests in flight: ")
    over = {"flow__demand__peak_rate": 4 * FULL, "demand__peak_duration": 600.0}
    busy = SERVER.mean_to_first(64.0, FULL, LENGTHS)
    full = fact("ttft_peak", **over)
    assert parts(full) == pytest.approx(queued(busy, 2 * FULL, 600.0))
    half = fact("ttft_peak", flow__demand__peak_rate=3 * FULL, demand__peak_duration=600.0)
    assert parts(half) == pytest.approx(queued(busy, 1.5 * FULL, 600.0))
    assert full.formula.startswith("overloaded for 10 min, a mean wait included: ")
    unbounded = fact("ttft_peak", flow__demand__peak_rate=4 * FULL)
    assert unbounded.inputs == ("demand.peak_duration",)
    assert "requests queue without bound" in unbounded.why_unknown


SURELY = SERVER._replace(pace=1.35).highest_rate(LENGTHS)
"""What the replica serves even where its steps take as long as any of eight requests or more were seen to take."""


@pytest.mark.parametrize("name", ["ttft_peak", "ttft_peak_p99", "time_peak", "time_peak_p99"])
@pytest.mark.parametrize("lasting", [None, 600.0])
def test_where_the_replica_may_be_full_a_time_is_at_least_so_much(name, lasting):
    """There is no upper end to state, however long the peak lasts, and no likely value decides."""
    below, beyond = (
        fact(name, flow__demand__peak_rate=2 * share * SURELY, demand__peak_duration=lasting)
        for share in (0.99, 1.01)
    )
    assert below.high / below.low <= 4.01
    assert not below.outside
    assert beyond.high == math.inf
    assert 0.35 * below.low < beyond.low < below.low < beyond.value.value
    assert "at least " in beyond.outside
    assert f"surely serves no more than {SURELY:.2g} req/s, so requests may have to queue" in beyond.outside


def test_a_bound_below_is_that_of_the_quickest_replica():
    each = 0.8 * FULL
    found = fact("ttft_peak", flow__demand__peak_rate=2 * each)
    likely = SERVER.mean_to_first(SERVER.in_flight(each, LENGTHS), each, LENGTHS)
    assert parts(found) == pytest.approx((likely, min(quickest(each), LOW * likely), math.inf))
    assert fact("ttft_peak_p99", flow__demand__peak_rate=2 * each).low == pytest.approx(found.low)


def test_a_cache_that_may_hold_less_is_full_sooner():
    each = 0.95 * SERVER._replace(most=32.0, pace=1.35).highest_rate(LENGTHS)
    stated_alike = {**stated(), "flow.demand.peak_rate": 2 * each}
    sure = ends("flow.serving.time_peak", stated_alike, {"flow.concurrency.max": (32.0, 64.0)})
    assert sure[2] < math.inf
    less = ends("flow.serving.time_peak", stated_alike, {"flow.concurrency.max": (28.0, 64.0)})
    assert less[2] == math.inf


def test_a_measured_replica_may_be_nearer_to_its_wall():
    """A load test says how long its steps take: over PCI Express they are not 1.6 times as long then, but 1.4 at most."""
    shared = {"target__count": 2.0, "model__tensor_parallel": 2.0, "target__link": "pcie"}
    server = server_of(**shared)
    each = server._replace(pace=1.5).highest_rate(LENGTHS)
    step = server.step(server.in_flight(each, LENGTHS), each, LENGTHS)
    tested = {**STEP, "rate": 2 * each, "served_rate": 2 * each, "tpot": step}
    values = {**stated(**shared), "flow.demand.peak_rate": 2 * each}
    assert derived("flow.serving.time_peak", values).high == math.inf
    values |= {f"load_test.steps[1].{field}": value for field, value in tested.items()}
    assert derived("flow.serving.time_peak", values, load_test__steps=("1",)).high < math.inf


def test_a_device_of_nobody_known_may_be_one_of_amd():
    """AMD's reach less under load, so naming one never takes away an upper end that stood there before."""
    unnamed, named = (server_of(target__device=device) for device in (None, "mi300x"))
    theirs, others = (one._replace(pace=1.6).highest_rate(LENGTHS) for one in (named, unnamed))
    assert theirs < 0.95 * others
    for each, end in ((0.99 * theirs, False), (0.5 * (theirs + others), True)):
        for device in (None, "mi300x"):
            found = fact("time_peak", target__device=device, flow__demand__peak_rate=2 * each)
            assert (found.high == math.inf) is end


def test_latent_attention_may_be_as_quick_as_any_other():
    """Engines of 2026 are: the low end is that of a server without the slower pace, the likely one keeps it."""
    server = server_of(model__attention="latent")
    quick = server._replace(pace=1.0 / server.slower)
    floor = bound_time(server.network, server.hardware)
    likely, ends = (
        between(one.mean_to_first(one.in_flight(0.5, LENGTHS), 0.5, LENGTHS), floor, "loaded_ttft")
        for one in (server, quick)
    )
    found = fact("ttft_peak", model__attention="latent")
    assert found.value.value == pytest.approx(likely.likely)
    assert found.low <= ends.low < likely.low


def test_a_replica_that_is_just_full_has_no_upper_end_either():
    over = {"flow__demand__peak_rate": 2 * 1.01 * FULL, "demand__peak_duration": 600.0}
    busy = SERVER.mean_to_first(64.0, FULL, LENGTHS)
    assert parts(fact("ttft_peak", **over)) == pytest.approx(queued(busy, 1.01 * FULL, 600.0))


def test_a_call_takes_its_first_token_and_a_step_for_each_other():
    flight = SERVER.in_flight(0.5, LENGTHS)
    floor = bound_time(SERVER.network, SERVER.hardware) + 500 * bound_time(
        SERVER.network, SERVER.hardware, context=3500.0
    )
    found = fact("time_peak")
    assert parts(found) == close(between(SERVER.time(flight, 0.5, LENGTHS, LENGTHS), floor, "loaded"))
    assert found.formula.startswith("first token + 500 steps = ")
    over = {"flow__demand__peak_rate": 4 * FULL, "demand__peak_duration": 600.0}
    first, step = fact("ttft_peak", **over), fact("tpot_peak", **over)
    full = fact("time_peak", **over)
    assert parts(full) == pytest.approx(
        tuple(a + 500 * b for a, b in zip(parts(first), parts(step), strict=True))
    )
    assert full.formula.startswith("overloaded: first token + 500 steps = ")


def test_the_slowest_call_of_a_hundred():
    mean, factor = fact("time_peak").value.value, KINDS["loaded"]["tail_e2e"]
    found = fact("time_peak_p99")
    assert found.value.value == pytest.approx(mean * factor)
    shown = re.fullmatch(rf"flow\.serving\.time_peak x {factor:.3g} = ([\d.]+) s", found.formula)
    assert shown is not None
    assert float(shown[1]) == pytest.approx(mean * factor, rel=0.01)


@pytest.mark.parametrize(
    ("middle", "longest", "told"),
    [
        (None, KINDS["loaded"]["longest"], True),
        (0.0, KINDS["loaded"]["longest"], True),
        (3500.0, KINDS["loaded"]["longest"], True),
        (0.5, math.exp(math.log(7000.0) * (2.3263 / 1.6449 - 1.0)), False),
        (1750.0, math.exp(math.log(2.0) * (2.3263 / 1.6449 - 1.0)), False),
    ],
)
def test_the_slowest_first_token_of_a_hundred(middle, longest, told):
    """Prompts are log-normal: of a p95 of twice the median the p99 is 2^0.414 times the p95."""
    flight, floor = SERVER.in_flight(0.5, LENGTHS), bound_time(SERVER.network, SERVER.hardware)
    found = fact("ttft_peak_p99", demand__in_tokens_p50=middle)
    assert parts(found) == close(
        between(SERVER.slowest_first(flight, 0.5, LENGTHS, longest), floor, "loaded_ttft_tail")
    )
    assert any("one prompt in a hundred" in one for one in found.assumptions) is told
