"""Imported claims -> those that the catalogue and the manifest have a place for, and a notice for each other one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.model.claim import Claim, Notice
from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_name import fact_name
from poc_gate.model.observation import Observation
from poc_gate.model.quantity import Quantity

_Said = TypeVar("_Said", Claim, Observation)


def fitting_claims(
    claims: Iterable[_Said], items: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[list[_Said], tuple[Notice, ...]]:
    """Return the claims or observations that can be used, and notices about the others.

    A claim is dropped when its value lies outside the catalogue's range or choices, and, where `items`
    is given, when it is about an item that the manifest does not list.
    """
    catalogue = full_catalogue()
    kept: list[_Said] = []
    notices: list[Notice] = []
    unlisted: set[tuple[str, str]] = set()
    for claim in claims:
        spec = catalogue.find(claim.fact)
        why = misfit(spec, claim) if spec else "no fact of that name is known"
        name = fact_name(claim.fact)
        list_name, item = name.section, name.item
        if why:
            notices.append(Notice("warning", f"{claim.fact} was not taken: {why}", claim.place))
        elif item and items is not None and item not in items.get(list_name, ()):
            if (claim.place.file, item) not in unlisted:
                unlisted.add((claim.place.file, item))
                what = f"the file describes {list_name}[{item}], which the manifest does not list"
                notices.append(
                    Notice("ignored", what, claim.place, f"add `- id: {item}` under `{list_name}:`")
                )
        else:
            kept.append(claim)
    return kept, tuple(notices)


def misfit(spec: FactSpec, claim: Claim | Observation) -> str:
    """Return why a value does not fit the catalogue's entry, or an empty text."""
    value = claim.value
    if spec.kind is Kind.QUANTITY:
        if not isinstance(value, Quantity) or value.unit != spec.unit:
            return f"a quantity in {spec.unit} is expected here"
        low = spec.low is not None and value.value < spec.low
        high = spec.high is not None and value.value > spec.high
        return f"{value} is outside the plausible range" if low or high else ""
    if spec.kind is Kind.FLAG:
        return "" if isinstance(value, bool) else "true or false is expected here"
    texts = value if isinstance(value, tuple) else (value,)
    if (spec.kind is Kind.TEXTS) != isinstance(value, tuple) or not all(
        isinstance(text, str) for text in texts
    ):
        return (
            "a list of text values is expected here" if spec.kind is Kind.TEXTS else "text is expected here"
        )
    outside = [text for text in texts if spec.choices and text not in spec.choices]
    return f"it is not one of {', '.join(spec.choices)}" if outside else ""
