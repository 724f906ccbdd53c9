"""What an importer is: one file of this room that exposes IMPORTER and turns a team's file into claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from poc_gate.model.claim import Claim, Notice, Path, Place

if TYPE_CHECKING:
    from poc_gate.artifacts.reading import Reading


NO_PLACES: Callable[[Path], Place | None] = lambda _path: None  # noqa: E731  # a default that a Struct can hold


class Part(Struct, frozen=True):
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
    parts: tuple[Part, ...] = ()

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


class ImportResult(Struct, frozen=True):
    """What one file yields."""

    kind: str
    """Name of the importer that read it."""
    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]
    sha256: str
    ignored: tuple[str, ...] = ()
    """JSON pointers of what the file holds and no claim rests on; a subtree is named by its top."""
    derived: tuple[Claim, ...] = ()
    """What follows by the file's own arithmetic, or is a start for a person to edit; shown, not handed on."""
    group: str = ""
    """Group of the importer: which key of a manifest names such files."""


class Companion(Struct, frozen=True):
    """A file that completes another one of the same folder."""

    file: str
    """Its name, without a folder."""
    decides: str
    """The fact by which the two are compared: where they differ, the companion wins."""


class Importer(Struct, frozen=True):
    """One kind of file."""

    name: str
    summary: str
    """One line for lists and docs."""
    read: Callable[[Reading], None]
    """Adds claims and notices to the reading; raises nothing but InvalidInputError."""
    sniff: Callable[[Document], bool]
    """Says whether a file is of this kind, from its name and parsed content."""
    patterns: tuple[str, ...] = ()
    """Shapes of file names that `init --from` looks at, such as `*.odcs.yaml`."""
    prefix: str = ""
    """Section or item that the claims belong to when the caller names none: `model`, `sources[]`."""
    group: str = ""
    """Manifest field that names such files: `contract`, `config`, `slo`, `kubernetes`."""
    options: tuple[str, ...] = field(default=())
    """What `option` may say, in words, for help and docs."""
    companion: Companion | None = None
    """A file beside it, of the same kind, that is read along unasked."""
