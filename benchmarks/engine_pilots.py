"""Synthetic pilots for the engine benchmark: facts as the judge takes them, made from the rules' own examples."""

from __future__ import annotations

import random

from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.packs.read_example import RESERVED, example_value
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree, Kind, item_name
from poc_gate.model.quantity import Quantity

PLACE = Place("pilot.yaml", 3, 3)
USES = {
    "pilot.uses": ("llm", "retrieval", "agent", "batch", "classic-ml", "training"),
    "purpose.regimes": ("eu-ai-act", "us-bank-mrm", "healthcare-us"),
}


def sample_pilot(packs: PackSet, sources: int) -> FactTree:
    """Return a pilot that has every fact some passing example states, with that many items in each list."""
    facts: dict[str, Fact] = {}
    ids = tuple(f"item-{number}" for number in range(sources))
    for rule in packs.rules.values():
        for example in (e for e in rule.examples if e.state == "pass"):
            for name, written in example.given.items():
                if name in RESERVED or name not in rule.given:
                    continue
                generic = rule.given[name]
                for full in [item_name(generic, i) for i in ids] if "[]" in generic else [generic]:
                    _add(facts, full, packs, _one(written, packs, generic))
    for name, value in USES.items():
        facts[name] = Fact(name, value, Provenance.DECLARED, PLACE)
    items = {name.partition("[")[0]: ids for name in facts if "[" in name}
    return FactTree(facts, items)


def vary(tree: FactTree, seed: int) -> FactTree:
    """Return the pilot with every quantity moved by up to a factor of two and one fact in ten missing."""
    rng = random.Random(seed)  # noqa: S311 - only to vary a benchmark
    facts = {}
    for name, fact in tree.facts.items():
        value = fact.value
        if name not in USES and rng.random() < 0.1:
            continue
        if isinstance(value, Quantity):
            value = Quantity(value.value * rng.uniform(0.5, 2.0), value.unit)
        facts[name] = Fact(name, value, rng.choice(_ORIGINS), PLACE, stable=True)
    return FactTree(facts, tree.items)


_ORIGINS = (Provenance.DECLARED, Provenance.IMPORTED, Provenance.MEASURED)


def _one(written: object, packs: PackSet, generic: str) -> object:
    """Return one item's value of an example that lists the values of all items."""
    nested = isinstance(written, list) and "[]" in generic
    if nested and packs.catalogue.specs[generic].kind is not Kind.TEXTS:
        return written[0] if written else None  # type: ignore[index]
    return written


def _add(facts: dict[str, Fact], name: str, packs: PackSet, written: object) -> None:
    spec = packs.catalogue.find(name)
    if spec is None or name in facts or written is None:
        return
    try:
        facts[name] = Fact(name, example_value(written, spec), Provenance.DECLARED, PLACE, stable=True)
    except ValueError:
        return  # an example of all items of a list of lists; the fact is then missing, as in real pilots
