"""A file that is to be read as the result of a run."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class NamedFile(Struct, frozen=True):
    """A file to read: where it is, and how it shall be named."""

    path: Path
    shown: str
    option: str = ""
