"""Worked examples of a rule -> the facts they stand for, and what is wrong with them."""

from __future__ import annotations

from poc_gate.errors import Fault
from poc_gate.judge.packs.compile_rule import list_of_items
from poc_gate.model.claim import Place, Provenance, Value
from poc_gate.model.fact import Catalogue, Fact, FactSpec, FactTree, Kind, item_name
from poc_gate.model.rule import Example, Rule
from poc_gate.text.documents.positioned_yaml import Document
from poc_gate.text.quantities.quantity_text import QuantityError, parse_quantity

EXAMPLE_DAY = "2026-11-22"
"""The day on which examples are judged, so that they never go stale."""
RESERVED = {"evidence", "evidence_date", "evidence_approver"}


def example_faults(rule: Rule, document: Document, catalogue: Catalogue) -> list[Fault]:
    """Return what is missing from the examples, and values that do not fit their facts."""
    faults: list[Fault] = []
    held = {example.state for example in rule.examples}
    wanted = [
        "pass",
        "fail",
        "unknown",
        *(["not-applicable"] if rule.when else []),
        *(["short"] if rule.short else []),
    ]
    for state in wanted:
        if state not in held:
            place = document.key_place(("examples",))
            step = f"add `- {{state: {state}, given: {{...}}}}`"
            faults.append(Fault(place.file, place.line, place.column, f"no example of {state}", step))
    for index, example in enumerate(rule.examples):
        for name, written in example.given.items():
            if name in RESERVED:
                continue
            place = document.key_place(("examples", index, "given", name))
            what = _value_fault(rule, name, written, catalogue)
            if what is not None:
                faults.append(Fault(place.file, place.line, place.column, f"{name}: {what[0]}", what[1]))
    return faults


def example_tree(rule: Rule, example: Example, catalogue: Catalogue, today: str) -> FactTree:
    """Return the facts of one example: every observation measured, the item of a list called `example`."""
    facts: dict[str, Fact] = {}
    counts: dict[str, int] = {}
    for name, fact in rule.given.items():
        if name not in example.given:
            continue
        spec = catalogue.specs[fact]
        written = example.given[name]
        over = list_of_items(fact)
        if over and over != rule.for_each:
            assert isinstance(written, list)
            counts[over] = max(counts.get(over, 0), len(written))
            for position, item in enumerate(written):
                _put(facts, item_name(fact, f"item-{position + 1}"), item, spec)
        else:
            _put(facts, item_name(fact, "example") if over else fact, written, spec)
    facts["assessment.today"] = Fact("assessment.today", today, Provenance.MEASURED)
    items = {over: tuple(f"item-{n + 1}" for n in range(count)) for over, count in counts.items()}
    if rule.for_each:
        items[rule.for_each] = ("example",)
    return FactTree(facts, items)


def _put(facts: dict[str, Fact], name: str, written: object, spec: FactSpec) -> None:
    if written is not None:
        place = Place("example", 1, 1, pointer=name)
        facts[name] = Fact(name, example_value(written, spec), Provenance.MEASURED, place, stable=True)


def example_value(written: object, spec: FactSpec) -> Value:
    """Return the value that an example writes for a fact; raises QuantityError when it does not fit."""
    if spec.kind is Kind.QUANTITY:
        if isinstance(written, bool) or not isinstance(written, int | float | str):
            raise QuantityError(f"{written!r} is not a quantity", "write a number and its unit")
        return parse_quantity(written if isinstance(written, str) else repr(written), spec.unit or "1")
    if spec.kind is Kind.FLAG:
        if not isinstance(written, bool):
            raise QuantityError(f"{written!r} is neither true nor false", "write true or false")
        return written
    if spec.kind is Kind.TEXTS:
        if not isinstance(written, list):
            raise QuantityError(f"{written!r} is not a list", "write [one, two]")
        return tuple(_text(item, spec) for item in written)
    return _text(written, spec)


def _text(written: object, spec: FactSpec) -> str:
    if not isinstance(written, str | int | float) or isinstance(written, bool):
        raise QuantityError(f"{written!r} is not a text", "write a text")
    if spec.choices and str(written) not in spec.choices:
        raise QuantityError(
            f"{written!r} is not one of the possible values", f"one of {', '.join(spec.choices)}"
        )
    return str(written)


def _value_fault(rule: Rule, name: str, written: object, catalogue: Catalogue) -> tuple[str, str] | None:
    if name not in rule.given:
        return "no name in given", f"one of {', '.join(rule.given) or 'none'}"
    spec = catalogue.specs[rule.given[name]]
    over = list_of_items(rule.given[name])
    items: list[object] = [written]
    if over and over != rule.for_each:
        if not isinstance(written, list):
            return "it means all items of a list", "write [one, two]"
        items = [item for item in written if item is not None]
    try:
        for item in items:
            if item is not None:
                example_value(item, spec)
    except QuantityError as error:
        return error.what, error.next_step
    return None
