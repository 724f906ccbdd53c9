"""YAML of other tools -> plain data with places, read as those tools read it.

Anchors, aliases and merge keys are followed, of repeated keys the last one wins and is noted, tags are read or kept
beside their value. Nothing is constructed, and what aliases repeat counts towards the limits each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poc_gate.errors import Fault
from poc_gate.model.claim import Path, Place
from poc_gate.text.documents.positioned_yaml import Document, EventReader, YamlLimits

_CORE = "tag:yaml.org,2002:"
_TEXTS = frozenset({"!", f"{_CORE}str", f"{_CORE}binary", f"{_CORE}timestamp"})
_PLAIN = frozenset(
    {f"{_CORE}{name}" for name in ("int", "float", "bool", "null", "map", "seq", "omap", "set", "merge")}
)
_COMPOSE = {"!override": True, "!reset": False}
"""Tags of Compose files: whether the value counts."""
_SHORT_FORMS = frozenset({"!Ref", "!Condition"})
"""Tags of CloudFormation whose long form has no `Fn::` before it."""
_MERGE = "<<"


def read_foreign_documents(
    content: bytes, file: str, *, limits: YamlLimits | None = None
) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """Return all documents that are not empty, and what was read other than it looks: keys given twice.

    A tag of CloudFormation gives its long form (`!Ref A` is `{Ref: A}`), any other one its name and value, so that
    nothing takes a reference for the value itself. Raises InvalidInputError for what is not YAML, over the limits or
    meant for a language's own objects.
    """
    reader = _ForeignReader(content, file, limits or YamlLimits(), several=True)
    found = tuple(document for document in reader.documents() if document.data is not None)
    return found, tuple(reader.notes)


class _Tape:
    """The events of a file; those behind an open anchor are kept for its aliases."""

    def __init__(self, events: Iterator[Any], reader: _ForeignReader) -> None:
        self.events, self.reader = events, reader
        self.open: list[list[Any]] = []

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        event = next(self.events)
        if type(event).__name__ == "DocumentStartEvent":
            self.reader.anchors.clear()
        for kept in self.open:
            kept.append(event)
        return event


class _ForeignReader(EventReader):
    """Follows what the strict reader refuses."""

    def __init__(self, content: bytes, file: str, limits: YamlLimits, *, several: bool) -> None:
        super().__init__(content, file, limits, several=several)
        self.notes: list[Fault] = []
        self.anchors: dict[str, list[Any]] = {}
        self.replaying = 0
        self.tape = _Tape(iter(()), self)

    def begin(self, text: str) -> Iterator[Any]:
        """Return the events of a text, kept where an alias may ask for them again."""
        self.tape = _Tape(super().begin(text), self)
        return self.tape

    def value(self, event: Any, path: Path, depth: int) -> tuple[Any, Any]:
        """Return the value that begins with `event`, aliases replayed."""
        if type(event).__name__ == "AliasEvent":
            return self.replayed(event, path, depth), event.end_mark
        if event.anchor is None or self.replaying:
            return self.tagged(event, path, depth)
        kept = [event]
        self.tape.open.append(kept)
        found = self.tagged(event, path, depth)
        self.tape.open.remove(kept)
        self.anchors[event.anchor] = kept
        return found

    def replayed(self, alias: Any, path: Path, depth: int) -> Any:
        """Return the value behind an anchor once more; its places are those of the anchor."""
        kept = self.anchors.get(alias.anchor)
        if kept is None:
            self.fault(alias, f"alias *{alias.anchor} names no value before it", "define the anchor first")
            return None
        outer, self.events = self.events, iter(kept)
        self.replaying += 1
        data, _ = self.value(next(self.events), path, depth)
        self.replaying -= 1
        self.events = outer
        return data

    def tagged(self, event: Any, path: Path, depth: int) -> tuple[Any, Any]:
        """Return a value with what its tag says of it."""
        tag = event.tag
        if tag is None or tag in _PLAIN:
            return super().value(event, path, depth)
        if tag in _TEXTS and type(event).__name__ == "ScalarEvent":
            _, end = super().value(event, path, depth)
            return event.value, end
        if tag in _COMPOSE:
            data, end = super().value(event, path, depth)
            return data if _COMPOSE[tag] else None, end
        name = tag.removeprefix("!")
        long_form = name if tag in _SHORT_FORMS else f"Fn::{name}" if name.isalnum() else tag
        data, end = super().value(event, (*path, long_form), depth + 1)
        self.places[path] = self.places[*path, long_form]
        return {long_form: data}, end

    def mapping(self, start: Any, path: Path, depth: int) -> tuple[dict[str, Any], Any]:
        """Return the entries up to the end of the mapping: the last of two equal keys, merged ones where none is given."""
        entries: dict[str, Any] = {}
        merged: list[tuple[Any, dict[Path, Place], dict[Path, Place]]] = []
        last = start.end_mark
        for event in self.events:
            if type(event).__name__ == "MappingEndEvent":
                last = event.end_mark if start.flow_style else last
                break
            plain = type(event).__name__ == "ScalarEvent" and event.style in (None, "")
            if plain and event.value == _MERGE:
                found, last = self.merge_source(depth)
                merged.append(found)
                continue
            key = self.key(event, depth)
            name = f"?{len(entries)}" if key is None else key
            here = (*path, name)
            if key is not None:
                if key in entries:
                    self.note_repeated(event, key, self.key_places[here].line)
                self.key_places[here] = self.at(event.start_mark, event.end_mark, here)
            value, last = self.value(next(self.events), here, depth + 1)
            if key is not None:
                entries[key] = value
        return self.with_merged(entries, merged, path), last

    def merge_source(self, depth: int) -> tuple[tuple[Any, dict[Path, Place], dict[Path, Place]], Any]:
        """Return what a merge key names, with places below `<<`."""
        outer = self.places, self.key_places
        self.places, self.key_places = {}, {}
        data, end = self.value(next(self.events), (_MERGE,), depth + 1)
        found = data, self.places, self.key_places
        self.places, self.key_places = outer
        return found, end

    def with_merged(
        self,
        entries: dict[str, Any],
        merged: list[tuple[Any, dict[Path, Place], dict[Path, Place]]],
        path: Path,
    ) -> dict[str, Any]:
        """Return the entries and what merge keys add to them: an earlier source stands before a later one."""
        added: dict[str, Any] = {}
        for data, places, key_places in merged:
            listed = isinstance(data, list)
            taken: dict[Path, str] = {}
            for index, source in enumerate(data if listed else [data]):
                for key, value in source.items() if isinstance(source, dict) else ():
                    if key not in entries and key not in added:
                        added[key] = value
                        taken[(_MERGE, index, key) if listed else (_MERGE, key)] = key
            length = 3 if listed else 2
            for target, found in ((self.places, places), (self.key_places, key_places)):
                target.update(
                    {
                        (*path, taken[inner[:length]], *inner[length:]): place
                        for inner, place in found.items()
                        if inner[:length] in taken
                    }
                )
        return {**added, **entries}

    def note_repeated(self, event: Any, key: str, first: int) -> None:
        """Note a key that is given twice."""
        mark = event.start_mark
        shown = key if len(key) <= 40 else f"{key[:37]}..."
        what = f"the key {shown!r} is given twice; the last one counts, the first is on line {first}"
        if len(self.notes) < 100:
            self.notes.append(Fault(self.file, mark.line + 1, mark.column + 1, what, "keep one of the two"))

    def check_node(self, event: Any, depth: int) -> None:
        """Hold the limits; anchors and tags are accepted, but not tags that name objects of a language."""
        if event.tag is not None and event.tag.startswith(_CORE) and event.tag not in _PLAIN | _TEXTS:
            super().check_node(event, depth)
            return
        self.count_node(event, depth)
