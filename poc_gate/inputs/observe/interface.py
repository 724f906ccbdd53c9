"""What an observer is: one file of this room that exposes OBSERVER and turns a machine's result into observations."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec import Struct

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.model.claim import Value
from poc_gate.model.observation import Observed

Fit = Callable[[Observed, Mapping[str, tuple[str, ...]] | None, Mapping[str, Value]], Observed]
"""Takes what was read, the ids of the manifest's lists (None without a manifest) and the stated values by fact."""


class Head:
    """The first 64 KiB of a file, unpacked: what it is recognised by."""

    def __init__(self, file: str, content: bytes, *, is_all: bool) -> None:
        """Keep name and bytes; `is_all` says that the file contains no more."""
        self.file, self.content, self.is_all = file, content, is_all
        self._first: object = ...

    @property
    def name(self) -> str:
        """Return the file's name without folder and without the ending of its packing, lower case."""
        name = self.file.replace("\\", "/").rsplit("/", 1)[-1].lower()
        return name.removesuffix(".gz").removesuffix(".zst")

    def has(self, *keys: str) -> bool:
        """Say whether every one of these stands in double quotes in the head, as keys of JSON do."""
        return all(f'"{key}"'.encode() in self.content for key in keys)

    @property
    def is_json(self) -> bool:
        """Say whether the content begins as JSON does."""
        return self.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")

    @property
    def first(self) -> object:
        """Return the first line as JSON data, or the whole where it is short; None where neither parses."""
        if self._first is ...:
            self._first = self._parsed()
        return self._first

    @property
    def first_mapping(self) -> Mapping[str, object]:
        """Return the first line's mapping, or an empty one."""
        return self.first if isinstance(self.first, dict) else {}

    def _parsed(self) -> object:
        text = self.content.lstrip(b"\xef\xbb\xbf \t\r\n")
        line, ended, _ = text.partition(b"\n")
        for part in (line if ended or self.is_all else b"", text if self.is_all else b""):
            try:
                return parse_json(part)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
        return None


class Observer(Struct, frozen=True):
    """One kind of result."""

    name: str
    summary: str
    """One line for lists and docs."""
    group: str
    """`traces`, `load-test`, `evaluation`, `scan`, `cluster`, `metrics`."""
    sniff: Callable[[Head], bool]
    """Says whether a file is of this kind, from its name and first bytes; cheap, and raises nothing."""
    read: Callable[[PackedStream, Finds], None]
    """Reads one file and adds what it shows; raises nothing but InvalidInputError."""
    together: bool = False
    """Several files of this kind make one observation, as the spans of one trace may be in several files; then `read`
    is called for each with the same finds, and `finish` once."""
    finish: Callable[[Finds], None] | None = None
    """Concludes, once every file is read; for kinds that are read together."""
    fit: Fit | None = None
    """Puts what was read under the names of the pilot's own items, and holds it against what the manifest says: which
    of its sources a host is, whether the model that was tested is the one that is deployed. Pure."""
    patterns: tuple[str, ...] = ()
    """Shapes of file names that are looked at in a repository, such as `*guidellm*.json`."""
    extra: str = ""
    """Extra of poc-gate that brings what reading it needs; empty when nothing is needed."""
    versions: str = ""
    """Versions of the tool whose real output is in the tests; empty = untested with real output."""
