"""The open findings of one rule -> what to do about them, and the values that what fails must reach."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.judge.evaluate.find_missing import ITEM
from poc_gate.model.fact import is_share_name
from poc_gate.model.finding import UNDECIDED, Breakpoint, Finding, State
from poc_gate.model.quantity import round_as_shown
from poc_gate.model.rule import CLASS_RANK, EvidenceClass
from poc_gate.words.shown_values import lower_first, show_value

_SHOWN = 3
"""Names told of those that are missing, and values of those that must be reached."""
_PROOF = {EvidenceClass.ARTIFACT: "a file", EvidenceClass.MEASURED: "measurement"}


def action_of(findings: Sequence[Finding], first: Finding) -> str:
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


def _listed(names: list[str]) -> str:
    told = []
    for name in names[:_SHOWN]:
        item = ITEM.fullmatch(name)
        told.append(f"`{item[2]}` under `{item[1]}`" if item else name)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(told)}{more}"


def reach_of(findings: Sequence[Finding]) -> str:
    """Return the value that each failing item must reach, where one value decides."""
    flips = [f.breakpoints[0] for f in findings if f.state is State.FAIL and f.breakpoints]
    told = [_reached(flip) for flip in flips[:_SHOWN]]
    more = f" and {len(flips) - _SHOWN} more" if len(flips) > _SHOWN else ""
    return f"{', '.join(told)}{more}"


def _reached(flip: Breakpoint) -> str:
    """Return a flip point as a value that passes when it is copied: rounded away from the present one."""
    up = flip.value.value > flip.current.value
    reached = round_as_shown(flip.value, up=up, share=is_share_name(flip.fact))
    now, then = (show_value(held, fact=flip.fact) for held in (flip.current, reached))
    return f"{flip.fact} = {then} (now {now})"
