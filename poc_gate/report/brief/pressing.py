"""Findings -> three reasons with a role, the must-haves that press, and who has how many of them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from msgspec import Struct

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind, Term
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Bound, Result, Word
from poc_gate.report.brief.money import Amount, amount_of
from poc_gate.report.report_view import by_rule, fact_of, must_haves_first
from poc_gate.words.grammar import count_of
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.must_haves import must_haves
from poc_gate.words.plain_amounts import plain_date, plain_money, plain_quantity
from poc_gate.words.shown_values import lower_first, show_term

TOPICS = {
    "data-connection": "Data",
    "access-latency": "Speed",
    "memory-locality": "Memory",
    "orchestration": "Pipeline",
    "governance": "Governance",
    "security-privacy": "Security",
    "operability": "Operations",
    "monitoring": "Monitoring",
    "ownership": "Ownership",
    "economics": "Money",
}
_SHOWN_REASONS = 3
_SHOWN_ROLES = 3
_BOUNDS = {"load": "How much", "audience": "For whom", "time": "Until"}
ASKING = frozenset({"Whether", "What", "How", "Who", "Which", "Where", "When"})


class Reason(Struct, frozen=True):
    """One of three reasons, or one bound of a GO."""

    topic: str
    text: str
    who: str
    rule: str = ""
    """Where the engineers' part says more; empty where it says no more."""


def reasons_of(result: Result) -> list[Reason]:
    """Return at most three reasons for the word, each of another topic where that can be; of a GO its bounds."""
    if result.verdict.word in (Word.GO, Word.CONDITIONAL):
        return _bounds(result)
    found = [*_money_reason(result), *(_reason(group, result.currency) for group in pressing(result))]
    first: dict[str, Reason] = {}
    for reason in found:
        first.setdefault(reason.topic, reason)
    chosen = [*first.values(), *(reason for reason in found if reason not in first.values())]
    return chosen[:_SHOWN_REASONS]


def pressing(result: Result) -> list[list[Finding]]:
    """Return the open must-haves, one group per rule: what fails, what is unanswered, what is unproven."""
    counted = must_haves(result.findings)
    groups = must_haves_first(result, {*counted.failed, *counted.unanswered})
    unproven = [f for f in result.findings if f.rule in counted.unproven and not f.proven and not f.due]
    return [*groups, *by_rule(unproven)]


def _reason(group: list[Finding], currency: str) -> Reason:
    first = group[0]
    item = item_of(first.subject)
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    numbers = numbers_of(first, currency)
    named = _said(first)
    where = f"{item}{more}: " if item else ""
    return Reason(
        TOPICS.get(first.dimension, "Other"),
        f"{where}{lower_first(named) if where else named}{f': {numbers}' if numbers else ''}",
        first.owner,
        first.rule,
    )


def _said(finding: Finding) -> str:
    """Return the title as a statement: of what nobody answered, that nobody did."""
    named = finding.title or title(finding)
    if finding.state is not State.UNKNOWN:
        return named
    asks = named.partition(" ")[0] in ASKING
    return f"Nobody has said {lower_first(named)}" if asks else f"Not answered: {lower_first(named)}"


def numbers_of(finding: Finding, currency: str = "") -> str:
    """Return the value beside its limit where one comparison decides; else an empty text."""
    reason = finding.reason
    if finding.state is not State.FAIL or reason is None or reason.kind is not ReasonKind.COMPARED:
        return ""
    decisive = reason.clauses[0]
    if len(decisive.left) != 1 or len(decisive.right) != 1:
        return ""
    if _is_endless(decisive.left[0]) or _is_endless(decisive.right[0]):
        return ""  # the title says it; `unbounded` beside a limit says nothing more
    value, limit = _term(decisive.left[0], currency), _term(decisive.right[0], currency)
    unit = value.partition(" ")[2]
    if " " in unit:  # words, such as `tokens a second`, are said once
        limit = limit.removesuffix(f" {unit}")
    least = f"{decisive.by_bound} " if decisive.by_bound else ""
    if decisive.sign == ">=":
        return f"{least}{value}, {limit} needed"
    if not decisive.right[0].needed:
        return f"{least}{value} needed, {limit} available"
    return f"{least}{value}, {limit} allowed"


def _is_endless(term: Term) -> bool:
    return isinstance(term.value, Quantity) and not isfinite(term.value.value)


def _term(term: Term, currency: str) -> str:
    plain = isinstance(term.value, Quantity) and not term.percent
    return (
        plain_quantity(term.value, currency)
        if plain and isinstance(term.value, Quantity)
        else show_term(term, currency)
    )


def _money_reason(result: Result) -> Iterator[Reason]:
    over = over_cap(result)
    if over is not None:
        month, cap, _ = over
        yield Reason("Money", f"{month} a month, {cap} allowed", business_owner(result))


def over_cap(result: Result) -> tuple[str, str, float] | None:
    """Return what a month costs, the cap, and how many times it is; None within the cap, or where either is unknown."""
    month, cap = (_amount(result, name) for name in ("flow.cost.month", "cost.monthly_cap"))
    if month is None or cap is None or month.bound == "at most" or month.value <= cap.value:
        return None
    ratio = month.value / cap.value if cap.value > 0 else float("inf")
    return month.words(result.currency), plain_money(cap.value, result.currency), ratio


def _amount(result: Result, name: str) -> Amount | None:
    return amount_of(next((fact for fact in result.facts if fact.name == name), None))


def _bounds(result: Result) -> list[Reason]:
    order = ("audience", "load", "time")
    told = {bound.kind: bound for bound in result.verdict.bounds}
    return [_bound(kind, told.get(kind), _planned_day(result)) for kind in order]


def _planned_day(result: Result) -> str:
    fact = fact_of(result, "pilot.go_live")
    return fact.value if fact is not None and isinstance(fact.value, str) else ""


def _bound(kind: str, bound: Bound | None, launch: str) -> Reason:
    if bound is None:
        silent = {"audience": "nobody has said who will use it", "load": "no limit of the load is known"}
        return Reason(_BOUNDS[kind], silent.get(kind, "nothing it rests on is known to end"), "")
    value = plain_date(bound.value) if kind == "time" else bound.value
    if kind == "time" and bound.value < launch:
        value += f", before the launch planned for {plain_date(launch)}"
    up_to = "up to " if kind == "load" else ""
    there = "at that load, " if kind == "load" and bound.is_met else ""
    return Reason(_BOUNDS[kind], f"{up_to}{value}; {there}{bound.limited_by.rstrip('.')}", "")


def business_owner(result: Result) -> str:
    """Return the role that answers for the business, as stated."""
    fact = fact_of(result, "people.business_owner")
    return fact.value if fact is not None and isinstance(fact.value, str) else "business owner"


def roles_of(result: Result) -> str:
    """Return who has how many of the open must-haves, the busiest first, as a sentence."""
    counts: dict[str, int] = {}
    for group in pressing(result):
        owner = group[0].owner or "nobody named"
        counts[owner] = counts.get(owner, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{owner} {number}" for owner, number in ranked[:_SHOWN_ROLES]]
    others = ranked[_SHOWN_ROLES:]
    if others:  # their must-haves too, so that the parts add up to the whole
        told.append(f"{count_of(len(others), 'other role')} {sum(number for _, number in others)}")
    return f"{count_of(sum(counts.values()), 'open must-have')}: {', '.join(told)}." if told else ""
