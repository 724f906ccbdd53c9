"""One file, read and parsed, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.errors import Fault
from poc_gate.model.claim import Path, Place

NO_PLACES: Callable[[Path], Place | None] = lambda _path: None  # noqa: E731  # a default that a Struct can hold


class DocumentPart(Struct, frozen=True):
    """One document of a file: plain parsed data, and where each value stands."""

    data: object
    locate: Callable[[Path], Place | None] = NO_PLACES
    """Returns the place of a path or of its nearest parent; None when positions are not known."""


class Document(Struct, frozen=True):
    """One file, read and parsed, before anybody says what it means."""

    file: str
    content: bytes
    sha256: str
    form: str
    """`json`, `jsonl`, `yaml`, `toml`, `markdown`, `text` or `binary`."""
    parts: tuple[DocumentPart, ...] = ()
    notes: tuple[Fault, ...] = ()
    """What was read other than it looks, such as a key that is given twice."""
    is_plain: bool = True
    """Whether a reader that refuses anchors, tags and repeated keys would have read the same."""

    @property
    def name(self) -> str:
        """Return the file's name without its folder."""
        return self.file.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def mappings(self) -> tuple[dict[str, object], ...]:
        """Return the documents that are mappings, the elements of a top-level list included."""
        found: list[dict[str, object]] = []
        for part in self.parts:
            elements = part.data if isinstance(part.data, list) else [part.data]
            found += [element for element in elements[:10_000] if isinstance(element, dict)]
        return tuple(found)

    @property
    def text(self) -> str:
        """Return the content as text; bytes that are not UTF-8 are replaced."""
        return self.content.decode("utf-8-sig", errors="replace")
