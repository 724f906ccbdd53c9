"""The folder of a pilot -> the files of its repository: all that are committed, and those that could be."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from poc_gate.app.ground.git.ask_git import GitError, opened, repository_of

_PASSED_OVER = frozenset(
    {".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".cache", ".tox", ".mypy_cache"}
)
"""Folders of tools, passed over unless git has files of theirs."""
_LARGEST_IGNORE = 1 << 20


class TrackedFiles(Struct, frozen=True):
    """What there is to look at."""

    root: Path
    """Of the repository, or the pilot's folder where there is none."""
    paths: tuple[str, ...]
    """Plain files relative to the root, in order; links are left out."""
    repository: bool
    """Whether the root is that of a git repository."""


def files_of_pilot(folder: Path, most: int) -> TrackedFiles:
    """Return the files of the repository around a folder, at most so many and one.

    Files that git ignores and never committed are left out: they are on this machine and in no clone.
    """
    root = repository_of(folder)
    if root is None:
        return TrackedFiles(folder, tuple(_walk(folder, frozenset(), most)), repository=False)
    return TrackedFiles(root, tuple(_walk(root, _committed(folder), most)), repository=True)


def _committed(folder: Path) -> frozenset[str]:
    try:
        with opened(folder) as repository:
            listed = repository.ask("ls-tree", "-r", "-z", "--name-only", "HEAD")
    except GitError:
        return frozenset()
    return frozenset(name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)


def _walk(root: Path, committed: frozenset[str], most: int) -> Iterator[str]:
    """Yield plain files below a folder in a fixed order: committed ones, and others that no ignore file names."""
    holding = {parent for name in committed for parent in _parents(name)}
    top = root.as_posix()
    pending: list[tuple[str, tuple[IgnoreFile, ...]]] = [("", ())]
    count = 0
    while pending:
        prefix, above = pending.pop()
        folders, names = _entries(f"{top}/{prefix}")
        rules = (*above, *_ignore_file(root, prefix)) if ".gitignore" in names else above
        pending += [
            (f"{prefix}{name}/", rules)
            for name in reversed(folders)
            if prefix + name in holding
            or (name not in _PASSED_OVER and not _is_ignored(f"{prefix}{name}", rules, folder=True))
        ]
        for name in names:
            path = prefix + name
            if path in committed or not _is_ignored(path, rules, folder=False):
                count += 1
                yield path
                if count > most:
                    return


def _entries(folder: str) -> tuple[list[str], list[str]]:
    """Return the names of the folders and of the plain files in a folder, in order; links are neither."""
    folders: list[str] = []
    names: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    names.append(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
    except OSError:
        pass
    return sorted(folders), sorted(names)


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


class IgnoreRule(NamedTuple):
    """Lines of an ignore file that are asked in one go."""

    fits: re.Pattern[str]
    folders_only: bool
    whole: bool
    """They are held against the whole path below the file, not against the last name alone."""
    leaves_out: bool


class IgnoreFile(NamedTuple):
    """One ignore file."""

    prefix: str
    """Of the paths that it speaks of: its folder, with a slash at the end."""
    rules: tuple[IgnoreRule, ...]


def _ignore_file(root: Path, prefix: str) -> Iterator[IgnoreFile]:
    try:
        text = Path(root, prefix, ".gitignore").read_bytes()[:_LARGEST_IGNORE].decode("utf-8", "replace")
    except OSError:
        return
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rules: list[IgnoreRule] = []
    for leaves_out, run in groupby(lines, key=lambda line: not line.startswith("!")):
        rules += _rules_of(list(run), leaves_out=leaves_out)
    yield IgnoreFile(prefix, tuple(rules))


def _rules_of(lines: list[str], *, leaves_out: bool) -> Iterator[IgnoreRule]:
    """Yield lines that all say the same of a path as one rule of each kind: their order says nothing."""
    patterns: dict[tuple[bool, bool], list[str]] = {}
    for line in lines:
        text = line.removeprefix("!")
        wanted = text.rstrip("/")
        whole = "/" in wanted
        pattern = wanted.lstrip("/").replace("**/", "*") if whole else wanted
        patterns.setdefault((text.endswith("/"), whole), []).append(fnmatch.translate(pattern))
    for (folders_only, whole), found in patterns.items():
        yield IgnoreRule(re.compile("|".join(found)), folders_only, whole, leaves_out)


def _is_ignored(path: str, files: tuple[IgnoreFile, ...], *, folder: bool) -> bool:
    """Say whether the last rule that fits a path, of all folders above it, leaves it out."""
    answer = False
    name = path.rpartition("/")[2]
    for prefix, rules in files:
        for rule in rules:
            if (folder or not rule.folders_only) and rule.fits.match(
                path[len(prefix) :] if rule.whole else name
            ):
                answer = rule.leaves_out
    return answer
