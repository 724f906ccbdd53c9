"""Plain JSON data -> frozen Structs, strictly: every unknown key and wrong type is told, all at once."""

from __future__ import annotations

import difflib
import math
import sys
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

Complain = Callable[[str, str], None]
"""Takes the JSON path and the fault found there."""

T = TypeVar("T")
_UNBOUNDED = {"unbounded": math.inf, "-unbounded": -math.inf}


def read_typed(kind: type[T], data: object, complain: Complain) -> T | None:
    """Return `data` as an instance of the Struct `kind`, or None when anything in it was wrong.

    Every fault goes to `complain`. Infinite numbers, which JSON lacks, are the texts `unbounded` and
    `-unbounded`, as `plain_data` writes them.
    """
    faults = 0

    def count(path: str, what: str) -> None:
        nonlocal faults
        faults += 1
        complain(path, what)

    built = _read(kind, data, "$", count)
    return built if not faults else None


def plain_data(value: object) -> object:
    """Return the parts of a Struct as plain JSON data; the inverse of `read_typed`.

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
        return "unbounded" if value > 0 else "-unbounded"
    return value


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    return {field.name: field.type for field in fields(kind)}


@cache
def _required(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.required)


def _read(kind: Any, data: object, path: str, complain: Complain) -> Any:  # noqa: PLR0911 - one per kind
    origin = get_origin(kind)
    if kind is object:
        return data
    if origin in (Union, types.UnionType):
        return _read_union(get_args(kind), data, path, complain)
    if origin is tuple:
        return _read_tuple(get_args(kind), data, path, complain)
    if origin is dict:
        return _read_mapping(get_args(kind)[1], data, path, complain)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _read_struct(kind, data, path, complain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _read_choice(kind, data, path, complain)
    return _read_scalar(kind, data, path, complain)


def _read_struct(kind: Any, data: object, path: str, complain: Complain) -> Any:
    if not isinstance(data, dict):
        return complain(path, f"expected an object ({kind.__name__}), found {_named(data)}")
    wanted = _field_types(kind)
    for key in data:
        if key not in wanted:
            near = difflib.get_close_matches(str(key), wanted, n=1)
            complain(path, f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    for key in _required(kind):
        if key not in data:
            complain(path, f"the key {key!r} is missing")
    values = {
        key: _read(wanted[key], item, f"{path}.{key}", complain)
        for key, item in data.items()
        if key in wanted
    }
    return kind(**values) if all(key in values for key in _required(kind)) else None


def _read_union(kinds: tuple[Any, ...], data: object, path: str, complain: Complain) -> Any:
    if data is None:
        return None if type(None) in kinds else complain(path, "null is not allowed here")
    for kind in kinds:
        if _fits(kind, data):
            return _read(kind, data, path, complain)
    return complain(path, f"{_named(data)} is not allowed here")


def _fits(kind: Any, data: object) -> bool:
    """Tell by its JSON type whether `data` is meant as `kind`; unions of the model differ in JSON type."""
    if kind is float:
        return _is_number(data) or (isinstance(data, str) and data in _UNBOUNDED)
    if kind is int:
        return isinstance(data, int) and not isinstance(data, bool)
    if kind in (bool, str):
        return isinstance(data, kind)
    if get_origin(kind) is tuple:
        return isinstance(data, list)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return isinstance(data, str)
    return isinstance(data, dict)


def _read_tuple(kinds: tuple[Any, ...], data: object, path: str, complain: Complain) -> Any:
    if not isinstance(data, list):
        return complain(path, f"expected a list, found {_named(data)}")
    return tuple(_read(kinds[0], item, f"{path}[{index}]", complain) for index, item in enumerate(data))


def _read_mapping(kind: Any, data: object, path: str, complain: Complain) -> Any:
    if not isinstance(data, dict):
        return complain(path, f"expected an object, found {_named(data)}")
    return {key: _read(kind, item, f"{path}.{key}", complain) for key, item in data.items()}


def _read_choice(kind: type[Enum], data: object, path: str, complain: Complain) -> Any:
    values = {member.value: member for member in kind}
    if data in values:
        return values[data]
    return complain(path, f"{data!r} is none of {', '.join(map(str, values))}")


def _read_scalar(kind: Any, data: object, path: str, complain: Complain) -> Any:
    if not _fits(kind, data):
        return complain(path, f"expected {kind.__name__}, found {_named(data)}")
    if kind is float and isinstance(data, str):
        return _UNBOUNDED[data]
    # A whole number stays as it is written, so that writing it again gives the same bytes.
    if kind is float and isinstance(data, int) and abs(data) > sys.float_info.max:
        return complain(path, "the number is too large")
    return data


def _is_number(data: object) -> bool:
    return isinstance(data, (int, float)) and not isinstance(data, bool)


def _named(data: object) -> str:
    if data is None:
        return "null"
    names = {bool: "true or false", str: "text", int: "a number", float: "a number", list: "a list"}
    return names.get(type(data), "an object")
