"""Bytes -> a file that is either the old one or the new one, never half of one."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from poc_gate.app.ground.files.write_stream import write_stream
from poc_gate.errors import UsageError
from poc_gate.text.lazy_pattern import lazily

_BY_NUMBER = Path("/proc/self/fd")
_PART = lazily(r"\.[0-9a-f]{16}(?P<whole>\.whole)?\.part")
"""A file on its way to its name; `whole` where it was written without a name and is held by its writer for certain."""
_LEFT_FOR = 300.0
"""Seconds: by then a file that was written under its name is held, or its writer is gone."""
_STEP = "choose a path in an existing folder with free space"


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
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"the folder {folder} cannot be written to"


def refuse_inputs(targets: Sequence[str], inputs: Collection[str]) -> None:
    """Raise UsageError for an output that is one of the files just read, by whatever name or link."""
    read = {os.path.realpath(path) for path in inputs}
    same = {(found.st_dev, found.st_ino) for path in read if (found := _stat(path)) is not None}
    for target in filter(None, targets):
        found = _stat(target)
        if os.path.realpath(target) in read or (found is not None and (found.st_dev, found.st_ino) in same):
            what = f"{target} is an input of this assessment, so it was not overwritten"
            raise UsageError(what, next_step="choose another file for the report")


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
        what = f"{folder} cannot be created: {error.strerror}"
        raise UsageError(what, next_step="choose a folder that you can write to") from None


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
    /dev/stdout is written to directly. Raises UsageError when it cannot be written, or nobody reads the pipe; nothing
    is left behind then.
    """
    try:
        if _is_device(path):
            if path.is_file():
                path.write_bytes(content)
            else:
                write_stream(path, content)
            return
        target = _behind_links(path)
        rights = target.stat().st_mode & 0o777 if target.exists() else None
        _replace(target, content, rights)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{path} cannot be written: {reason}", next_step=_STEP) from None


def _replace(target: Path, content: bytes, rights: int | None) -> None:
    """Put a file in the place of another, and take away what earlier runs have left that were killed.

    While it is written it has no name where the system can do that: a kill leaves nothing then. Only between the two
    calls that name it and put it in its place can a kill leave a whole file, which the next run removes.
    """
    mode = 0o666 if rights is None else rights & 0o666
    part = target
    try:
        nameless = _nameless(target.parent, mode)
        # The name is known before the file is there, so that an interrupt in between cannot leave it behind.
        part = target.parent / f".{os.urandom(8).hex()}{'' if nameless is None else '.whole'}.part"
        new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, new, mode) if nameless is None else nameless, "wb") as file:
            _hold(file.fileno())
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if rights is not None:
                with suppress(PermissionError):  # file systems without rights
                    os.fchmod(file.fileno(), rights)
            if nameless is not None:
                _name(file.fileno(), part)
                part.replace(target)  # while it is held: nobody takes it for one that was left behind
        if nameless is None:
            part.replace(target)
    except BaseException:
        if part != target:
            part.unlink(missing_ok=True)
        raise
    _clear(target.parent)


def _nameless(folder: Path, mode: int) -> int | None:
    """Return a file in a folder that no name leads to; None where the system has none such, or cannot name it later."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not _BY_NUMBER.is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY, mode)
    except OSError:
        return None


def _name(number: int, part: Path) -> None:
    folder = os.open(part.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Only with a folder named does Python follow the link that stands for the open file.
        os.link(_BY_NUMBER / str(number), part.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _hold(number: int) -> None:
    """Mark a file as being written, for as long as this process lives."""
    with suppress(OSError, ImportError):  # file systems without locks
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(folder: Path) -> None:
    """Remove what a killed run has left in a folder: files of our naming that nobody writes to.

    One that was written under its name may have another writer elsewhere, whose hold a shared file system does not
    show: it has to be some minutes old.
    """
    with suppress(OSError):
        found = [
            (Path(one.path), match) for one in os.scandir(folder) if (match := _PART.fullmatch(one.name))
        ]
        for part, match in found:
            with suppress(OSError, ImportError):  # held by its writer, of another user, or gone
                _clear_one(part, 0.0 if match["whole"] else _LEFT_FOR)


def _clear_one(part: Path, left_for: float) -> None:
    import fcntl

    file = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        about = os.fstat(file)
        if stat.S_ISREG(about.st_mode) and (not left_for or time.time() - about.st_mtime > left_for):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
    finally:
        os.close(file)


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
