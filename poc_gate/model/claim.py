"""Claims: what the pilot's own files say, each with the place that says it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from poc_gate.model.quantity import Quantity

Value = bool | str | Quantity | tuple[str, ...]
"""What a fact can be: a statement, a text (choices and ISO 8601 dates too), a quantity, or texts."""


class Provenance(StrEnum):
    """Where a value comes from, strongest first."""

    MEASURED = "measured"
    EVIDENCED = "evidenced"
    IMPORTED = "imported"
    DECLARED = "declared"
    ASSUMED = "assumed"
    DERIVED = "derived"
    """Only as a marker of how; a derived fact keeps the weakest provenance of its inputs beside it."""


STRENGTH = {
    Provenance.MEASURED: 4,
    Provenance.EVIDENCED: 3,
    Provenance.IMPORTED: 2,
    Provenance.DECLARED: 1,
    Provenance.ASSUMED: 0,
}


Path = tuple[str | int, ...]
"""Keys and indices from the top of one document to a value."""


SHIPPED_TABLES = "poc_gate/facts/known/"
"""What the files of tables of published facts are called in places."""


class Place(Struct, frozen=True, order=True):
    """A position in a file, 1-based; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    pointer: str = ""
    """The dotted path inside the file, or the run of a probe, or the JSON pointer of an import."""

    @property
    def is_shipped(self) -> bool:
        """Whether it is in a table that ships with poc-gate: a source to name, but not a place that a team can open."""
        return self.file.startswith(SHIPPED_TABLES)

    def __str__(self) -> str:
        """Return `file:line:column`."""
        if not self.line:
            return f"{self.file}#{self.pointer}" if self.pointer else self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


class Claim(Struct, frozen=True):
    """One statement by a file about the pilot."""

    fact: str
    """Name in the catalogue; items of a list carry their id: `sources[policy-db].p99`."""
    value: Value
    provenance: Provenance
    place: Place
    note: str = ""
    """What the reader had to decide, in words (for example how an ambiguous unit was read)."""
    sha256: str = ""
    """Digest of the file the claim was read from."""
    dated: str = ""
    """ISO 8601 date of the statement, when the file gives one."""


class Evidence(Struct, frozen=True):
    """One file put forward as evidence for a rule, read but not yet believed."""

    rule: str
    file: str
    place: Place
    """Where the manifest names it."""
    sha256: str = ""
    """Digest of the bytes that were read; empty when the file could not be read."""
    declared_sha256: str = ""
    observed_at: str = ""
    """ISO 8601 date of the observation: the file's own, else the one that the manifest gives."""
    typed_at: str = ""
    """ISO 8601 date that the manifest gives; beside a file's own it counts for nothing."""
    approver: str = ""
    parsed_as: str = ""
    """`yaml`, `json`, `csv`, `junit`, `markdown`, `text`, or empty when it does not parse."""
    content: object = None
    """Plain parsed data (mappings, lists, scalars), for predicates; never written to a result."""
    fault: str = ""
    """Why the file could not be used; empty when it could."""
    unread_date: str = ""
    """Its own date where it has one that cannot be read, as key and value: then no other day counts instead."""
    committed_at: str = ""
    """ISO 8601 time of the last commit that changed the file, where the pilot lies in a git repository."""
    approval: str = ""
    """What the history shows of another hand: `trailer`, `author`, `tag`, `signature`, `signed-file`, or `typed` where there is none;
    empty outside a repository and without an approver."""


class Notice(Struct, frozen=True):
    """Something a reader wants a person to know: an ignored field, an ambiguity, a literal secret."""

    kind: str
    """`ignored`, `question`, `warning`, `secret`."""
    message: str
    place: Place
    next_step: str = ""
    systems: tuple[str, ...] = ()
    """The systems that a question asks about, each perhaps a source of the pilot."""
    models: tuple[str, ...] = ()
    """The models that a question asks about, each perhaps the one that answers."""
    hosts: tuple[str, ...] = ()
    """The destinations that a question asks about, each perhaps one that production talks to."""
    helpers: tuple[str, ...] = ()
    """The models beside the one that answers that a question asks about, such as one that screens."""
