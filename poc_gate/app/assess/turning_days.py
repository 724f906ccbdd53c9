"""A judged case -> the first later day on which the same inputs may give another answer.

Every use of the day comes down to a date in an input, alone or with a length beside it: an age, a notice, a term.
What is returned may be too early, which costs a judgement; it is never too late, which a test holds day by day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from poc_gate.app.assess.bounds import counted_from
from poc_gate.app.assess.judge_case import Judged
from poc_gate.app.assess.reading.case import Case
from poc_gate.app.assess.reading.recorded import MACHINE_AGE, SOURCES_AGE
from poc_gate.model.claim import Evidence
from poc_gate.model.fact import generic_name, item_name
from poc_gate.model.fact_name import item_of
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Rule
from poc_gate.model.verdict import Word

_DAY_S = 86400.0
_FAR = 40_000
"""Days beyond which nothing is looked for."""
_ARITHMETIC = re.compile(r" [-+*/] ")
_TODAY = "assessment.today"
_ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?) ?(d|days?|h|weeks?|y)\b")
_IN_DAYS = {"d": 1, "day": 1, "days": 1, "h": 1 / 24, "week": 7, "weeks": 7, "y": 365.25}
_SECRETS_DAYS = (30, 365)
"""Ages of a scanner's report and of reviewed places, in days."""
_MOST_VALUES = 20_000


def unchanged_until(case: Case, judged: Judged) -> str:
    """Return the ISO date of that day: at the earliest tomorrow, empty where no input names a date."""
    today = dt.date.fromisoformat(case.today)
    days = {day for day in _turns(case, judged, today) if day > today}
    return min(days).isoformat() if days else ""


def _turns(case: Case, judged: Judged, today: dt.date) -> Iterator[dt.date]:
    yield from _of_statements(case)
    yield from _of_evidence(case)
    yield from _of_rules(case)
    yield from _of_waivers(case)
    yield from _of_launch(case, judged, today)
    yield from _of_bounds(judged, today)
    yield from _aged((case.machine.measured_at,), (-2, MACHINE_AGE))


def _of_statements(case: Case) -> Iterator[dt.date]:
    """Yield the days of what is stated for a later day, of dates that are facts, and of what was measured elsewhere."""
    for claim in case.reading.claims:
        yield from _aged((claim.dated,))
    for fact in case.tree.facts.values():
        dated = [fact.dated] if fact.dated else []
        if isinstance(fact.value, str) and fact.name != _TODAY:
            dated += _dates(fact.value)
        yield from _aged(dated)
    for (
        fact
    ) in case.tree.facts.values():  # `sources run` and scanners leave their own day in the note or the place
        if fact.sha256 or fact.place is not None:
            yield from _aged(_dates(fact.note), (-2, SOURCES_AGE, *_SECRETS_DAYS))


def _of_evidence(case: Case) -> Iterator[dt.date]:
    for one in case.evidence:
        dates = [one.observed_at, one.committed_at, *_dates_in(one.content)]
        rule = case.packs.find(one.rule)
        yield from _aged(dates, (0, *_SECRETS_DAYS, *(_lengths(rule) if rule is not None else ())))


def _of_rules(case: Case) -> Iterator[dt.date]:
    """Yield the days from which duties bind, and those on which a date that a rule asks for passes an age."""
    dated: dict[str, list[str]] = {}
    for fact in case.tree.facts.values():
        if isinstance(fact.value, str) and fact.name != _TODAY:
            dated.setdefault(generic_name(fact.name), []).extend(_dates(fact.value))
    for rule in case.packs.rules.values():
        yield from _aged((rule.applies_from,))
        dates = [date for name in rule.given.values() for date in dated.get(generic_name(name), ())]
        if dates:
            yield from _aged(dates, (0, *_lengths(rule)))
    for pack in case.packs.packs:
        yield from _aged(adjustment.applies_from for adjustment in pack.adjust)


def _of_waivers(case: Case) -> Iterator[dt.date]:
    from poc_gate.judge.verdict.apply_waivers import LONGEST

    yield from _aged((waiver.expires for waiver in case.waivers), (0, -LONGEST))


def _of_launch(case: Case, judged: Judged, today: dt.date) -> Iterator[dt.date]:
    """Yield when a time that moves with the day, such as that to the launch, passes one that it is held against."""
    moving = case.packs.catalogue.resting_on(_TODAY)
    for finding in judged.findings:
        rule = case.packs.rules.get(finding.rule)
        given = () if rule is None else tuple(rule.given.values())
        if rule is None or moving.isdisjoint(map(generic_name, given)):
            continue
        item = item_of(finding.subject)
        facts = [judged.tree.get(item_name(name, item) if "[]" in name else name) for name in given]
        times = {
            f.name: f.value.value / _DAY_S
            for f in facts
            if isinstance(f.value, Quantity) and f.value.unit == "s"
        }
        move = [times.pop(name) for name in tuple(times) if generic_name(name) in moving]
        if move and (_ARITHMETIC.search(" ".join((rule.expect.value, *rule.expect.bounds))) or "[]" in given):
            # What it is held against is computed: nobody looks that far ahead.
            yield today + dt.timedelta(days=1)
        for left in move:
            for length in (0.0, *times.values(), *_lengths(rule)):
                days = left - length
                if abs(days) < _FAR:
                    yield from (today + dt.timedelta(days=int(days) + more) for more in (-1, 0, 1, 2))


def _of_bounds(judged: Judged, today: dt.date) -> Iterator[dt.date]:
    verdict = judged.verdict
    if verdict.word not in (Word.GO, Word.CONDITIONAL):
        return
    yield from _aged((verdict.holds_until,))
    growing = judged.tree.get("demand.growth_12m").value
    if isinstance(growing, Quantity) and growing.value > 1 and any(b.kind == "time" for b in verdict.bounds):
        start = dt.date.fromisoformat(counted_from(today.isoformat(), judged.tree))
        launch = start + dt.timedelta(days=1)  # from then on it is counted from the beginning of the month
        yield launch if start >= today and start.day != 1 else _next_month(today)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _lengths(rule: Rule) -> tuple[float, ...]:
    """Return every length in days that a rule holds an age against."""
    found = [limit.value.value / _DAY_S for limit in rule.limits.values() if limit.value.unit == "s"]
    texts = [rule.expect.value, *rule.expect.bounds, rule.when or ""]
    if rule.evidence is not None:
        texts.append(rule.evidence.where or "")
        if rule.evidence.max_age is not None:
            found.append(rule.evidence.max_age.value / _DAY_S)
    for text in texts:
        found += [float(number) * _IN_DAYS[unit] for number, unit in _LENGTH.findall(str(text))]
    return tuple(found)


def _aged(dates: Iterable[str], lengths: Iterable[float] = (0,)) -> Iterator[dt.date]:
    """Yield each date with each length added, in days, and the day after it."""
    days = tuple(int(length) for length in lengths if abs(length) < _FAR)
    for text in dates:
        day = _date(text)
        if day is not None:
            yield from (day + dt.timedelta(days=length + more) for length in days for more in (0, 1))


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _dates(text: str) -> list[str]:
    return _ISO.findall(text) if len(text) < 4000 else []


def _dates_in(content: Evidence | object) -> list[str]:
    """Return every date of parsed data; of very large data those of its beginning."""
    found: list[str] = []
    waiting, seen = [content], 0
    while waiting and seen < _MOST_VALUES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, str | dt.date):
            found += _dates(str(value))
    return found
