"""A pilot and changes to it -> what flips: verdict, findings, derived facts, the first wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.look.first_look import first_look
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case, with_tree
from poc_gate.app.explore.moved_answers import moved_answers
from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.errors import UsageError
from poc_gate.flow.derive_facts import derive_facts
from poc_gate.flow.walls.levers import with_value
from poc_gate.model.claim import Claim, Place, Provenance, Value
from poc_gate.model.fact import Fact, FactSpec, FactTree, Kind
from poc_gate.model.fact_name import fact_name, item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.model.what_if import Flip, Side, WhatIf
from poc_gate.version import __version__

_WALL = frozenset({"flow.wall.load", "flow.wall.station", "flow.wall.headroom"})

_DRAWN = frozenset(
    {"flow.cost.month", "flow.latency.p50", "flow.latency.p95", "flow.latency.p99"}
    | {"flow.device_memory.required", "flow.device_memory.capacity"}
)
"""Computed facts whose share of a limit a page draws."""

_NAMING = frozenset({"model.name", "retrieval.embedder"})
"""Facts that name what the tables of public figures know."""
_HERE = Place("what-if")

SHOWN_CHANGE = 0.01
"""Relative change of a derived quantity from which it is worth a line."""


def what_if(
    request: CaseRequest,
    changes: Sequence[str],
    progress: Progress = lambda _what, _share: None,
    *,
    pictures: bool = False,
) -> WhatIf:
    """Return what flips when facts are changed: `demand.requests_per_day=200000`, `machine=h100-sxm-80gb`.

    Values are written as in the manifest, with their unit; a bare number takes the unit that the present
    value is written in where that is plain, requests per day for loads. Raises UsageError for unknown
    names and values that do not fit, with every fault at once. `pictures` adds what a page draws.
    """
    words, machine = _split(changes)
    facts = _understood(words)
    base = read_case(request, progress)
    kept = structs.replace(request, profile=base.machine) if not machine else request
    other = base if not machine else read_case(structs.replace(kept, machine=machine, profile=None), progress)
    other = with_tree(other, _changed(other, facts))
    before, after = judge_case(base), judge_case(other)
    return WhatIf(
        base.name, tuple(changes), before.verdict, after.verdict, _flips(before, after),
        _moved(_computed(before), _computed(after)), _told_otherwise(before, after), base.reading.currency,
        (_side(before), _side(after)) if pictures else None, request.today, __version__,
        moved_answers(first_look(base, before), first_look(other, after)),
    )  # fmt: skip


def _side(judged: Judged) -> Side:
    """Return what pictures of one state are drawn from, the computed facts that no rule asked for among it."""
    from poc_gate.flow.walls.hops import data_path
    from poc_gate.flow.walls.wall import find_walls

    facts = {**judged.tree.facts, **derive_facts(judged.tree, wanted=_DRAWN).facts}
    return Side(data_path(judged.tree), find_walls(judged.tree), tuple(facts[name] for name in sorted(facts)))


def _split(changes: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
    facts: list[tuple[str, str]] = []
    machine = ""
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise UsageError(f"{change!r} is not a change", next_step="write NAME=VALUE, such as slo.p99=3s")
        if name.strip() == "machine":
            machine = value.strip()
        else:
            facts.append((name.strip(), value.strip()))
    return facts, machine


def _understood(words: list[tuple[str, str]]) -> list[tuple[str, Value]]:
    """Return the changes with their values, checked before a pilot is read and a machine measured."""
    catalogue, facts, faults = full_catalogue(), [], []
    for name, text in words:
        spec = catalogue.find(name)
        if spec is None or spec.origin == "flow":
            near = catalogue.nearest(name)
            hint = f"; did you mean {near}?" if near else ""
            told = "is computed, change what it rests on" if spec is not None else f"is not a fact{hint}"
            faults.append(f"{name} {told}")
            continue
        try:
            facts.append((name, _value(spec, text)))
        except ValueError as error:
            faults.append(f"{name}={text}: {error}")
    _refuse(faults)
    return facts


def _refuse(faults: list[str]) -> None:
    if faults:
        step = "`poc-gate schema facts` lists every fact with its unit and what it can be"
        raise UsageError("; ".join(faults), next_step=step)


def _changed(case: Case, facts: list[tuple[str, Value]]) -> FactTree:
    tree = case.tree
    _refuse(
        [
            f"{name} names no item of the pilot"
            for name, _ in facts
            if item_of(name) and not _names_item(tree, name)
        ]
    )
    for name, value in facts:
        tree = with_value(tree, name, value)
    return _of_new_names(case, tree) if _NAMING.intersection(name for name, _ in facts) else tree


def _of_new_names(case: Case, tree: FactTree) -> FactTree:
    """Return the facts with what the tables say of the models that are now named, in place of the former ones'."""
    from poc_gate.facts.known.named import PLACE, known_claims

    kept = {n: f for n, f in tree.facts.items() if f.place is None or f.place.file != PLACE}
    held = [Claim(f.name, f.value, Provenance.DECLARED, _HERE) for f in kept.values() if f.value is not None]
    for claim in known_claims(case.packs.catalogue, held):
        if claim.fact not in kept or kept[claim.fact].value is None:
            kept[claim.fact] = Fact(
                claim.fact, claim.value, claim.provenance, claim.place, note=claim.note, dated=claim.dated
            )
    return structs.replace(tree, facts=kept)


def _names_item(tree: FactTree, name: str) -> bool:
    parts = fact_name(name)
    return (parts.item or "") in tree.items.get(parts.section, ())


def _value(spec: FactSpec, text: str) -> Value:
    """Return a value as the catalogue wants it; raises ValueError, which QuantityError is, when it is not one."""
    from poc_gate.text.quantities.quantity_spellings import parse_written

    if spec.kind is Kind.TEXTS:
        return tuple(part for one in text.strip("[]").split(",") if (part := one.strip()))
    if spec.kind is Kind.DATE:
        return _day(text)
    if spec.kind is Kind.FLAG:
        if text.lower() not in {"true", "false"}:
            raise ValueError("write true or false")
        return text.lower() == "true"
    if spec.kind is Kind.QUANTITY:
        bare = text.replace(".", "", 1).replace(",", "").isdigit()
        unit = {"req/s": " req/d", "tok": " tok"}.get(spec.unit, "") if bare else ""
        found = parse_written(text.replace(",", "") + unit if bare else text, spec.unit)
        if (spec.low is not None and found.value < spec.low) or (
            spec.high is not None and found.value > spec.high
        ):
            ends = [
                show_quantity(Quantity(end, found.unit)) for end in (spec.low, spec.high) if end is not None
            ]
            least = f"from {ends[0]} up" if spec.high is None else f"up to {ends[-1]}"
            plausible = f"{ends[0]} to {ends[1]}" if len(ends) == 2 else least
            raise ValueError(f"{found} is outside what is plausible: {plausible}")
        return found
    if spec.kind is Kind.CHOICE and text not in spec.choices:
        raise ValueError(f"write one of {', '.join(spec.choices)}")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("write year-month-day, such as 2026-12-01") from None


def _flips(before: Judged, after: Judged) -> tuple[Flip, ...]:
    old = {(f.rule, f.subject): f for f in before.findings}
    new = {(f.rule, f.subject): f for f in after.findings}
    keys = sorted(old.keys() | new.keys())
    pairs = (Flip(old.get(key), new.get(key)) for key in keys)
    return tuple(flip for flip in pairs if _state(flip.before) != _state(flip.after))


def _told_otherwise(before: Judged, after: Judged) -> tuple[Finding, ...]:
    """Return the findings that do not flip and yet stand elsewhere: nearer to a limit, or with less unknown."""
    old = {(f.rule, f.subject): f for f in before.findings}
    pairs = ((old.get((f.rule, f.subject)), f) for f in after.findings if f.state is not State.NOT_APPLICABLE)
    return tuple(f for was, f in pairs if was and was.state is f.state and was.message != f.message)


def _state(finding: Finding | None) -> State | None:
    return finding.state if finding else None


def _computed(judged: Judged) -> dict[str, Fact]:
    """Return the derived facts that rules asked for, and where the wall stands."""
    walls = derive_facts(judged.tree, wanted=_WALL)
    found = {**judged.tree.facts, **{name: walls.get(name) for name in _WALL}}
    return {name: fact for name, fact in found.items() if fact.derived}


def _moved(before: dict[str, Fact], after: dict[str, Fact]) -> tuple[tuple[Fact, Fact], ...]:
    both = sorted(before.keys() & after.keys())
    return tuple((before[name], after[name]) for name in both if _differs(before[name], after[name]))


def _differs(old: Fact, new: Fact) -> bool:
    if isinstance(old.value, Quantity) and isinstance(new.value, Quantity):
        size = max(abs(old.value.value), abs(new.value.value))
        return size > 0 and abs(old.value.value - new.value.value) > SHOWN_CHANGE * size
    return old.value != new.value


def what_if_text(found: WhatIf, *, width: int = 80) -> str:
    """Return what flips as text."""
    from poc_gate.text.wrapped_text import wrapped
    from poc_gate.words.load_units import both_values

    lines = [f"{found.pilot}: what if {', '.join(found.changes)}", ""]
    same = found.before.word == found.after.word
    lines.append(f"Verdict: {found.before.word}" + (" (unchanged)" if same else f" -> {found.after.word}"))
    lines += [*wrapped(found.after.reasons[0], width), ""]
    if found.answers:
        lines += ["What can be said so far:"]
        lines += [row for one in found.answers for row in wrapped(f"  {one}", width, rest="    ")] + [""]
    lines.append(f"Findings that change: {len(found.flips) or 'none'}")
    for flip in found.flips:
        one = flip.after or flip.before
        assert one is not None
        subject = f" {one.subject}" if one.subject else ""
        told = f"  {one.rule}{subject}: {_word(flip.before)} -> {_word(flip.after)}  {one.message}"
        lines += wrapped(told, width, rest="    ")
    if found.moved:
        lines += ["", f"Findings in the same state with other numbers: {len(found.moved)}"]
        for one in found.moved:
            subject = f" {one.subject}" if one.subject else ""
            told = f"  {one.rule}{subject}: {one.state}  {one.message}"
            lines += wrapped(told, width, rest="    ")
    lines += ["", f"Computed facts that change: {len(found.facts) or 'none'}"]
    for old, new in found.facts:
        values = both_values(old, new, found.currency)
        why = f" ({new.why_unknown})" if new.value is None and not new.inputs else ""
        told = f"  {old.name}: {' -> '.join(values)}{why}"
        lines += wrapped(told, width, rest="    ")
    return "\n".join(lines) + "\n"


def _word(finding: Finding | None) -> str:
    return str(finding.state) if finding else "not judged"
