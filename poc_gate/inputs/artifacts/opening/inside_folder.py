"""A path from a manifest -> the bytes of a plain file inside the pilot's folder, bounded; anything else is refused."""

from __future__ import annotations

import errno
import os
import stat
import struct
from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError

LARGEST_FILE = 256 << 20
"""Bytes of the largest file that is read whole: a dbt manifest of ten thousand models has about 150 MB."""
_GGUF_HEAD = 64 << 20
"""Bytes of a GGUF file that hold its metadata and tensor list: vocabularies take up to about 20 MB."""
_SAFETENSORS_HEAD = 100_000_008


def find_inside(root: Path, path: str) -> Path:
    """Return the plain file that `path` means below `root`, links resolved.

    Raises InvalidInputError for absolute paths, paths that leave the folder (by `..` or by a link),
    folders, devices, pipes, and files that do not exist.
    """
    shown = (root / path).as_posix() if not Path(path).is_absolute() else path
    if not path.strip() or "\0" in path:
        raise _fault(
            root.as_posix(), "an empty path is not a file", "name a file below the manifest's folder"
        )
    if Path(path).is_absolute() or path.startswith("~"):
        raise _fault(shown, "the path is absolute", "name a file by its path below the manifest's folder")
    try:
        base = root.resolve(strict=True)
        found = (base / path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "the links form a loop"
        raise _fault(shown, f"cannot be found: {reason}", "correct the path, or add the file") from None
    if not found.is_relative_to(base):
        raise _fault(shown, "the path leaves the manifest's folder", "copy the file into the folder")
    if not stat.S_ISREG(found.stat().st_mode):
        raise _fault(shown, "is not a regular file", "name a file")
    return found


def read_bounded(path: Path, shown: str) -> bytes:
    """Return the bytes of a file; of weight files the header only.

    Raises InvalidInputError when the file is too large or cannot be read.
    """
    try:
        # Not following a link that was put there since the check; opening a pipe must not block.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if path.suffix.lower() == ".safetensors":
                front = file.read(8)
                (length,) = struct.unpack("<Q", front) if len(front) == 8 else (0,)
                return front + file.read(min(length, _SAFETENSORS_HEAD))
            if path.suffix.lower() == ".gguf":
                return file.read(_GGUF_HEAD)
            if size > LARGEST_FILE:
                raise _fault(
                    shown, f"has {size:,} bytes; at most {LARGEST_FILE:,} are read", "use a smaller file"
                )
            content: bytes | None = file.read(LARGEST_FILE)
            if content is None:  # nothing to give yet: a file of the system's log, for one
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            return content
    except OSError as error:
        raise _fault(shown, f"cannot be read: {error.strerror}", "check path and rights") from None


def _fault(file: str, what: str, next_step: str) -> InvalidInputError:
    return InvalidInputError([Fault(file, 0, 0, what, next_step)])
