"""What kind of pilot it is -> the chance that it fails a rule, by the estimates in the rule's own file."""

from __future__ import annotations

from poc_gate.judge.packs.read_exposure import OTHERWISE
from poc_gate.model.fact import FactTree
from poc_gate.model.parts.exposure import facet_fact
from poc_gate.model.parts.pilot_kinds import KIND_FACTS
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Rule

UNESTIMATED = 0.2
"""Chance where a rule's file gives none: neither rare nor usual; poc-gate's own choice."""
_DAY = 86400.0
_LARGE, _NINES, _LONG, _MANY_VECTORS = 100_000 / _DAY, 0.999, 32_768.0, 1e7
"""Requests a second, availability, tokens of context and vectors from which on a pilot is called so; poc-gate's own choice."""


def _circumstances(tree: FactTree) -> frozenset[str]:
    """Return the words for what makes some failures likelier, as far as it is stated."""
    uses = tree.get("pilot.uses").value
    personal = tree.get("security.prompts_personal").value is True or any(
        tree.get(f"{item}.personal_data").value is True for item in _sources(tree)
    )
    held = {
        "large-volume": _at_least(tree, "demand.requests_per_day", _LARGE),
        "large-hosted": _at_least(tree, "demand.requests_per_day", _LARGE)
        and tree.get("model.hosting").value == "hosted",
        "availability-promised": _at_least(tree, "slo.availability", _NINES),
        "long-context": _at_least(tree, "model.max_context", _LONG),
        "latency-promised": _states(tree, "slo.p99") or _states(tree, "slo.ttft"),
        "personal-data": personal,
        "scores-people": personal and "classic-ml" in (uses if isinstance(uses, tuple) else ()),
        "large-index": _at_least(tree, "retrieval.vectors", _MANY_VECTORS),
        "many-accelerators": _at_least(tree, "training.accelerators", 2.0)
        or (isinstance(uses, tuple) and "training" in uses and _at_least(tree, "target.count", 2.0)),
        "freshness-promised": _states(tree, "slo.answer_max_age")
        or any(_states(tree, f"{item}.max_age_needed") for item in _sources(tree)),
        "scales": tree.get("cost.scale_to_zero").value is True or _states(tree, "target.replicas_max"),
        "affects-people": _states(tree, "purpose.affected_people")
        and tree.get(facet_fact("decides")).value != "nothing",
        "high-risk": tree.get("purpose.risk_tier").value == "high",
        "extract": any(tree.get(f"{item}.kind").value == "extract" for item in _sources(tree)),
        "load-stated": _states(tree, "demand.requests_per_day"),
    }
    return frozenset(word for word, holds in held.items() if holds)


def _at_least(tree: FactTree, name: str, least: float) -> bool:
    value = tree.get(name).value
    return isinstance(value, Quantity) and value.value >= least


def _states(tree: FactTree, name: str) -> bool:
    return tree.get(name).value is not None


def _sources(tree: FactTree) -> list[str]:
    return [f"sources[{item}]" for item in tree.items.get("sources", ())]


def kind_of_pilot(tree: FactTree) -> frozenset[str]:
    """Return the words that say what kind of pilot it is: techniques, class, hosting, exposure, circumstances."""
    words: set[str] = set(_circumstances(tree))
    for name in KIND_FACTS:
        value = tree.get(name).value
        words |= set(value) if isinstance(value, tuple) else {value} if isinstance(value, str) else set()
    return frozenset(words)


def chance(rule: Rule | None, kind: frozenset[str]) -> float:
    """Return the chance, 0 to 1, that a pilot of that kind fails a rule; the largest that fits counts."""
    if rule is None or not rule.prior:
        return UNESTIMATED
    fitting = [chance for word, chance in rule.prior.items() if word in kind]
    return max(fitting, default=rule.prior.get(OTHERWISE, UNESTIMATED))
