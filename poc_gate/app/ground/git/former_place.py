"""A manifest of today and a commit -> where the same pilot's manifest was then, whatever it is called now.

A pilot that counts as new is compared with nothing, so neither a new name for the file, another folder nor padding
may make one new. What counts is what the manifest says: its pilot's name, then the share of its statements kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import MANIFEST, read_file
from poc_gate.app.ground.git.ask_git import GitError, Repository
from poc_gate.errors import InvalidInputError
from poc_gate.text.documents.positioned_yaml import read_yaml

SAME_PILOT = 0.3
"""Share of a former manifest's statements that today's must still make to be taken for the same pilot. Two pilots
written from one template share about a fifth: version, stage, units of a few limits."""
_MOST_LOOKED_AT = 500
_LARGEST = 1 << 20
"""Bytes of a manifest."""
_SUFFIXES = (".yaml", ".yml", ".json")


class _Said(Struct, frozen=True):
    name: str
    statements: frozenset[str]


def former_place(repository: Repository, commit: str, manifest: Path) -> Path | None:
    """Return the path, relative to the root, at which the manifest's pilot was described at a commit; None when new."""
    now = _read(manifest)
    here = manifest.relative_to(repository.root) if manifest.is_relative_to(repository.root) else None
    if here is None:
        return None
    if _there(repository, commit, here.as_posix()):
        return here
    if now is None:
        return None
    best: tuple[tuple[bool, bool, float], Path] | None = None
    for path, said in _gone(repository, commit, here):
        kept = len(said.statements & now.statements) / max(1, len(said.statements))
        rank = (said.name == now.name, path.parent == here.parent, kept)
        same = rank[0] or rank[1] or kept >= SAME_PILOT
        if same and (best is None or rank > best[0]):
            best = rank, path
    return best[1] if best else None


def _there(repository: Repository, commit: str, path: str) -> bool:
    return bool(repository.ask("ls-tree", "--full-tree", commit, "--", path))


def _gone(repository: Repository, commit: str, here: Path) -> Iterator[tuple[Path, _Said]]:
    """Yield the manifests of a commit that are not there any more, or describe another pilot today."""
    names = map(
        os.fsdecode, repository.ask("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit).split(b"\0")
    )
    wanted = [name for name in names if name.endswith((*_SUFFIXES, here.suffix or MANIFEST))]
    left = [name for name in wanted if _may_be_left(repository.root / name, here)]
    for name in sorted(left, key=lambda name: _distance(Path(name), here))[:_MOST_LOOKED_AT]:
        try:
            content = repository.ask("cat-file", "blob", f"{commit}:{name}")
        except GitError:
            continue
        then = _said(content, name)
        today = _read(repository.root / name)
        if then is not None and (today is None or today.name != then.name):
            yield Path(name), then


def _may_be_left(path: Path, here: Path) -> bool:
    """Whether a manifest that was here may be gone: no plain file now, or of a name that manifests have."""
    return path.is_symlink() or not path.is_file() or path.name in {MANIFEST, here.name}


def _distance(path: Path, here: Path) -> tuple[bool, bool, int, str]:
    shared = len(os.path.commonpath([path.parent, here.parent])) if path.parts[:1] == here.parts[:1] else 0
    return path.name not in {MANIFEST, here.name}, path.parent != here.parent, -shared, path.as_posix()


def _read(path: Path) -> _Said | None:
    try:
        return None if path.is_symlink() else _said(read_file(path), path.as_posix())
    except InvalidInputError:
        return None


def _said(content: bytes, file: str) -> _Said | None:
    """Return what a manifest says; None for what is not one."""
    if len(content) > _LARGEST or b"poc-gate/" not in content:
        return None
    try:
        data = read_yaml(content, file).data
    except InvalidInputError:
        return None
    if not isinstance(data, dict) or not str(data.get("apiVersion", "")).startswith("poc-gate/"):
        return None
    pilot = data.get("pilot")
    name = pilot.get("name", "") if isinstance(pilot, dict) else ""
    return _Said(str(name), frozenset(_statements(data, "")))


def _statements(data: Any, path: str) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _statements(value, f"{path}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from _statements(value, f"{path}[]")
    else:
        yield f"{path}={data}"
