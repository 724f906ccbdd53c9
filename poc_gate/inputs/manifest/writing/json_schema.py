"""The schema's classes -> a JSON Schema (2020-12) that editors complete and check `pilot.yaml` with."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from poc_gate.errors import InternalError
from poc_gate.inputs.manifest.fields.field_tree import Block, Leaf, manifest_tree
from poc_gate.inputs.manifest.schema.field_types import Date, File, Number, QuantityText, Share
from poc_gate.model.quantity import DIMENSIONLESS, divide_units
from poc_gate.text.quantities.quantity_spellings import ASKED, LARGE, PER, PERIODS, SPOKEN, THOUSANDS
from poc_gate.text.quantities.quantity_text import ALONE, unit_table

_PLAIN_NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
_NUMBER = rf"({_PLAIN_NUMBER}|[+-]?{THOUSANDS}|([0-9]+(\.[0-9]+)?|{THOUSANDS})[ \t]*({'|'.join(LARGE)})(?![A-Za-z]))"
_PATH = (
    r"^(?![/~])(?![A-Za-z]:)(?![A-Za-z][A-Za-z0-9+.-]{1,20}://)(?![./]*$)(?=.*\S)(?!(.*/)?\.\.(/|$))[^\\]+$"
)
_BARE = r"[0-9]{1,15}(\.[0-9]{1,15})?"
_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_SOME_TEXT = r"\S"
_IN_SUMS = ("d", "h", "min", "ms", "m", "s")


def manifest_schema() -> dict[str, Any]:
    """Return the JSON Schema of `pilot.yaml`.

    What it refuses the loader refuses too. The loader refuses more, which JSON Schema cannot say:
    contradictions between fields, quantities out of range, and days that the calendar lacks.
    """
    from poc_gate.inputs.manifest.schema.pilot import Manifest

    schema = msgspec.json.schema(Manifest, schema_hook=_hook)
    for block in (manifest_tree(), *manifest_tree().blocks()):
        properties = schema["$defs"][block.type_name]["properties"]
        for entry in block.fields.values():
            _refine(properties[entry.name], entry)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:poc-gate:pilot:v1",
        "title": "poc-gate pilot manifest",
    }
    return head | schema


def _hook(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of a type that msgspec does not know."""
    if issubclass(kind, QuantityText):
        return {"type": "string", "pattern": quantity_pattern(kind), "examples": [kind.example]}
    if kind is Number:
        return {"type": ["number", "string"], "pattern": rf"^[ \t]*{THOUSANDS}[ \t]*$"}
    if kind is Date:
        return {"type": "string", "format": "date", "pattern": _DATE, "examples": [Date.example]}
    if kind is File:
        return {"type": "string", "pattern": _PATH, "examples": [File.example]}
    raise InternalError(f"the manifest's schema has a field of type {kind.__name__}, which nothing describes")


def quantity_pattern(kind: type[QuantityText]) -> str:
    """Return a regular expression for quantities of that type, in the unit table's own spellings."""
    if kind is Share:
        spoken = [word for word, plain in SPOKEN.items() if plain == "%"]
        return rf"^[ \t]*{_NUMBER}[ \t]*{_any_of(['%', *spoken])}[ \t]*$"
    units = "|".join(_spellings(kind.unit))
    whole = rf"{_NUMBER}[ \t]*({units})"
    if kind.unit == "s":
        spoken = [word for word, plain in SPOKEN.items() if plain in _IN_SUMS]
        whole = rf"({whole}|({_NUMBER}[ \t]*{_any_of([*_IN_SUMS, *spoken])}[ \t]*){{2,}})"
    return rf"^[ \t]*{whole}[ \t]*$"


def _spellings(unit: str) -> list[str]:
    """Return every way to spell a unit: as one word, or as one word per another."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for word, (_, meaning) in unit_table().items():
        words[meaning].append(word)
    for word, plain in SPOKEN.items():
        words[unit_table()[plain][1]].append(word)
    if unit == "req/s":
        words["req"] += ASKED
    found = list(words[unit])
    simple = [meaning for meaning in words if "/" not in meaning]
    for above in simple:
        left = [word for word in words[above] if word not in ALONE]
        named = _any_of(left) + "?" * (above == DIMENSIONLESS)
        found += [
            rf"{named}[ \t]*/[ \t]*{_any_of(words[below])}"
            for below in simple
            if left and below != DIMENSIONLESS and divide_units(above, below) == unit
        ]
    if unit.endswith("/s"):
        timed = unit.removesuffix("/s") if unit != "1/s" else DIMENSIONLESS
        left = [word for word in words[timed] if word not in ALONE]
        empty = unit in ("req/s", "tok/s", "1/s")
        found.append(
            rf"{_any_of(left)}{'?' * empty}[ \t]*(/|(?<![A-Za-z]){_any_of(list(PER))}[ \t])[ \t]*{_any_of(list(PERIODS))}"
        )
    return sorted(set(found), key=lambda spelling: (len(spelling) > 20, spelling))


def _any_of(words: list[str]) -> str:
    return f"({'|'.join(sorted(words))})"


def _refine(schema: dict[str, Any], entry: Leaf | Block) -> None:
    """Add what the field says of itself: example, range, and that a text is not empty."""
    schema.pop("default", None)  # "null" as a default would be offered by editors; it means "not stated"
    if isinstance(entry, Block):
        return
    inner = _innermost(schema, entry)
    if entry.given_example:
        inner["examples"] = [float(entry.example) if entry.type is Number else entry.given_example]
    if entry.type is Number:
        inner |= {
            key: bound
            for key, bound in (("minimum", entry.low), ("maximum", entry.high))
            if bound is not None
        }
    if entry.bare_unit:
        inner["type"] = ["string", "number"]
        inner["pattern"] = rf"{inner['pattern']}|^[ \t]*({_BARE}|{THOUSANDS})[ \t]*$"
    if entry.choices and inner.get("type") == "string":  # a table lists them, which msgspec does not see
        del inner["type"]
        inner["enum"] = sorted(entry.choices)
    if inner.get("type") == "string" and "pattern" not in inner:
        inner["pattern"] = _SOME_TEXT


def _innermost(schema: dict[str, Any], entry: Leaf) -> dict[str, Any]:
    """Return the part of a field's schema that describes one value."""
    found = schema["anyOf"][0] if "anyOf" in schema else schema
    if entry.listed:
        found = found["items"]
    elif entry.mapped:
        found = found["additionalProperties"]
    assert isinstance(found, dict)
    return found
