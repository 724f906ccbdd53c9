"""Objectives as OpenSLO and Sloth write them -> availability, latency quantiles and window of one service."""

from __future__ import annotations

from msgspec import Struct, field

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.objectives.measured_time import (
    STEPS,
    Measured,
    times_something_else,
    what_is_measured,
)
from poc_gate.model.quantity import show_share
from poc_gate.text.lazy_pattern import lazily

_SUFFIX_UNITS = (
    (lazily(r"_(?:milliseconds|millis|ms)(?:_(?:bucket|sum|count|total))?\b"), 1e-3, "milliseconds"),
    (lazily(r"_(?:microseconds|us)(?:_(?:bucket|sum|count|total))?\b"), 1e-6, "microseconds"),
    (lazily(r"_(?:nanoseconds|ns)(?:_(?:bucket|sum|count|total))?\b"), 1e-9, "nanoseconds"),
    (lazily(r"_seconds(?:_(?:bucket|sum|count|total))?\b"), 1.0, "seconds"),
    (lazily(r"_minutes(?:_(?:bucket|sum|count|total))?\b"), 60.0, "minutes"),
)
_BUCKET = lazily(r"\ble\s*=~?\s*[\"'](?P<edge>\d+(?:\.\d+)?)[\"']")
_QUANTILE = lazily(r"quantile(?:_over_time)?\s*\(\s*(0?\.\d+|1(?:\.0+)?)\s*,")
_QUANTILE_LABEL = lazily(r"\bquantile\s*=~?\s*[\"'](0?\.\d+|1(?:\.0+)?)[\"']")
_SCALED = lazily(r"[*/]\s*(?:1000|1e3|1e-3|0\.001|1e6|1000000)\b")
_AVAILABILITY = lazily(r"(?i)availab|success|uptime|error|[^0-9]5\.\.|5xx|5\[0-9\]|\bup\b|running|reachab")
_OTHER_RATIO = lazily(
    r"(?i)fresh|qualit|correct|accura|recall|ground|relevan|halluc|coverage|complete|saturat|cost"
)
_FACTS = ((0.99, "p99"), (0.95, "p95"), (0.5, "p50"))


class Objective(Struct):
    """One objective: which share of events is good, and under which time, where it is about time."""

    service: str
    title: str
    """Name, display name and description, to tell what the ratio counts."""
    node: Node
    """The value that a claim points at."""
    share: float | None
    queries: str
    """All query texts of its indicator, joined."""
    threshold: Node | None = None
    """A threshold with its bare value, whose unit the file does not say."""
    seconds: float | None = None
    unit: str = ""
    quantile: float | None = None
    """Quantile that the query itself computes; the share is then one of time, not of requests."""


class Objectives(Struct):
    """All objectives of one file."""

    found: list[Objective] = field(default_factory=list)
    windows: list[tuple[str, Node, float, str]] = field(default_factory=list)
    """Service, place, seconds and note of each window."""


def resolve_time(objective: Objective) -> None:
    """Fill in seconds from a threshold or a histogram bucket, or ask where the unit cannot be told."""
    quantile = _QUANTILE.search(objective.queries) or _QUANTILE_LABEL.search(objective.queries)
    objective.quantile = float(quantile[1]) if quantile else None
    edge = _BUCKET.search(objective.queries)
    if objective.threshold is None and edge is None:
        return
    if len({float(one["edge"]) for one in _BUCKET.finditer(objective.queries)}) > 1:
        objective.node.ask(
            "the query counts between two edges of a histogram: no time bounds every good event",
            "write the latency objective in the manifest with its unit, for example `p99: 500 ms`",
        )
        return
    value = objective.threshold.number() if objective.threshold else float(edge["edge"]) if edge else None
    where = objective.threshold or objective.node
    units = {name: factor for pattern, factor, name in _SUFFIX_UNITS if pattern.search(objective.queries)}
    if len(units) != 1 or _SCALED.search(objective.queries) or value is None:
        where.ask(
            f"the objective's value {where.text() or (edge['edge'] if edge else '')} has no unit, and the metric's "
            "name does not tell it",
            "write the latency objective in the manifest with its unit, for example `p99: 500 ms`",
        )
        return
    objective.unit, factor = next(iter(units.items()))
    objective.seconds = value * factor


def claim_objectives(reading: Reading, objectives: Objectives) -> None:
    """State what the objectives promise; several services are a question unless the option names one."""
    chosen = _of_one_service(reading, objectives)
    if chosen is None:
        return
    reading.subject = chosen.found[0].service if chosen.found else ""
    _claim_availability(reading, [one for one in chosen.found if _is_availability(one)])
    timed = [one for one in chosen.found if one.seconds is not None and (one.share or one.quantile)]
    measured = [(one, what_is_measured(one.queries, one.title)) for one in timed]
    _claim_quantiles(reading, [one for one, what in measured if what is Measured.RESPONSE])
    for one, what in measured:
        if what is Measured.FIRST_TOKEN:
            one.node.claim(f"{reading.prefix}.ttft", one.seconds, unit="s", note=_time_note(one))
        elif what is not Measured.RESPONSE:
            (one.threshold or one.node).use().ask(
                f"the objective of {one.seconds:g} s {what.value}; it was not read as a response time",
                STEPS[what],
            )
    for _, node, seconds, note in chosen.windows[:1]:
        node.claim(f"{reading.prefix}.window", seconds, unit="s", note=note)
    if len({seconds for _, _, seconds, _ in chosen.windows}) > 1:
        chosen.windows[1][1].warn("the objectives have different windows; the first one was read")


def _of_one_service(reading: Reading, objectives: Objectives) -> Objectives | None:
    services = sorted({one.service for one in objectives.found})
    if reading.option:
        services = [name for name in services if name == reading.option]
        if not services:
            reading.note(
                "question", f"no service is called {reading.option!r}", next_step="correct the option"
            )
            return None
    if len(services) > 1:
        objectives.found[0].node.ask(
            f"the file holds objectives of {len(services)} services: {', '.join(services[:8])}",
            "say which one is the pilot's by the import option, or keep its objectives in a file of their own",
        )
        return None
    wanted = services[0] if services else ""
    return Objectives(
        [one for one in objectives.found if one.service == wanted],
        [window for window in objectives.windows if window[0] == wanted],
    )


def _is_availability(one: Objective) -> bool:
    if one.seconds is not None or one.threshold is not None or _BUCKET.search(one.queries):
        return False
    return one.share is not None


def _claim_availability(reading: Reading, found: list[Objective]) -> None:
    plain = [one for one in found if _counts_availability(one)]
    for one in found:
        if one not in plain:
            one.node.warn("this ratio does not count availability by its name; it was not read as such")
    if not plain:
        return
    strictest = max(plain, key=lambda one: one.share or 0)
    others = sorted({show_share(one.share or 0) for one in plain if one.share != strictest.share})
    note = "share of good events" + (
        f"; the strictest of several, the others are {', '.join(others)}" if others else ""
    )
    for one in plain:
        one.node.use()
    strictest.node.claim(f"{reading.prefix}.availability", strictest.share, unit="1", note=note)


def _counts_availability(one: Objective) -> bool:
    if _OTHER_RATIO.search(one.title) and not _AVAILABILITY.search(one.title):
        return False
    return what_is_measured(one.queries, "") is not Measured.AGE and not times_something_else(one.queries)


def _claim_quantiles(reading: Reading, timed: list[Objective]) -> None:
    for level, fact in _FACTS:
        exact = [one for one in timed if _level(one) == level]
        # A bound at a higher quantile holds at every lower one as well, up to the next fact above.
        above = next((higher for higher, _ in reversed(_FACTS) if higher > level), 1.0)
        implied = [
            one for one in timed if level < _level(one) < above or (level == 0.99 and _level(one) > level)
        ]
        for one in (exact or implied)[:1]:
            strictest = min(exact or implied, key=lambda other: other.seconds or 0)
            note = _time_note(strictest)
            if not exact:
                note = f"{note}; stated at {show_share(_level(strictest))}, which implies {fact}"
            (strictest.threshold or one.node).use()
            strictest.node.claim(f"{reading.prefix}.{fact}", strictest.seconds, unit="s", note=note)
    for one in timed:
        if _level(one) < 0.5:
            one.node.warn("the objective holds for less than half of the requests; it was not read")


def _level(one: Objective) -> float:
    return round(one.quantile if one.quantile is not None else one.share or 0.0, 9)


def _time_note(one: Objective) -> str:
    how = f"unit {one.unit} from the metric's name"
    if one.quantile is not None:
        return f"{how}; the query computes the {one.quantile:g} quantile itself"
    return f"{how}; {show_share(one.share or 0)} of events must be at or under it"
