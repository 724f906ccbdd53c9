"""Facts -> the values that one rule's expressions see for one subject, and the inputs it reports."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from poc_gate.expression.values import Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule, list_of_items
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Evidence, Place
from poc_gate.model.fact import Fact, FactTree, item_name
from poc_gate.model.finding import Input
from poc_gate.model.quantity import Quantity
from poc_gate.model.request import NotApplicableEntry
from poc_gate.model.rule import Stage

_MANIFEST = Place("pilot.yaml")
MOST_ITEMS = 20
"""Items of one list that a finding reports as inputs of their own."""


class Context(Struct, frozen=True):
    """Everything one evaluation may look at; nothing else is looked at."""

    packs: PackSet
    tree: FactTree
    stage: Stage
    today: str
    """ISO 8601 date."""
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """By rule id."""
    set_aside: Mapping[str, NotApplicableEntry] = field(default_factory=dict)
    """Rules declared not applicable, by rule id."""
    machine_trusted: bool = True
    """Whether the measured machine was shown to be the target."""
    root: Place = _MANIFEST
    """The manifest as a whole."""
    sections: dict[str, Place] = field(default_factory=dict)
    """Where each top-level section is stated first, once somebody asked."""
    in_full: bool = True
    """False leaves out messages, formulas and flip points: what a search for levers does not read."""


class Gathered(Struct, frozen=True):
    """What one rule sees for one subject."""

    values: dict[str, object]
    """By name in `given` and `limits`, as expressions take them."""
    facts: Mapping[str, tuple[Fact, ...]]
    """By name in `given`; several for a list over items."""
    inputs: tuple[Input, ...]
    untrusted: tuple[str, ...]
    """Names of measured facts that were not stable and therefore count as unknown."""


def gather(compiled: CompiledRule, context: Context, item: str) -> Gathered:
    """Return the values of all names of a rule; a fact that is missing or not stable is unknown."""
    values: dict[str, object] = {name: limit.value.value for name, limit in compiled.rule.limits.items()}
    facts: dict[str, tuple[Fact, ...]] = {}
    for name, generic in compiled.rule.given.items():
        if name in compiled.lists:
            facts[name] = _items(generic, context.tree)
            listed = list_of_items(generic) in context.tree.items
            missing = Unknown(frozenset({list_of_items(generic)}))
            values[name] = tuple(plain_value(fact) for fact in facts[name]) if listed else missing
        else:
            full = item_name(generic, item) if "[]" in generic else generic
            facts[name] = (context.tree.get(full),)
            values[name] = plain_value(facts[name][0])
    known = (fact for held in facts.values() for fact in held if fact.value is not None)
    untrusted = tuple(fact.name for fact in known if fact.stable is False)
    silent = {name for name in compiled.only_seen if all(fact.value is None for fact in facts[name])}
    shown = {name: held for name, held in facts.items() if name not in silent}
    inputs = tuple(_inputs(shown)) if context.in_full else ()
    return Gathered(values, facts, inputs, untrusted)


def plain_value(fact: Fact) -> object:
    """Return a fact's value as expressions take it: floats in SI units, tuples, or Unknown.

    A measurement that scattered too much to rest a decision on is unknown as well.
    """
    value = fact.value
    if value is None or fact.stable is False:
        return Unknown(frozenset({fact.name}))
    return float(value.value) if isinstance(value, Quantity) else value


def _items(generic: str, tree: FactTree) -> tuple[Fact, ...]:
    names = tree.items.get(list_of_items(generic), ())
    return tuple(tree.get(item_name(generic, item)) for item in names)


def _inputs(facts: Mapping[str, tuple[Fact, ...]]) -> list[Input]:
    found: list[Input] = []
    for name, held in facts.items():
        for position, fact in enumerate(held[:MOST_ITEMS]):
            note = fact.note or fact.why_unknown if fact.value is None else fact.note
            if position == MOST_ITEMS - 1 and len(held) > MOST_ITEMS:
                note = f"and {len(held) - MOST_ITEMS} more"
            found.append(
                Input(name, fact.name, fact.value, fact.provenance, fact.place, fact.low, fact.high, note)
            )
    return found
