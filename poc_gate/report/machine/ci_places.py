"""Places in a pilot's files -> paths and regions that code hosts accept."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from poc_gate.model.claim import Place
from poc_gate.model.verdict import Result
from poc_gate.text.inert_text import inert


class Region(Struct, frozen=True):
    """A region of a file relative to the repository root; lines and columns count from 1."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def region_of(place: Place, result: Result, prefix: str = "") -> Region:
    """Return where a code host shows a finding.

    A place outside the repository (a shipped table, an absolute path, a parent folder) is shown at the
    manifest's first line: hosts drop what they cannot find in the commit.
    """
    path = "" if place.is_shipped else repository_path(place.file, prefix)
    if not path:
        manifest = repository_path(result.manifest, prefix) or "pilot.yaml"
        return Region(manifest, 1, 1, 1, 2)
    line = max(place.line, 1)
    column = max(place.column, 1)
    end_line = max(place.end_line, line)
    end_column = place.end_column if place.end_column > column or end_line > line else column + 1
    return Region(path, line, column, end_line, max(end_column, 1))


def repository_path(file: str, prefix: str = "") -> str:
    """Return a path relative to the repository root, or an empty text for one that is not inside it."""
    file = inert(file).replace("\\", "/")
    if not file or file.startswith("/") or ":" in file.split("/")[0]:
        return ""
    path = posixpath.normpath(posixpath.join(prefix, file))
    return "" if path.startswith("../") or path in {"..", "."} else path
