"""Plain JSON data against the Struct it should become: every unknown or missing key and every wrong type."""

from __future__ import annotations

import sys
import types
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from poc_gate.errors import MOST_SHOWN
from poc_gate.model.claim import Path
from poc_gate.text.documents.strict_json import MOST_FOUND, Found, show_value, spell_path

UNBOUNDED = ("unbounded", "-unbounded")
"""How a format that keeps infinite numbers writes them, as JSON has none."""
_LARGEST = sys.float_info.max
_PLAIN = {str: "a text", bool: "true or false", int: "a whole number", types.NoneType: "null"}
_JSON = frozenset({*_PLAIN, float, list, dict})


def shape_faults(data: object, wanted: Any, next_step: str, *, unbounded: bool = False) -> list[Found]:
    """Return everything in `data` that does not have the shape of `wanted`, up to about `MOST_FOUND` faults.

    `unbounded` lets infinite numbers stand as the texts in `UNBOUNDED`. The options of a union must differ
    in their JSON type.
    """
    found: list[Found] = []
    shape = _shape(wanted, unbounded)
    if not _passes(data, shape):
        _look(data, shape, (), found)
    return [(path, what, step or next_step) for path, what, step in found]


class _Shape(Struct, frozen=True):
    """What may stand at one place."""

    said: str
    plain: frozenset[type]
    """JSON types of which any value will do."""
    number: bool
    texts: frozenset[object]
    """The choices, or the spellings of infinite numbers."""
    members: Any
    """The Struct that an object must fit, and whether its numbers may be unbounded."""
    item: _Shape | None
    """Of each value in a list."""
    value: _Shape | None
    """Of each value in an object with free keys."""


@cache
def _shape(wanted: Any, unbounded: bool) -> _Shape:
    options = _options(wanted)
    structs = [option for option in options if _is(option, Struct)]
    lists = [get_args(option)[0] for option in options if get_origin(option) is tuple]
    mappings = [get_args(option)[1] for option in options if get_origin(option) is dict]
    choices = [member.value for option in options if _is(option, Enum) for member in option]
    return _Shape(
        said=" or ".join(dict.fromkeys(_said(option) for option in options)),
        plain=_JSON if object in options else frozenset(options) & frozenset(_PLAIN),
        number=float in options,
        texts=frozenset([*choices, *(UNBOUNDED if unbounded and float in options else ())]),
        members=(structs[0], unbounded) if structs else None,
        item=_shape(lists[0], unbounded) if lists else None,
        value=_shape(mappings[0], unbounded) if mappings else None,
    )


@cache
def _members(kind: Any, unbounded: bool) -> tuple[dict[str, _Shape], tuple[str, ...]]:
    """Return the shape of each key of a Struct, and the keys that must be there."""
    found = fields(kind)
    shapes = {field.name: _shape(field.type, unbounded) for field in found}
    return shapes, tuple(field.name for field in found if field.required)


def _options(wanted: Any) -> tuple[Any, ...]:
    if get_origin(wanted) not in (types.UnionType, Union):
        return (wanted,)
    return tuple(part for option in get_args(wanted) for part in _options(option))


def _is(wanted: Any, kind: type) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, kind)


def _said(wanted: Any) -> str:
    if _is(wanted, Enum):
        return f"one of {', '.join(str(member.value) for member in wanted)}"
    if _is(wanted, Struct) or get_origin(wanted) is dict:
        return "an object"
    return _PLAIN.get(wanted, "a number" if wanted is float else "a list")


def _passes(data: Any, shape: _Shape) -> bool:
    """Tell whether a value needs no closer look: most do not, and are spared their path."""
    kind = type(data)
    return kind in shape.plain or (
        shape.number and (kind is float or kind is int) and -_LARGEST <= data <= _LARGEST
    )


def _look(data: Any, shape: _Shape, path: Path, found: list[Found]) -> None:
    if len(found) >= MOST_FOUND:
        return
    kind = type(data)
    if kind is dict and shape.members is not None:
        _look_at_members(data, shape.members, path, found)
    elif kind is dict and shape.value is not None:
        for key, inner in data.items():
            if not _passes(inner, shape.value):
                _look(inner, shape.value, (*path, key), found)
    elif kind is list and shape.item is not None:
        for index, inner in enumerate(data):
            if not _passes(inner, shape.item):
                _look(inner, shape.item, (*path, index), found)
    elif shape.number and (kind is float or kind is int):
        found.append((path, f"{spell_path(path)} is too large a number", ""))
    elif kind in (list, dict) or data not in shape.texts:
        found.append((path, f"{spell_path(path)} must be {shape.said}, not {show_value(data)}", ""))


def _look_at_members(data: dict[str, Any], members: Any, path: Path, found: list[Found]) -> None:
    shapes, required = _members(*members)
    where = f" in {spell_path(path)}" if path else ""
    for key, inner in data.items():
        shape = shapes.get(key)
        if shape is None:
            # A nearest name costs 25 microseconds.
            step = _known(key, shapes) if len(found) < MOST_SHOWN else ""
            found.append(((*path, key), f"unknown key {show_value(key)}{where}", step))
        elif not _passes(inner, shape):
            _look(inner, shape, (*path, key), found)
    found.extend((path, f"the key {key!r} is missing{where}", "") for key in required if key not in data)


def _known(key: str, shapes: dict[str, _Shape]) -> str:
    import difflib

    near = difflib.get_close_matches(key[:100], shapes, n=1)
    return f"did you mean {near[0]}?" if near else f"known keys: {', '.join(sorted(shapes))}"
