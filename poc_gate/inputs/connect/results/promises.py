"""What was declared or promised of a source, held against what was observed: pass, fail or undetermined."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary
from poc_gate.inputs.estimate.percentiles import CONFIDENCE, SampleVerdict, answer, samples_needed
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_JITTER = 0.10
"""Share of a period by which one renewal may come late: a schedule is no clock."""
_PERIODS = 3
"""Periods that must be in sight before a promised frequency counts as kept."""


class Promise(Struct, frozen=True):
    """One service level and what this run says of it."""

    name: str
    """Fact of the source that states it: `p99`, `max_age_needed`, `availability` ..."""
    declared: Quantity
    measured: Quantity | None
    answer: str
    """`pass`, `fail` or `undetermined`."""
    method: str
    """The query or call that was used."""
    note: str = ""


def hold_promises(declared: Declaration, observed: Observed, call: str) -> tuple[Promise, ...]:
    """Return every service level of a source that this run could look at."""
    found: list[Promise] = []
    if observed.latency is not None:
        found += _latencies(declared, observed.latency, call)
        found += _errors(declared, observed.latency, call)
    if observed.newest is not None:
        found += _freshness(declared, observed.newest.age, observed.newest.method)
    if declared.refresh is not None:
        found += _frequency(declared.refresh, declared.extract_time or 0.0, observed)
    return tuple(found)


def _latencies(declared: Declaration, latency: LatencySummary, call: str) -> list[Promise]:
    found = []
    for name, objective in declared.objectives.items():
        percentile = latency.percentiles.get(name)
        if percentile is None:
            continue
        verdict = answer(percentile, objective)
        note = ""
        if name in latency.limited or latency.stopped:
            verdict, note = (
                SampleVerdict.UNDETERMINED,
                latency.stopped or "client-limited: this machine sent too late",
            )
        elif verdict is SampleVerdict.UNDETERMINED:
            needed = samples_needed(latency.samples, percentile, objective)
            more = max(0, needed - percentile.samples) if needed is not None else None
            note = (
                f"{more:,} more needed"
                if more
                else "too close to the objective for any number of calls to decide"
            )
        found.append(
            Promise(name, Quantity(objective, "s"), Quantity(percentile.value, "s"), str(verdict), call, note)
        )
    return found


def _errors(declared: Declaration, latency: LatencySummary, call: str) -> list[Promise]:
    calls = len(latency.samples) + len(latency.cold)
    failed = sum(latency.errors.values())
    low, high = share_interval(failed, calls)
    how = f"{failed} of {calls} calls failed: {call}"
    found = []
    if declared.availability is not None:
        verdict = _decide(1 - high >= declared.availability, 1 - low < declared.availability)
        note = (
            f"this window alone can show {show_share(1 - high)} at best"
            if verdict is SampleVerdict.UNDETERMINED
            else ""
        )
        found.append(Promise(
            "availability", Quantity(declared.availability), Quantity(1 - latency.error_rate), str(verdict), how, note
        ))  # fmt: skip
    if declared.error_rate_promised is not None:
        limit = declared.error_rate_promised
        verdict = _decide(high <= limit, low > limit)
        found.append(Promise(
            "error_rate_promised", Quantity(limit), Quantity(latency.error_rate), str(verdict), how,
            f"{show_share(low)} to {show_share(high)}",
        ))  # fmt: skip
    return found


def _freshness(declared: Declaration, age: float, method: str) -> list[Promise]:
    measured = Quantity(age, "s")
    return [
        Promise(
            name,
            Quantity(limit, "s"),
            measured,
            str(SampleVerdict.PASS if age <= limit else SampleVerdict.FAIL),
            method,
            "at this moment",
        )
        for name, limit in (
            ("max_age_needed", declared.max_age_needed),
            ("freshness_promised", declared.freshness_promised),
        )
        if limit is not None
    ]


def _frequency(period: float, takes: float, observed: Observed) -> list[Promise]:
    """Hold the promised time between renewals against the times of the last ones, and against the newest age.

    One silence that is too long refutes it, the one that still lasts too; what proves it is a look back over
    `_PERIODS` periods without one.
    """
    newest, renewals = observed.newest, observed.renewals
    allowed = period * (1 + _JITTER) + takes
    limit = show_quantity(Quantity(allowed, "s"))
    age = newest.age if newest is not None else None
    gap = renewals.longest_gap if renewals is not None else None
    if age is not None and newest is not None and age > allowed:
        note = f"older than {limit}: one renewal, a tenth for its schedule, and its run"
        return [_refresh(period, age, SampleVerdict.FAIL, newest.method, note)]
    if renewals is None or gap is None:
        if age is None or newest is None:
            return []
        note = "one time cannot show how often it is renewed"
        return [_refresh(period, age, SampleVerdict.UNDETERMINED, newest.method, note)]
    span = show_quantity(Quantity(renewals.span, "s"))
    if gap > allowed:
        note = f"a silence longer than {limit} within {span}"
        return [_refresh(period, gap, SampleVerdict.FAIL, renewals.method, note)]
    enough = renewals.span >= _PERIODS * period and age is not None
    note = f"longest silence within {span}"
    if not enough:
        note += f"; {_PERIODS} periods in sight would show it"
    answered = SampleVerdict.PASS if enough else SampleVerdict.UNDETERMINED
    return [_refresh(period, gap, answered, renewals.method, note)]


def _refresh(period: float, measured: float, answered: SampleVerdict, method: str, note: str) -> Promise:
    return Promise("refresh", Quantity(period, "s"), Quantity(measured, "s"), str(answered), method, note)


def _decide(passes: bool, fails: bool) -> SampleVerdict:
    return SampleVerdict.PASS if passes else SampleVerdict.FAIL if fails else SampleVerdict.UNDETERMINED


def share_interval(hits: int, count: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a share (Clopper and Pearson, Biometrika 26, 1934), by bisection."""
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: 1 - _at_most(hits - 1, count, p) - tail)
    high = 1.0 if hits == count else _solve(lambda p: tail - _at_most(hits, count, p))
    return low, high


def _solve(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _at_most(hits: int, count: int, share: float) -> float:
    """Return the probability of at most so many hits at a share between 0 and 1, which bisection never reaches."""
    logs = (
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1) + k * math.log(share) + (count - k) * math.log1p(-share)
        for k in range(hits + 1)
    )  # fmt: skip
    return min(1.0, sum(math.exp(log) for log in logs))
