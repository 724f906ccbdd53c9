"""The user's cache folder: entries written whole, read back only where this user wrote them and they are whole.

A cache is an optimisation alone: whatever is odd about an entry, the work is done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

_DIGEST_BYTES = 32
_MOST_ENTRIES = 8
"""Files kept of one kind: one for each thing in use, with room for some versions."""
_LARGEST_ENTRY = 32 << 20


def cache_folder() -> Path | None:
    """Return the folder of the cache, or None where none is used.

    `POC_GATE_CACHE_DIR` names another folder, empty switches the cache off. It is off on CI, where a
    cache may be shared with branches that are not trusted to say what the rules are.
    """
    named = os.environ.get("POC_GATE_CACHE_DIR")
    if named is not None:
        return Path(named) if named else None
    if os.environ.get("CI"):
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "poc-gate"
    except RuntimeError:
        return None


def sources_below(folders: Iterable[str]) -> list[str]:
    """Return a line for each Python file below the folders, another one as soon as the file changes."""
    lines: list[str] = []
    for top in folders:
        for folder, _, names in os.walk(top):
            sources = {path: path.stat() for name in names if (path := Path(folder, name)).suffix == ".py"}
            lines += sorted(f"{path} {seen.st_mtime_ns} {seen.st_size}" for path, seen in sources.items())
    return lines


def digest_of(lines: Iterable[str]) -> str:
    """Return the name of what these lines say, for the name of an entry."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def read_entry(entry: Path) -> bytes | None:
    """Return what an entry holds; None unless it is ours and whole."""
    try:
        with entry.open("rb") as file:
            seen = os.fstat(file.fileno())
            if not _is_ours(seen) or seen.st_size > _LARGEST_ENTRY:
                return None
            content = file.read()
    except (OSError, ValueError):
        return None
    payload = content[_DIGEST_BYTES:]
    return payload if hashlib.sha256(payload).digest() == content[:_DIGEST_BYTES] else None


def _is_ours(seen: os.stat_result) -> bool:
    """Whether nobody but this user could have written the file."""
    if not hasattr(os, "getuid"):
        return True
    return seen.st_uid == os.getuid() and not seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def write_entry(entry: Path, payload: bytes) -> None:
    """Write an entry whole or not at all; a folder that cannot be written is not a reason to stop."""
    import tempfile

    kind = entry.name.partition("-")[0]
    with contextlib.suppress(OSError):
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, prefix=f".{kind}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(payload).digest() + payload)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(entry.parent, f"{kind}-*{entry.suffix}")


def _prune(folder: Path, kind: str) -> None:
    entries = sorted(folder.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[_MOST_ENTRIES:]:
        old.unlink(missing_ok=True)
