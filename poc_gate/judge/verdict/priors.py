"""What kind of pilot it is -> the chance that it fails a rule, by the estimates in the rule's own file."""

from __future__ import annotations

from poc_gate.judge.packs.read_exposure import OTHERWISE
from poc_gate.model.exposure import facet_fact
from poc_gate.model.fact import FactTree
from poc_gate.model.rule import Rule

UNESTIMATED = 0.2
"""Chance where a rule's file gives none: neither rare nor usual; poc-gate's own choice."""
_KINDS = (
    "pilot.uses", "pilot.use_case_class", "pilot.stage", "model.hosting", "purpose.regimes", facet_fact("act"),
    facet_fact("audience"), facet_fact("decides"), facet_fact("reliance"),
)  # fmt: skip
"""Facts whose values are the keys of `prior` in a rule file."""


def kind_of_pilot(tree: FactTree) -> frozenset[str]:
    """Return the words that say what kind of pilot it is: techniques, class, hosting, exposure, regimes."""
    words: set[str] = set()
    for name in _KINDS:
        value = tree.get(name).value
        words |= set(value) if isinstance(value, tuple) else {value} if isinstance(value, str) else set()
    return frozenset(words)


def chance(rule: Rule | None, kind: frozenset[str]) -> float:
    """Return the chance, 0 to 1, that a pilot of that kind fails a rule; the largest that fits counts."""
    if rule is None or not rule.prior:
        return UNESTIMATED
    fitting = [chance for word, chance in rule.prior.items() if word in kind]
    return max(fitting, default=rule.prior.get(OTHERWISE, UNESTIMATED))
