"""A path -> the regular files below it, and descriptors that can only read them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from msgspec import Struct

from poc_gate.text.existing_path import is_file_there

MOST_FILES = 10_000


class FoundFile(Struct, frozen=True):
    """One regular file below the declared path."""

    path: str
    size: int
    changed: float
    """Unix time."""


def find_files(root: str, suffix: str = "") -> list[FoundFile]:
    """Return the regular files at or below a path, links left out, at most `MOST_FILES` of them."""
    found = []
    for path in _walk(root):
        if suffix and not path.endswith(suffix):
            continue
        about = os.lstat(path)
        if stat.S_ISREG(about.st_mode):
            found.append(FoundFile(path, about.st_size, about.st_mtime))
        if len(found) >= MOST_FILES:
            break
    return found


def _walk(root: str) -> Iterator[str]:
    if is_file_there(root):
        yield root
        return
    for folder, folders, names in os.walk(root, followlinks=False):
        folders.sort()
        yield from (f"{folder}/{name}" for name in sorted(names))


def open_for_reading(path: str) -> int:
    """Return a descriptor that can only read and follows no link put in its place."""
    return os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))


def drop_cached(descriptor: int, offset: int, length: int) -> None:
    """Ask the system to forget its copy of a range, so that the next read reaches the storage."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_DONTNEED)
