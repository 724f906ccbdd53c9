"""Rules behind the open findings -> what a report says of each: what to do, and an example of a pass and of a fail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.rule_card import RuleCard
from poc_gate.model.rule import Rule
from poc_gate.model.verdict import Step

if TYPE_CHECKING:
    from poc_gate.judge.packs.pack_set import PackSet

_LONGEST = 96
"""Letters of an example; one that takes more is cut."""
_SETTLED = (State.PASS, State.NOT_APPLICABLE)


def rule_cards(
    packs: PackSet, findings: tuple[Finding, ...], steps: tuple[Step, ...]
) -> tuple[RuleCard, ...]:
    """Return a card for each rule that fails, is not answered or is part of the way out, by id; rules that are not in the packs have none."""
    names = {finding.rule for finding in findings if finding.state not in _SETTLED}
    names |= {rule for step in steps for rule in step.rules}
    rules = [rule for name in sorted(names) if (rule := packs.find(name)) is not None]
    return tuple(
        RuleCard(
            rule.id, rule.do_fails, rule.do_unknown, _example(rule, State.PASS), _example(rule, State.FAIL)
        )
        for rule in rules
    )


def _example(rule: Rule, state: State) -> str:
    """Return the shortest example of a state: each fact with its value, or what the file holds."""
    told = [_told(rule.given, example.given) for example in rule.examples if example.state == state.value]
    shortest = min(filter(None, told), key=len, default="")
    return shortest if len(shortest) <= _LONGEST else f"{shortest[: _LONGEST - 1].rstrip()}…"


def _told(names: Mapping[str, str], given: Mapping[str, object]) -> str:
    return "; ".join(f"{names.get(name, name)} = {_value(value)}" for name, value in given.items())


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
