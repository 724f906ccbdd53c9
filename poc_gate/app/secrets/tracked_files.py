"""The folder of a pilot -> the files of its repository: all that are committed, and those that could be."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterator
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
    rules: dict[str, list[IgnoreRule]] = {}
    count = 0
    for where, folders, names in os.walk(root, followlinks=False):
        inside = Path(where).relative_to(root).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        rules[prefix] = _ignore_lines(Path(where, ".gitignore")) if ".gitignore" in names else []
        folders[:] = sorted(
            name for name in folders
            if prefix + name in holding or (name not in _PASSED_OVER and not _is_ignored(f"{prefix}{name}/", rules))
        )  # fmt: skip
        for name in sorted(names):
            path = prefix + name
            if path not in committed and _is_ignored(path, rules):
                continue
            if not _is_plain(f"{where}/{name}"):
                continue
            count += 1
            yield path
            if count > most:
                return


def _is_plain(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def _parents(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


class IgnoreRule(NamedTuple):
    """One line of an ignore file."""

    fits: re.Pattern[str]
    folders_only: bool
    whole: bool
    """It is held against the whole path below the file, not against the last name alone."""
    leaves_out: bool


def _ignore_lines(path: Path) -> list[IgnoreRule]:
    try:
        text = path.read_bytes()[:_LARGEST_IGNORE].decode("utf-8", "replace")
    except OSError:
        return []
    return [_rule(line.rstrip()) for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _rule(line: str) -> IgnoreRule:
    text = line.removeprefix("!")
    wanted = text.rstrip("/")
    whole = "/" in wanted
    pattern = wanted.lstrip("/").replace("**/", "*") if whole else wanted
    return IgnoreRule(
        re.compile(fnmatch.translate(pattern)), text.endswith("/"), whole, not line.startswith("!")
    )


def _is_ignored(path: str, rules: dict[str, list[IgnoreRule]]) -> bool:
    """Say whether the last rule that fits a path, of all folders above it, leaves it out."""
    answer = False
    plain = path.rstrip("/")
    name = plain.rpartition("/")[2]
    for prefix in ["", *(f"{parent}/" for parent in reversed(list(_parents(plain))))]:
        for rule in rules.get(prefix, ()):
            if rule.folders_only and not path.endswith("/"):
                continue
            if rule.fits.match(plain[len(prefix) :] if rule.whole else name):
                answer = rule.leaves_out
    return answer
