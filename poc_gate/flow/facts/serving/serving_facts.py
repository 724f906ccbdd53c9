"""Derived facts on serving a language model at the planned peak: what is served, and how long tokens and calls take."""

from __future__ import annotations

import math
from collections.abc import Callable

from poc_gate.flow.facts.serving.loaded_replica import (
    loaded_intervals,
    measured_ends,
    over_open,
    peak_server,
    queued,
    quickest,
    surely_served,
    tell_queue,
    without_end,
)
from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.lognormal import Z95, Z99
from poc_gate.flow.formulas.speed.engine_model import bound_time
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.serving import between
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.model_reading import HARDWARE_INPUTS
from poc_gate.flow.reading.network_reading import NETWORK_INPUTS
from poc_gate.flow.reading.slots import SLOT_INPUTS
from poc_gate.flow.reading.tested_reading import TESTED_INPUTS
from poc_gate.flow.span import Span, as_span

_REFERENCE = "docs/models/serving.md; constants fitted on published cases"


def _served(view: FactView) -> DerivedValue:
    server, lengths, rate = peak_server(view)
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


def _tpot_peak(view: FactView) -> DerivedValue:
    server, lengths, rate = peak_server(view)
    flight = server.in_flight(rate, lengths)
    at_once = server.most if flight is None else flight
    ends = measured_ends(view, server, rate)

    def time(one: BatchServer) -> Span:
        inside = one.in_flight(rate, lengths)
        served = one.highest_rate(lengths) if inside is None else rate
        step = one.step(one.most if inside is None else inside, served, lengths)
        floor = bound_time(one.network, one.hardware, context=lengths.prompt)
        if ends is None:
            return between(step, floor, *loaded_intervals(one, "loaded"))
        return Span(max(step, floor), max(floor, step * ends[0]), max(step, floor) * ends[1])

    span = over_open(view, server, time, measured=ends is not None)
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
    server, lengths, rate = peak_server(view)
    flight = server.in_flight(rate, lengths)
    lasting = view.maybe("demand.peak_duration")
    if flight is None and lasting is None:
        raise CannotDeriveError(
            f"{rate:.4g} req/s arrive and one replica is full at {server.highest_rate(lengths):.4g} req/s: requests queue "
            "without bound; state demand.peak_duration for the mean wait",
            ("demand.peak_duration",),
        )

    ends, seen = measured_ends(view, server, rate), list[float]()

    def time(one: BatchServer) -> Span:
        inside, floor = one.in_flight(rate, lengths), bound_time(one.network, one.hardware)
        surely = surely_served(view, one, lengths, ends)
        if inside is None:
            full = one.highest_rate(lengths)
            span = queued(view, first(one, one.most, full, lengths), rate, full)
        else:
            span = between(first(one, inside, rate, lengths), floor, *loaded_intervals(one, interval))
        if rate <= surely:
            return span
        seen.append(surely)
        # One request in a hundred waits no less than the mean.
        quick = quickest(one, BatchServer.mean_to_first, rate, lengths, "loaded_ttft")
        return without_end(span, max(floor, quick))

    span = over_open(view, server, time)
    tell_queue(view, rate, span.low, seen)
    if flight is None:
        assert lasting is not None
        return DerivedValue(
            span, f"overloaded for {lasting.shown('s')}, a mean wait included: {span.shown('s')}"
        )
    return DerivedValue(span, f"with {flight:.3g} requests in flight: {span.shown('s')} to the first token")


def _time_peak(view: FactView) -> DerivedValue:
    server, lengths, rate = peak_server(view)
    flight = server.in_flight(rate, lengths)
    if flight is None:
        first, step = view.need("flow.serving.ttft_peak", "flow.serving.tpot_peak")
        span = first + lengths.answer * step
        return DerivedValue(
            span, f"overloaded: first token + {lengths.answer:,.0f} steps = {span.shown('s')}"
        )
    ends, seen = measured_ends(view, server, rate), list[float]()

    def time(one: BatchServer) -> Span:
        inside, surely = one.in_flight(rate, lengths), surely_served(view, one, lengths, ends)
        each = bound_time(one.network, one.hardware, context=lengths.prompt)
        floor = bound_time(one.network, one.hardware) + lengths.answer * each
        if inside is None:
            full = one.highest_rate(lengths)
            span = queued(view, one.mean_time(one.most, full, lengths), rate, full)
        else:
            span = between(one.mean_time(inside, rate, lengths), floor, *loaded_intervals(one, "loaded"))
        if rate <= surely:
            return span
        seen.append(surely)
        return without_end(span, max(floor, quickest(one, BatchServer.mean_time, rate, lengths, "loaded")))

    span = over_open(view, server, time)
    tell_queue(view, rate, span.low, seen)
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
    *SLOT_INPUTS,
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
