"""Approvals and accesses that are still out -> how early the launch can be, beside the day it is planned for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from poc_gate.base.days import exact_day
from poc_gate.model.fact import Fact
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result
from poc_gate.words.grammar import and_list, count_of
from poc_gate.words.plain_amounts import plain_date, plain_time

_DAY = 86400.0
_MOST_NAMED = 1


class Wait(Struct, frozen=True):
    """Something that others have to grant, with the days it takes from today on."""

    what: str
    who: str
    begins: date
    ends: date | None
    """None where nobody has said how long it takes, or nobody has asked for it."""
    takes: str
    asked: bool = True
    """Whether somebody has asked for it already."""


class Launch(Struct, frozen=True):
    """The launch on a line from today."""

    today: date
    planned: date | None
    waits: tuple[Wait, ...]
    earliest: date | None
    """The last of the known waits; None where nothing known is waited for."""
    sentence: str
    note: str
    """What the date does not count, as a sentence; empty where it counts all."""
    is_late: bool

    @property
    def undated(self) -> tuple[Wait, ...]:
        """Waits that nobody has dated."""
        return tuple(wait for wait in self.waits if wait.ends is None)


def launch_of(result: Result) -> Launch:
    """Return how early the pilot can launch by what is known: one approval after the other, accesses side by side."""
    facts = {fact.name: fact for fact in result.facts}
    today, planned = exact_day(result.assessed_on), _day(facts.get("pilot.go_live"))
    if today is None:
        sentence = "The day of this result cannot be read, so no date can be given."
        return Launch(date.min, planned, (), None, sentence, "", is_late=False)
    waits = (
        *_approvals(facts, today),
        *_accesses(facts, today),
        *_unsaid(facts, today, without_sources=_without_sources(result)),
    )
    known = [wait.ends for wait in waits if wait.ends is not None]
    earliest = max(known, default=None)
    late = earliest is not None and planned is not None and earliest > planned
    undated = and_list([wait.what for wait in waits if wait.ends is None], _MOST_NAMED)
    note = f"Not counted, as nobody has given a date: {undated}." if undated and earliest else ""
    return Launch(
        today, planned, waits, earliest, _sentence(today, planned, undated, earliest), note, is_late=late
    )


def _approvals(facts: dict[str, Fact], today: date) -> Iterator[Wait]:
    begins: date | None = today
    for item in _items(facts, "people.approvals", "status"):
        prefix = f"people.approvals[{item}]"
        status, who = _text(facts, f"{prefix}.status"), _text(facts, f"{prefix}.decider")
        what = item.replace("-", " ").replace("_", " ")
        if status == "granted":
            continue
        if status != "pending":
            takes = "was refused" if status == "refused" else "nobody has said whether it is granted"
            yield Wait(what, who, begins or today, None, takes)
            continue
        days = _days(facts.get(f"{prefix}.lead_time"))
        ends = _later(begins, days)
        yield Wait(what, who, begins or today, ends, _takes(days))
        begins = ends


def _accesses(facts: dict[str, Fact], today: date) -> Iterator[Wait]:
    """Yield the accesses that are still out; those that arrive on one day, or wait for the same word, together."""
    alike: dict[tuple[bool, timedelta | None], list[str]] = {}
    for item in _items(facts, "sources", "prod_access"):
        access = _text(facts, f"sources[{item}].prod_access")
        if access not in ("granted", ""):
            asked = access != "none"
            days = _days(facts.get(f"sources[{item}].access_lead_time")) if asked else None
            alike.setdefault((asked, days), []).append(item)
    for (asked, days), items in alike.items():
        owners = {_text(facts, f"sources[{item}].owner") for item in items}
        takes = _takes(days) if asked else "not requested yet"
        what = f"access to {and_list(items, _MOST_NAMED)}"
        yield Wait(
            what, owners.pop() if len(owners) == 1 else "", today, _later(today, days), takes, asked=asked
        )


def _unsaid(facts: dict[str, Fact], today: date, *, without_sources: bool) -> Iterator[Wait]:
    """Yield what nobody has spoken of: then it cannot be said that nothing is waited for."""
    if not _items(facts, "people.approvals", "status"):
        total = facts.get("flow.approvals.lead_time")
        if total is None or total.value is None:
            yield Wait("approvals", "", today, None, "nobody has said which are needed", asked=False)
    sources = {name[8:].partition("]")[0] for name in facts if name.startswith("sources[")}
    silent = sorted(item for item in sources if not _text(facts, f"sources[{item}].prod_access"))
    if silent or not (sources or without_sources):
        whose = and_list(silent, _MOST_NAMED) or "data"
        yield Wait(
            f"access to {whose}", "", today, None, "nobody has said whether it is granted", asked=False
        )


def _without_sources(result: Result) -> bool:
    """Whether the manifest states that there is no source, so that no access is waited for."""
    return any(
        finding.reason is not None
        and finding.reason.kind is ReasonKind.EMPTY_LIST
        and "sources" in finding.reason.names
        for finding in result.findings
    )


def _sentence(today: date, planned: date | None, undated: str, earliest: date | None) -> str:
    if planned is not None and planned < today:
        passed = count_of((today - planned).days, "day")
        then = f" and cannot happen before {plain_date(earliest.isoformat())}" if earliest else ""
        return f"The planned launch was {passed} ago{then}."
    if earliest is not None:
        return f"{_dated(earliest, planned)}."
    if undated:
        return f"No date can be given: nobody has said when {undated} will be granted."
    if planned is None:
        return "No launch date is planned, and no approval or access is known to be outstanding."
    return f"No approval or access holds up the launch on {plain_date(planned.isoformat())}."


def _dated(earliest: date, planned: date | None) -> str:
    """Return the earliest day beside the planned one."""
    day = plain_date(earliest.isoformat())
    if planned is None:
        return f"Not before {day}; no launch date is planned"
    late = (earliest - planned).days
    if late > 0:
        return f"Not before {day}, {count_of(late, 'day')} after the planned launch"
    if late == 0:
        return f"Approvals and access arrive on {day}, the day of the launch"
    return f"Approvals and access arrive by {day}, {count_of(-late, 'day')} before the planned launch"


def _items(facts: dict[str, Fact], section: str, field: str) -> list[str]:
    start, end = f"{section}[", f"].{field}"
    return [name[len(start) : -len(end)] for name in facts if name.startswith(start) and name.endswith(end)]


def _text(facts: dict[str, Fact], name: str) -> str:
    value = facts[name].value if name in facts else None
    return value if isinstance(value, str) else ""


def _days(fact: Fact | None) -> timedelta | None:
    """Return a lead time in whole days, the rest of a day counted as one."""
    value = fact.value if fact is not None else None
    if not isinstance(value, Quantity) or not 0 <= value.value < 1e10:
        return None
    return timedelta(days=-int(-value.value // _DAY))


def _takes(days: timedelta | None) -> str:
    return "nobody has said how long it takes" if days is None else plain_time(days.total_seconds())


def _day(fact: Fact | None) -> date | None:
    value = fact.value if fact is not None else None
    return exact_day(value) if isinstance(value, str) else None


def _later(begins: date | None, days: timedelta | None) -> date | None:
    """Return the day so much later; None where either is unknown, or no calendar reaches it."""
    if begins is None or days is None:
        return None
    try:
        return begins + days
    except OverflowError:
        return None
