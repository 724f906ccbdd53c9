"""Bytes -> a file that is either the old one or the new one, never half of one."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from poc_gate.errors import UsageError

_STEP = "name a path in a folder that exists and has room"


def check_target(path: Path) -> None:
    """Raise UsageError for a path that can be seen not to be writable, before minutes are spent on a probe."""
    try:
        reason = _hindrance(path)
    except OSError as error:  # Python hides what is not there, not what may not be looked at
        reason = error.strerror or type(error).__name__
    if reason:
        raise UsageError(f"{path} cannot be written: {reason}", next_step=_STEP)


def _hindrance(path: Path) -> str:
    if path.is_dir():
        return "it is a folder"
    if _is_device(path):
        return ""
    folder = _behind_links(path).parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    # Also where a file is there already: the new one is written beside it and takes its place.
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"the folder {folder} may not be written to"


def refuse_inputs(targets: Sequence[str], inputs: Collection[str]) -> None:
    """Raise UsageError for an output that is one of the files just read, by whatever name or link."""
    read = {os.path.realpath(path) for path in inputs}
    same = {(found.st_dev, found.st_ino) for path in read if (found := _stat(path)) is not None}
    for target in filter(None, targets):
        found = _stat(target)
        if os.path.realpath(target) in read or (found is not None and (found.st_dev, found.st_ino) in same):
            what = f"{target} is an input of this assessment; nothing was written over it"
            raise UsageError(what, next_step="name another file for the report")


def _stat(path: str) -> os.stat_result | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing; raises UsageError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"{folder} cannot be made: {error.strerror}"
        raise UsageError(what, next_step="name a folder that can be written") from None


def write_or_say(path: Path, content: bytes) -> UsageError | None:
    """Write a file; return why that failed, for a caller whose minutes of measuring are still to be shown."""
    try:
        write_file(path, content)
    except UsageError as error:
        return error
    return None


def write_file(path: Path, content: bytes) -> None:
    """Write a file atomically: beside it first, then renamed over it.

    A file that is there keeps its rights, and a link to it stays a link. A device or pipe such as
    /dev/stdout is written to directly. Raises UsageError when it cannot be written; nothing is left behind then.
    """
    try:
        if _is_device(path):
            path.write_bytes(content)
            return
        target = _behind_links(path)
        rights = target.stat().st_mode & 0o777 if target.exists() else None
        # The name is known before the file is there, so that an interrupt in between cannot leave it behind.
        part = target.parent / f".{os.urandom(8).hex()}.part"
        try:
            new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(part, new, 0o666 if rights is None else rights & 0o666), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if rights is not None:
                with suppress(PermissionError):  # file systems without rights
                    part.chmod(rights)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{path} cannot be written: {reason}", next_step=_STEP) from None


def _is_device(path: Path) -> bool:
    """Tell what is to be written to, not replaced; /dev/stdout stands for an open file even where that is plain."""
    folder = path.parent.as_posix()
    return path.exists() and (
        not path.is_file() or folder in {"/dev", "/dev/fd"} or folder.startswith("/proc/")
    )


def _behind_links(path: Path) -> Path:
    """Return the file that a path means in the end, whether it is there or not."""
    if not path.is_symlink():
        return path
    with suppress(FileNotFoundError):  # links that go round in a circle are refused by the system
        return Path(os.path.realpath(path, strict=True))
    return Path(os.path.realpath(path))
