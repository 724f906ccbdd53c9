"""Everything that a pilot's answer rests on, the day apart -> one digest; the same digest, the same record."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from poc_gate.app.ground.files.read_inputs import LARGEST_INPUT
from poc_gate.app.portfolio.job import Job
from poc_gate.text.existing_path import is_file_there
from poc_gate.version import __version__

_BLOCK = 1 << 20
FORMAT = 1
"""Of the record; a change of it makes every kept record one of another version."""


def key_of(job: Job) -> str:
    """Return the digest over files, machine, packs, options and code.

    Files that are too large to be read as an input count by size and time. Of a pilot in a git repository: the files of its own folder, its last commit, and where in the repository secrets
    were found, since those count for every pilot in it.
    """
    folder = Path(job.path)
    parts = {
        "format": FORMAT,
        "tool": __version__,
        "code": _code(),
        "packs": _packs(job.packs),
        "path": job.path,
        "machine": job.machine if not is_file_there(job.machine) else _digest(Path(job.machine)),
        "machine name": job.machine,
        "stage": job.stage,
        "sources": [job.sources, _digest(Path(job.sources)) if job.sources else ""],
        "only": sorted(job.only),
        "page": job.page,
        "files": _files(folder),
        "repository": _repository(folder),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _code() -> str:
    """Return a digest of the program's own files by name, size and time: a checkout changes between releases."""
    root = Path(__file__).resolve().parents[2]
    lines = []
    for where, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            if name.endswith((".py", ".yaml", ".json", ".html", ".css")):
                seen = Path(where, name).stat()
                lines.append(f"{where}/{name} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


@cache
def _packs(added: tuple[str, ...]) -> str:
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs

    packs = load_rule_packs(added).packs
    return hashlib.sha256(" ".join(f"{pack.id} {pack.sha256}" for pack in packs).encode()).hexdigest()


def _files(folder: Path) -> str:
    """Return a digest over name and content of every file in the pilot's folder, ignored ones too: all may be read."""
    whole = hashlib.sha256()
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            path = Path(where, name)
            shown = path.relative_to(folder).as_posix()
            whole.update(f"{shown}\0{_digest(path)}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()


def _digest(path: Path) -> str:
    try:
        if path.is_symlink():
            return f"link to {path.readlink()} {_digest(path.resolve()) if path.is_file() else ''}"
        if not path.is_file():
            return "no file"
        seen = path.stat()
        if seen.st_size > LARGEST_INPUT:
            return f"{seen.st_size} bytes of {seen.st_mtime_ns}"
        found = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
        return found.hexdigest()
    except OSError as error:
        return f"unread: {error.strerror}"


def _repository(folder: Path) -> str:
    from poc_gate.app.ground.git.ask_git import repository_of
    from poc_gate.app.secrets.look_at_files import look_at_files

    root = repository_of(folder)
    if root is None:
        return ""
    looked = look_at_files(folder)
    shown = repr((looked.telling, looked.text, looked.binary, looked.unlisted))
    inside = folder.resolve().relative_to(root).as_posix()
    commit = _last_commits(root).get(inside, "")
    return hashlib.sha256(f"{shown} {commit}".encode(errors="surrogateescape")).hexdigest()


@cache
def _last_commits(root: Path) -> dict[str, str]:
    from poc_gate.app.ground.git.git_history import last_commits

    return last_commits(root)
