"""What a reader is: one file of a sub-folder that exposes READER and notes what one kind of file says."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from poc_gate.inputs.repository.files.text_file import LARGEST_TEXT, TextFile
from poc_gate.inputs.repository.noting.notes import Notes


class Reader(Struct, frozen=True):
    """One kind of file."""

    name: str
    summary: str
    """One line for lists and docs."""
    wants: Callable[[str], bool]
    """Says by a path in small letters whether the reader looks at a file."""
    read: Callable[[TextFile, Notes], None]
    """Notes what the file says. Raises UnreadableError, with the reason in words, for a file that does not parse."""
    needs: str = ""
    """Extra that has to be installed; without it the files are named as not read."""
    largest: int = LARGEST_TEXT
    """Bytes of a file up to which the reader takes it in."""
    worst: int = 7
    """The lowest standing at which files are read at all; others are named as left."""
