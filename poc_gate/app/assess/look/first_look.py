"""A case, answered or not -> the first look: what can be said already, and the questions that sharpen it most."""

from __future__ import annotations

from poc_gate.app.assess.judge_case import Judged
from poc_gate.app.assess.look.first_look_answers import first_answers
from poc_gate.app.assess.look.first_look_ends import Ends, assumed_values
from poc_gate.app.assess.reading.case import Case
from poc_gate.inputs.manifest.fields.plain_questions import plain_question
from poc_gate.judge.verdict.questions import SCOPE, tasks
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree, generic_name
from poc_gate.model.parts.first_look import FirstLook

QUESTIONS = 5
SHARP_ENOUGH = 2.5
"""Far over near end of the wall below which no further question is asked for its sake."""

MOST_SHARP = 4
"""Questions of the five that may be asked for the wall's sake; the others could stop the pilot."""


def first_look(case: Case, judged: Judged) -> FirstLook:
    """Return what a case allows to say already, each number labelled, and the five questions that matter."""
    ends = Ends(_on_stated_device(case))
    assumed = assumed_values(ends)
    sharp = sharpening_questions(ends)
    if ends.likely.peak is None and "training" not in _words(case.tree, "pilot.uses"):
        sharp = ["demand.requests_per_day", *sharp][:MOST_SHARP]
    names = [*sharp, *(name for name in stopping_questions(case, judged) if name not in sharp)]
    asked = (plain_question(name) for name in names)
    return FirstLook(
        answers=tuple(first_answers(ends, judged)),
        questions=tuple(question for question in asked if question is not None)[:QUESTIONS],
        assumed=assumed,
        left_out=ends.likely.left_out,
        seen=case.seen or (),
        without_manifest=case.seen is not None,
    )


def _words(tree: FactTree, name: str) -> tuple[str, ...]:
    value = tree.get(name).value
    return value if isinstance(value, tuple) else ()


def _on_stated_device(case: Case) -> FactTree:
    """Return the facts with the data sheet of the stated device, where the machine at hand has no accelerator."""
    tree, device = case.tree, case.tree.get("target.device").value
    if not isinstance(device, str) or tree.get("machine.accelerators.memory_total").value is not None:
        return tree
    from poc_gate.facts.known.tables import find
    from poc_gate.inputs.probe.profile.datasheets import find_datasheet

    row = find("devices", device)
    sheet = find_datasheet(row.name if row is not None else device)
    if sheet is None:
        return tree
    known = [
        Fact(
            one.fact, one.value, Provenance.ASSUMED, Place("data sheet", pointer=sheet.name), note=one.source
        )
        for one in sheet.measurements
        if one.value is not None and one.fact.startswith("machine.accelerators.")
    ]
    return tree.with_facts(tuple(known))


def sharpening_questions(ends: Ends) -> list[str]:
    """Return the facts whose answer narrows wall and peak most, the most useful first.

    They are chosen one after the other until the wall's far end is at most `SHARP_ENOUGH` times its near end.
    """
    found: list[str] = []
    while len(found) < MOST_SHARP and ends.width(found) > SHARP_ENOUGH:
        left = [doubt.fact for doubt in ends.doubts if doubt.fact not in found]
        best = min(left, key=lambda name: ends.doubt((*found, name)), default=None)
        if best is None or ends.doubt((*found, best)) > ends.doubt(found) - 0.01:
            break
        found.append(best)
    return found


def stopping_questions(case: Case, judged: Judged) -> list[str]:
    """Return the facts that open tasks wait for, in the one order of all reports: what can change most first."""
    found: dict[str, None] = {}
    for task in tasks(judged.findings, case.packs.rules, case.packs.records, judged.tree):
        names = sorted(task.names, key=_scope_rank) if task.key == SCOPE else task.first.unknown
        for name in names:
            found.setdefault(name, None)
    seen: dict[str, str] = {}
    for name in found:
        seen.setdefault(generic_name(name), name)
    return list(seen.values())


_SCOPE_FIRST = (
    "pilot.uses",
    "pilot.stage",
    "purpose.regimes",
    "purpose.audience",
    "purpose.decides",
    "purpose.acts",
)


def _scope_rank(name: str) -> tuple[int, str]:
    return (_SCOPE_FIRST.index(name) if name in _SCOPE_FIRST else len(_SCOPE_FIRST)), name
