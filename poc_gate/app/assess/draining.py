"""A case on a fleet with slow nodes -> the same case with a notice of what draining them would win."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import Case, with_tree
from poc_gate.model.claim import Notice, Place
from poc_gate.model.finding import Finding, State

_SHOWN = 6


def with_draining(case: Case) -> Case:
    """Return the case with what taking its slow nodes out of use would change; unchanged where there are none."""
    if case.drained is None:
        return case
    from poc_gate.many.fleet.node_names import fold_names

    now, then = judge_case(case), judge_case(with_tree(case, case.drained))
    before = {(finding.rule, finding.subject): finding for finding in now.findings}
    won = [f for f in then.findings if f.state is State.PASS and _is_open(before.get((f.rule, f.subject)))]
    word, better = now.verdict.word.value, then.verdict.word.value
    names = sorted({f"{f.rule.partition('-')[0]}" for f in won})
    listed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    nodes, many = fold_names(case.draining), len(case.draining) > 1
    effect = (
        f"the verdict would be {better} instead of {word}" if better != word else f"the verdict stays {word}"
    )
    passing = f", and {listed} would pass" if names else ""
    text = f"{nodes} {'are' if many else 'is'} degraded; without {'them' if many else 'it'} {effect}{passing}"
    step = f"see why: `poc-gate fleet show {case.machine_source.partition('@')[0]}`"
    return replace(case, notices=(*case.notices, Notice("warning", text, Place(case.machine_source), step)))


def _is_open(finding: Finding | None) -> bool:
    return finding is not None and finding.state in {State.FAIL, State.UNKNOWN}
