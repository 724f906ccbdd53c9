"""Files that were looked at before -> what they showed, while nothing about them changed.

As git's index does, a file counts as the same while its size, inode and both of its times are: contents cannot change
without the second of them moving. Kept are kinds and lines of secrets, never a secret. A file that changed within two
seconds of the look is looked at again, since a second change might bear the same time.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from poc_gate import text
from poc_gate.app.ground.files.cache_files import (
    cache_folder,
    digest_of,
    read_entry,
    sources_below,
    write_entry,
)
from poc_gate.text.secrets.secret_values import Strength
from poc_gate.version import __version__

FORMAT = 1
WORTH_KEEPING = 100
"""Files below which a look is as quick as the entry."""
_SETTLED_NS = 2_000_000_000

Stamp = tuple[int, int, int, int]
"""Size, inode, and the times of the last change of contents and of anything, in nanoseconds."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What one file showed."""

    stamp: Stamp
    binary: bool
    hits: tuple[tuple[int, str, Strength, bool], ...] = ()


def entry_for(root: Path) -> Path | None:
    """Return the entry of a repository and of the code that looks; None where no cache is used."""
    folder = cache_folder() if os.name == "posix" else None
    if folder is None:
        return None
    own = (Path(__file__).parent.as_posix(), *text.__path__)
    lines = [f"{FORMAT} {__version__}", root.resolve().as_posix(), *sources_below(own)]
    return folder / f"looks-{digest_of(lines)}.msgpack"


def stamps_of(root: Path, names: tuple[str, ...]) -> dict[str, Stamp]:
    """Return the stamp of each plain file that can be asked for it."""
    found: dict[str, Stamp] = {}
    top = f"{root.as_posix()}/"
    for name in names:
        try:
            seen = os.lstat(top + name)
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(seen.st_mode):
            found[name] = (seen.st_size, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns)
    return found


def read_kept(entry: Path, stamps: Mapping[str, Stamp]) -> dict[str, Kept]:
    """Return what is kept of the files whose stamps are the same."""
    payload = read_entry(entry)
    if payload is None:
        return {}
    try:
        held = msgspec.msgpack.decode(payload, type=dict[str, Kept])
    except (msgspec.MsgspecError, ValueError):
        return {}
    return {name: one for name, one in held.items() if stamps.get(name) == one.stamp}


def write_kept(entry: Path, looked: Mapping[str, Kept], started_ns: int | None = None) -> None:
    """Keep what the files showed that had settled before the look began."""
    latest = (time.time_ns() if started_ns is None else started_ns) - _SETTLED_NS
    settled = {name: one for name, one in looked.items() if max(one.stamp[2:]) < latest and _is_text(name)}
    write_entry(entry, msgspec.msgpack.encode(settled))


def _is_text(name: str) -> bool:
    """Say whether a name can be written down: on Unix a name may hold bytes that do not decode."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)
