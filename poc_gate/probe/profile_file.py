"""`machine.json` <-> machine profile: canonical bytes out, every fault with its line and column in."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any

import msgspec

from poc_gate.canonical_json import canonical_json
from poc_gate.errors import Fault, InvalidInputError
from poc_gate.json_places import json_places, nearest_place
from poc_gate.model.claim import Path
from poc_gate.model.fact import Catalogue
from poc_gate.model.measurement import MachineProfile
from poc_gate.probe.machine_facts import machine_facts
from poc_gate.probe.profile_faults import profile_faults

_LARGEST = 32 * 2**20
"""Bytes; a profile with every curve of a large server stays below one MiB."""
_AGAIN = "record it again with `poc-gate probe -o machine.json`"


def write_profile(profile: MachineProfile) -> bytes:
    """Return a profile as canonical JSON: sorted keys, two spaces, a newline at the end."""
    return canonical_json(msgspec.to_builtins(profile), ascii_only=False)


def read_profile(content: bytes, file: str) -> MachineProfile:
    """Return the profile that `content` holds.

    Raises InvalidInputError with every fault found: syntax, unknown keys, wrong types, unknown facts,
    wrong units, values out of their plausible range.
    """
    text, plain = _parse(content, file)
    found = list(_shape_faults(plain, MachineProfile, ()))
    if not found:
        profile = msgspec.json.decode(text.encode(), type=MachineProfile)
        found = list(profile_faults(profile, _catalogue()))
        if not found:
            return profile
    raise InvalidInputError(_placed(found, text, file))


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a machine profile."""
    schema = msgspec.json.schema(MachineProfile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "poc-gate machine profile",
        **schema,
    }


@cache
def _catalogue() -> Catalogue:
    return Catalogue(machine_facts())


_origin: Callable[[Any], Any] = cache(typing.get_origin)
_arguments: Callable[[Any], tuple[Any, ...]] = cache(typing.get_args)


def _parse(content: bytes, file: str) -> tuple[str, Any]:
    """Return text and plain data; raises InvalidInputError for what is no JSON or no sane size."""
    if len(content) > _LARGEST:
        raise InvalidInputError([Fault(file, 0, 0, f"{len(content)} bytes is no machine profile", _AGAIN)])
    try:
        text = content.decode("utf-8-sig")
        return text, json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        fault = Fault(file, error.lineno, error.colno, f"is not valid JSON: {error.msg}", _AGAIN)
    except RecursionError:
        fault = Fault(file, 0, 0, "is nested too deeply for a machine profile", _AGAIN)
    except ValueError as error:  # UnicodeDecodeError is one
        fault = Fault(file, 0, 0, f"is not valid JSON: {error}", _AGAIN)
    raise InvalidInputError([fault])


def _placed(found: list[tuple[Path, str, str]], text: str, file: str) -> list[Fault]:
    places = json_places(text, file)
    stands = [nearest_place(places, path, file) for path, _, _ in found]
    return [
        Fault(file, at.line, at.column, what, step) for at, (_, what, step) in zip(stands, found, strict=True)
    ]


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        raise ValueError(f"key {next(name for name in names if names.count(name) > 1)!r} is given twice")
    return found


def _shape_faults(data: object, wanted: Any, path: Path) -> typing.Iterator[tuple[Path, str, str]]:
    """Yield keys that are unknown or missing and values of a wrong type, against the annotations of a Struct."""
    options = _arguments(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    chosen = next((option for option in options if _fits(data, option)), None)
    if chosen is None:
        names = " or ".join(_type_name(option) for option in options)
        yield path, f"{_spell(path)} must be {names}, not {type(data).__name__}", _AGAIN
    elif _is_struct(chosen):
        assert isinstance(data, dict)
        yield from _object_faults(data, chosen, path)
    elif _origin(chosen) is tuple:
        assert isinstance(data, list)
        for index, item in enumerate(data):
            yield from _shape_faults(item, _arguments(chosen)[0], (*path, index))
    elif _origin(chosen) is dict:
        assert isinstance(data, dict)
        for key, item in data.items():
            yield from _shape_faults(item, _arguments(chosen)[1], (*path, key))


def _object_faults(data: dict[str, Any], wanted: Any, path: Path) -> typing.Iterator[tuple[Path, str, str]]:
    fields = _fields(wanted)
    for key in data:
        if key not in fields:
            yield (*path, key), f"unknown key {key!r}", f"known keys: {', '.join(sorted(fields))}"
    for name, field in fields.items():
        if name in data:
            yield from _shape_faults(data[name], field.type, (*path, name))
        elif field.required:
            yield path, f"key {name!r} is missing", _AGAIN


@cache
def _fields(wanted: Any) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(wanted)}


def _is_struct(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _fits(data: object, wanted: Any) -> bool:
    origin = _origin(wanted)
    if wanted is float:
        return isinstance(data, int | float) and not isinstance(data, bool)
    if wanted is type(None):
        return data is None
    if _is_struct(wanted) or origin is dict:
        return isinstance(data, dict)
    if origin is tuple:
        return isinstance(data, list)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return data in [member.value for member in wanted]
    return type(data) is wanted


def _type_name(wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return f"one of {', '.join(member.value for member in wanted)}"
    names = {float: "a number", str: "a text", bool: "true or false", type(None): "null"}
    if _is_struct(wanted) or _origin(wanted) is dict:
        return "an object"
    return names.get(wanted, "a list" if _origin(wanted) is tuple else str(wanted))


def _spell(path: Path) -> str:
    return ".".join(str(part) for part in path) or "the file"
