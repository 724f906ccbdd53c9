"""Prompts in files of a checkout under git -> the commit that they are of, read from git's own files."""

from __future__ import annotations

import re
from pathlib import Path

from poc_gate.inputs.repository.reading import Certainty, FoundFact, RepositoryReading
from poc_gate.model.claim import Claim, Provenance

_COMMIT = re.compile(r"^[0-9a-f]{40}$|^[0-9a-f]{64}$")
_REFERENCE = re.compile(r"^ref: (refs/[\w./-]{1,200})$")
_LARGEST = 1 << 20


def prompt_version(base: Path, reading: RepositoryReading) -> FoundFact | None:
    """Return the commit as the version of the prompts that lie in files; None without prompts, models or git."""
    prompts = next((one for one in reading.remarks if one.kind == "prompts in files"), None)
    if prompts is None or not any(one.name == "llm" for one in reading.techniques):
        return None
    commit = commit_of(base)
    if not commit:
        return None
    claim = Claim("model.prompt_version", commit, Provenance.IMPORTED, prompts.place, "the commit of this checkout, uncommitted changes left out")  # fmt: skip
    return FoundFact(claim, "git", Certainty.INFERRED)


def commit_of(base: Path) -> str:
    """Return the commit that a checkout is at, empty where it has no git folder of its own."""
    git = base / ".git"
    if git.is_symlink() or not git.is_dir():
        return ""
    head = _text(git / "HEAD").strip()
    match = _REFERENCE.match(head)
    if match is None or ".." in match[1]:
        return head if _COMMIT.match(head) else ""
    loose = _text(git / match[1]).strip()
    if _COMMIT.match(loose):
        return loose
    for line in _text(git / "packed-refs").splitlines():
        commit, _, name = line.partition(" ")
        if name == match[1] and _COMMIT.match(commit):
            return commit
    return ""


def _text(path: Path) -> str:
    """Return a small file of git's as text, empty where it is none, too large, or a link."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
