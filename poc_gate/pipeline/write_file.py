"""Bytes -> a file that is either the old one or the new one, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

from poc_gate.errors import UsageError

_STEP = "name a path in a folder that exists and has room"


def check_target(path: Path) -> None:
    """Raise UsageError for a path that can be seen not to be writable, before minutes are spent on a probe."""
    folder = path.parent
    if path.is_dir():
        reason = "it is a folder"
    elif not folder.is_dir():
        reason = f"there is no folder {folder}"
    elif not path.exists() and not os.access(folder, os.W_OK):
        reason = f"the folder {folder} may not be written to"
    else:
        return
    raise UsageError(f"{path} cannot be written: {reason}", next_step=_STEP)


def write_file(path: Path, content: bytes) -> None:
    """Write a file atomically: beside it first, then renamed over it.

    A device or pipe such as /dev/stdout is written to directly. Raises UsageError when it cannot be
    written; nothing is left behind then.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        # The name is known before the file is there, so that an interrupt in between cannot leave it behind.
        part = path.parent / f".{os.urandom(8).hex()}.part"
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o666 & ~_umask())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{path} cannot be written: {reason}", next_step=_STEP) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
