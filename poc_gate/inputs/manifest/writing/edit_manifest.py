"""A manifest's text and one value -> the text with that value set, every other line and comment as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping

from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Path, Place
from poc_gate.text.documents.positioned_yaml import Document, read_yaml

_ITEM = re.compile(r"(?P<list>[a-z_.]+)\[(?P<item>[^\]]*)\]\.(?P<key>\w+)")
_STEP = "    "


class CannotEditError(Exception):
    """A manifest is laid out so that a value cannot be set safely; the line is to be added by hand."""


def with_value(text: str, name: str, written: str) -> str:
    """Return the manifest with the fact `name` written as `written`, a value as YAML spells it.

    An existing value is replaced; a missing key is added to its section or item, in place of a comment that
    offers it where there is one; a missing section is added at the end. Comments, order and layout of everything
    else stay. The result is read again and compared: raises CannotEditError when more than that one value changed,
    and when the text cannot be edited, for example because a value runs over several lines.
    """
    document = _read(text)
    path, chain = _path_of(document, name)
    lines = text.split("\n")
    if path in document.places:
        _replace(lines, document.places[path], written)
    else:
        _add(lines, document, chain, path, written)
    result = "\n".join(lines)
    _check(document, result, path)
    return result


def with_item(text: str, collection: str, key: str, item: str) -> str:
    """Return the manifest with one more item in a list of sections, known by `key: item`."""
    document = _read(text)
    held = document.data.get(collection) if isinstance(document.data, dict) else None
    lines = text.split("\n")
    if held:
        last = document.places[(collection, len(held) - 1)]
        indent = " " * _dash_column(lines, last)
        at = _last_line_of(document, (collection, len(held) - 1))
        lines.insert(at, f"{indent}- {key}: {item}")
    elif isinstance(held, list):
        place = document.places[(collection,)]
        row = lines[place.line - 1]
        lines[place.line - 1] = f"{row[: place.column - 1].rstrip()}{row[place.end_column - 1 :]}"
        lines.insert(place.line, f"  - {key}: {item}")
    else:
        head = _commented_head(lines, f"{collection}:")
        if head is None:
            lines = _without_tail(lines)
            lines += ["", f"{collection}:", f"  - {key}: {item}", ""]
        else:
            lines.insert(head + 1, f"  - {key}: {item}")
    result = "\n".join(lines)
    _check(document, result, (collection,))
    return result


def _read(text: str) -> Document:
    try:
        document = read_yaml(text.encode(), "pilot.yaml")
    except InvalidInputError as error:
        raise CannotEditError(str(error.faults[0].what)) from error
    if not isinstance(document.data, dict):
        raise CannotEditError("the manifest is empty")
    return document


def _path_of(document: Document, name: str) -> tuple[Path, tuple[str, ...]]:
    """Return the path of a fact in the document, and the section or item that holds it as readable keys."""
    match = _ITEM.fullmatch(name)
    if match is None:
        parts = tuple(name.split("."))
        return parts, parts[:-1]
    keys = tuple(match["list"].split("."))
    held: object = document.data
    for key in keys:
        held = held.get(key) if isinstance(held, dict) else None
    for index, one in enumerate(held if isinstance(held, list) else ()):
        if isinstance(one, Mapping) and match["item"] in (one.get("id"), one.get("name")):
            return (*keys, index, match["key"]), (*keys, f"[{match['item']}]")
    raise CannotEditError(f"no item {match['item']!r} in {'.'.join(keys)}")


def _replace(lines: list[str], place: Place, written: str) -> None:
    if place.end_line not in (0, place.line) or not place.end_column:
        raise CannotEditError(f"the value at line {place.line} runs over several lines")
    row = lines[place.line - 1]
    before = row[: place.column - 1]
    blank = " " if before.endswith(":") else ""  # where nothing stood, the place is right behind the colon
    lines[place.line - 1] = f"{before}{blank}{written}{row[place.end_column - 1 :]}"


def _add(lines: list[str], document: Document, chain: tuple[str, ...], path: Path, written: str) -> None:
    key, parent = str(path[-1]), path[:-1]
    if not parent:
        raise CannotEditError("a value at the top level has no section")
    if parent not in document.places or _value_at(document.data, parent) is None:
        _add_section(lines, document, [str(part) for part in parent], key, written)
        return
    place = document.places[parent]
    row = lines[place.line - 1]
    if row[place.column - 1 : place.column] == "{":
        _add_to_flow(lines, document, parent, key, written)
        return
    siblings = [
        document.key_places[below]
        for below in document.key_places
        if len(below) == len(path) and below[:-1] == parent
    ]
    if not siblings:
        raise CannotEditError(f"the section {'.'.join(chain)} is laid out in a way that cannot be edited")
    indent = " " * (min(one.column for one in siblings) - 1)
    end = _last_line_of(document, parent)
    offered = _offered(lines, place.line - 1, end, key)
    if offered is not None:
        lines[offered] = f"{indent}{key}: {written}"
    else:
        lines.insert(end, f"{indent}{key}: {written}")


def _value_at(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def _add_to_flow(lines: list[str], document: Document, parent: Path, key: str, written: str) -> None:
    place = document.places[parent]
    row, at = lines[place.end_line - 1], place.end_column - 2
    if at < 0 or row[at : at + 1] != "}":
        raise CannotEditError(f"the section at line {place.line} cannot be edited")
    empty = not any(below[:-1] == parent for below in document.key_places)
    before = row[:at].rstrip()
    lines[place.end_line - 1] = f"{before}{'' if empty else ', '}{key}: {written}{row[at:]}"


def _add_section(lines: list[str], document: Document, parent: list[str], key: str, written: str) -> None:
    if len(parent) > 1:
        raise CannotEditError(f"the section {'.'.join(parent)} is not there")
    head = f"{parent[0]}:"
    value = _commented_head(lines, head)
    if value is not None and (parent[0],) in document.key_places:  # a section of comments alone
        offered = _offered(lines, value, _end_of_block(lines, value), key)
        if offered is not None:
            lines[offered] = f"  {key}: {written}"
        else:
            lines.insert(value + 1, f"  {key}: {written}")
        return
    while lines and not lines[-1].strip():
        lines.pop()
    lines += ["", head, f"  {key}: {written}", ""]


def _offered(lines: list[str], first: int, end: int, key: str) -> int | None:
    """Return the line of a comment that offers a key, as a new manifest has them; None where there is none."""
    pattern = re.compile(rf"\s*# (?:- )?{re.escape(key)}:(\s|$)")
    stop = max(end, _end_of_block(lines, first))
    return next(
        (number for number in range(first, min(stop, len(lines))) if pattern.match(lines[number])), None
    )


def _end_of_block(lines: list[str], first: int) -> int:
    """Return the line after a top-level section and the comments that are indented below it."""
    number = first + 1
    while number < len(lines) and (not lines[number].strip() or lines[number].startswith((" ", "\t"))):
        number += 1
    return number


def _last_line_of(document: Document, parent: Path) -> int:
    """Return how many lines there are up to the end of the last value below a path."""
    below = [
        place for path, place in document.places.items() if path[: len(parent)] == parent and path != parent
    ]
    keys = [place for path, place in document.key_places.items() if path[: len(parent)] == parent]
    return max(*(place.end_line or place.line for place in below), max((k.line for k in keys), default=0))


def _dash_column(lines: list[str], place: Place) -> int:
    row = lines[place.line - 1]
    dash = row.rfind("-", 0, place.column - 1)
    if dash < 0 or row[:dash].strip():
        raise CannotEditError(f"the list at line {place.line} cannot be edited")
    return dash


def _commented_head(lines: list[str], head: str) -> int | None:
    return next((number for number, row in enumerate(lines) if row.split("#")[0].rstrip() == head), None)


def _without_tail(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _check(before: Document, text: str, path: Path) -> None:
    """Refuse a result that does not read, or in which anything else than the one value differs."""
    after = _read(text)
    old, new = dict(_flat(before.data)), dict(_flat(after.data))
    changed = {key for key in old.keys() | new.keys() if old.get(key, _MISSING) != new.get(key, _MISSING)}
    strange = {
        key
        for key in changed
        if key[: len(path)] != path and not (key not in new and path[: len(key)] == key)
    }
    if strange:
        raise CannotEditError(f"the edit would change {'.'.join(map(str, min(strange, key=str)))} as well")


_MISSING = object()


def _flat(data: object, path: Path = ()) -> list[tuple[Path, object]]:
    if isinstance(data, dict) and data:
        return [pair for key, value in data.items() for pair in _flat(value, (*path, key))]
    if isinstance(data, list) and data:
        return [pair for index, value in enumerate(data) for pair in _flat(value, (*path, index))]
    return [(path, data)]
