"""Fields of objects in Python that hold a client -> those that no code reads, beside one of the kind that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from poc_gate.model.claim import Place

_KEPT = re.compile(
    r"(?m)^(?P<indent>[ \t]+)self\.(?P<name>\w+)\s*=\s*(?P<maker>[\w.]+)\((?P<one>[^\n]*\)[ \t]*$|[^\n]*\n(?:(?P=indent)[ \t]+[^\s][^\n]*\n|[ \t]*\n)*(?P=indent)\))"
)
"""A field and the call that makes what it holds: in one line, or up to the bracket below its beginning."""
_COMMENT = re.compile(r"(?m)^[ \t]*#.*$")


class _Field(NamedTuple):
    """A field, and what makes what it holds."""

    path: str
    name: str
    maker: str


def in_idle_fields(texts: Mapping[str, str], places: frozenset[Place]) -> frozenset[Place]:
    """Return those of some places that are inside calls whose result is kept in a field which no code of the checkout reads.

    Another field of the file that is made by the same call, and is read, shows that fields are read by their names.
    """
    found: dict[Place, _Field] = {}
    for path in {place.file for place in places} & texts.keys():
        if "self." in texts[path]:
            found |= dict(_in_fields(path, texts[path], places))
    if not found:
        return frozenset()
    idle = {field.name for field in found.values()}
    for text in texts.values():
        near = [name for name in idle if name in text]
        code = _COMMENT.sub("", text) if near else ""
        idle -= {name for name in near if re.search(rf"\b{name}\b(?!\s*=[^=])", code)}
    read = {(field.path, field.maker) for field in found.values() if field.name not in idle}
    return frozenset(place for place, field in found.items() if field.name in idle and (field.path, field.maker) in read)  # fmt: skip


def _in_fields(path: str, text: str, places: frozenset[Place]) -> Iterator[tuple[Place, _Field]]:
    """Yield the places of a file inside the calls that fields are made with, each with the field."""
    ours = [place for place in places if place.file == path]
    for kept in _KEPT.finditer(text):
        first = text.count("\n", 0, kept.start()) + 1
        last = first + kept[0].count("\n")
        field = _Field(path, kept["name"], kept["maker"])
        yield from ((place, field) for place in ours if first <= place.line <= last)
