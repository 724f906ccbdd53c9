"""Facts as one line, and the findings of small packs over them."""

from __future__ import annotations

from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.finding import Finding
from poc_gate.model.quantity import Quantity
from poc_gate.model.rule import Stage
from poc_gate.words.judged.findings import worded

TODAY = "2026-11-22"
PLACE = Place("pilot.yaml", 7, 3)
NAME = Fact("pilot.name", "p", Provenance.DECLARED, Place("pilot.yaml", 2, 9))


def fact(name: str, value: object, provenance: Provenance = Provenance.DECLARED, **more: object) -> Fact:
    held = Quantity(*value) if isinstance(value, tuple) and value and isinstance(value[0], float) else value
    return Fact(name, held, provenance, PLACE, **more)  # type: ignore[arg-type]


def judged(
    packs: PackSet, *facts: Fact, stage: Stage = Stage.PRODUCTION, **lists: tuple[str, ...]
) -> list[Finding]:
    tree = FactTree({held.name: held for held in (NAME, *facts)}, lists)
    currency = next((str(held.value) for held in facts if held.name == "cost.currency"), "")
    return [worded(found, currency) for found in evaluate_rules(packs, tree, stage=stage, today=TODAY)]


def only(packs: PackSet, *facts: Fact, **lists: tuple[str, ...]) -> Finding:
    (finding,) = judged(packs, *facts, **lists)
    return finding
