"""A passing verdict -> up to which load, for whom and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import log

from msgspec import Struct, structs

from poc_gate.app.assess.reading.case import Case
from poc_gate.base.days import day_of
from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.walls.further_walls import cost_wall
from poc_gate.flow.walls.wall import load_wall
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.parts.exposure import facet_fact
from poc_gate.model.quantity import Quantity, show_whole
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Bound, Verdict, Word
from poc_gate.words.judged import gates as words
from poc_gate.words.plain_amounts import plain_date
from poc_gate.words.shown_values import lower_first

_DAY = 86400.0
_YEAR_DAYS = 365.0
REVIEW_MOST = 0.7
"""Share of the reviewers' time above which reviews queue; the limit of rule E09."""
_PASSING = {Word.GO, Word.CONDITIONAL}


class _Break(Struct, frozen=True):
    """The load, in requests a day, at which something gives way."""

    per_day: float
    cause: str


def within_bounds(
    case: Case, tree: FactTree, findings: Sequence[Finding], waivers: Sequence[Waiver], verdict: Verdict
) -> Verdict:
    """Return a passing verdict with its bounds; a plan beyond the load that holds is CONDITIONAL at best."""
    if verdict.word not in _PASSING:
        return verdict
    load, first = load_bound(tree), _first_end(case, tree, findings, waivers)
    people = _audience(tree)
    time = Bound("time", first[0], first[1]) if first is not None else None
    bounds = tuple(bound for bound in (load, people, time) if bound is not None)
    held = structs.replace(verdict, bounds=bounds, holds_until=first[0] if first is not None else "")
    if load is None or load.is_met:
        return held
    reasons = (
        f"{load.limited_by[:1].upper()}{load.limited_by[1:]}",
        *(() if verdict.word is Word.GO else verdict.reasons),
    )
    return structs.replace(held, word=Word.CONDITIONAL, reasons=reasons)


def load_bound(tree: FactTree) -> Bound | None:
    """Return the load up to which no wall, quota, budget or review capacity gives way; None if unknown."""
    planned, first = _planned(tree), _first_break(tree)
    if planned is None or first is None:
        return None
    met = planned <= first.per_day * (1 + 1e-9)
    limited = first.cause if met else words.beyond_bound(planned, first.per_day, first.cause)
    return Bound("load", f"{show_whole(first.per_day)} requests a day", limited, is_met=met)


def _planned(tree: FactTree) -> float | None:
    value = tree.get("demand.requests_per_day").value
    return value.value * _DAY if isinstance(value, Quantity) and value.value > 0 else None


def _first_break(tree: FactTree) -> _Break | None:
    planned = _planned(tree)
    if planned is None:
        return None
    deriver = Deriver(tree)
    found: list[_Break] = []
    for breaks in (_by_load, _by_cost, _by_review):
        try:
            found += breaks(deriver.view(), planned)
        except (CannotDeriveError, ZeroDivisionError, OverflowError):
            continue  # what is not described here bounds nothing, and is asked for by the rules
    return min(found, key=lambda one: one.per_day, default=None)


def _by_load(view: FactView, planned: float) -> Iterator[_Break]:
    picture = load_wall(view)
    for wall in picture.walls:
        yield _Break(wall.load / picture.planned * planned, wall.cause)


def _by_cost(view: FactView, _planned: float) -> Iterator[_Break]:
    for wall in cost_wall(view).walls:
        if wall.station != "value per request":
            yield _Break(wall.load * _DAY, wall.cause)


def _by_review(view: FactView, planned: float) -> Iterator[_Break]:
    load = view.one("flow.review.load").likely
    if load > 0:
        yield _Break(REVIEW_MOST / load * planned, f"reviews take {REVIEW_MOST:.0%} of the reviewers' time")


def _audience(tree: FactTree) -> Bound | None:
    audience, size = tree.get(facet_fact("audience")).value, tree.get("purpose.audience_size").value
    if not isinstance(audience, str):
        return None
    count = size.value if isinstance(size, Quantity) else None
    return Bound("audience", words.circle(audience, count), "a wider audience needs an assessment of its own")


def _first_end(
    case: Case, tree: FactTree, findings: Sequence[Finding], waivers: Sequence[Waiver]
) -> tuple[str, str] | None:
    """Return the first day on which something ends that the word rests on, and what it is."""
    ends = [
        *_evidence_ends(case, findings),
        *((waiver.expires, f"waiver {waiver.id} expires") for waiver in waivers if waiver.status == "active"),
        *_model_end(tree),
        *_growth_end(case.today, tree),
    ]
    return min((end for end in ends if end[0] >= case.today), default=None)


def _evidence_ends(case: Case, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    grave = {Severity.BLOCKER, Severity.HIGH}
    resting = {f.rule for f in findings if f.state is State.PASS and f.severity in grave and f.evidence_files}
    for evidence in case.evidence:
        rule = case.packs.find(evidence.rule)
        if rule is None or rule.id not in resting or rule.evidence is None or rule.evidence.max_age is None:
            continue
        day = day_of(evidence.observed_at)
        if day is not None:
            end = day + timedelta(seconds=rule.evidence.max_age.value)
            shown = (
                f"the file that shows {lower_first(rule.title_unknown)}"
                if rule.title_unknown
                else evidence.file
            )
            yield end.isoformat(), f"after that, {shown} is too old to count"


def _model_end(tree: FactTree) -> Iterator[tuple[str, str]]:
    for name in (
        "model.retires_on",
        *(f"models[{item}].retires_on" for item in tree.items.get("models", ())),
    ):
        value = tree.facts[name].value if name in tree.facts else None
        day = day_of(value) if isinstance(value, str) else None
        if day is not None:
            yield day.isoformat(), f"{name.rpartition('.')[0]} is switched off by its provider"


def counted_from(today: str, tree: FactTree) -> str:
    """Return the day on which the planned load is taken to hold: the launch, where that lies ahead, else this month's first.

    The day of the assessment would move the end of the verdict every day although nothing is known better; counting
    from the beginning of the month is up to a month stricter.
    """
    launch = tree.get("pilot.go_live").value
    if isinstance(launch, str) and day_of(launch) is not None and launch[:10] >= today:
        return launch[:10]
    return f"{today[:7]}-01"


def _growth_end(today: str, tree: FactTree) -> Iterator[tuple[str, str]]:
    """Yield the day on which the planned growth, taken as steady, reaches the load that still holds."""
    growth, planned, first = tree.get("demand.growth_12m").value, _planned(tree), _first_break(tree)
    if not isinstance(growth, Quantity) or growth.value <= 1 or planned is None or first is None:
        return
    if planned < first.per_day < planned * growth.value:
        days = _YEAR_DAYS * log(first.per_day / planned) / log(growth.value)
        start = counted_from(today, tree)
        end = max((date.fromisoformat(start) + timedelta(days=int(days))).isoformat(), today)
        yield end, f"growth from {plain_date(start)} on reaches {show_whole(first.per_day)} requests a day"
