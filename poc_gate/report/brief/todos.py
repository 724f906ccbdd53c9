"""Findings, steps and the launch -> what to decide, and what to begin this week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from msgspec import Struct

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import ReasonKind
from poc_gate.model.quantity import Quantity, show_share
from poc_gate.model.verdict import Result, Word
from poc_gate.report.brief.launch import Launch
from poc_gate.report.brief.pressing import ASKING, business_owner, numbers_of, over_cap, pressing
from poc_gate.words.judged.scope_words import scope_words
from poc_gate.words.plain_amounts import plain_date, plain_time, plain_times
from poc_gate.words.shown_values import lower_first, show_percent

_SHOWN_DECISIONS = 3
_SHOWN_NEXT = 3
_ASKED = 2
"""Questions about the pilot itself that one line names."""
SHOWN_TODOS = 5
_LEVERS = {"target.replicas": "replicas", "target.count": "accelerators per replica"}
_MUCH = 0.5
_EFFORTS = ("hours", "days", "weeks", "months")


class Todo(Struct, frozen=True):
    """One thing to decide or to begin."""

    text: str
    who: str
    takes: str
    kind: str
    """`decide` or `start`."""
    rule: str = ""


def todos_of(result: Result, launch: Launch) -> list[Todo]:
    """Return what to decide and what to begin this week, at most `SHOWN_TODOS`."""
    if result.verdict.word is Word.GO:
        return _after_go(result)
    decisions = list(_decisions(result, launch))[:_SHOWN_DECISIONS]
    todos = [*decisions, *_starts(result, launch, SHOWN_TODOS - len(decisions))]
    later = _after_go(result) if result.verdict.word is Word.CONDITIONAL else []
    return [*todos, *later][:SHOWN_TODOS]


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
    act = "find out" if named.partition(" ")[0] in ASKING else "settle this:"
    return f"For the next stage, {act} {lower_first(named)}"


def _decisions(result: Result, launch: Launch) -> Iterator[Todo]:
    who = business_owner(result)
    over = over_cap(result)
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
    groups = {group[0].rule: group for group in reversed(pressing(result))}
    found = {rule: group[0] for rule, group in groups.items()}
    steps = [
        (finding, step)
        for step in result.way_out
        if (finding := next((found[rule] for rule in step.rules if rule in found), None)) is not None
    ]
    steps.sort(key=lambda pair: (pair[0].state is not State.FAIL, _shortness(pair[1].effort, pair[0])))
    for finding, step in steps:
        if finding.reason is not None and finding.reason.kind is ReasonKind.PACK_OPEN:
            if finding.unknown:
                asked = f"Say what the pilot is and whom it can hurt: {scope_words(finding.unknown, _ASKED)}"
                if all(todo.text != asked for todo in todos):  # several packs may wait for the same answer
                    todos.append(Todo(asked, business_owner(result), step.effort, "start"))
        elif finding.action:
            todos.append(
                Todo(
                    _act(groups[finding.rule]),
                    finding.owner or step.owner,
                    step.effort,
                    "start",
                    finding.rule,
                )
            )
    return todos[:most]


def _act(group: list[Finding]) -> str:
    """Return what to do, with the item that it concerns: 'the source's owner' alone names nobody."""
    first = group[0]
    item, more = item_of(first.subject), f" and {len(group) - 1} more" if len(group) > 1 else ""
    act = first.action.rstrip(".")
    return f"{item}{more}: {lower_first(act)}" if item else act


def _shortness(effort: str, finding: Finding) -> int:
    """Order failing steps by the longest first; questions keep the order of the way out."""
    if finding.state is not State.FAIL or effort not in _EFFORTS:
        return 0
    return -_EFFORTS.index(effort)
