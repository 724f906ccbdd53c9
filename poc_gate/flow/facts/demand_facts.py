"""Derived facts on demand, fan-out, retries, deadlines, regions and availability."""

from __future__ import annotations

from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.awaited_calls import REGION_INPUTS, awaited, cross_region_time
from poc_gate.flow.span import Span, as_span, largest

_HOURS_PER_DAY = 24.0

NINES = 0.1
"""A dependency that the service cannot do without is asked for one nine more (Calculus of Service
Availability, 2017)."""


def _peak(view: FactView) -> DerivedValue:
    mean, share, burst = view.need("demand.requests_per_day", "demand.peak_hour_share", "demand.burst_factor")
    peak = mean * _HOURS_PER_DAY * share * burst
    return DerivedValue(
        peak,
        f"requests per day x peak-hour share / 3600 x burst = {mean.likely * 86400:,.0f} x {share.likely:.3g} / "
        f"3600 x {burst.likely:g} = {peak.likely:.4g} req/s",
    )


def _peak_in_a_year(view: FactView) -> DerivedValue:
    peak, growth = view.need("flow.demand.peak_rate", "demand.growth_12m")
    grown = peak * growth
    return DerivedValue(grown, f"{peak.likely:.4g} req/s x {growth.likely:g} = {grown.likely:.4g} req/s")


def _tail_ratio(view: FactView) -> DerivedValue:
    median, tail = view.need("sources[].p50", "sources[].p99")
    if tail.likely < median.likely:
        raise CannotDeriveError(
            f"{view.full_name('sources[].p99')} ({tail.shown('s')}) is below "
            f"{view.full_name('sources[].p50')} ({median.shown('s')}): one of them is wrong"
        )
    ratio = tail / median
    return DerivedValue(ratio, f"p99 / p50 = {tail.shown('s')} / {median.shown('s')} = {ratio.likely:.3g}")


def _source_rate(view: FactView) -> DerivedValue:
    peak, calls, retries = view.need(
        "flow.demand.peak_rate", "sources[].calls_per_request", "sources[].retries"
    )
    hit = view.stated("sources[].cache_hit") or as_span(0.0)
    rate = peak * calls * (1 - hit) * (1 + retries)
    return DerivedValue(
        rate,
        f"peak x calls x (1 - cache hits) x (1 + retries) = {peak.likely:.4g} x {calls.likely:g} x "
        f"{1 - hit.likely:.3g} x {1 + retries.likely:g} = {rate.likely:.4g} req/s",
    )


def _source_share(view: FactView) -> DerivedValue:
    rate, tolerated = view.need("sources[].peak_rate", "sources[].tolerated_rate")
    share = rate / tolerated
    return DerivedValue(share, f"{rate.likely:.4g} req/s / {tolerated.likely:.4g} req/s = {share.likely:.3g}")


def _awaited_calls(view: FactView) -> DerivedValue:
    if "sources" not in view.tree.items:
        raise view.missing("sources")
    calls = as_span(0.0)
    missing: list[str] = []
    for source in view.each("sources"):
        if not awaited(source):
            continue
        each = source.maybe("sources[].calls_per_request")
        if each is None:
            missing.append(source.full_name("sources[].calls_per_request"))
        else:
            calls = calls + each
    if missing:
        raise view.missing(*missing)
    return DerivedValue(calls, f"calls to awaited sources = {calls.likely:g}")


def _quantile_needed(view: FactView) -> DerivedValue:
    calls = max(1.0, view.one("flow.fanout.awaited").likely)
    quantile = 0.99 ** (1.0 / calls)
    return DerivedValue(as_span(quantile), f"0.99^(1/{calls:g}) = {quantile:.5f}")


def _availability_need(view: FactView) -> DerivedValue:
    promised = view.one("slo.availability")
    needed = 1 - (1 - promised) * NINES
    return DerivedValue(needed, f"1 - (1 - {promised.likely:.6g}) / 10 = {needed.likely:.6g}")


def _availability(view: FactView) -> DerivedValue:
    product, parts, missing = as_span(1.0), [], []
    for kind, items in (("sources[]", "sources"), ("path.stages[]", "path.stages")):
        for item in view.each(items):
            if item.flag(f"{kind}.fallback") or (
                kind == "sources[]" and item.flag("sources[].critical") is False
            ):
                continue
            if kind == "path.stages[]" and item.text("path.stages[].source"):
                continue
            each = item.maybe(f"{kind}.availability")
            if each is None:
                missing.append(item.full_name(f"{kind}.availability"))
                continue
            product = product * each
            parts.append(f"{item.item} {each.likely:.6g}")
    if missing or "sources" not in view.tree.items:
        raise view.missing(*(missing or ["sources"]))
    return DerivedValue(
        product, f"{' x '.join(parts) or 'no dependency without fallback'} = {product.likely:.6g}"
    )


def _retries(view: FactView) -> DerivedValue:
    every: list[Span] = []
    missing: list[str] = []
    for kind, items in (("sources[]", "sources"), ("path.stages[]", "path.stages")):
        for item in view.each(items):
            retries = item.maybe(f"{kind}.retries")
            if retries is not None:
                every.append(1 + retries)
            elif kind == "sources[]":
                missing.append(item.full_name("sources[].retries"))
    if missing or not every:
        raise view.missing(*(missing or ["sources"]))
    worst = largest(every)
    layers = view.maybe("path.retry_layers")
    if layers is None:
        raise view.missing("path.retry_layers")
    deep = max(1.0, layers.likely)
    amplified = Span(
        worst.likely**deep, worst.low ** max(1.0, layers.low), _power(worst.high, max(1.0, layers.high))
    )
    return DerivedValue(
        amplified,
        f"(1 + most retries) ^ retrying layers = {worst.likely:g} ^ {deep:g} = {amplified.likely:g} attempts",
    )


def _power(base: float, exponent: float) -> float:
    """Return the power; what no float can hold has no end."""
    try:
        return float(base**exponent)
    except OverflowError:
        return float("inf")


def _deadlines(view: FactView) -> DerivedValue:
    parent = view.one("slo.p99")
    total, missing, parts = as_span(0.0), [], []
    for stage in view.each("path.stages"):
        timeout, retries = stage.maybe("path.stages[].timeout"), stage.maybe("path.stages[].retries")
        if timeout is None or retries is None:
            missing += [
                stage.full_name(f"path.stages[].{n}")
                for n, v in (("timeout", timeout), ("retries", retries))
                if v is None
            ]
            continue
        backoff = stage.maybe("path.stages[].backoff")
        if backoff is None and retries.likely > 0:
            missing.append(stage.full_name("path.stages[].backoff"))
        total = total + timeout * (1 + retries) + (backoff or 0.0)
        parts.append(f"{stage.item} {timeout.shown('s')} x {1 + retries.likely:g}")
    if missing or not parts:
        raise view.missing(*(missing or ["path.stages"]))
    share = total / parent
    return DerivedValue(share, f"({' + '.join(parts)}) / slo.p99 {parent.shown('s')} = {share.likely:.3g}")


def _region_share(view: FactView) -> DerivedValue:
    time, formula = cross_region_time(view)
    promised = view.one("slo.p99")
    share = time / promised
    return DerivedValue(share, f"{formula} / slo.p99 {promised.shown('s')} = {share.likely:.3g}")


DERIVATIONS = (
    Derivation(
        "flow.demand.peak_rate", "Requests per second in the planned peak", "Q10: requests/day x share / 3600 x burst",
        ("demand.requests_per_day", "demand.peak_hour_share", "demand.burst_factor"), _peak, "req/s", by_ends=True,
    ),
    Derivation(
        "flow.demand.peak_rate_12m", "Requests per second in the peak in twelve months", "Q10 x growth",
        ("flow.demand.peak_rate", "demand.growth_12m"), _peak_in_a_year, "req/s", by_ends=True,
    ),
    Derivation(
        "sources[].tail_ratio", "How much slower the slowest percent of calls is than the median", "p99 / p50",
        ("sources[].p50", "sources[].p99"), _tail_ratio,
    ),
    Derivation(
        "sources[].peak_rate", "Calls per second that reach the source in the peak, every retry used",
        "Q13: peak x calls x (1 - hits) x (1 + retries)",
        ("flow.demand.peak_rate", "sources[].calls_per_request", "sources[].retries", "sources[].cache_hit"),
        _source_rate, "req/s", by_ends=True,
    ),
    Derivation(
        "sources[].load_share", "Share of the load its owner tolerates that the peak puts on the source with every retry used",
        "peak / tolerated",
        ("sources[].peak_rate", "sources[].tolerated_rate"), _source_share, by_ends=True,
    ),
    Derivation(
        "flow.fanout.awaited", "Calls to sources that one request waits for", "sum of calls over awaited sources",
        ("sources[].awaited", "sources[].calls_per_request"), _awaited_calls, by_ends=True,
    ),
    Derivation(
        "flow.fanout.quantile_needed", "Quantile that each awaited call must meet for the request to meet its p99",
        "Q7: 0.99^(1/n)", ("flow.fanout.awaited",), _quantile_needed, reference="Dean and Barroso 2013",
    ),
    Derivation(
        "sources[].availability_need", "Availability asked of a critical source: one nine more than the service",
        "Q12: 1 - (1 - A) / 10", ("slo.availability",), _availability_need,
        reference="The Calculus of Service Availability, 2017",
    ),
    Derivation(
        "flow.availability.product", "Availability of all dependencies without fallback taken together", "Q12: product",
        ("sources[].availability", "sources[].fallback", "sources[].critical", "path.stages[].availability",
         "path.stages[].fallback", "path.stages[].source"),
        _availability, reference="The Calculus of Service Availability, 2017", by_ends=True,
    ),
    Derivation(
        "flow.retry.amplification", "Attempts at the lowest layer for one request when everything fails",
        "Q13: (1 + retries) ^ layers", ("sources[].retries", "path.stages[].retries", "path.retry_layers"), _retries,
        reference="Site Reliability Engineering, chapter 22", by_ends=True,
    ),
    Derivation(
        "flow.deadline.worst_share", "Share of the promised p99 that the stages take at the longest, with every retry",
        "Q14: sum(timeout x attempts + backoff) / slo.p99",
        ("slo.p99", "path.stages[].timeout", "path.stages[].retries", "path.stages[].backoff"), _deadlines,
        reference="Site Reliability Engineering, chapter 22", by_ends=True,
    ),
    Derivation(
        "flow.region.rtt_share", "Share of the promised p99 that round trips across regions take", "Q19: hops x RTT / slo.p99",
        (*REGION_INPUTS, "slo.p99"), _region_share, by_ends=True,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
