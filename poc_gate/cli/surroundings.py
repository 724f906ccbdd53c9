"""What the machine, its limits or the user's rights refused -> words; what remains is a bug of ours."""

from __future__ import annotations

import errno
import os

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Why an output takes no more: full, over its quota or limit, or a terminal that was closed."""
_OUT_OF_REACH = (
    errno.EACCES,
    errno.EPERM,
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.EROFS,
    errno.EIO,
    errno.ESTALE,
    errno.EMFILE,
    errno.ENFILE,
)
"""Why the system does not hand out a path: rights, names, links, the file system, the limit on open files."""
_NO_FOLDER = "the working folder is gone\n    -> change into a folder that exists"


def surroundings(error: Exception) -> str:
    """Return what the machine or the user's rights refused, in words; an empty text for a bug of ours."""
    if isinstance(error, MemoryError):
        return "not enough memory\n    -> give this process more, or name smaller files"
    if not isinstance(error, OSError):
        return ""
    if error.filename is None:
        return no_room(error) if error.errno in _NO_ROOM else "" if _has_working_folder() else _NO_FOLDER
    if error.errno in _OUT_OF_REACH:
        return f"{error.filename} cannot be reached: {error.strerror}\n    -> check path and rights"
    return ""


def _has_working_folder() -> bool:
    try:
        return bool(os.getcwd())  # noqa: PTH109 - the question is whether the system knows one
    except OSError:
        return False


def no_room(error: OSError) -> str:
    """Return why an output could not be written, in words."""
    return f"the output cannot be written: {error.strerror}\n    -> write to where there is room"
