"""Text of a stranger's file -> whether a file of that name is there; a name that no file can have is answered, not raised."""

from __future__ import annotations

from pathlib import Path


def is_there(path: str | Path) -> bool:
    """Whether the path names something: false too for a name that is too long, and behind a folder that may not be entered."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def is_file_there(path: str | Path) -> bool:
    """Whether the path names a plain file; false as `is_there` is."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False
