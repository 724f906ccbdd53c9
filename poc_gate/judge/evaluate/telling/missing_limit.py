"""An unknown finding whose value is known -> title and act for the one thing that is missing, the limit nobody set."""

from __future__ import annotations

from poc_gate.judge.evaluate.checking.gather_inputs import Context
from poc_gate.model.fact import generic_name
from poc_gate.model.rule import Rule

_COMPARED = frozenset({"at_most", "at_least"})


def may_lack_limit(rule: Rule) -> bool:
    """Say whether a rule compares with one limit, which somebody may not have set."""
    return rule.expect.operator in _COMPARED


def missing_limit(rule: Rule, unknown: tuple[str, ...], context: Context) -> tuple[str, str] | None:
    """Return the title and the act where only the limit is missing; None where anything else is, or nothing.

    To measure what is known already would be the wrong advice.
    """
    if not may_lack_limit(rule) or len(unknown) != 1:
        return None
    fact = rule.given.get(rule.expect.bounds[0], "")
    if generic_name(unknown[0]) != fact or context.tree.get(unknown[0]).value is not None:
        return None
    spec = context.packs.catalogue.find(fact)
    if spec is None:
        return None
    meaning = f"{spec.meaning[:1].lower()}{spec.meaning[1:]}"
    return (
        f"Which limit was agreed: {meaning}",
        f"Agree on this limit and write it down: {meaning}. Everything else is known.",
    )
