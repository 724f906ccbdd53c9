"""JSON bytes -> plain data, strictly: whatever is wrong is told with its line and column."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from types import NoneType
from typing import Any

from msgspec import Struct

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.claim import Path, Place
from poc_gate.text.decode import decode_utf8
from poc_gate.text.documents.json_places import MAX_DEPTH, json_places, nearest_place

Found = tuple[Path, str, str]
"""Path of a value, what is wrong with it, and the next step."""
_LONGEST_SHOWN = 60
_TWICE, _TWICE_STEP = "is given twice", "keep one of the two"
MOST_FOUND = 10_000
"""Faults that are looked for in one file: a list of millions that is wrong throughout is wrong for one reason."""


class JsonText(Struct, frozen=True):
    """A text that is strict JSON, and the data in it."""

    file: str
    text: str
    data: Any


def parse_json(
    content: bytes, file: str, *, most_bytes: int, next_step: str, half_pairs: bool = False
) -> JsonText:
    """Return text and data of a JSON file; a byte-order mark is passed over.

    `half_pairs` lets texts hold half a surrogate pair, which no UTF-8 file can.
    Raises InvalidInputError for what is too large, no UTF-8, no JSON or nested too deeply, and with every
    repeated key and every number that JSON or a machine does not have.
    """
    return parse_json_text(
        decode_utf8(content, file, most_bytes, next_step), file, next_step, half_pairs=half_pairs
    )


def parse_json_text(
    text: str, file: str, next_step: str, *, half_pairs: bool = False, lenient: bool = False
) -> JsonText:
    """Return a text that was decoded already with its data; raises as `parse_json` does.

    `lenient` passes over what other programs write and JSON does not have: NaN, infinity, and control
    characters inside texts.
    """
    try:
        data, noted = _parsed(text, lenient=lenient)
    except json.JSONDecodeError as error:
        what = f"not valid JSON: {error.msg}" if text.strip() else "the file is empty"
        raise InvalidInputError([Fault(file, error.lineno, error.colno, what, next_step)]) from None
    except RecursionError:
        raise InvalidInputError([Fault(file, 0, 0, "is nested too deeply", next_step)]) from None
    read = JsonText(file, text, data)
    found = [
        (path, what, _TWICE_STEP if what.endswith(_TWICE) else next_step)
        for path, what in islice(_paths_of(noted, data), MOST_FOUND)
    ]
    if not half_pairs and "\\u" in text:
        what = "holds half a surrogate pair"
        halved = islice(_half_pairs(data), MOST_FOUND)
        found += [(path, f"{spell_path(path)} {what}", next_step) for path in halved]
    if found:
        raise InvalidInputError(placed(read, found))
    return read


def placed(read: JsonText, found: Iterable[Found]) -> list[Fault]:
    """Return faults where their values stand; by path, without line, in a text too large to be searched for places."""
    places = json_places(read.text, read.file)
    faults = []
    for path, what, step in found:
        at = nearest_place(places, path, read.file) if places else Place(read.file)
        spelt = spell_path(path)
        if not places and path and spelt not in what:
            what = f"{what}, at {spelt}"  # noqa: PLW2901 - where no line can tell it
        faults.append(Fault(read.file, at.line, at.column, what, step))
    return faults


def spell_path(path: Path) -> str:
    """Return a path as a reader writes it: `findings[0].severity`; `the file` for the whole."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{_spell_key(part)}" for part in path)
    return "".join(parts).removeprefix(".") or "the file"


def _spell_key(key: str) -> str:
    return key if key.isprintable() and len(key) <= _LONGEST_SHOWN else show_value(key)


def show_value(value: object) -> str:
    """Return a value as it may stand in a message: texts and numbers on one line, cut off; others by their type."""
    names = {NoneType: "null", bool: "true or false", list: "a list", dict: "an object"}
    shown = names.get(type(value)) or repr(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}..."


class _Noted(Struct, frozen=True):
    """A value that was refused while its path was not known yet, or a key of it."""

    value: object
    what: str
    key: str | None = None


def _parsed(text: str, *, lenient: bool) -> tuple[Any, list[_Noted]]:
    noted: list[_Noted] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) != len(pairs):
            counted = Counter(key for key, _ in pairs)
            twice = (key for key, count in counted.items() if count > 1)
            noted.extend(_Noted(data, f"the key {show_value(key)} {_TWICE}", key) for key in twice)
        return data

    def constant(name: str) -> float:
        value = float(name)
        if not lenient:
            noted.append(_Noted(value, f"{name} is not a number that JSON has"))
        return value

    def whole(digits: str) -> float:
        try:
            return int(digits)
        except ValueError:
            what = f"a whole number of {len(digits.lstrip('-')):,} digits is too large"
            noted.append(_Noted(value := float("inf"), what))
            return value

    try:
        return json.loads(text, strict=not lenient, object_pairs_hook=once, parse_constant=constant), noted
    except json.JSONDecodeError:
        raise
    except ValueError:  # a number with more digits than Python turns into one: read again, looking at each
        noted.clear()
        again = json.loads(
            text, strict=not lenient, object_pairs_hook=once, parse_constant=constant, parse_int=whole
        )
        return again, noted


def _paths_of(noted: list[_Noted], data: object) -> Iterator[tuple[Path, str]]:
    """Yield where the noted values stand; one that a repeated key put aside is left out with it."""
    if not noted:
        return
    wanted: dict[int, list[_Noted]] = {}
    for note in noted:
        wanted.setdefault(id(note.value), []).append(note)
    lost = True
    for path, value in _values(data):
        for note in wanted.get(id(value), ()):
            lost = False
            yield path if note.key is None else (*path, note.key), note.what
    if lost:
        yield (), noted[0].what


def _half_pairs(data: object) -> Iterator[Path]:
    for path, value in _values(data):
        texts: Iterable[str] = value if isinstance(value, dict) else ()
        yield from ((*path, key) for key in texts if _is_halved(key))
        if isinstance(value, str) and _is_halved(value):
            yield path


def _is_halved(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)


def _values(data: object) -> Iterator[tuple[Path, object]]:
    """Yield every value with its path, in the file's order, without recursion, down to the deepest level that is told."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if len(path) < MAX_DEPTH and isinstance(value, (dict, list)):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend([((*path, step), inner) for step, inner in pairs][::-1])
