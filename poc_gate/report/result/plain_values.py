"""Structs <-> plain JSON data in which infinite numbers are texts and whole numbers stay as they are written."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from poc_gate.errors import InvalidInputError
from poc_gate.text.documents.json_shape import UNBOUNDED, shape_faults
from poc_gate.text.documents.strict_json import JsonText, placed

T = TypeVar("T")
_INFINITE = dict(zip(UNBOUNDED, (math.inf, -math.inf), strict=True))
_Builder = Callable[[Any], Any]


def read_plain(kind: type[T], read: JsonText, next_step: str) -> T:
    """Return the data of a JSON text as an instance of the Struct `kind`; the inverse of `plain_data`.

    Raises InvalidInputError with every unknown or missing key and every wrong type.
    """
    found = shape_faults(read.data, kind, next_step, unbounded=True)
    if found:
        raise InvalidInputError(placed(read, found))
    build: Callable[[Any], T] = _struct_builder(kind)  # type: ignore[arg-type]  # a class has a hash
    return build(read.data)


def plain_data(value: object) -> object:
    """Return the parts of a Struct as plain JSON data.

    Raises ValueError for a number that is not a number.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, (tuple, list)):
        return [plain_data(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    return {name: plain_data(getattr(value, name)) for name in value.__struct_fields__}  # type: ignore[attr-defined]


def _plain_number(value: float) -> object:
    if math.isnan(value):
        raise ValueError("a result must not hold a number that is not a number")
    if math.isinf(value):
        return UNBOUNDED[0] if value > 0 else UNBOUNDED[1]
    return value


@cache
def _builders(wanted: Any) -> dict[type, _Builder]:
    """Return what to make of each JSON type at one place; types that stay as they are, are left out."""
    options = get_args(wanted) if get_origin(wanted) in (types.UnionType, Union) else (wanted,)
    found: dict[type, _Builder] = {}
    for option in options:
        if get_origin(option) is tuple:
            found[list] = _list_builder(get_args(option)[0])
        elif get_origin(option) is dict:
            found[dict] = _mapping_builder(get_args(option)[1])
        elif option is float:
            found[str] = _INFINITE.__getitem__
        elif isinstance(option, type) and issubclass(option, Enum):
            found[str] = option
        elif isinstance(option, type) and issubclass(option, Struct):
            found[dict] = _struct_builder(option)
    return found


@cache
def _struct_builder(kind: Any) -> _Builder:
    wanted = {field.name: field.type for field in fields(kind)}

    def build(data: dict[str, Any]) -> Any:
        return kind(**{key: _built(_builders(wanted[key]), item) for key, item in data.items()})

    return build


def _list_builder(wanted: Any) -> _Builder:
    builders = _builders(wanted)
    return lambda data: tuple(_built(builders, item) for item in data)


def _mapping_builder(wanted: Any) -> _Builder:
    builders = _builders(wanted)
    return lambda data: {key: _built(builders, item) for key, item in data.items()}


def _built(builders: dict[type, _Builder], data: Any) -> Any:
    build = builders.get(type(data))
    return data if build is None else build(data)
