"""What an importer is: one file of this room that exposes IMPORTER and turns a team's file into claims."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from poc_gate.inputs.artifacts.file_reading import Reading
from poc_gate.inputs.artifacts.opening.document import Document


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
    glance: Callable[[bytes], bool] | None = None
    """Says by its bytes alone whether a file may be of this kind: one that may not need not be parsed to know that it is none."""
    prefix: str = ""
    """Section or item that the claims belong to when the caller names none: `model`, `sources[]`."""
    group: str = ""
    """Manifest field that names such files: `contract`, `config`, `slo`, `kubernetes`."""
    options: tuple[str, ...] = field(default=())
    """What `option` may say, in words, for help and docs."""
    strict: bool = False
    """A shape of poc-gate's own, whose YAML may hold nothing that misleads a reader: no anchors, no key twice."""
    companion: Companion | None = None
    """A file beside it, of the same kind, that is read along unasked."""
