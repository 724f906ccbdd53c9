"""Findings and steps -> three reasons with a role, what to decide, and what to begin this week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from msgspec import Struct

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind, Term
from poc_gate.model.quantity import Quantity, show_share
from poc_gate.model.verdict import Bound, Result, Word
from poc_gate.report.brief.launch import Launch
from poc_gate.report.brief.money import Amount, amount_of
from poc_gate.report.report_view import by_rule, fact_of, open_findings
from poc_gate.words.grammar import count_of
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.must_haves import must_haves
from poc_gate.words.plain_amounts import plain_date, plain_money, plain_quantity, plain_time, plain_times
from poc_gate.words.shown_values import lower_first, show_percent, show_term

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
_SHOWN_DECISIONS = 3
_SHOWN_ROLES = 3
_SHOWN_NEXT = 3
SHOWN_TODOS = 5
_LEVERS = {"target.replicas": "replicas", "target.count": "accelerators per replica"}
_BOUNDS = {"load": "How much", "audience": "For whom", "time": "Until"}
_ASKING = frozenset({"Whether", "What", "How", "Who", "Which", "Where", "When"})
_MUCH = 0.5
_EFFORTS = ("hours", "days", "weeks", "months")


class Reason(Struct, frozen=True):
    """One of three reasons, or one bound of a GO."""

    topic: str
    text: str
    who: str
    rule: str = ""
    """Where the engineers' part says more; empty where it says no more."""


class Todo(Struct, frozen=True):
    """One thing to decide or to begin."""

    text: str
    who: str
    takes: str
    kind: str
    """`decide` or `start`."""
    rule: str = ""


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
    """Return the open must-haves, one group a rule: what fails, what is unanswered, what is unproven."""
    counted = must_haves(result.findings)
    is_open = {*counted.failed, *counted.unanswered}
    groups = by_rule([finding for finding in open_findings(result) if finding.rule in is_open])
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
    asks = named.partition(" ")[0] in _ASKING
    return f"Nobody has said {lower_first(named)}" if asks else f"Not answered: {lower_first(named)}"


def numbers_of(finding: Finding, currency: str = "") -> str:
    """Return the value beside its limit where one comparison decides; else an empty text."""
    reason = finding.reason
    if finding.state is not State.FAIL or reason is None or reason.kind is not ReasonKind.COMPARED:
        return ""
    decisive = reason.clauses[0]
    if len(decisive.left) != 1 or len(decisive.right) != 1:
        return ""
    value, limit = _term(decisive.left[0], currency), _term(decisive.right[0], currency)
    least = f"{decisive.by_bound} " if decisive.by_bound else ""
    if decisive.sign == ">=":
        return f"{least}{value}, {limit} needed"
    if not decisive.right[0].needed:
        return f"{least}{value} needed, {limit} available"
    return f"{least}{value}, {limit} allowed"


def _term(term: Term, currency: str) -> str:
    plain = isinstance(term.value, Quantity) and not term.percent
    return (
        plain_quantity(term.value, currency)
        if plain and isinstance(term.value, Quantity)
        else show_term(term, currency)
    )


def _money_reason(result: Result) -> Iterator[Reason]:
    over = _over_cap(result)
    if over is not None:
        month, cap, _ = over
        yield Reason("Money", f"{month} a month, {cap} allowed", business_owner(result))


def _over_cap(result: Result) -> tuple[str, str, float] | None:
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
    return [_bound(kind, told.get(kind)) for kind in order]


def _bound(kind: str, bound: Bound | None) -> Reason:
    if bound is None:
        silent = {"audience": "nobody has said who will use it", "load": "no limit of the load is known"}
        return Reason(_BOUNDS[kind], silent.get(kind, "nothing it rests on is known to end"), "")
    value = plain_date(bound.value) if kind == "time" else bound.value
    up_to = "up to " if kind == "load" else ""
    return Reason(_BOUNDS[kind], f"{up_to}{value}; {bound.limited_by.rstrip('.')}", "")


def business_owner(result: Result) -> str:
    """Return the role that answers for the business, as stated."""
    fact = fact_of(result, "people.business_owner")
    return fact.value if fact is not None and isinstance(fact.value, str) else "business owner"


def todos_of(result: Result, launch: Launch) -> list[Todo]:
    """Return what to decide and what to begin this week, at most `SHOWN_TODOS`."""
    if result.verdict.word is Word.GO:
        return _after_go(result)
    decisions = list(_decisions(result, launch))[:_SHOWN_DECISIONS]
    return [*decisions, *_starts(result, launch, SHOWN_TODOS - len(decisions))]


def _after_go(result: Result) -> list[Todo]:
    who = business_owner(result)
    todos = []
    if result.verdict.holds_until:
        day = plain_date(result.verdict.holds_until)
        todos.append(Todo(f"Plan to assess again before {day}", who, "", "start"))
    later = result.next_stage
    if later is not None and later.open:
        named = zip_longest(later.titles[:_SHOWN_NEXT], later.owners[:_SHOWN_NEXT], fillvalue="")
        todos += [Todo(_for_later(name), owner or who, "", "start") for name, owner in named]
    return todos


def _for_later(named: str) -> str:
    """Return what the next stage still asks for as something to do."""
    act = "find out" if named.partition(" ")[0] in _ASKING else "settle this:"
    return f"For the next stage, {act} {lower_first(named)}"


def _decisions(result: Result, launch: Launch) -> Iterator[Todo]:
    who = business_owner(result)
    over = _over_cap(result)
    if over is not None:
        month, cap, ratio = over
        main = _main_cost(result)
        yield Todo(
            f"Pay {month} a month ({plain_times(ratio)} the {cap} allowed), or cut {main}", who, "", "decide"
        )
    if launch.is_late and launch.earliest is not None:
        waited = max((w for w in launch.waits if w.ends is not None), key=lambda w: w.ends or w.begins)
        without = waited.what.removeprefix("access to ") if waited.what.startswith("access to ") else ""
        other = f", or launch without {without}" if without else ""
        yield Todo(f"Move the launch to {plain_date(launch.earliest.isoformat())}{other}", who, "", "decide")
    yield from _weaker_promises(result, who)
    yield from _capacity(result, who)


def _main_cost(result: Result) -> str:
    total = sum(part.month for part in result.cost_parts)
    largest = result.cost_parts[0] if result.cost_parts else None
    if largest is None or total <= 0 or largest.month < _MUCH * total:
        return "what a request costs"
    return f"{largest.name}, which is {show_percent(largest.month / total)} of it"


def _weaker_promises(result: Result, who: str) -> Iterator[Todo]:
    """Yield the failures that a business owner may accept: what was promised beside what can be had."""
    for group in pressing(result):
        finding = group[0]
        if (
            finding.state is not State.FAIL
            or finding.reason is None
            or not numbers_of(finding, result.currency)
        ):
            continue
        clause = finding.reason.clauses[0]
        limits = {term.fact for term in (*clause.right, *finding.reason.bound)}
        aged = any(name.endswith(("max_age_needed", "answer_max_age")) for name in limits)
        value = clause.left[0].value
        if aged and isinstance(value, Quantity):
            item = item_of(finding.subject)
            of = f" from {item}" if item else ""
            yield Todo(
                f"Accept data up to {plain_time(value.value)} old{of}, or pay for fresher data",
                who,
                "",
                "decide",
                finding.rule,
            )


def _capacity(result: Result, who: str) -> Iterator[Todo]:
    for picture in result.walls:
        wall = picture.walls[0] if picture.walls else None
        if picture.axis != "req/s" or wall is None or not 0 < wall.load < picture.planned:
            continue
        share = show_share(float(f"{wall.load / picture.planned:.2g}"))
        lever = next(
            (one for one in wall.relieved_by if one.needed is not None and one.fact in _LEVERS), None
        )
        if lever is None or not isinstance(lever.needed, Quantity):
            yield Todo(
                f"Start with at most {share} of the planned load, or pay for more capacity", who, "", "decide"
            )
            continue
        yield Todo(
            f"Pay for {lever.needed.value:,.0f} {_LEVERS[lever.fact]}, or start with {share} of the planned load",
            who, "", "decide",
        )  # fmt: skip


def _starts(result: Result, launch: Launch, most: int) -> list[Todo]:
    """Return what to begin: what nobody has asked for yet, then the steps that take longest of those that fail."""
    todos = [
        Todo(f"Ask for {wait.what}: {wait.takes}", wait.who or business_owner(result), "", "start")
        for wait in launch.undated[:1]
    ]
    found = {finding.rule: finding for group in reversed(pressing(result)) for finding in group[:1]}
    steps = [
        (finding, step)
        for step in result.way_out
        if (finding := next((found[rule] for rule in step.rules if rule in found), None)) is not None
    ]
    steps.sort(key=lambda pair: (pair[0].state is not State.FAIL, _shortness(pair[1].effort, pair[0])))
    for finding, step in steps:
        if finding.action:
            todos.append(
                Todo(finding.action, step.owner or finding.owner, step.effort, "start", finding.rule)
            )
    return todos[:most]


def _shortness(effort: str, finding: Finding) -> int:
    """Order failing steps by the longest first; questions keep the order of the way out."""
    if finding.state is not State.FAIL or effort not in _EFFORTS:
        return 0
    return -_EFFORTS.index(effort)


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
