"""The files of a pilot's repository -> which of them hold literal secrets, whatever a pilot says about them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from poc_gate.app.secrets.kept_looks import (
    WORTH_KEEPING,
    Kept,
    entry_for,
    read_kept,
    stamps_of,
    write_kept,
)
from poc_gate.app.secrets.tracked_files import files_of_pilot
from poc_gate.base.many_processes import in_processes
from poc_gate.text.secrets.secret_files import form_of
from poc_gate.text.secrets.secret_text import find_in_bytes
from poc_gate.text.secrets.secret_values import Strength

MOST_FILES = 200_000
MOST_BYTES = 4 << 30
"""Beyond these nobody waits for the answer; a scanner made for that can be named as evidence."""
LARGEST_FILE = 1 << 30
_BLOCK = 8 << 20
"""Bytes of a file that are in memory at a time; blocks end at line ends."""

Hit = tuple[int, str, Strength, bool]
"""Line, kind, strength, and whether a remark in the line allows it."""


class Look(Struct, frozen=True):
    """What one file shows, where it shows anything."""

    name: str
    """Below the root."""
    hits: tuple[Hit, ...]
    unread: str = ""
    """Why it was not read, or not to its end."""


class Looked(Struct, frozen=True):
    """What a look at all files shows."""

    root: Path
    repository: bool
    telling: tuple[Look, ...]
    """Files with a secret, and those that could not be read, in order."""
    text: int
    """Files that hold text."""
    binary: int
    """Files that hold no text, such as images and weights."""
    unlisted: tuple[str, ...] = ()
    """Why not every file was listed."""


_kept: dict[Path, Looked] | None = None


def keep_looks() -> None:
    """Look at each repository once from now on: for a process that judges many pilots of one in per row."""
    global _kept  # noqa: PLW0603 - what one process has seen
    _kept = {}


def look_at_files(folder: Path) -> Looked:
    """Return what the files of the pilot's repository show; nothing outside is read and no link followed."""
    from poc_gate.app.ground.git.ask_git import repository_of

    root = repository_of(folder) if _kept is not None else None
    if _kept is None or root is None:
        return _look(folder)
    if root not in _kept:
        _kept[root] = _look(folder)
    return _kept[root]


_WORTH_A_PROCESS = 400
"""Files from which processes share the work."""


def _look(folder: Path) -> Looked:
    """Look at every file, in several processes where there are many; what is known of a file is not looked for again."""
    started = time.time_ns()
    files = files_of_pilot(folder, MOST_FILES)
    over = (f"{files.root} holds over {MOST_FILES:,} files",) if len(files.paths) > MOST_FILES else ()
    names = files.paths[:MOST_FILES]
    stamps = stamps_of(files.root, names) if len(names) >= WORTH_KEEPING else {}
    whole = sum(stamp[0] for stamp in stamps.values()) <= MOST_BYTES
    entry = entry_for(files.root) if stamps and whole else None
    kept = read_kept(entry, stamps) if entry is not None else {}
    left = [name for name in names if name not in kept]
    parts = in_processes(
        lambda part: _look_at_all(files.root, part),
        left,
        least=_WORTH_A_PROCESS if whole else len(left),
        weight=lambda name: stamps[name][0] + _OPENING if name in stamps else _OPENING,
    )
    seen = {look.name: (look, kind) for part in parts for look, kind in part}
    if entry is not None and left:
        fresh = {
            name: Kept(stamps[name], kind == "binary", look.hits)
            for name, (look, kind) in seen.items()
            if name in stamps and not look.unread
        }
        write_kept(entry, kept | fresh, started)
    looks = [seen[name] if name in seen else _again(name, kept[name]) for name in names]
    telling = tuple(look for look, _ in looks if look.hits or look.unread)
    kinds = Counter(kind for _, kind in looks)
    return Looked(files.root, files.repository, telling, kinds["text"], kinds["binary"], over)


def _again(name: str, kept: Kept) -> tuple[Look, str]:
    return Look(name, kept.hits), "binary" if kept.binary else "text"


_OPENING = 4096
"""Bytes that can be looked at while a file is opened."""


def _look_at_all(root: Path, names: Sequence[str]) -> list[tuple[Look, str]]:
    """Return what each file shows, and whether it holds `text` or is `binary`."""
    found: list[tuple[Look, str]] = []
    total = 0
    for name in names:
        look, size, kind = _look_at(root / name, name, left=MOST_BYTES - total)
        total += size
        found.append((look, kind))
    return found


def _look_at(path: Path, name: str, *, left: int) -> tuple[Look, int, str]:
    """Return what one file shows, its bytes, and whether it holds `text` or is `binary`; empty where unread."""
    hits: list[Hit] = []
    kind = ""
    try:
        size = path.stat().st_size
        if size > min(LARGEST_FILE, left):
            return Look(name, (), f"{name} has {size >> 20} MiB"), 0, kind
        kind = "text"
        for hit in _secrets_of(path, form_of(name)):
            if hit is None:
                return Look(name, ()), size, "binary"
            hits.append(hit)
    except OSError as error:
        return Look(name, tuple(hits), f"{name} cannot be read: {error.strerror}"), 0, kind
    return Look(name, tuple(hits)), size, kind


def _secrets_of(path: Path, form: str) -> Iterator[Hit | None]:
    """Yield each secret, one for a line, or None for a file that holds no text; it is read block by block."""
    before, last = 0, 0
    for content in _blocks(path):
        if content is None:
            yield None
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
