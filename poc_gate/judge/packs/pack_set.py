"""Packs that were loaded and checked -> the rules that apply to one pilot, with the strictest limits."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from poc_gate.judge.expression.compile_expression import Expression, compile_expression
from poc_gate.judge.expression.values import FLAG
from poc_gate.judge.packs.compile_rule import CompiledRule, compile_rule, name_types
from poc_gate.model.fact import Catalogue
from poc_gate.model.rule import SEVERITY_RANK, Adjustment, Limit, Pack, Record, Rule, Severity, Stage


class PackSet:
    """All packs of one assessment, in the order of their ids; rules are compiled at first use."""

    def __init__(self, packs: tuple[Pack, ...], catalogue: Catalogue, known: PackSet | None = None) -> None:
        """Take packs that `load_packs` accepted; nothing is checked again.

        `known` holds some of the same packs: their rules are compiled there, once for both.
        """
        self.packs = tuple(sorted(packs, key=lambda pack: pack.id))
        self.catalogue = catalogue
        self._known = known
        self.rules: Mapping[str, Rule] = {rule.id: rule for pack in self.packs for rule in pack.rules}
        self.records: Mapping[str, Record] = {
            name: one for pack in self.packs for name, one in pack.records.items()
        }
        self._aliases = {alias: rule.id for rule in self.rules.values() for alias in own_aliases(rule)}
        self._compiled: dict[str, CompiledRule] = {}
        self._conditions: dict[str, Expression] = {}
        self._merged: dict[tuple[str, tuple[int, ...]], tuple[Rule, Rule]] = {}
        """By rule and numbers of the adjustments that count: the rule, and as they leave it."""
        self._adjustments: dict[str, list[tuple[str, Adjustment]]] = {}
        for pack in self.packs:
            for adjustment in pack.adjust:
                self._adjustments.setdefault(adjustment.rule, []).append((pack.id, adjustment))

    def find(self, name: str) -> Rule | None:
        """Return the rule of an id, of an alias, or of the part of an id before the first dash."""
        rule = self.rules.get(name) or self.rules.get(self._aliases.get(name, ""))
        if rule is not None:
            return rule
        short = [rule for key, rule in self.rules.items() if key.split("-")[0] == name]
        return short[0] if len(short) == 1 else None

    def compiled(self, rule: Rule) -> CompiledRule:
        """Return the compiled rule; adjusting moves only the values of limits, never an expression."""
        if self._known is not None and rule.id in self._known.rules:
            return self._known.compiled(rule)
        held = self._compiled.get(rule.id)
        if held is None:
            held = self._compiled[rule.id] = compile_rule(rule, self.catalogue)
        elif held.rule is not rule:
            held = self._compiled[rule.id] = structs.replace(held, rule=rule)
        return held

    def condition(self, pack: Pack) -> Expression | None:
        """Return the compiled precondition of a pack; None for a pack that always applies."""
        if pack.when and pack.id not in self._conditions:
            types, _ = name_types(pack.given, self.catalogue)
            self._conditions[pack.id] = compile_expression(pack.when, types, wanted=FLAG)
        return self._conditions.get(pack.id)

    def merged(self, rule: Rule, active: frozenset[str], today: str = "") -> Rule:
        """Return a rule with what the active packs adjust in it: severity rises, limits tighten.

        An adjustment that applies from a later day than `today` is left out; without a day none is.
        """
        known = self._adjustments.get(rule.id)
        if known is None:
            return rule
        applied = tuple(
            number
            for number, (pack, adjustment) in enumerate(known)
            if pack in active and not (today and adjustment.applies_from > today)
        )
        key = (rule.id, applied)
        held = self._merged.get(key)
        if held is None or held[0] is not rule:
            severity, limits = rule.severity, rule.limits
            for _, adjustment in (known[number] for number in applied):
                severity = _raised(severity, adjustment)
                limits = {name: _tighter(limit, adjustment) for name, limit in limits.items()}
            merged = structs.replace(rule, severity=severity, limits=limits) if applied else rule
            held = self._merged[key] = (rule, merged)
        return held[1]


def own_aliases(rule: Rule) -> tuple[str, ...]:
    """Return the former ids of a rule; an alias with a slash names a superseded clause instead.

    `owasp-llm-top-10/2025/LLM10` may stand in several rules, a former id only in one.
    """
    return tuple(alias for alias in rule.aliases if "/" not in alias)


def _raised(severity: Mapping[Stage, Severity], adjustment: Adjustment) -> dict[Stage, Severity]:
    wanted = adjustment.severity or severity
    return {stage: max(severity[stage], wanted[stage], key=SEVERITY_RANK.__getitem__) for stage in Stage}


def _tighter(limit: Limit, adjustment: Adjustment) -> Limit:
    other = adjustment.limits.get(limit.name)
    return other if other is not None and is_tighter(other, limit) else limit


def is_tighter(other: Limit, limit: Limit) -> bool:
    """Whether `other` is stricter than `limit` in the direction in which that limit tightens."""
    if limit.tighter == "lower":
        return other.value.value < limit.value.value
    return limit.tighter == "higher" and other.value.value > limit.value.value
