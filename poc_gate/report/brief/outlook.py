"""What would change the answer, what the next stage asks, and what changed since an earlier result, as sentences."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.fact_name import item_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import NextStage, Result, Word
from poc_gate.report.brief.pressing import numbers_of, pressing
from poc_gate.report.differences.comparison import Change, compare_results
from poc_gate.words.grammar import count_of
from poc_gate.words.judged.findings import title
from poc_gate.words.judged.must_haves import must_haves
from poc_gate.words.plain_amounts import plain_date
from poc_gate.words.shown_values import lower_first, show_commit

_SHOWN = 2
_NEAR = 0.25
"""A value within this share of its limit is near it."""
STAGES = {"pilot": "pilot", "limited": "limited rollout", "production": "production"}


class Since(Struct, frozen=True):
    """What changed since an earlier result."""

    day: str
    words: str
    fixed: tuple[str, ...]
    broken: tuple[str, ...]


def what_would_change(result: Result) -> list[str]:
    """Return what could turn the answer, and what could not."""
    counted = must_haves(result.findings)
    if result.verdict.word in (Word.GO, Word.CONDITIONAL):
        return _of_a_go(result)
    unanswered = [group[0] for group in pressing(result) if group[0].rule in counted.unanswered]
    asked = _titles(_in_order(result, unanswered))
    if result.verdict.word is Word.NO_GO and counted.failed:
        told = [f"No missing answer can turn this into a GO: {_fail(len(counted.failed))} on what is known."]
        near = _nearest(result)
        told += [f"Nearest to passing: {near}."] if near else []
        return told + ([f"Open questions: {asked}."] if asked else [])
    told = []
    if unanswered:
        one = len(unanswered) == 1
        which = "The one unanswered must-have" if one else f"Any of {len(unanswered)} unanswered must-haves"
        told.append(f"{which} could turn this into a NO-GO.")
    return told + ([f"Most likely to decide: {asked}."] if asked else [])


def _fail(number: int) -> str:
    return f"{count_of(number, 'must-have')} {'fails' if number == 1 else 'fail'}"


def _of_a_go(result: Result) -> list[str]:
    told = []
    unanswered = [f for f in result.findings if f.state in (State.UNKNOWN, State.ERROR) and not f.due]
    if result.verdict.bounds:
        told.append("More load, a wider audience, or a later day than stated above.")
    failing = [f for f in result.findings if f.state is State.FAIL and not f.due]
    if failing:
        told.append(f"This fails, but is only advice at this stage: {_titles(failing)}.")
    if unanswered:
        told.append(
            f"{count_of(len({f.rule for f in unanswered}), 'question')} that this stage does not insist on {'is' if len(unanswered) == 1 else 'are'} open."
        )
    return told or ["Nothing that was asked is open."]


def _in_order(result: Result, findings: list[Finding]) -> list[Finding]:
    """Return findings in the order of the way out, those that can change most first."""
    order = {rule: number for number, step in enumerate(result.way_out) for rule in step.rules}
    return sorted(findings, key=lambda finding: order.get(finding.rule, len(order)))


def _titles(findings: list[Finding]) -> str:
    names = list(dict.fromkeys(lower_first(finding.title or title(finding)) for finding in findings))
    more = f"; and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{'; '.join(names[:_SHOWN])}{more}"


def _nearest(result: Result) -> str:
    """Return the failing must-have whose value lies nearest to its limit, where one is near."""
    failing = [(f.miss, f) for group in pressing(result) for f in group if f.miss is not None]
    near = min((pair for pair in failing if pair[0] <= _NEAR), key=lambda pair: pair[0], default=None)
    if near is None:
        return ""
    finding = near[1]
    item = f"{item_of(finding.subject)}: " if item_of(finding.subject) else ""
    numbers = numbers_of(finding, result.currency)
    named = finding.title or title(finding)
    return f"{item}{lower_first(named)}{f' ({numbers})' if numbers else ''}"


def next_stage_words(later: NextStage | None) -> str:
    """Return what the next stage still asks for, as one sentence; empty after the last stage."""
    if later is None:
        return ""
    stage = STAGES.get(later.stage, later.stage)
    if not later.open:
        return f"The next stage, {stage}, asks for nothing more."
    parts = [(later.failed, "to fix"), (later.unanswered, "to answer"), (later.unproven, "to prove")]
    told = ", ".join(f"{number} {word}" for number, word in parts if number)
    return f"For the next stage, {stage}: {told}."


def since_of(base: Result | None, result: Result) -> Since | None:
    """Return what changed from an earlier result, in titles; None where none was given."""
    if base is None:
        return None
    changes = compare_results(base, result).findings
    titles = {f"{f.rule} {f.subject}".strip(): f for f in (*base.findings, *result.findings)}
    fixed = [change for change in changes if change.direction == "better"]
    broken = [change for change in changes if change.direction in ("worse", "new") and _is_bad(change)]
    words = f"{len(fixed)} better, {len(broken)} worse or new"
    if not changes and base.verdict.word is result.verdict.word:
        words = "nothing changed"
    if base.verdict.word is not result.verdict.word:
        words = f"from {base.verdict.word.value} to {result.verdict.word.value}; {words}"
    commit = f", commit {show_commit(base.commit)}" if base.commit else ""
    return Since(plain_date(base.assessed_on) + commit, words, _names(fixed, titles), _names(broken, titles))


def _is_bad(change: Change) -> bool:
    return change.after.lower() not in {"pass", "n/a", "waived"}


def _names(changes: list[Change], findings: dict[str, Finding]) -> tuple[str, ...]:
    told = []
    for change in changes[:_SHOWN]:
        finding = findings.get(change.name)
        if finding is not None:
            item = f"{item_of(finding.subject)}: " if item_of(finding.subject) else ""
            told.append(f"{item}{finding.title or title(finding)}")
    return tuple(dict.fromkeys(told))
