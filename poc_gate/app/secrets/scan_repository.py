"""The pilot's repository -> a measured count of literal secrets in it; places are told, secrets never.

Counted are literal secrets in what ships. Shown beside them, and not counted, are defaults that everybody knows,
dummies and fixtures in tests, documentation, examples and code of others, and what was reviewed.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from msgspec import Struct, field

from poc_gate.app.secrets.look_at_files import Look, look_at_files
from poc_gate.app.secrets.reviewed_places import Reviewed
from poc_gate.model.claim import Notice, Place
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import DIMENSIONLESS, Quantity
from poc_gate.text.secrets.secret_files import beside_product
from poc_gate.text.secrets.secret_values import Strength

FACT = "security.secrets_found"
_STEP = "remove it, rotate it at its issuer, and refer to it as env:NAME or file:PATH"
BESIDE_STEP = "shown, not counted: make sure that there is nothing real in it"


class Beside(Struct, frozen=True):
    """A place that is shown and does not count."""

    notice: Notice
    why: str


class Scanned(Struct, frozen=True):
    """What a scan of the repository showed."""

    measurement: Measurement
    found: tuple[Notice, ...] = ()
    """Literal secrets that count."""
    beside: tuple[Beside, ...] = ()
    """Those that do not."""


class Scan(Struct):
    """What a scan of the repository saw."""

    found: list[Notice] = field(default_factory=list)
    """Literal secrets that count."""
    beside: list[Beside] = field(default_factory=list)
    """Those that are shown and do not count."""
    files: int = 0
    binary: int = 0
    """Files that hold no text, such as images and weights."""
    unread: list[str] = field(default_factory=list)
    """Why files that hold text, or might, were not looked at."""


def scan_repository(
    folder: Path, known: tuple[Notice, ...] = (), reviewed: Reviewed | None = None
) -> Scanned:
    """Return how many places of the pilot's repository hold a literal secret, and where they are.

    `known` are secrets that reading a file with its structure has shown; they are counted too, once.

    Reads nothing outside the repository and follows no links. Where a file was not looked at and none holds a
    secret, the count is not measured, since what was not looked at proves nothing.
    """
    looked = look_at_files(folder)
    scan, reviewed = Scan(files=looked.text, binary=looked.binary), reviewed or Reviewed()
    taken = {(notice.place.file, notice.place.line) for notice in known if notice.kind == "secret"}
    scan.found += [notice for notice in known if notice.kind == "secret"]
    scan.unread += looked.unlisted
    for look in looked.telling:
        _note(looked.root / look.name, look, scan, taken, reviewed)
    if scan.unread and not scan.found:
        listed = "; ".join(scan.unread[:3]) + (
            f"; and {len(scan.unread) - 3} more" if len(scan.unread) > 3 else ""
        )
        reason = f"not everything was looked at: {listed}"
        return Scanned(Measurement(FACT, None, DIMENSIONLESS, reason=reason), beside=tuple(scan.beside))
    if not looked.repository and scan.files <= 1 and not scan.found:
        reason = f"only {folder.as_posix()} was seen, which holds {scan.files} file and is in no git repository: the pilot's code is elsewhere"
        return Scanned(Measurement(FACT, None, DIMENSIONLESS, reason=reason), beside=tuple(scan.beside))
    return Scanned(_counted(scan, repository=looked.repository), tuple(scan.found), tuple(scan.beside))


def _note(path: Path, look: Look, scan: Scan, taken: set[tuple[str, int]], reviewed: Reviewed) -> None:
    """Note what one file shows: secrets that count, those that do not, or why it was not read."""
    beside = beside_product(look.name)
    for number, kind, strength, allowed in look.hits:
        if (path.as_posix(), number) in taken:
            continue
        place = Place(path.as_posix(), number, 1, number, 1)
        why = _why_not(look.name, number, strength, allowed=allowed, beside=beside, reviewed=reviewed)
        if why:
            scan.beside.append(Beside(Notice("ignored", f"{kind}: {why}", place, BESIDE_STEP), why))
        else:
            scan.found.append(Notice("secret", f"{kind} in {path.name}", place, _STEP))
    if look.unread:
        scan.unread.append(look.unread)


def _why_not(
    name: str, line: int, strength: Strength, *, allowed: bool, beside: str, reviewed: Reviewed
) -> str:
    """Return why a place does not count, or an empty text."""
    if reason := reviewed.reason(name, line):
        return f"reviewed ({reason})"
    if allowed:
        return "allowed by a remark in the line"
    if beside:
        return f"in {beside}"
    return _HARMLESS.get(strength, "")


_HARMLESS = {Strength.WEAK: "a well-known default", Strength.EXPIRED: "a token that has expired"}


def _counted(scan: Scan, *, repository: bool) -> Measurement:
    where = "the pilot's repository" if repository else "the pilot's folder, which is in no repository"
    looked = f"places with a literal secret in {scan.files:,} text files of {where}, history not included"
    reasons = Counter(one.why for one in scan.beside)
    apart = ", ".join(f"{count} {why}" for why, count in sorted(reasons.items()))
    parts = [
        looked,
        f"{scan.binary} files are not text" if scan.binary else "",
        f"shown, not counted: {apart}" if apart else "",
    ]
    parts += [f"at least this many: {scan.unread[0]}"] if scan.unread else []
    found = float(len(scan.found))
    return Measurement(
        fact=FACT,
        value=Quantity(found, DIMENSIONLESS),
        unit=DIMENSIONLESS,
        samples=(found,),
        median=found,
        method="; ".join(part for part in parts if part),
        source=f"scan of {where}",
    )
