"""Files the user names -> bytes, with the path a report shows and a digest; every failure in words."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError, UsageError

MANIFEST = "pilot.yaml"
LARGEST_INPUT = 64 << 20
"""Bytes of the largest file that is read whole; larger ones are refused, not truncated."""


_SHOWN = 5
"""Pilots below a folder that are named where it holds none itself."""


def find_manifest(path: Path) -> Path:
    """Return the manifest that a user means by a folder or a file; raises UsageError when there is none."""
    step = "give a folder that contains a pilot.yaml, or the file itself"
    try:
        is_folder = path.is_dir()
        manifest = path / MANIFEST if is_folder else path
        if manifest.is_file():
            return manifest
        is_there = manifest.exists() or manifest.is_symlink()
    except OSError as error:  # Python hides what is not there, not what may not be looked at
        raise UsageError(
            f"{path} cannot be reached: {error.strerror}", next_step="check path and rights"
        ) from None
    if is_there:
        raise UsageError(f"{manifest} is not a regular file", next_step=step)
    if is_folder:
        raise UsageError(f"there is no {MANIFEST} in {path}", next_step=_below(path))
    raise UsageError(f"{path} does not exist", next_step=step)


def lacks_manifest(path: Path) -> bool:
    """Return whether a path is a folder without a manifest, and with none in the folders below it."""
    try:
        if not path.is_dir() or (path / MANIFEST).exists() or (path / MANIFEST).is_symlink():
            return False
        return not any(True for depth in ("*", "*/*") for _ in path.glob(f"{depth}/{MANIFEST}"))
    except OSError:
        return False


def _below(folder: Path) -> str:
    """Return what to do where a folder holds no pilot itself: name one of those below, or write one."""
    below = sorted(found.parent for depth in ("*", "*/*") for found in folder.glob(f"{depth}/{MANIFEST}"))
    step = f"write one with `poc-gate init {folder}`"
    if not below:
        return step
    more = f" and {len(below) - _SHOWN} more" if len(below) > _SHOWN else ""
    return f"choose one of the pilots below it: {', '.join(map(str, below[:_SHOWN]))}{more}; or {step}"


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that was named; raises InvalidInputError when it cannot be read."""
    shown = path.as_posix()
    try:
        if not path.is_file():
            raise InvalidInputError([Fault(shown, 0, 0, "is not a file", "check the path")])
        # Not waiting for what has nothing to give yet, and counting what comes: a file may grow meanwhile,
        # and files of the system state no size.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            content: bytes | None = file.read(LARGEST_INPUT + 1)
        if content is None:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInputError(
            [Fault(shown, 0, 0, f"cannot be read: {reason}", "check path and rights")]
        ) from None
    if len(content) > LARGEST_INPUT:
        what = f"is larger than the {LARGEST_INPUT:,} bytes that are read"
        raise InvalidInputError([Fault(shown, 0, 0, what, "use a smaller file")])
    return content


def sha256_of(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(content).hexdigest()
