"""The pilot's repository -> a measured count of literal secrets in it; places are told, secrets never.

Counted are literal secrets in what ships. Shown beside them, and not counted, are defaults that everybody knows,
dummies and fixtures in tests, documentation, examples and code of others, and what was reviewed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from poc_gate.app.secrets.pilot_files import PilotFiles, files_of_pilot
from poc_gate.app.secrets.reviewed_places import Reviewed
from poc_gate.many_processes import in_processes
from poc_gate.model.claim import Notice, Place
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import DIMENSIONLESS, Quantity
from poc_gate.text.secret_files import beside_product, form_of
from poc_gate.text.secret_text import find_in_bytes
from poc_gate.text.secret_values import Strength

FACT = "security.secrets_found"
MOST_FILES = 200_000
MOST_BYTES = 4 << 30
"""Beyond these nobody waits for the answer; a scanner made for that can be named as evidence."""
LARGEST_FILE = 1 << 30
_BLOCK = 8 << 20
"""Bytes of a file that are in memory at a time; blocks end at line ends."""
_STEP = "take it out, change it at its issuer, and refer to it as env:NAME or file:PATH"
BESIDE_STEP = "shown, not counted: make sure that nothing real stands there"


class Scan(Struct):
    """What a scan of the repository saw."""

    found: list[Notice] = field(default_factory=list)
    """Literal secrets that count."""
    beside: list[Notice] = field(default_factory=list)
    """Those that are shown and do not count."""
    why: Counter[str] = field(default_factory=Counter)
    """How many do not count, by reason."""
    files: int = 0
    binary: int = 0
    """Files that hold no text, such as images and weights."""
    unread: list[str] = field(default_factory=list)
    """Why files that hold text, or might, were not looked at."""


def scan_repository(
    folder: Path, known: tuple[Notice, ...] = (), reviewed: Reviewed | None = None
) -> tuple[Measurement, tuple[Notice, ...]]:
    """Return how many places of the pilot's repository hold a literal secret, and where they are.

    `known` are secrets that reading a file with its structure has shown; they are counted too, once.

    Reads nothing outside the repository and follows no links. Where a file was not looked at and none holds a
    secret, the count is not measured, since what was not looked at proves nothing.
    """
    files = files_of_pilot(folder, MOST_FILES)
    scan, reviewed = Scan(), reviewed or Reviewed()
    taken = {(notice.place.file, notice.place.line) for notice in known if notice.kind == "secret"}
    scan.found += [notice for notice in known if notice.kind == "secret"]
    if len(files.paths) > MOST_FILES:
        scan.unread.append(f"{files.root} holds over {MOST_FILES:,} files")
    _scan_all(files, scan, taken, reviewed)
    if scan.unread and not scan.found:
        listed = "; ".join(scan.unread[:3]) + (
            f"; and {len(scan.unread) - 3} more" if len(scan.unread) > 3 else ""
        )
        reason = f"not everything was looked at: {listed}"
        return Measurement(FACT, None, DIMENSIONLESS, reason=reason), tuple(scan.beside)
    if not files.repository and scan.files <= 1 and not scan.found:
        reason = f"only {folder.as_posix()} was seen, which holds {scan.files} file and is in no git repository: the pilot's code is elsewhere"
        return Measurement(FACT, None, DIMENSIONLESS, reason=reason), tuple(scan.beside)
    return _counted(scan, files), (*scan.found, *scan.beside)


_WORTH_A_PROCESS = 400
"""Files from which processes share the work."""


def _scan_all(files: PilotFiles, scan: Scan, taken: set[tuple[str, int]], reviewed: Reviewed) -> None:
    """Look at every file, in several processes where there are many."""

    def part_of(paths: Sequence[str]) -> Scan:
        part, total = Scan(), 0
        for path in paths:
            total += _look(files.root / path, path, part, taken, reviewed, left=MOST_BYTES - total)
        return part

    paths = files.paths[:MOST_FILES]
    sizes = {path: _size(files.root / path) for path in paths} if len(paths) > _WORTH_A_PROCESS else {}
    least = _WORTH_A_PROCESS if sum(sizes.values()) <= MOST_BYTES else len(paths)
    for part in in_processes(part_of, paths, least=least, weight=lambda path: sizes[path] + 4096):
        scan.found += part.found
        scan.beside += part.beside
        scan.why.update(part.why)
        scan.files, scan.binary = scan.files + part.files, scan.binary + part.binary
        scan.unread += part.unread


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _look(
    path: Path, name: str, scan: Scan, taken: set[tuple[str, int]], reviewed: Reviewed, *, left: int
) -> int:
    """Look at one file; return its bytes."""
    try:
        size = path.stat().st_size
        if size > min(LARGEST_FILE, left):
            scan.unread.append(f"{name} has {size >> 20} MiB")
            return 0
        form, beside = form_of(name), beside_product(name)
        for number, kind, strength, allowed in _secrets_of(path, form, scan):
            if (path.as_posix(), number) in taken:
                continue
            place = Place(path.as_posix(), number, 1, number, 1)
            why = _why_not(name, number, strength, allowed=allowed, beside=beside, reviewed=reviewed)
            if why:
                scan.why[why] += 1
                scan.beside.append(Notice("ignored", f"{kind}: {why}", place, BESIDE_STEP))
            else:
                scan.found.append(Notice("secret", f"{kind} stands in {path.name}", place, _STEP))
    except OSError as error:
        scan.unread.append(f"{name} cannot be read: {error.strerror}")
        return 0
    return size


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
    return "a default that everybody knows" if strength is Strength.WEAK else ""


def _secrets_of(path: Path, form: str, scan: Scan) -> Iterator[tuple[int, str, Strength, bool]]:
    """Yield line, kind and strength of each secret, one for a line; the file is read block by block."""
    scan.files += 1
    before, last = 0, 0
    for content in _blocks(path):
        if content is None:
            scan.files, scan.binary = scan.files - 1, scan.binary + 1
            return
        for number, found, allowed in find_in_bytes(content, form):
            if before + number != last:
                last = before + number
                yield last, found.kind, found.strength, allowed
        before += content.count(b"\n")


def _blocks(path: Path) -> Iterator[bytes | None]:
    """Yield a text file's content in blocks that end at line ends; None for a file that holds no text."""
    rest = b""
    with path.open("rb") as file:
        start = file.read(_BLOCK)
        wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(start[:2])
        if wide:
            yield (start + file.read(LARGEST_FILE)).decode(wide, "replace").encode()
            return
        if b"\0" in start[:8192]:
            yield None
            return
        while start:
            cut = start.rfind(b"\n") + 1
            if cut or len(rest) > 4 * _BLOCK:
                yield rest + start[: cut or len(start)]
                rest = start[cut:] if cut else b""
            else:
                rest += start
            start = file.read(_BLOCK)
    if rest:
        yield rest


def _counted(scan: Scan, files: PilotFiles) -> Measurement:
    where = "the pilot's repository" if files.repository else "the pilot's folder, which is in no repository"
    looked = f"places with a literal secret in {scan.files:,} text files of {where}, history not included"
    apart = ", ".join(f"{count} {why}" for why, count in sorted(scan.why.items()))
    parts = [
        looked,
        f"{scan.binary} files hold no text" if scan.binary else "",
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
