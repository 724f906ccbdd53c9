"""The steps of the way out -> two sentences: where they lead after how many, and how many really change something."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Step, Word

_EFFORTS = ("hours", "days", "weeks", "months")


def way_in_brief(word: str, steps: Sequence[Step], findings: Sequence[Finding]) -> str:
    """Return what the steps from the verdict `word` amount to; an empty text when there are none."""
    if not steps:
        return ""
    failed = {finding.rule for finding in findings if finding.state is State.FAIL}
    changes = sum(not failed.isdisjoint(step.rules) for step in steps)
    longest = longest_effort(steps)
    takes = f" The longest takes {longest}." if longest else ""
    return f"{_stages(word, steps)}. {_kinds(changes, len(steps) - changes)}.{takes}"


def longest_effort(steps: Sequence[Step]) -> str:
    """Return what the longest step takes, in words such as `weeks`; empty where no step says."""
    efforts = [step.effort for step in steps if step.effort in _EFFORTS]
    return max(efforts, key=_EFFORTS.index, default="")


def _stages(word: str, steps: Sequence[Step]) -> str:
    if len(steps) == 1:
        return f"One step leads to {steps[0].verdict_after}"
    stages: list[tuple[str, int]] = []
    done = 0
    best = _rank(word)
    for after, group in groupby(steps, key=lambda step: step.verdict_after):
        count = len(list(group))
        if _rank(after) > best:
            stages.append((after, done + 1))
            best = _rank(after)
        done += count
    if not stages:
        return f"All {len(steps)} steps together still leave it {word}"
    told = [f"{reached} after step {number}" for reached, number in stages]
    return f"{len(steps)} steps: {', '.join(told)}"


def _rank(word: str) -> int:
    """Return the place of a word, the better the higher: on the way a word may fall first, which leads nowhere."""
    order = [Word.NO_GO.value, Word.INSUFFICIENT.value, Word.CONDITIONAL.value, Word.GO.value]
    return order.index(word) if word in order else -1


def _kinds(changes: int, others: int) -> str:
    if not others:
        return "Each changes what fails"
    told = "states, measures or proves" if others == 1 else "state, measure or prove"
    open_ones = f"{told} what is still open"
    if not changes:
        return f"{'It' if others == 1 else 'All'} {open_ones}; nothing else has to change"
    return f"{changes} {'changes' if changes == 1 else 'change'} what fails; {others} {open_ones}"
