"""The schema's classes -> a tree of fields, which the reader, the catalogue, `init` and the docs walk.

Read from the classes' own annotations: `msgspec.inspect` would tell the same, at 10 ms more of every start.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from poc_gate.inputs.manifest.fields.sample_values import sample_value
from poc_gate.inputs.manifest.schema.field_types import Number, QuantityText

_ONLY_UNIT = {"tok": " tok", "req": " req"}
"""SI unit -> what is written behind a number that can mean nothing else."""
_TIMED_NAMES = {"_per_day": "/d", "_per_s": "/s"}
"""End of a key that says for which time its number counts -> how that is written."""


class Leaf(Struct, frozen=True):
    """One value of the manifest."""

    name: str
    """Key in the file."""
    path: str
    """Generic dotted name, which is the fact's name: `sources[].p99`."""
    type: type
    """`str`, `bool`, or one of the types of `schema_types`."""
    meaning: str
    required: bool = False
    listed: bool = False
    """A list of such values."""
    mapped: bool = False
    """A mapping of names to such values."""
    choices: tuple[str, ...] = ()
    intent: bool = False
    tier: int = 2
    low: float | None = None
    high: float | None = None
    given_example: str = ""
    imports: str = ""
    pattern: str = ""

    @property
    def unit(self) -> str:
        """Return the SI unit of a quantity or number, or an empty text."""
        if issubclass(self.type, QuantityText):
            return self.type.unit
        return "1" if self.type is Number else ""

    @property
    def bare_unit(self) -> str:
        """Return what a bare number means here: the only unit there is, or the time that the name says; else empty.

        500 under `requests_per_day` is `500/d`, 4096 under `max_context` is `4096 tok`.
        """
        if self.unit in _ONLY_UNIT:
            return _ONLY_UNIT[self.unit]
        named = next((time for end, time in _TIMED_NAMES.items() if self.name.endswith(end)), "")
        return named if self.unit.endswith("/s") else ""

    @property
    def example(self) -> str:
        """Return a value as it could stand in the file."""
        if self.type is bool:
            return "true"
        text = str(getattr(self.type, "example", "in words"))
        if self.type is str or self.unit:
            text = sample_value(self.name, self.unit, counted=self.type is Number) or text
        if self.type is Number and self.low is not None and self.low > float(text):
            text = f"{self.low:g}"
        if self.choices:
            text = self.choices[0]
        if self.given_example:
            text = self.given_example
        if self.mapped:
            return f"{{{'search' if self.choices else 'query'}: {text}}}"
        return f"[{text}]" if self.listed else text


class Block(Struct, frozen=True):
    """One section of the manifest, or one item of a list of sections."""

    name: str
    path: str
    """Generic dotted name: ``, `slo`, `sources[]`."""
    meaning: str
    fields: Mapping[str, Leaf | Block]
    required: bool = False
    item_key: str = ""
    """For an item of a list: the field that names it (`id`, `name`), or `rule` for the ledgers."""
    listed: bool = False
    type_name: str = ""
    """Name of the schema's class."""

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf below this block, in the schema's order."""
        for entry in self.fields.values():
            if isinstance(entry, Leaf):
                yield entry
            else:
                yield from entry.leaves()

    def blocks(self) -> Iterator[Block]:
        """Yield every block below this one, in the schema's order."""
        for entry in self.fields.values():
            if isinstance(entry, Block):
                yield entry
                yield from entry.blocks()


@cache
def manifest_tree() -> Block:
    """Return the manifest as a tree of blocks and leaves."""
    from poc_gate.inputs.manifest.schema.pilot import Manifest

    return _block(Manifest, "", "", required=True)


LEDGERS = ("apiVersion", "imports", "import_options", "evidence", "not_applicable")
"""Top-level keys that state no facts about the pilot."""


def _block(cls: type[msgspec.Struct], name: str, path: str, *, required: bool, listed: bool = False) -> Block:
    fields: dict[str, Leaf | Block] = {}
    optional = {
        field
        for field, default in zip(
            reversed(cls.__struct_fields__), reversed(cls.__struct_defaults__), strict=False
        )
        if default is not msgspec.NODEFAULT
    }
    for field in cls.__struct_fields__:
        below = f"{path}.{field}" if path else field
        fields[field] = _field(cls.__annotations__[field], field, below, required=field not in optional)
    key = next((key for key in ("id", "name", "rule") if key in fields), "") if listed else ""
    meaning = (cls.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return Block(
        name, path, meaning, fields, required=required, item_key=key, listed=listed, type_name=cls.__name__
    )


def _field(annotation: Any, name: str, path: str, *, required: bool) -> Leaf | Block:
    annotation, said = _unwrapped(annotation)
    origin = typing.get_origin(annotation)
    inner = annotation
    if origin is list:
        inner, _ = _unwrapped(typing.get_args(annotation)[0])
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        listed = origin is list
        return _block(inner, name, f"{path}[]" if listed else path, required=required, listed=listed)
    choices: tuple[str, ...] = ()
    if typing.get_origin(inner) is typing.Literal:
        inner, choices = str, typing.get_args(inner)
    extra: Mapping[str, Any] = (said.extra if said else None) or {}
    choices = extra.get("choices", choices)
    kind = str if origin is dict else inner
    if origin is dict and typing.get_origin(typing.get_args(annotation)[1]) is typing.Literal:
        choices = typing.get_args(typing.get_args(annotation)[1])
    low = extra.get("low")
    measured = issubclass(kind, QuantityText)
    return Leaf(
        name=name,
        path=path,
        type=kind,
        meaning=(said.description if said else None) or name,
        required=required,
        listed=origin is list,
        mapped=origin is dict,
        choices=choices,
        intent=extra.get("role") == "intent",
        tier=extra.get("tier", 2),
        low=0.0 if low is None and measured else low,
        high=extra.get("high"),
        given_example=extra.get("example", ""),
        imports=extra.get("imports", ""),
        pattern=(said.pattern if said else None) or "",
    )


def _unwrapped(annotation: Any) -> tuple[Any, msgspec.Meta | None]:
    """Return an annotation without `| None` and without its metadata, and the metadata."""
    said = None
    annotation = _without_none(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, said = typing.get_args(annotation)[:2]
    return _without_none(annotation), said


def _without_none(annotation: Any) -> Any:
    parts = typing.get_args(annotation)
    return next(part for part in parts if part is not type(None)) if type(None) in parts else annotation
