"""The pilot's folder -> a measured count of literal secrets in it; places are told, secrets never."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from poc_gate.model.claim import Notice, Place
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import DIMENSIONLESS, Quantity
from poc_gate.text.literal_secrets import find_secret

FACT = "security.secrets_found"
MOST_FILES = 2000
MOST_BYTES = 16 << 20
"""Beyond these the folder is a repository, and a scanner made for that belongs there (rule F06 says which)."""
LARGEST_FILE = 1 << 20
_PASSED_OVER = frozenset({".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".cache"})
_STEP = "take it out, change it at its issuer, and refer to it as env:NAME or file:PATH"


def scan_folder(folder: Path, known: tuple[Notice, ...] = ()) -> tuple[Measurement, tuple[Notice, ...]]:
    """Return how many lines of the folder's text files hold a literal secret, and where they are.

    `known` are secrets that reading a file with its structure has shown; they are counted too, once.

    Reads nothing outside the folder and follows no links. Where the folder is over the limits or a file
    cannot be read, the count is not measured, since what was not looked at proves nothing.
    """
    found = [notice for notice in known if notice.kind == "secret"]
    seen = {(notice.place.file, notice.place.line) for notice in found}
    files = read = 0
    stopped = ""
    for path in _files(folder):
        try:
            size = path.stat().st_size
            files, read = files + 1, read + size
            if files > MOST_FILES or read > MOST_BYTES:
                stopped = f"{folder} holds over {MOST_FILES} files or {MOST_BYTES >> 20} MiB"
                break
            fresh = _secrets_of(path) if size <= LARGEST_FILE else []
            found += [notice for notice in fresh if (notice.place.file, notice.place.line) not in seen]
        except OSError as error:
            stopped = f"{path} cannot be read: {error.strerror}"
            break
    if stopped and not found:
        reason = f"{stopped}; scan it with a secret scanner instead"
        return Measurement(FACT, None, DIMENSIONLESS, reason=reason), ()
    return _counted(len(found), files, stopped), tuple(found)


def _counted(found: int, files: int, stopped: str) -> Measurement:
    looked = f"lines with the shape of a secret in {files} files of the pilot's folder, history not included"
    return Measurement(
        fact=FACT,
        value=Quantity(float(found), DIMENSIONLESS),
        unit=DIMENSIONLESS,
        samples=(float(found),),
        median=float(found),
        method=f"{looked}; at least this many: {stopped}" if stopped else looked,
        source="scan of the pilot's folder",
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the plain files below a folder in a fixed order; links are not followed."""
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
        for name in sorted(names):
            path = Path(where, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _secrets_of(path: Path) -> list[Notice]:
    content = path.read_bytes()
    if b"\0" in content[:4096]:
        return []
    found = []
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
        kind = (
            find_secret(line[:4096]) if len(line) >= 8 else ""
        )  # shorter lines hold no secret worth the name
        if kind and not kind.startswith("what looks like"):
            place = Place(path.as_posix(), number, 1, number, 1)
            found.append(Notice("secret", f"{kind} stands in {path.name}", place, _STEP))
    return found
