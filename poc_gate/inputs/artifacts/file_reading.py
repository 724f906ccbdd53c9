"""The bookkeeping of one import: claims with their places, questions, secrets by place, and what was left unread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.opening.secret_places import SecretScan
from poc_gate.model.claim import Claim, Notice, Path, Place, Provenance, Value
from poc_gate.model.quantity import Quantity
from poc_gate.text.lazy_pattern import lazily

MAX_IGNORED = 2000
"""Pointers listed per file; a longer list helps nobody and would let a file swell the result."""
MAX_TEXT = 500
"""Characters kept of a text value; longer texts are prose that no rule reads."""
MAX_COUNT = 10**15
"""Beyond any count of bytes or parameters, and exact as a float."""
_NUMBER = lazily(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")


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
    subject: str = ""
    """What the file's facts are about, such as the service of its objectives; empty where it does not say."""


class Reading(Struct):
    """Collects what an importer finds in one document."""

    document: Document
    prefix: str = ""
    """`sources[policy-db]` or `model`; empty when the importer chooses."""
    option: str = ""
    claims: list[Claim] = field(default_factory=list)
    derived: list[Claim] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    used: set[tuple[int, Path]] = field(default_factory=set)
    dated: str = ""
    """ISO 8601 date that the file gives for what it says."""
    subject: str = ""
    """What the facts are about, such as the service of an objective."""
    secrets: SecretScan = field(default_factory=SecretScan)
    prefixes: tuple[str, ...] = ()
    spellings: dict[str, str] = field(default_factory=dict)
    """What the file itself says its keys are called, where its form allows that."""

    def roots(self) -> Iterator[Node]:
        """Yield the top of each document; a document that is a list yields its elements."""
        for index, part in enumerate(self.document.parts):
            if isinstance(part.data, list):
                for at, element in enumerate(part.data):
                    yield Node(element, (at,), index, self)
            else:
                yield Node(part.data, (), index, self)

    def root(self) -> Node:
        """Return the top of the first document."""
        data = self.document.parts[0].data if self.document.parts else None
        return Node(data, (), 0, self)

    def file_place(self) -> Place:
        """Return the place of the file as a whole."""
        return Place(self.document.file)

    def note(self, kind: str, message: str, place: Place | None = None, next_step: str = "") -> None:
        """Add a notice of a kind (`ignored`, `question`, `warning`, `secret`), secrets blotted out."""
        clean, where = self.secrets.blot(message), self._clean(place or self.file_place())
        notice = Notice(kind, clean, where, self.secrets.blot(next_step))
        if notice not in self.notices[-50:]:
            self.notices.append(notice)

    def state(
        self, fact: str, value: Value, place: Place, *, note: str = "", derived: bool = False, dated: str = ""
    ) -> None:
        """Add a claim; texts that hold a secret are reported by place and dropped. `dated` is the claim's own day."""
        if isinstance(value, Quantity) and not math.isfinite(value.value):
            self.note("warning", f"{fact} is beyond any number that can be; it was not read", place)
            return
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and self.secrets.holds(text) for text in texts) or self.secrets.names(
            fact
        ):
            self.note("secret", "a fact was not read, because it holds a literal secret", place)
            return
        where, words = self._clean(place), self.secrets.blot(note)
        claim = Claim(
            fact, _tidy(value), Provenance.IMPORTED, where, words, self.document.sha256, dated or self.dated
        )
        target = self.derived if derived else self.claims
        if all(earlier.fact != fact or earlier.value != claim.value for earlier in target):
            target.append(claim)

    def state_seconds(self, fact: str, seconds: float, place: Place, *, note: str = "") -> None:
        """Add a claim of a duration that the file implies without writing it."""
        self.state(fact, Quantity(seconds, "s"), place, note=note)

    def _clean(self, place: Place) -> Place:
        """Return a place whose pointer shows no secret that stands as a key."""
        return replace(place, pointer=self.secrets.blot(place.pointer)) if place.pointer else place

    def state_count(self, fact: str, count: float, place: Place, *, note: str = "") -> None:
        """Add a claim of a plain number that the file implies without writing it."""
        self.state(fact, Quantity(float(count)), place, note=note)

    def result(self, kind: str) -> ImportResult:
        """Return what was found, with the pointers of everything that no claim rests on."""
        ignored = tuple(self.secrets.blot(pointer) for pointer in self._ignored())
        return ImportResult(
            kind,
            tuple(self.claims),
            tuple(self.notices),
            self.document.sha256,
            ignored,
            tuple(self.derived),
            subject=self.secrets.blot(self.subject),
        )

    def _ignored(self) -> Iterator[str]:
        above = {(part, path[:length]) for part, path in self.used for length in range(len(path))}
        many = len(self.document.parts) > 1
        count = 0
        stack: list[tuple[int, Path, object]] = [
            (index, (), part.data) for index, part in reversed(list(enumerate(self.document.parts)))
        ]
        while stack:
            index, path, value = stack.pop()
            if (index, path) in self.used:
                continue
            if (index, path) in above and isinstance(value, dict | list):
                stack += [(index, (*path, key), child) for key, child in reversed(list(_children(value)))]
            elif value not in (None, "", [], {}):
                count += 1
                if count > MAX_IGNORED:
                    yield f"... more than {MAX_IGNORED} values"
                    return
                yield f"document {index + 1}: {pointer(path)}" if many else pointer(path)


def _children(value: dict[str, object] | list[object]) -> Iterable[tuple[str | int, object]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _tidy(value: Value) -> Value:
    if isinstance(value, str):
        return " ".join(value.split())[:MAX_TEXT]
    if isinstance(value, tuple):
        return tuple(" ".join(text.split())[:MAX_TEXT] for text in value[:200])
    return value


def pointer(path: Path) -> str:
    """Return a path as an RFC 6901 JSON pointer; the top is `/`."""
    return "/" + "/".join(str(key).replace("~", "~0").replace("/", "~1") for key in path)


class Node(Struct, frozen=True):
    """One value of a document, absent ones included, that knows its place and what it is used for."""

    value: object
    path: Path
    part: int
    reading: Reading

    def __bool__(self) -> bool:
        """Say whether the value is there and holds anything."""
        return self.value is not None and self.value not in ("", [], {})

    def at(self, *keys: str | int) -> Node:
        """Return the value below, key by key; an absent one is per node that is false."""
        value: object = self.value
        for key in keys:
            if isinstance(value, dict) and isinstance(key, str):
                value = value.get(key)
            elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
                value = value[key]
            else:
                value = None
        return Node(value, (*self.path, *keys), self.part, self.reading)

    def first(self, *keys: str) -> Node:
        """Return the first of several spellings that is there."""
        for key in keys:
            found = self.at(key)
            if found.value is not None:
                return found
        return self.at(keys[0])

    def entries(self) -> list[tuple[str, Node]]:
        """Return the keys and values of a mapping; of anything else, nothing."""
        if not isinstance(self.value, dict):
            return []
        return [
            (str(key), Node(v, (*self.path, key), self.part, self.reading)) for key, v in self.value.items()
        ]

    def elements(self) -> list[Node]:
        """Return the elements of a list; of anything else, nothing."""
        if not isinstance(self.value, list):
            return []
        return [Node(v, (*self.path, at), self.part, self.reading) for at, v in enumerate(self.value)]

    def members(self) -> list[Node]:
        """Return the elements of a list, or the values of a mapping."""
        return self.elements() or [node for _, node in self.entries()]

    def text(self) -> str:
        """Return a text or a number as text; of anything else, an empty text."""
        if isinstance(self.value, str):
            return self.value.strip()
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return str(self.value)
        return ""

    def number(self) -> float | None:
        """Return a finite number, also one that is written as text; of anything else, None."""
        value = self.value
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None

    def count(self) -> int | None:
        """Return a whole number from zero to a thousand million million; of anything else, None."""
        number = self.number()
        return (
            int(number) if number is not None and 0 <= number <= MAX_COUNT and number == int(number) else None
        )

    def flag(self) -> bool | None:
        """Return a truth value, also one that is written as text."""
        if isinstance(self.value, bool):
            return self.value
        return {"true": True, "false": False}.get(self.text().lower())

    def texts(self) -> tuple[str, ...]:
        """Return a text, or a list of texts, as a tuple without empty ones."""
        if isinstance(self.value, list):
            return tuple(node.text() for node in self.elements() if node.text())
        return (self.text(),) if self.text() else ()

    def place(self) -> Place:
        """Return file, line and JSON pointer of the value, or of its nearest parent."""
        parts = self.reading.document.parts
        found = parts[self.part].locate(self.path) if self.part < len(parts) else None
        where = pointer(self.path)
        if found is None:
            return Place(self.reading.document.file, pointer=where)
        return Place(found.file, found.line, found.column, found.end_line, found.end_column, where)

    def use(self) -> Node:
        """Say that a claim or a notice rests on this value."""
        self.reading.used.add((self.part, self.path))
        return self

    def claim(
        self, fact: str, value: Value | float | None, *, unit: str = "", note: str = "", dated: str = ""
    ) -> None:
        """State a fact that this value says; a bare number needs its SI unit, None states nothing."""
        if value is None or value in ("", ()):
            return
        self.use()
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = Quantity(float(value), unit or "1")
        self.reading.state(fact, value, self.place(), note=note, dated=dated)

    def derive(self, fact: str, value: Value, *, note: str) -> None:
        """State what follows from this value; shown by `import`, not handed on."""
        self.reading.state(fact, value, self.place(), note=note, derived=True)

    def ask(self, message: str, next_step: str) -> None:
        """Put a question to the user instead of guessing."""
        self.use()
        self.reading.note("question", message, self.place(), next_step)

    def warn(self, message: str, next_step: str = "") -> None:
        """Tell the user something, and go on."""
        self.reading.note("warning", message, self.place(), next_step)
