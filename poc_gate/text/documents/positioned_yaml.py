"""YAML or JSON bytes -> plain data in which every key and value knows its place.

Built on PyYAML's event stream alone: nothing is constructed, so no tag, alias or anchor can do harm, and
scalars are read by the core schema of YAML 1.2 (`NO` and `12:30` stay texts). Everything is bounded.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.model.claim import Path, Place
from poc_gate.text.decode import decode_text
from poc_gate.text.lazy_pattern import lazily

_CORE = lazily(
    r"""(?P<null>null|Null|NULL|~|)
    |(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)
    |(?P<int>[-+]?[0-9]+)|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)
    |(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)
    |(?P<special>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))""",
    re.VERBOSE,
)
"""Plain scalars of the core schema, YAML 1.2.2 section 10.3.2."""
_LONGEST_NUMBER = 300
"""Digits; a longer number does not fit a double and can only be an accident or an attack."""
_MOST_FAULTS = 100
_LOOK_AT = "check the indentation, the quotes and the space after each colon"
_WRITE_OUT = "write the value out where it is used"
_TOO_DEEP = "values are nested deeper than {}"


class YamlLimits(Struct, frozen=True):
    """How much of a file is accepted; the defaults are generous for files that people write."""

    size: int = 1 << 20
    """Bytes."""
    depth: int = 64
    nodes: int = 100_000


class Document(Struct, frozen=True):
    """Plain data (mappings, lists, texts, numbers, booleans, None) and the place of everything in it."""

    data: Any
    places: Mapping[Path, Place]
    """Of each value; `()` is the document as a whole."""
    sha256: str
    """Of the bytes of the whole file."""
    file: str = ""
    key_places: Mapping[Path, Place] = field(default_factory=dict)
    """Of each key of a mapping."""

    def place(self, path: Path) -> Place:
        """Return the place of the value at `path`, or of its nearest parent that exists."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return Place(self.file)

    def key_place(self, path: Path) -> Place:
        """Return the place of the key that leads to `path`; an item of a list has its value's place."""
        return self.key_places.get(path) or self.place(path)


def read_yaml(content: bytes, file: str, *, limits: YamlLimits | None = None) -> Document:
    """Return the one document of `content`; an empty file gives `data` None.

    Refuses, with every fault that can be told and its place: other encodings than UTF-8, files over the
    limits, syntax errors, duplicate keys, tags, anchors, aliases, keys that are not texts, numbers that
    are not finite, and a second document. Raises InvalidInputError.
    """
    found = EventReader(content, file, limits or YamlLimits(), several=False).documents()
    return found[0] if found else Document(None, {(): Place(file, 1, 1)}, _sha256(content), file)


def read_yaml_documents(
    content: bytes, file: str, *, limits: YamlLimits | None = None
) -> tuple[Document, ...]:
    """Return all documents of `content` that are not empty; refuses what `read_yaml` refuses."""
    found = EventReader(content, file, limits or YamlLimits(), several=True).documents()
    return tuple(document for document in found if document.data is not None)


def show_path(path: Path) -> str:
    """Return a path as people write it: `sources[0].p99`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class _Stop(Exception):  # noqa: N818 - it only ends the reading; the faults are kept apart
    """Reading cannot go on after the fault just noted."""


class EventReader:
    """One pass over the events of one file."""

    def __init__(self, content: bytes, file: str, limits: YamlLimits, *, several: bool) -> None:
        """Prepare to read one file."""
        self.content, self.file, self.limits, self.several = content, file, limits, several
        self.faults: list[Fault] = []
        self.places: dict[Path, Place] = {}
        self.key_places: dict[Path, Place] = {}
        self.nodes = 0
        self.events: Iterator[Any] = iter(())

    def documents(self) -> list[Document]:
        """Read everything; raise all faults together."""
        import yaml

        text = decode_text(self.content, self.file, self.limits.size)
        sha256 = _sha256(self.content)
        found: list[Document] = []
        try:
            self.events = self.begin(text)
            for event in self.events:
                if type(event).__name__ != "DocumentStartEvent":
                    continue
                if found and not self.several:
                    self.fault(event, "a second document begins here", "keep one document; drop the `---`")
                    break
                self.places, self.key_places = {}, {}
                data, _ = self.value(next(self.events), (), 0)
                found.append(Document(data, self.places, sha256, self.file, self.key_places))
        except _Stop:
            pass
        except yaml.YAMLError as error:
            self.syntax_fault(error)
        if self.faults:
            raise InvalidInputError(self.faults)
        return found

    def begin(self, text: str) -> Iterator[Any]:
        """Yield the parser's events: libyaml's where it is built in, else those of the pure parser."""
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        try:
            while event := loader.get_event():
                yield event
        finally:
            loader.dispose()

    def value(self, event: Any, path: Path, depth: int) -> tuple[Any, Any]:
        """Return the value that begins with `event`, and the mark where it ends."""
        self.check_node(event, depth)
        kind = type(event).__name__
        if kind == "ScalarEvent":
            data, end = self.scalar(event), event.end_mark
        elif kind == "AliasEvent":
            self.fault(event, f"alias *{event.anchor} is not accepted", _WRITE_OUT)
            data, end = None, event.end_mark
        elif kind == "SequenceStartEvent":
            data, end = self.sequence(event, path, depth)
        else:
            data, end = self.mapping(event, path, depth)
        self.places[path] = self.at(event.start_mark, end, path)
        return data, end

    def sequence(self, start: Any, path: Path, depth: int) -> tuple[list[Any], Any]:
        """Return the items up to the end of the list."""
        items: list[Any] = []
        last = start.end_mark
        for event in self.events:
            if type(event).__name__ == "SequenceEndEvent":
                return items, event.end_mark if start.flow_style else last
            item, last = self.value(event, (*path, len(items)), depth + 1)
            items.append(item)
        return items, last

    def mapping(self, start: Any, path: Path, depth: int) -> tuple[dict[str, Any], Any]:
        """Return the entries up to the end of the mapping; the first of two equal keys is kept."""
        entries: dict[str, Any] = {}
        last = start.end_mark
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                return entries, event.end_mark if start.flow_style else last
            key = self.key(event, depth)
            if key is not None and key in entries:
                first = self.key_places[(*path, key)]
                self.fault(
                    event,
                    f"the key {_short(key)} is given twice",
                    f"keep one of the two; the first is on line {first.line}",
                )
                key = None
            name = f"?{len(entries)}" if key is None else key
            here = (*path, name)
            if key is not None:
                self.key_places[here] = self.at(event.start_mark, event.end_mark, here)
                entries[key] = None
            value, last = self.value(next(self.events), here, depth + 1)
            if key is not None:
                entries[key] = value
        return entries, last

    def key(self, event: Any, depth: int) -> str | None:
        """Return a key as text, or None once it was refused."""
        if type(event).__name__ != "ScalarEvent":
            self.value(event, ("?",), depth + 1)
            self.fault(event, "a key must be a plain text", "write `name: value`")
            return None
        self.check_node(event, depth)
        plain = event.style in (None, "")
        if plain and event.value == "<<":
            self.fault(event, "merge keys (<<) are not accepted", "write the entries out")
            return None
        if plain and not event.value:
            self.fault(event, "a key is missing before the colon", "write `name: value`")
            return None
        return str(event.value)

    def scalar(self, event: Any) -> Any:
        """Return a text, number, boolean or None by the core schema."""
        if event.style not in (None, ""):
            return event.value
        match = _CORE.fullmatch(event.value)
        kind = match.lastgroup if match else None
        if match is None or kind is None:
            return event.value
        if kind in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[kind]
        if kind == "special" or len(event.value) > _LONGEST_NUMBER:
            what = f"{_short(event.value)} is not a finite number"
            self.fault(event, what, "write a finite number, or leave the key out")
            return 0
        return self.number(event, kind, match[kind])

    def number(self, event: Any, kind: str, digits: str) -> int | float:
        """Return the number that a scalar of that kind writes."""
        if kind != "float":
            return int(digits, {"int": 10, "oct": 8, "hex": 16}[kind])
        number = float(digits)
        if math.isfinite(number):
            return number
        self.fault(event, f"{_short(event.value)} is too large for a number", "write a finite number")
        return 0

    def check_node(self, event: Any, depth: int) -> None:
        """Refuse what is never accepted of a node; stop when a limit is passed."""
        self.count_node(event, depth)
        if type(event).__name__ == "AliasEvent":
            return
        if event.anchor is not None:
            self.fault(event, f"anchor &{event.anchor} is not accepted", _WRITE_OUT)
        if event.tag is not None:
            self.fault(event, f"tag {_short(event.tag)} is not accepted", "drop the tag; quote texts instead")

    def count_node(self, event: Any, depth: int) -> None:
        """Stop when a limit is passed."""
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.fault(event, f"the file contains more than {self.limits.nodes:,} values", "split the file")
            raise _Stop
        if depth > self.limits.depth:
            self.fault(event, _TOO_DEEP.format(self.limits.depth), "flatten the file")
            raise _Stop

    def fault(self, event: Any, what: str, next_step: str) -> None:
        """Note a fault at an event; stop after the hundredth."""
        mark = event.start_mark
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, what, next_step))
        if len(self.faults) >= _MOST_FAULTS:
            raise _Stop

    def syntax_fault(self, error: Any) -> None:
        """Note what the parser found; nothing behind it can be read."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML")
        what += f" ({error.context})" if getattr(error, "context", None) else ""
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        told, step = f"not readable as YAML: {what}", _LOOK_AT
        if "maximum nesting" in what:  # libyaml reads ahead and refuses before its events get here
            told, step = _TOO_DEEP.format(self.limits.depth), "flatten the file"
        elif "flow" in what or "expected key" in what or "block end" in what:
            step += "; a value that holds quotes, brackets or braces goes into single quotes"
        self.faults.append(Fault(self.file, line, column, told, step))

    def at(self, start: Any, end: Any, path: Path) -> Place:
        """Return the place between two marks, 1-based."""
        return Place(
            self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1, pointer=show_path(path)
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")
