"""Loaded packs -> rows of rules, filtered; and what a framework's clauses are covered by."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.model.rule import Rule, Stage


class RuleFilter(Struct, frozen=True):
    """Which rules are wanted; empty means any."""

    pack: str = ""
    dimension: str = ""
    severity: str = ""
    framework: str = ""


class ClauseRow(Struct, frozen=True):
    """One clause of a framework and the rules that speak of it."""

    clause: str
    edition: str
    rules: tuple[str, ...]
    verified_on: str
    """Latest day on which the clause was checked; empty when it was not."""
    applies_from: str
    role: str


def list_rules(wanted: RuleFilter, added: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Return the rules that fit the filter, by id."""
    rules = load_rule_packs(added).rules.values()
    return tuple(sorted((rule for rule in rules if _fits(rule, wanted)), key=lambda rule: rule.id))


def cover_framework(framework: str, added: Sequence[str] = ()) -> tuple[ClauseRow, ...]:
    """Return the clauses of a framework that rules refer to; not a claim of conformity."""
    rows: dict[tuple[str, str, str], list[tuple[Rule, str, str]]] = {}
    for rule in list_rules(RuleFilter(framework=framework), added):
        for reference in rule.references:
            if reference.framework == framework:
                key = (reference.clause, reference.edition, reference.role)
                day = reference.verified_on if reference.verified else ""
                rows.setdefault(key, []).append((rule, day, reference.applies_from))
    return tuple(
        ClauseRow(
            clause, edition, tuple(dict.fromkeys(rule.id for rule, _, _ in held)),
            max(day for _, day, _ in held), max(start for _, _, start in held), role,
        )
        for (clause, edition, role), held in sorted(rows.items())
    )  # fmt: skip


def framework_names(added: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the frameworks that any rule refers to."""
    rules = load_rule_packs(added).rules.values()
    return tuple(sorted({reference.framework for rule in rules for reference in rule.references}))


def _fits(rule: Rule, wanted: RuleFilter) -> bool:
    return (
        (not wanted.pack or rule.pack == wanted.pack)
        and (not wanted.dimension or rule.dimension == wanted.dimension)
        and (not wanted.severity or rule.severity[Stage.PRODUCTION] == wanted.severity)
        and (not wanted.framework or any(r.framework == wanted.framework for r in rule.references))
    )
