"""A document of a pack and the shape it should have -> every fault of it, in words with their places."""

from __future__ import annotations

import difflib
import re
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from poc_gate.errors import Fault
from poc_gate.judge.packs.rule_schema import SHAPES, RuleBlock
from poc_gate.model.claim import Path
from poc_gate.text.documents.positioned_yaml import Document

_KINDS = {
    "object": "a mapping", "array": "a list", "str": "a text", "null": "nothing", "int": "a whole number",
    "float": "a number", "bool": "true or false",
}  # fmt: skip


def shape_faults(document: Document, wanted: type[RuleBlock]) -> list[Fault]:
    """Return every departure of the document from the wanted shape, each with its place."""
    faults: list[Fault] = []
    _walk(document, document.data, wanted, (), faults)
    return faults


def character_faults(document: Document) -> list[Fault]:
    """Return every text with control characters: they would reach terminals and reports."""
    faults: list[Fault] = []
    for path in document.places:
        held = _at(document.data, path)
        if isinstance(held, str) and any(map(_is_control, held)):
            faults.append(
                _fault(document, path, "the text holds control characters", "write it without them")
            )
    return faults


def _is_control(character: str) -> bool:
    """Whether a character drives a terminal, or turns the direction in which a text is shown."""
    code = ord(character)
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return turns or (code < 32 and character not in "\n\t") or 127 <= code < 160


def _at(data: Any, path: Path) -> Any:
    """Return the value at a path; None where a refused key left a gap."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        else:
            data = data[step] if isinstance(data, list) and isinstance(step, int) else None
    return data


def _walk(document: Document, data: Any, wanted: Any, path: Path, faults: list[Fault]) -> None:
    """Descend into blocks, lists and mappings; let msgspec judge each leaf."""
    options = _alternatives(wanted)
    blocks = [option for option in options if _is_block(option)]
    if blocks and isinstance(data, dict):
        _walk_block(document, data, blocks[0], path, faults)
        return
    inner = next((option for option in options if get_origin(option) in {list, dict}), wanted)
    if get_origin(inner) is list and isinstance(data, list):
        for index, item in enumerate(data):
            _walk(document, item, get_args(inner)[0], (*path, index), faults)
        return
    if get_origin(inner) is dict and isinstance(data, dict):
        for key, item in data.items():
            _walk(document, item, get_args(inner)[1], (*path, key), faults)
        return
    try:
        msgspec.convert(data, wanted)
    except msgspec.ValidationError as error:
        what = f"{_dotted(path)}: {_in_words(str(error))}"
        faults.append(_fault(document, path, what, _step(wanted)))


def _walk_block(
    document: Document, data: dict[str, Any], block: Any, path: Path, faults: list[Fault]
) -> None:
    fields = {field.name: field for field in msgspec.structs.fields(block)}
    for key, value in data.items():
        if key in fields:
            _walk(document, value, fields[key].type, (*path, key), faults)
            continue
        near = difflib.get_close_matches(str(key), fields, n=1, cutoff=0.5)
        step = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(fields)}"
        faults.append(_fault(document, (*path, key), f"unknown key {key!r}", step))
    for name, field in fields.items():
        if field.required and name not in data:
            what = f"{_dotted((*path, name))} is missing"
            faults.append(_fault(document, path, what, f"add `{name}:`"))


def _alternatives(wanted: Any) -> tuple[Any, ...]:
    """Return the types of a union, or the one type."""
    return get_args(wanted) if get_origin(wanted) in {Union, UnionType} else (wanted,)


def _in_words(error: str) -> str:
    """Return msgspec's sentence with the names that people use for kinds of values."""
    said = error.split(" - at ", maxsplit=1)[0]
    said = re.sub(r"Expected `str` matching regex '.*'", "the text does not have the required form", said)
    said = re.sub(r"`([a-z |]+)`", lambda kinds: _kinds_in_words(kinds[1].split(" | ")), said)
    return said[:1].lower() + said[1:]


def _kinds_in_words(kinds: list[str]) -> str:
    """Return alternatives in words; that a key may also be left out is not help to who wrote it."""
    wanted = [kind for kind in kinds if kind != "null"] or kinds
    return " or ".join(_KINDS.get(kind, kind) for kind in wanted)


def _is_block(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)


def _step(wanted: Any) -> str:
    for option in _alternatives(wanted):
        if get_origin(option) is list:
            return "write a list: [one, two]"
        if get_origin(option) is Literal:
            return f"one of {', '.join(map(str, get_args(option)))}"
    held = (m for option in (wanted, *_alternatives(wanted)) for m in getattr(option, "__metadata__", ()))
    meta = next((m for m in held if isinstance(m, msgspec.Meta)), None)
    if meta is None or not (meta.pattern or meta.max_length):
        return ""
    if not meta.pattern:
        return f"write {meta.min_length or 0} to {meta.max_length:,} characters"
    return SHAPES.get(meta.pattern, f"it must match {meta.pattern}")


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "the file"


def _fault(document: Document, path: Path, what: str, step: str) -> Fault:
    place = document.key_place(path)
    return Fault(place.file, place.line, place.column, what, step)
