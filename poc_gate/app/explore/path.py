"""A pilot -> the ordered shortest way from its verdict to CONDITIONAL and GO, with the values to reach."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.lever_values import finding_levers, finding_pair
from poc_gate.app.assess.reading.case import Case, CaseRequest, Progress, read_case
from poc_gate.app.assess.way_out import cheapest_way_out
from poc_gate.model.finding import Finding, Lever, State
from poc_gate.model.verdict import Step, Verdict, Word


class StepLevers(Struct, frozen=True):
    """One step with the values that its levers must reach."""

    step: Step
    alone: tuple[Lever, ...]
    """Each lever on its own."""
    pair: tuple[Lever, Lever] | None
    """The two that need the least change together, sought where no lever helps alone."""


class WayOut(Struct, frozen=True):
    """What `poc-gate path` shows."""

    pilot: str
    verdict: Verdict
    steps: tuple[StepLevers, ...]
    findings: tuple[Finding, ...] = ()
    currency: str = ""


def way_out(request: CaseRequest, progress: Progress = lambda _what, _share: None) -> WayOut:
    """Return the shortest way out of a pilot's verdict; raises what `read_case` raises."""
    case = read_case(request, progress)
    judged = judge_case(case)
    currency = case.reading.currency
    steps = cheapest_way_out(case, judged)
    told = []
    for number, step in enumerate(steps):
        progress("seeking the values to reach", number / len(steps))
        told.append(_with_levers(case, judged, step))
    return WayOut(case.name, judged.verdict, tuple(told), tuple(judged.findings), currency)


def _with_levers(case: Case, judged: Judged, step: Step) -> StepLevers:
    failed = [f for f in judged.findings if f.rule in step.rules and f.state is State.FAIL]
    alone = finding_levers(case, *failed)
    pair = None
    if alone and all(lever.needed is None for lever in alone):
        pairs = (finding_pair(case, finding) for finding in failed)
        pair = next((found for found in pairs if found), None)
    return StepLevers(step, alone, pair)


def way_out_text(found: WayOut, *, width: int = 80) -> str:
    """Return the way as text, one numbered step each."""
    from poc_gate.text.wrapped_text import wrapped
    from poc_gate.words.judged.way_in_brief import way_in_brief
    from poc_gate.words.wall_text import lever_text

    lines = [f"{found.pilot}: {found.verdict.word}"]
    lines += wrapped(found.verdict.reasons[0], width)
    if found.verdict.word is Word.GO:
        return "\n".join([*lines, "Nothing has to change."]) + "\n"
    brief = way_in_brief(found.verdict.word, [one.step for one in found.steps], found.findings)
    lines += ["", *wrapped(brief, width)]
    word: str = found.verdict.word
    for number, one in enumerate(found.steps, 1):
        step = one.step
        cost = "no cost" if step.cost == "none" else f"{step.cost} cost" if step.cost else ""
        about = ", ".join(part for part in (step.effort, cost, step.owner) if part)
        reach = f" Enough if {step.reach}." if step.reach else ""
        rules = f"[{', '.join(step.rules)}] " if step.rules else ""
        told = f"{number}. {rules}{step.action}{reach}{f' ({about})' if about else ''}"
        lines += ["", *wrapped(told, width, rest=" " * len(f"{number}. "))]
        for lever in one.alone:
            lines += wrapped(
                f"- {lever_text(lever, found.currency)}",
                width,
                first="   ",
                rest="     ",
            )
        if one.pair:
            both = " and ".join(lever_text(lever, found.currency) for lever in one.pair)
            lines += wrapped(f"- together: {both}", width, first="   ", rest="     ")
        if step.verdict_after != word:
            word = step.verdict_after
            lines += [f"   => {word}"]
    told = "`poc-gate explain RULE` says what a file must hold; it goes under `evidence:` of the manifest."
    lines += ["", *wrapped(told, width)]
    return "\n".join(lines) + "\n"
