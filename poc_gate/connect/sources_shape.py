"""Plain data against the Structs of `sources.json`: every unknown or missing key, every wrong type."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from poc_gate.model.claim import Path

Found = Iterator[tuple[Path, str, str]]


def shape_faults(data: object, wanted: Any, path: Path, next_step: str) -> Found:
    """Yield path, fault and next step of everything in `data` that does not have the shape of `wanted`."""
    options = _options(wanted)
    chosen = next((option for option in options if _fits(data, option)), None)
    if chosen is None:
        names = " or ".join(dict.fromkeys(_said(option) for option in options))
        yield path, f"must be {names}, not {type(data).__name__}", next_step
    elif _is_struct(chosen) and isinstance(data, dict):
        yield from _object_faults(data, chosen, path, next_step)
    elif typing.get_origin(chosen) is tuple and isinstance(data, list):
        for index, item in enumerate(data):
            yield from shape_faults(item, typing.get_args(chosen)[0], (*path, index), next_step)
    elif typing.get_origin(chosen) is dict and isinstance(data, dict):
        for key, item in data.items():
            yield from shape_faults(item, typing.get_args(chosen)[1], (*path, key), next_step)


def _object_faults(data: dict[str, Any], wanted: Any, path: Path, next_step: str) -> Found:
    fields = _fields(wanted)
    for key in data:
        if key not in fields:
            near = difflib.get_close_matches(str(key), fields, n=1)
            yield (*path, key), f"unknown key {key!r}", f"did you mean {near[0]}?" if near else next_step
    for name, field in fields.items():
        if name in data:
            yield from shape_faults(data[name], field.type, (*path, name), next_step)
        elif field.required:
            yield path, f"key {name!r} is missing", next_step


@cache
def _fields(wanted: Any) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(wanted)}


def _is_struct(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _options(wanted: Any) -> tuple[Any, ...]:
    if not isinstance(wanted, types.UnionType) and typing.get_origin(wanted) is not typing.Union:
        return (wanted,)
    return tuple(part for option in typing.get_args(wanted) for part in _options(option))


def _fits(data: object, wanted: Any) -> bool:
    origin = typing.get_origin(wanted)
    if wanted is float:
        return isinstance(data, int | float) and not isinstance(data, bool)
    if wanted is type(None):
        return data is None
    if _is_struct(wanted) or origin is dict:
        return isinstance(data, dict)
    if origin is tuple:
        return isinstance(data, list)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return data in {member.value for member in wanted}
    return type(data) is wanted


def _said(wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return f"one of {', '.join(str(member.value) for member in wanted)}"
    if _is_struct(wanted) or typing.get_origin(wanted) is dict:
        return "an object"
    names = {
        float: "a number",
        int: "a whole number",
        str: "a text",
        bool: "true or false",
        type(None): "null",
    }
    return names.get(wanted, "a list")
