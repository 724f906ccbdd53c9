"""The repository around a pilot -> when files were last committed, and in which order."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

_SECONDS = 20
"""For one call of git."""
_QUIET = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "-c", "core.pager=cat", "-c", "protocol.allow=never",
)  # fmt: skip
"""Settings by which a repository could run programs when it is only looked at; all are switched off."""


class Commit(Struct, frozen=True):
    """The last commit that changed a file."""

    id: str
    at: datetime


def last_commit(root: Path, path: str) -> Commit | None:
    """Return the last commit that changed a file.

    None outside a repository, for files never committed, and for files that differ from what was committed.
    """
    text = _git(root, "log", "-1", "--format=%H %cI", "--", path)
    if not text:
        return None
    if _git(root, "status", "--porcelain", "--untracked-files=all", "--ignored", "--", path):
        return None
    commit, _, at = text.strip().partition(" ")
    try:
        return Commit(commit, datetime.fromisoformat(at))
    except ValueError:
        return None


CHANGED = "-dirty"
"""Ends the commit of files that differ from it, as `git describe` has it."""


def repository_of(folder: Path) -> Path | None:
    """Return the root of the work tree that a folder lies in, or None."""
    here = folder.resolve()
    return next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), None)


def commit_of(folder: Path, files: Iterable[str]) -> str:
    """Return the commit that is checked out around a folder, empty outside of a repository and before the first.

    It ends in `-dirty` when one of the files, those outside left out, is not what that commit holds;
    other files of the work tree do not count. The commit is that of HEAD, so that a clone of any depth
    says the same and a checkout of it gives these files.
    """
    root = repository_of(folder)
    if root is None:
        return ""
    inside = sorted({str(path) for path in map(Path.resolve, map(Path, files)) if path.is_relative_to(root)})
    asked = ("status", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignored", "--", *inside)
    told = (_git(root, "--literal-pathspecs", *asked) or "").splitlines()
    commit = next((row.rpartition(" ")[2] for row in told if row.startswith("# branch.oid ")), "")
    if not commit or commit == "(initial)":
        return ""
    return commit if inside and all(row.startswith("#") for row in told) else commit + CHANGED


def comes_before(root: Path, earlier: Commit, later: Commit) -> bool:
    """Say whether one commit is an ancestor of another, and not the same."""
    return earlier.id != later.id and _git(root, "merge-base", earlier.id, later.id) == earlier.id


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git prints, or None where there is no git, no repository, or no answer in time."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed program and options; paths stand behind `--`
            ["git", *_QUIET, "-C", str(root), *arguments],  # noqa: S607 - git is on the PATH of whoever has a repository
            capture_output=True, text=True, timeout=_SECONDS, check=True, env=environment,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout.strip()
