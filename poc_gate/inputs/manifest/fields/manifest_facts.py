"""The schema -> the catalogue entries of every fact that a manifest can state."""

from __future__ import annotations

from functools import cache

from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Leaf, manifest_tree
from poc_gate.inputs.manifest.schema.field_types import Date
from poc_gate.model.fact import FactSpec, Kind, Role


@cache
def manifest_facts() -> tuple[FactSpec, ...]:
    """Return one entry per field of the manifest that states something about the pilot."""
    return tuple(_spec(leaf) for leaf in manifest_tree().leaves() if leaf.path.split("[")[0] not in LEDGERS)


def kind_of(leaf: Leaf) -> Kind:
    """Return what sort of value a field gives; lists of any kind are lists of texts."""
    if leaf.listed or leaf.mapped:
        return Kind.TEXTS
    if leaf.choices:
        return Kind.CHOICE
    if leaf.type is bool:
        return Kind.FLAG
    if leaf.type is Date:
        return Kind.DATE
    return Kind.QUANTITY if leaf.unit else Kind.TEXT


def line_to_add(leaf: Leaf) -> str:
    """Return the line that states a field, and where it goes."""
    head, _, _ = leaf.path.rpartition(".")
    where = f"under `{head.replace('[]', '[ID]')}`" if head else "at the top"
    choices = ("true", "false") if leaf.type is bool and not leaf.listed else leaf.choices
    others = f" (or {', '.join(choices[1:])})" if len(choices) > 1 and not leaf.mapped else ""
    return f"add `{leaf.name}: {leaf.example}`{others} {where} of the manifest"


def _spec(leaf: Leaf) -> FactSpec:
    kind = kind_of(leaf)
    return FactSpec(
        name=leaf.path,
        kind=kind,
        meaning=leaf.meaning,
        unit=leaf.unit if kind is Kind.QUANTITY else "",
        low=leaf.low,
        high=leaf.high,
        choices=() if leaf.mapped else leaf.choices,
        role=Role.INTENT if leaf.intent else Role.OBSERVATION,
        tier=leaf.tier,
        resolve=line_to_add(leaf),
        origin="manifest",
    )
