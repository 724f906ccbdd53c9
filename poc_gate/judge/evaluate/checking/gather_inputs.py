"""Facts -> the values that one rule's expressions see for one subject, and the inputs it reports."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from poc_gate.judge.expression.values import Unknown
from poc_gate.judge.packs.compile_rule import CompiledRule, list_of_items
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Evidence, Place
from poc_gate.model.fact import Fact, FactTree, item_name
from poc_gate.model.finding import Input
from poc_gate.model.quantity import Quantity
from poc_gate.model.request import NotApplicableEntry
from poc_gate.model.rule import Rule, Severity, Stage

_MANIFEST = Place("pilot.yaml")
MOST_ITEMS = 20
"""Items of one list that a finding reports as inputs of their own."""


class Exposed(Struct, frozen=True):
    """What the exposure makes of a rule."""

    severity: Severity
    applies: bool = True
    because: tuple[str, ...] = ()
    """Why, one part for each facet of the line that decided; empty where the rule's own severity stands."""
    unknown: tuple[str, ...] = ()
    """Facets that are unknown and counted as high."""
    mildest: str = ""
    """Severity that it would have at the least if every facet were known, `off` where it might not apply; empty
    where nothing that is unknown could make it milder."""


class Looked:
    """What one evaluation has looked up already: many rules ask the same of the same facts."""

    __slots__ = (
        "absent",
        "assumed",
        "behind",
        "disputed",
        "exposed",
        "facets",
        "lists",
        "on_machine",
        "values",
    )

    def __init__(self) -> None:
        """Begin with nothing."""
        self.absent: dict[str, Fact] = {}
        self.values: dict[str, tuple[tuple[Fact, ...], object]] = {}
        """By fact: it, and what expressions take for it."""
        self.lists: dict[str, tuple[tuple[Fact, ...], object]] = {}
        """The same of every item of a list, by generic name."""
        self.behind: dict[str, frozenset[str]] = {}
        """By fact: it and all that it was computed from."""
        self.assumed: dict[str, frozenset[str]] = {}
        """By fact: what nobody stated of that."""
        self.disputed: frozenset[str] | None = None
        self.facets: dict[str, str] = {}
        self.exposed: dict[str, tuple[Rule, Exposed]] = {}
        """By rule id, with the very rule: a pack may have raised it since."""
        self.on_machine: dict[str, bool] = {}


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
    looked: Looked = field(default_factory=Looked)

    def fact(self, name: str) -> Fact:
        """Return the fact of that full name; an absent one is unknown, in full with the way to learn it."""
        found = self.tree.facts.get(name) or self.looked.absent.get(name)
        if found is None:
            found = self.looked.absent[name] = self.tree.get(name) if self.in_full else Fact(name, None)
        return found

    def behind(self, name: str) -> frozenset[str]:
        """Return the names of a fact and of all that it was computed from."""
        known = self.looked.behind
        found = known.get(name)
        if found is None:
            seen: set[str] = set()
            waiting = [name]
            while waiting:
                current = waiting.pop()
                if current not in seen:
                    seen.add(current)
                    waiting += self.fact(current).inputs
            found = known[name] = frozenset(seen)
        return found


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
            facts[name], values[name] = _listed(generic, context)
        else:
            facts[name], values[name] = _one(
                item_name(generic, item) if "[]" in generic else generic, context
            )
    if not context.in_full:
        return Gathered(values, facts, (), ())
    known = (fact for held in facts.values() for fact in held if fact.value is not None)
    untrusted = tuple(fact.name for fact in known if fact.stable is False)
    silent = {name for name in compiled.only_seen if all(fact.value is None for fact in facts[name])}
    inputs = tuple(_inputs({name: held for name, held in facts.items() if name not in silent}))
    return Gathered(values, facts, inputs, untrusted)


def plain_value(fact: Fact) -> object:
    """Return a fact's value as expressions take it: floats in SI units, tuples, or Unknown.

    A measurement that scattered too much to rest a decision on is unknown as well.
    """
    value = fact.value
    if value is None or fact.stable is False:
        return Unknown(frozenset({fact.name}))
    return float(value.value) if isinstance(value, Quantity) else value


def _one(name: str, context: Context) -> tuple[tuple[Fact, ...], object]:
    found = context.looked.values.get(name)
    if found is None:
        fact = context.fact(name)
        found = context.looked.values[name] = ((fact,), plain_value(fact))
    return found


def _listed(generic: str, context: Context) -> tuple[tuple[Fact, ...], object]:
    found = context.looked.lists.get(generic)
    if found is None:
        over = list_of_items(generic)
        items = context.tree.items.get(over)
        facts = tuple(context.fact(item_name(generic, item)) for item in items or ())
        missing = Unknown(frozenset({over}))
        value = missing if items is None else tuple(map(plain_value, facts))
        found = context.looked.lists[generic] = (facts, value)
    return found


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
