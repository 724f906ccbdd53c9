"""Derived facts on serving a language model at the planned peak: what is served, and how long tokens and calls take."""

from __future__ import annotations

import math
from collections.abc import Callable

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.lognormal import Z95, Z99
from poc_gate.flow.formulas.speed.engine_model import bound_time
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.grounds import widenings
from poc_gate.flow.formulas.speed.serving import between
from poc_gate.flow.formulas.speed.worlds import worlds
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.domain import tell_load_domain
from poc_gate.flow.reading.model_reading import HARDWARE_INPUTS, carried, pooled, read_family, read_hardware
from poc_gate.flow.reading.model_station import calibrated, serving_family
from poc_gate.flow.reading.network_reading import NETWORK_INPUTS, read_network
from poc_gate.flow.reading.tested_reading import TESTED_INPUTS
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.serving_engines import serving_engine

_REFERENCE = "docs/models/serving.md; constants fitted on published cases"


def _peak_server(view: FactView) -> tuple[BatchServer, Lengths, float]:
    """Return one replica, the lengths of its requests and its share of the peak rate."""
    prompt, answer = view.need("demand.in_tokens_p95", "demand.out_tokens_p95")
    rate, replicas, most = view.need("flow.demand.peak_rate", "target.replicas", "flow.concurrency.max")
    if replicas.likely < 1:
        raise CannotDeriveError("target.replicas is below 1: nothing serves the model")
    hardware = pooled(view, read_hardware(view, compute=True))
    server = BatchServer(
        read_network(view), hardware, serving_family(read_family(view)), max(1.0, most.likely),
        patience=serving_engine(view.text("model.engine")).patience,
    )  # fmt: skip
    found = calibrated(view, server, replicas.likely)
    if found is not None:
        server = server._replace(pace=found[0].factor.likely)
    else:
        tell_load_domain(view, server.network, hardware, read_family(view))
    return server, Lengths(prompt.likely, answer.likely), rate.likely / replicas.likely


_LOADED_FAMILIES = {"unknown": ("unknown", "server25", "eager", "llama.cpp25", "portable", "unified")}
"""Engines that an unknown one may be, for a replica under load."""


def _over_open(
    view: FactView, server: BatchServer, time: Callable[[BatchServer], Span], *, measured: bool = False
) -> Span:
    """Return the time of the replica with the interval over all that its unknown parts may be, and that of its rates.

    A server that was `measured` does not rest on the rates of its devices.
    """

    def of(one: BatchServer) -> Span:
        if measured:
            return time(one)
        return carried(view, one.hardware, lambda machine: time(one._replace(hardware=machine)))

    family, span = read_family(view), of(server)
    cases = [
        of(paced)
        for one in _LOADED_FAMILIES.get(family, (family,))
        for network, hardware, name in worlds(server.network, server.hardware, one)
        for paced in _paces(
            server._replace(network=network, hardware=hardware, family=serving_family(name)), measured
        )
    ]
    return Span(span.likely, min(span.low, *(c.low for c in cases)), max(span.high, *(c.high for c in cases)))


def _paces(server: BatchServer, measured: bool) -> tuple[BatchServer, ...]:
    """Return the replica, and one whose engine does as well with latent attention as with any other, as some since 2026 do.

    Requests that leave sooner also make the batch smaller: Mistral Small 4 on two H100 took 5.9 to 15.9 ms a token at 0.5 to 4 requests
    a second, where 22 to 76 ms are likely by the constants of 2025.
    """
    if not server.network.latent or measured:
        return (server,)
    return server, server._replace(pace=server.pace / server.slower)


def _measured_ends(view: FactView, server: BatchServer, rate: float) -> tuple[float, float] | None:
    """Return the interval of time over likely time where this server was measured; None where it was not."""
    replicas = view.one("target.replicas").likely
    found = calibrated(view, server._replace(pace=1.0), replicas)
    return None if found is None else found[0].ends(rate * replicas, found[1].highest)


def _served(view: FactView) -> DerivedValue:
    server, lengths, rate = _peak_server(view)
    highest = least = server.highest_rate(lengths)
    if server.hardware.kept is None:
        least = min(
            highest, server._replace(hardware=server.hardware._replace(kept=1.0)).highest_rate(lengths)
        )
    low, high = INTERVALS["loaded"]
    if least * low > rate:
        return DerivedValue(as_span(rate), f"all of {rate:.4g} req/s: full at {highest:.4g} req/s")
    span = Span(min(rate, highest), min(rate, least / high), rate)
    return DerivedValue(span, f"one replica is full at {highest:.4g} req/s, {rate:.4g} req/s arrive")


def _loaded_intervals(server: BatchServer, name: str) -> tuple[str, ...]:
    """Return the names of the intervals: wider where devices share layers over PCI Express or an unknown link, and on AMD's and Intel's."""
    hardware = server.hardware
    slow = hardware.devices > 1 and hardware.link != "fast"
    family = _AS_MEASURED.get(server.family, server.family)
    first = name.startswith("loaded_ttft")
    return (
        f"{name}_pcie" if slow else name,
        *(("loaded_others",) if hardware.vendor in {"amd", "intel"} else ()),
        *(
            one
            for one in widenings(server.network, hardware, family, batch=True, prompt=first)
            if one not in _HELD_UNDER_LOAD.get(server.family, {"latent"})
        ),
    )


_HELD_UNDER_LOAD = {"loaded": {"latent", "mixed-batch", "mixed-prompt"}}
"""Constants of a replica under load -> the widenings that published runs under load did not need: ten figures of Llama 4 Scout."""
_AS_MEASURED = {"loaded": "server25"}
"""Constants of a replica under load -> the family of engines that they were measured on."""


def _tpot_peak(view: FactView) -> DerivedValue:
    server, lengths, rate = _peak_server(view)
    flight = server.in_flight(rate, lengths)
    at_once = server.most if flight is None else flight
    ends = _measured_ends(view, server, rate)

    def time(one: BatchServer) -> Span:
        inside = one.in_flight(rate, lengths)
        served = one.highest_rate(lengths) if inside is None else rate
        step = one.step(one.most if inside is None else inside, served, lengths)
        floor = bound_time(one.network, one.hardware, context=lengths.prompt)
        if ends is None:
            return between(step, floor, *_loaded_intervals(one, "loaded"))
        return Span(max(step, floor), max(floor, step * ends[0]), max(step, floor) * ends[1])

    span = _over_open(view, server, time, measured=ends is not None)
    said = (
        f"overloaded: all {at_once:,.0f} places taken"
        if flight is None
        else f"{at_once:.3g} requests in flight"
    )
    return DerivedValue(span, f"{said}: {span.shown('s')} per token")


def _ttft_peak(view: FactView) -> DerivedValue:
    return _first_token(view, BatchServer.mean_to_first, "loaded_ttft")


def _ttft_tail(view: FactView) -> DerivedValue:
    longest = _longest(view)
    return _first_token(
        view,
        lambda server, flight, rate, mean: server.slowest_first(flight, rate, mean, longest),
        "loaded_ttft_tail",
    )


def _longest(view: FactView) -> float:
    """Return the prompt of one request in a hundred over the length that all others are taken to have."""
    middle, tail = view.maybe("demand.in_tokens_p50"), view.one("demand.in_tokens_p95")
    if middle is None or not 0 < middle.likely < tail.likely:
        longest = KINDS["loaded"]["longest"]
        view.assume(
            f"one prompt in a hundred is {longest:.2g} times as long as stated (demand.in_tokens_p50)"
        )
        return longest
    return math.exp(math.log(tail.likely / middle.likely) * (Z99 / Z95 - 1.0))


def _first_token(
    view: FactView, first: Callable[[BatchServer, float, float, Lengths], float], interval: str
) -> DerivedValue:
    server, lengths, rate = _peak_server(view)
    flight = server.in_flight(rate, lengths)
    lasting = view.maybe("demand.peak_duration")
    if flight is None and lasting is None:
        raise CannotDeriveError(
            f"{rate:.4g} req/s arrive and one replica is full at {server.highest_rate(lengths):.4g} req/s: requests queue "
            "without bound; state demand.peak_duration for the mean wait",
            ("demand.peak_duration",),
        )

    def time(one: BatchServer) -> Span:
        inside = one.in_flight(rate, lengths)
        if inside is None:
            busy, alone = (
                first(one, one.most, one.highest_rate(lengths), lengths),
                first(one, 1.0, 0.0, lengths),
            )
            return _queued(view, one, rate, busy, alone, lengths)
        floor = bound_time(one.network, one.hardware)
        span = between(first(one, inside, rate, lengths), floor, *_loaded_intervals(one, interval))
        return _near_the_wall(view, one, lengths, rate, span)

    span = _over_open(view, server, time)
    if flight is None:
        assert lasting is not None
        return DerivedValue(
            span, f"overloaded for {lasting.shown('s')}, a mean wait included: {span.shown('s')}"
        )
    return DerivedValue(span, f"with {flight:.3g} requests in flight: {span.shown('s')} to the first token")


STRAIN = 1.6
"""How much sooner than predicted a replica may be full, by the intervals of step time and KV capacity."""


def _near_the_wall(view: FactView, server: BatchServer, lengths: Lengths, rate: float, span: Span) -> Span:
    """Return the time with its high end raised to that of a queue, where the replica may be full already."""
    full = server.highest_rate(lengths) / STRAIN
    if rate <= full:
        return span
    lasting = view.maybe("demand.peak_duration")
    view.assume("near the rate at which the replica is full requests may have to queue")
    if lasting is None:
        return Span(span.likely, span.low, float("inf"))
    return Span(span.likely, span.low, span.high + 0.5 * (rate / full - 1.0) * lasting.likely)


def _queued(
    view: FactView, server: BatchServer, rate: float, busy: float, alone: float, lengths: Lengths
) -> Span:
    """Return a time of a full replica: `busy` in a full batch and `alone` in an empty one, and the mean wait before it.

    It may be full as much sooner as a replica near the wall, so that no load makes the interval narrower.
    """
    lasting, highest = view.maybe("demand.peak_duration"), server.highest_rate(lengths)
    if lasting is None:
        return Span(busy, min(busy, alone), float("inf"))
    wait, strained = (
        0.5 * max(0.0, rate / full - 1.0) * lasting.likely if full > 0 else lasting.likely
        for full in (highest, highest / STRAIN)
    )
    return Span(busy + wait, min(busy, alone), 2.5 * busy + max(3.0 * wait, strained))


def _time_peak(view: FactView) -> DerivedValue:
    server, lengths, rate = _peak_server(view)
    flight = server.in_flight(rate, lengths)
    if flight is None:
        first, step = view.need("flow.serving.ttft_peak", "flow.serving.tpot_peak")
        span = first + lengths.answer * step
        return DerivedValue(
            span, f"overloaded: first token + {lengths.answer:,.0f} steps = {span.shown('s')}"
        )

    def time(one: BatchServer) -> Span:
        inside, alone = one.in_flight(rate, lengths), one.time(1.0, 0.0, lengths, lengths)
        if inside is None:
            busy = one.time(one.most, one.highest_rate(lengths), lengths, lengths)
            return _queued(view, one, rate, busy, alone, lengths)
        whole = one.time(inside, rate, lengths, lengths)
        each = bound_time(one.network, one.hardware, context=lengths.prompt)
        floor = bound_time(one.network, one.hardware) + lengths.answer * each
        span = between(whole, floor, *_loaded_intervals(one, "loaded"))
        return _near_the_wall(view, one, lengths, rate, span)

    span = _over_open(view, server, time)
    return DerivedValue(span, f"first token + {lengths.answer:,.0f} steps = {span.shown('s')}")


def _tail(of: str, constant: str) -> Callable[[FactView], DerivedValue]:
    def tail(view: FactView) -> DerivedValue:
        mean, factor = view.one(of), KINDS["loaded"][constant]
        return DerivedValue(mean * factor, f"{of} x {factor:.3g} = {(mean * factor).shown('s')}")

    return tail


_SPEED = (*NETWORK_INPUTS, *HARDWARE_INPUTS, "model.pipeline_parallel")
_LENGTHS = ("demand.in_tokens_p95", "demand.out_tokens_p95")
_PEAK = (
    *_SPEED,
    *_LENGTHS,
    "flow.demand.peak_rate",
    "target.replicas",
    "flow.concurrency.max",
    *TESTED_INPUTS,
)

DERIVATIONS = (
    Derivation(
        "flow.serving.served_rate", "Requests per second that one replica completes at its share of the planned peak",
        "min(peak / replicas, C / R(C))", _PEAK, _served, "req/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.tpot_peak", "Time per output token at the planned peak", "step(B) with B = lambda x R(B)",
        _PEAK, _tpot_peak, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.ttft_peak", "Mean time to first token at the planned peak",
        "7 ms + half a step + the longer of step and prompt; overloaded: + (lambda / mu - 1) x duration / 2",
        (*_PEAK, "demand.peak_duration"), _ttft_peak, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.time_peak", "Mean time of one call to the model at the planned peak", "first token + T_out x step",
        (*_PEAK, "demand.peak_duration", "flow.serving.ttft_peak", "flow.serving.tpot_peak"), _time_peak, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.ttft_peak_p99", "99th percentile of the time to first token at the planned peak",
        "a step + the prompt of one request in a hundred", (*_PEAK, "demand.peak_duration", "demand.in_tokens_p50"), _ttft_tail, "s",
        reference=_REFERENCE,
    ),
    Derivation(
        "flow.serving.time_peak_p99", "99th percentile of one call to the model at the planned peak", "mean x tail",
        ("flow.serving.time_peak",), _tail("flow.serving.time_peak", "tail_e2e"), "s", reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
