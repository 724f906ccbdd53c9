"""Manifests made up along the schema, for properties."""

from __future__ import annotations

import datetime as dt
from operator import itemgetter

from hypothesis import strategies as st

from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Block, Leaf, manifest_tree
from poc_gate.inputs.manifest.schema.field_types import Date, File, Number, QuantityText, Share
from poc_gate.inputs.manifest.writing.value_text import value_text
from poc_gate.model.quantity import Quantity

WORDS = st.from_regex(r"[A-Za-z][A-Za-z ,:#'\"-]{0,20}[A-Za-z]", fullmatch=True)
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,10}", fullmatch=True)


def values(leaf: Leaf) -> st.SearchStrategy:
    """Return a strategy of what YAML may give for a field, such that the loader accepts it."""
    one = _single(leaf)
    if leaf.listed:
        return st.lists(one, max_size=3)
    return st.dictionaries(IDS, one, max_size=2) if leaf.mapped else one


def _single(leaf: Leaf) -> st.SearchStrategy:
    if leaf.choices:
        return st.sampled_from(leaf.choices)
    if leaf.type is Number or issubclass(leaf.type, QuantityText):
        return _amount(leaf)
    special = {"credential": "env:SOME_NAME", "currency": "EUR", "apiVersion": "poc-gate/v1"}
    if leaf.name in special:
        return st.just(special[leaf.name])
    plain = {
        bool: st.booleans(),
        Date: st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)).map(str),
        File: IDS.map(lambda name: f"files/{name}.yaml"),
    }
    return plain.get(leaf.type, IDS if leaf.pattern else WORDS)


def _amount(leaf: Leaf) -> st.SearchStrategy:
    low, high = leaf.low or 0.0, min(leaf.high or 1e9, 1e9)
    if leaf.type is Share:
        return st.integers(round(low * 100) + 1, round(min(high, 1) * 100)).map(lambda n: f"{n} %")
    numbers = st.floats(max(low, 1e-6), max(low, high), allow_nan=False).map(lambda n: float(f"{n:.4g}"))
    numbers = numbers.filter(lambda n: low <= n <= high)
    if leaf.type is Number:
        return numbers
    return numbers.map(lambda n: value_text(leaf, Quantity(n, leaf.unit), currency="EUR"))


@st.composite
def blocks(draw, block: Block):
    """Return one section with some of its fields."""
    made = {}
    for key, entry in block.fields.items():
        if entry.name in LEDGERS and entry.name != "apiVersion":
            continue
        needed = entry.required or (block.item_key == key)
        if not needed and draw(st.integers(0, 9)) > (2 if isinstance(entry, Leaf) else 5):
            continue
        if isinstance(entry, Leaf):
            made[key] = draw(values(entry))
        elif entry.listed:
            items = draw(st.lists(blocks(entry), max_size=2, unique_by=itemgetter(entry.item_key)))
            made[key] = items
        else:
            made[key] = draw(blocks(entry))
    return made


def manifests():
    """Return a strategy of whole manifests as plain data."""
    return blocks(manifest_tree())
