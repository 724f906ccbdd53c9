"""The open findings of one rule -> what to do about them, and the values that what fails must reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from poc_gate.judge.evaluate.telling.find_missing import ITEM
from poc_gate.judge.verdict.questions import SCOPE, Task
from poc_gate.judge.verdict.score import state_of
from poc_gate.model.fact import is_share_name
from poc_gate.model.finding import UNDECIDED, Breakpoint, Finding, State
from poc_gate.model.quantity import round_as_shown
from poc_gate.model.rule import CLASS_RANK, EvidenceClass, Rule
from poc_gate.words.grammar import are, count_of
from poc_gate.words.judged.scope_words import scope_words
from poc_gate.words.shown_values import lower_first, show_value

_SHOWN = 3
"""Names told of those that are missing, and values of those that must be reached."""
_MOST_RULES = 9
"""Rules or facts that one line names."""
_PROMISES = ("slo.",)
"""Sections that hold what users were promised."""
_PROOF = {EvidenceClass.ARTIFACT: "a file", EvidenceClass.MEASURED: "measurement"}


def action_of(task: Task, rules: Mapping[str, Rule]) -> str:
    """Return what to do in a task, as a sentence or two that stand alone."""
    if task.key == SCOPE:
        return _scope_action(task)
    first = task.first
    rule = rules.get(first.rule)
    line = "" if rule is None else rule.do_fails if state_of(first) is State.FAIL else rule.do_unknown
    action = line or action_by_facts([f for f in task.findings if f.rule == first.rule], first)
    if len(task.rules) == 1:
        return action
    short = [name.partition("-")[0] for name in task.likeliest or task.rules]
    settles = f"It settles {len(short)} rules: {_listed(short, most=_MOST_RULES)}."
    return f"{task.title}: {lower_first(action)} {settles}" if task.title else f"{action} {settles}"


def _scope_action(task: Task) -> str:
    """Return the first question: what the pilot is and whom it can hurt."""
    graver = count_of(len(task.raises), "rule")
    until = f" Until then, {graver} {are(task.raises)} judged more strictly." if task.raises else ""
    settles = f" It settles {len(task.rules)} rules." if len(task.rules) > 1 else ""
    return (
        f"Say what the pilot is and whom it can hurt: {scope_words(task.names, _MOST_RULES)}.{settles}{until}"
    )


def action_by_facts(findings: Sequence[Finding], first: Finding) -> str:
    """Return what to do about the open findings of a rule, of which `first` is the gravest: all that closes them.

    A value that is only stated leaves a rule open that asks for more, so one sentence says both.
    """
    parts: list[str] = []
    what = lower_first(first.what.rstrip("."))
    failing = [finding for finding in findings if finding.state is State.FAIL]
    undecided = [finding for finding in findings if finding.state in UNDECIDED]
    missing = dict.fromkeys(name for finding in undecided for name in finding.unknown)
    lacks_file = missing.pop("evidence", "evidence") is None
    proof = "a file" if lacks_file else _PROOF.get(first.required, "")
    shown = proof and (lacks_file or any(_is_claim(finding) for finding in findings))
    show = f"Show by {proof} that" if shown else "State whether"
    if failing or (undecided and not missing and not lacks_file):
        parts.append(first.fix.strip() or f"Make it true: {first.what}.")
        parts += [f"Also state or measure {_listed([*missing])}."] if missing else []
        parts += [f"Then show it by {proof}."] if shown else []
    elif missing:
        parts.append(f"{show} {what}; unknown so far: {_listed([*missing])}.")
    elif shown:
        parts.append(f"{show} {what}.")
    return " ".join(parts) or first.fix.strip()


def _is_claim(finding: Finding) -> bool:
    """Whether what the finding rests on, once it is known and right, is less than its rule requires."""
    return finding.held is None or CLASS_RANK[finding.held] < CLASS_RANK[finding.required]


def _listed(names: list[str], most: int = _SHOWN) -> str:
    told = []
    for name in names[:most]:
        item = ITEM.fullmatch(name)
        told.append(f"`{item[2]}` under `{item[1]}`" if item else name)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(told)}{more}"


def reach_of(findings: Sequence[Finding], currency: str = "") -> str:
    """Return the value that each failing item must reach, where one value decides."""
    flips = [point for f in findings if f.state is State.FAIL and (point := _first_flip(f)) is not None]
    told = [_reached(flip, currency) for flip in flips[:_SHOWN]]
    more = f" and {len(flips) - _SHOWN} more" if len(flips) > _SHOWN else ""
    return f"{', '.join(told)}{more}"


def _first_flip(finding: Finding) -> Breakpoint | None:
    """Return the first value that a person can set and that is neither a limit of the rule nor a promise.

    To ask for less, or to promise less, does not mend what fails.
    """
    reason = finding.reason
    limits = {term.fact for clause in reason.clauses for term in clause.right} if reason else set()
    limits |= {term.fact for term in reason.bound} if reason else set()
    points = (
        point
        for point in finding.breakpoints
        if point.settable and point.fact not in limits and not point.fact.startswith(_PROMISES)
    )
    return next(points, None)


def _reached(flip: Breakpoint, currency: str) -> str:
    """Return a flip point as a value that passes when it is copied: rounded away from the present one."""
    up = flip.value.value > flip.current.value
    reached = round_as_shown(flip.value, up=up, share=is_share_name(flip.fact))
    now, then = (show_value(held, currency, flip.fact) for held in (flip.current, reached))
    return f"{flip.fact} = {then} (now {now})"
