"""The repository around a pilot -> when files were last committed, and in which order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.git.ask_git import GitError, Repository, opened
from poc_gate.errors import InvalidInputError
from poc_gate.text.lazy_pattern import lazily

_SHA1 = 40
"""Digits of a digest in most repositories; the others count by SHA-256."""
_POINTER = lazily(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\nsize \d+\n"
)
_LARGEST_POINTER = 1024
_LARGEST_COMPARED = 16 << 20
"""Bytes of a file whose line ends are compared apart from the rest."""


class Commit(Struct, frozen=True):
    """The last commit that changed a file."""

    id: str
    at: datetime


def last_commit(root: Path, path: str) -> Commit | None:
    """Return the last commit that changed a file.

    None outside a repository, for files never committed, and for files that differ from what was committed.
    """
    file = (root / path).resolve()
    try:
        with opened(root) as repository:
            inside = inside_repository(repository, file)
            if inside is None:
                return None
            text = repository.ask("log", "-1", "--format=%H %cI", "--", inside).decode().strip()
            if not text or not is_committed(repository, {inside: file})[1]:
                return None
    except (GitError, UnicodeDecodeError):
        return None
    commit, _, at = text.partition(" ")
    try:
        return Commit(commit, datetime.fromisoformat(at))
    except ValueError:
        return None


MOST_COMMITS = 50_000
"""Commits that are looked through for the last one of each folder; older ones count as one and the same."""


def last_commits(folder: Path) -> dict[str, str]:
    """Return for each folder of the repository, its root as `.`, the last commit that changed a file in it.

    Asked once, since a process for each of many folders takes longer than the whole. Empty outside a repository.
    """
    found: dict[str, str] = {}
    try:
        with opened(folder) as repository:
            words = (
                "log",
                "-z",
                f"--max-count={MOST_COMMITS}",
                "--no-renames",
                "--format=%x01%H",
                "--name-only",
            )
            listed = repository.ask(*words, "HEAD")
    except GitError:
        return found
    commit = ""
    for token in listed.decode("utf-8", "surrogateescape").split("\0"):
        if token.startswith("\1"):
            commit = token[1:]
            continue
        name = token.lstrip("\n")
        if name:
            found.setdefault(".", commit)
        while "/" in name:
            name = name.rpartition("/")[0]
            if name in found:
                break
            found[name] = commit
    return found


CHANGED = "-dirty"
"""Ends the commit of files that differ from it, as `git describe` has it."""


def commit_of(folder: Path, files: Iterable[str]) -> str:
    """Return the commit that is checked out around a folder, empty outside of a repository and before the first.

    It ends in `-dirty` when one of the files, those outside left out, is not what that commit holds;
    other files of the work tree do not count. The commit is that of HEAD, so that a clone of any depth
    says the same and a checkout of it gives these files.
    """
    try:
        with opened(folder) as repository:
            whole = map(Path.resolve, map(Path, files))
            inside = {
                name: path for path in whole if (name := inside_repository(repository, path)) is not None
            }
            commit, same = is_committed(repository, inside)
    except GitError:
        return ""
    return commit if not commit or (inside and same) else commit + CHANGED


def comes_before(root: Path, earlier: Commit, later: Commit) -> bool:
    """Say whether one commit is an ancestor of another, and not the same."""
    try:
        with opened(root) as repository:
            base = repository.ask("merge-base", earlier.id, later.id).decode().strip()
    except GitError:
        return False
    return earlier.id != later.id and base == earlier.id


def inside_repository(repository: Repository, path: Path) -> str | None:
    """Return a resolved path as the repository names it; None outside of its work tree."""
    root = repository.root
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def is_committed(repository: Repository, files: Mapping[str, Path]) -> tuple[str, bool]:
    """Return the commit of HEAD, and whether each file holds the bytes that it has there.

    The bytes are compared here, since git would ask the programs that the repository names for filters. A file
    may be what a pointer of Git LFS stands for, or differ in how its lines end, as checkouts on Windows do.
    """
    commit, same = as_committed(repository, files)
    return commit, bool(commit) and len(same) == len(files)


def as_committed(repository: Repository, files: Mapping[str, Path]) -> tuple[str, frozenset[str]]:
    """Return the commit of HEAD, and the names of those files that hold the bytes they have there."""
    names = sorted(name for name in files if "\n" not in name)
    asked = "".join(f"{name}\n" for name in ("HEAD", *(f"HEAD:{name}" for name in names)))
    head, *rows = repository.ask(
        "cat-file", "--batch-check", given=asked.encode(errors="surrogateescape")
    ).splitlines()
    words = head.split()
    if len(words) != 3 or len(rows) != len(names):
        return "", frozenset()
    pairs = zip(names, rows, strict=True)
    return words[0].decode(), frozenset(name for name, row in pairs if _is_same(repository, row, files[name]))


def _is_same(repository: Repository, row: bytes, file: Path) -> bool:
    blob, _, kind = row.partition(b" ")
    kind, _, size = kind.partition(b" ")
    if kind != b"blob":
        return False
    try:
        content = read_file(file)
    except InvalidInputError:
        return False
    if _digest(content, len(blob)) == blob.decode():
        return True
    if int(size) > _LARGEST_COMPARED:
        return False
    held = repository.ask("cat-file", "blob", blob.decode())
    pointer = _POINTER.fullmatch(held) if len(held) <= _LARGEST_POINTER else None
    if pointer is not None:
        return hashlib.sha256(content).hexdigest().encode() == pointer[1]
    return b"\r" not in held and content.replace(b"\r\n", b"\n") == held


def _digest(content: bytes, digits: int) -> str:
    """Return the name under which git keeps these bytes."""
    kept = b"blob %d\0" % len(content) + content
    if digits == _SHA1:
        return hashlib.sha1(kept, usedforsecurity=False).hexdigest()
    return hashlib.sha256(kept).hexdigest()
