"""A folder -> its plain files, in a fixed order and within bounds; what is passed over is named."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct, field

from poc_gate.inputs.repository.reading import FileLeft

MOST_FILES = 20_000
DEEPEST = 16
_PASSED_OVER = {
    ".git": "history of the repository",
    ".hg": "history of the repository",
    ".svn": "history of the repository",
    ".venv": "installed packages",
    "venv": "installed packages",
    "env": "installed packages",
    "node_modules": "installed packages",
    "bower_components": "installed packages",
    "site-packages": "installed packages",
    "__pycache__": "compiled files",
    ".cache": "cache",
    ".tox": "cache",
    ".nox": "cache",
    ".mypy_cache": "cache",
    ".ruff_cache": "cache",
    ".pytest_cache": "cache",
    ".gradle": "cache",
    ".next": "build output",
    ".nuxt": "build output",
    "dist": "build output",
    "build": "build output",
    "target": "build output",
    "cdk.out": "build output",
    ".terraform": "downloaded modules",
    ".idea": "settings of an editor",
    ".vscode": "settings of an editor",
    ".ipynb_checkpoints": "copies of notebooks",
}
_PYTHON_ENVIRONMENT = "pyvenv.cfg"


class WalkedFile(Struct, frozen=True):
    """One plain file below the folder."""

    path: str
    """Relative, with slashes; bytes that are no text are replaced for display."""
    full: Path
    size: int


class Walk(Struct):
    """The files of a folder and what was passed over."""

    files: list[WalkedFile] = field(default_factory=list)
    left: list[FileLeft] = field(default_factory=list)
    complete: bool = True
    folders: list[str] = field(default_factory=list)


def walk_folder(base: Path) -> Walk:
    """Return the plain files below `base`; links are named and never followed.

    Stops after `MOST_FILES` files, and leaves out folders deeper than `DEEPEST`.
    """
    walk = Walk()
    pending: list[tuple[str, str, int]] = [(os.fspath(base), "", 0)]
    while pending:
        full, inside, depth = pending.pop()
        try:
            with os.scandir(full) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            walk.left.append(FileLeft(shown(inside) or ".", f"cannot be read: {error.strerror or error}"))
            continue
        below: list[tuple[str, str, int]] = []
        for entry in listed:
            if not _take(walk, entry, f"{inside}/{entry.name}" if inside else entry.name, depth, below):
                return walk
        pending += reversed(below)
    return walk


def _take(
    walk: Walk, entry: os.DirEntry[str], inside: str, depth: int, below: list[tuple[str, str, int]]
) -> bool:
    """Note one entry; return False when the walk is at its limit."""
    try:
        if entry.is_symlink():
            walk.left.append(FileLeft(shown(inside), "a link, not followed"))
        elif entry.is_dir(follow_symlinks=False):
            why = _why_not(entry, depth)
            if why:
                walk.left.append(FileLeft(f"{shown(inside)}/", why))
            else:
                walk.folders.append(shown(inside))
                below.append((entry.path, inside, DEEPEST if entry.name == "target" else depth + 1))
        elif entry.is_file(follow_symlinks=False):
            if len(walk.files) >= MOST_FILES:
                walk.complete = False
                return False
            size = entry.stat(follow_symlinks=False).st_size
            walk.files.append(WalkedFile(shown(inside), Path(entry.path), size))
        else:
            walk.left.append(FileLeft(shown(inside), "a pipe, a socket or a device, not a file"))
    except OSError as error:
        walk.left.append(FileLeft(shown(inside), f"cannot be read: {error.strerror or error}"))
    return True


def _why_not(entry: os.DirEntry[str], depth: int) -> str:
    """Return why a folder is not entered, or an empty text."""
    why = _PASSED_OVER.get(entry.name, "")
    if entry.name in {"build", "target", "dist", "env"} and _holds_sources(entry.path):
        why = ""
    if entry.name == "env" and not os.path.isdir(os.path.join(entry.path, "lib")):  # noqa: PTH112, PTH118 - as below
        why = ""  # settings, one file for each environment
    if why:
        return why
    if depth >= DEEPEST:
        return f"nested deeper than {DEEPEST} folders"
    if os.path.isfile(os.path.join(entry.path, ".git")):  # noqa: PTH113, PTH118 - a Path per folder costs
        return "a submodule: another repository"
    if os.path.isfile(os.path.join(entry.path, _PYTHON_ENVIRONMENT)) and _holds_packages(entry.path):  # noqa: PTH113, PTH118 - the same
        return "installed packages"
    return ""


def _holds_packages(path: str) -> bool:
    """Tell a whole environment from a folder of code in which only the settings of one were committed."""
    return any(os.path.isdir(os.path.join(path, name)) for name in ("lib", "Lib", "lib64", "Scripts"))  # noqa: PTH112, PTH118 - a Path per folder costs


def _holds_sources(path: str) -> bool:
    """Tell a folder that people wrote from one a tool fills: its own code or its dbt manifest lies in it."""
    marks = ("__init__.py", "manifest.json", "sources.json", "Dockerfile", "buildspec.yml")
    return any(os.path.isfile(os.path.join(path, mark)) for mark in marks)  # noqa: PTH113, PTH118 - the same


def shown(name: str) -> str:
    """Return a path as text that can be printed; bytes that are not text become question marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
