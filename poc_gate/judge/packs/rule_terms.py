"""What a rule asks for in comparable form: its assertion by digest, its limits by value and direction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from poc_gate.model.claim import Place
from poc_gate.model.parts.pack_use import PackUse, RuleTerms
from poc_gate.model.rule import Limit, Rule


def rule_terms(rule: Rule) -> RuleTerms:
    """Return the terms of a rule as it stands after all packs adjusted it."""
    return RuleTerms(rule.id, _assertion(rule), tuple(rule.limits.values()), rule.place)


def weaker_terms(
    base: tuple[PackUse, ...], now: tuple[PackUse, ...]
) -> Iterator[tuple[str, str, Place | None]]:
    """Yield rule, sentence and place for every rule of both sides that may ask for less than before.

    A limit that became tighter is none of them. Whether a rewritten assertion asks for less cannot be
    told from its text, so that it counts: what cannot be judged must not pass unseen.
    """
    before = terms_by_rule(base)
    for name, terms in terms_by_rule(now).items():
        earlier = before.get(name)
        if earlier is None:
            continue
        if earlier.asserts != terms.asserts:
            yield name, f"What {name} asserts, or takes as evidence, was changed.", terms.place
        held = {limit.name: limit for limit in earlier.limits}
        for limit in terms.limits:
            sentence = _looser(name, held.get(limit.name), limit)
            if sentence:
                yield name, sentence, limit.place or terms.place


def terms_by_rule(packs: tuple[PackUse, ...]) -> Mapping[str, RuleTerms]:
    """Return the terms of all rules of the packs that apply; none for results of earlier versions."""
    return {terms.rule: terms for pack in packs if pack.applied for terms in pack.terms}


def _looser(rule: str, before: Limit | None, now: Limit) -> str:
    if before is None or before.value == now.value:
        return ""
    moved = f"{now.name} of {rule} was {{}} from {before.value} to {now.value}."
    if before.value.unit != now.value.unit or not before.tighter:
        return moved.format("changed")
    is_tighter = (now.value.value < before.value.value) is (before.tighter == "lower")
    return "" if is_tighter else f"The limit {moved.format('loosened')}"


def _assertion(rule: Rule) -> str:
    """Return 16 hexadecimal digits over everything that decides a finding beside limits and severity."""
    evidence = rule.evidence
    parts: list[object] = [
        sorted(rule.given.items()), rule.when, rule.for_each, rule.applies_from,
        rule.expect.operator, rule.expect.value, rule.expect.bounds,
        evidence and [evidence.parses_as, evidence.contains, evidence.where, str(evidence.max_age), evidence.approver],
    ]  # fmt: skip
    if rule.seen:
        parts.append([[one.that, one.when] for one in rule.seen])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
