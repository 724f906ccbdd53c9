"""Packs that were checked once -> the same packs again without parsing, while nothing they rest on changed.

Reading and checking 120 YAML files takes about a third of a second, decoding the checked form some
milliseconds. The cache is an optimisation alone: whatever is odd about it, the YAML is read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from poc_gate import expression, judge
from poc_gate.judge.packs.pack_digest import pack_digest
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.fact import Catalogue
from poc_gate.model.rule import Pack
from poc_gate.version import __version__

FORMAT = 1
_DIGEST_BYTES = 32
_MOST_ENTRIES = 8
"""Files kept: one for each set of packs in use, with room for some versions."""
_LARGEST_ENTRY = 32 << 20

Folders = Mapping[str, Mapping[str, bytes]]

_LOADED: dict[tuple[tuple[tuple[str, str], ...], int], PackSet] = {}
"""Sets of packs that this process has loaded, by digests and catalogue: their rules are compiled once."""


def load_packs_cached(folders: Folders, catalogue: Catalogue) -> PackSet:
    """Return what `load_packs` returns, kept in this process and in a file while packs, catalogue and code are the same."""
    digests = {name: pack_digest(files) for name, files in folders.items()}
    key = tuple(sorted(digests.items())), id(catalogue)
    held = _LOADED.get(key)
    if held is None or held.catalogue is not catalogue:
        held = _from_file(folders, digests, catalogue)
        if len(_LOADED) >= _MOST_ENTRIES:
            _LOADED.clear()
        _LOADED[key] = held
    return held


def _from_file(folders: Folders, digests: Mapping[str, str], catalogue: Catalogue) -> PackSet:
    folder = cache_folder()
    if folder is None:
        return _checked(folders, catalogue)
    entry = folder / f"packs-{_key(digests, catalogue)}.msgpack"
    held = _read(entry, digests)
    if held is not None:
        return PackSet(held, catalogue)
    packs = _checked(folders, catalogue)
    _write(entry, packs.packs)
    return packs


def _checked(folders: Folders, catalogue: Catalogue) -> PackSet:
    from poc_gate.judge.packs.load_packs import load_packs

    return load_packs(folders, catalogue)


def cache_folder() -> Path | None:
    """Return the folder of the cache, or None where none is used.

    `POC_GATE_CACHE_DIR` names another folder, empty switches the cache off. It is off on CI, where a
    cache may be shared with branches that are not trusted to say what the rules are.
    """
    named = os.environ.get("POC_GATE_CACHE_DIR")
    if named is not None:
        return Path(named) if named else None
    if os.environ.get("CI"):
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "poc-gate"
    except RuntimeError:
        return None


def _key(digests: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return a digest over everything the checked form depends on, the checking code included."""
    lines = [f"{FORMAT} {__version__} {sys.version_info[:2]}"]
    lines += [f"{name} {digests[name]}" for name in sorted(digests)]
    lines += [
        f"{spec.name} {spec.kind} {spec.unit} {spec.choices} {spec.origin}"
        for spec in catalogue.specs.values()
    ]
    for package in (judge, expression):
        for folder, _, names in os.walk(package.__path__[0]):
            sources = {path: path.stat() for name in names if (path := Path(folder, name)).suffix == ".py"}
            lines += sorted(f"{path} {seen.st_mtime_ns} {seen.st_size}" for path, seen in sources.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _read(entry: Path, digests: Mapping[str, str]) -> tuple[Pack, ...] | None:
    """Return the packs of an entry; None unless it is ours, whole, and of these very files."""
    try:
        with entry.open("rb") as file:
            seen = os.fstat(file.fileno())
            if not _is_ours(seen) or seen.st_size > _LARGEST_ENTRY:
                return None
            content = file.read()
        payload = content[_DIGEST_BYTES:]
        if hashlib.sha256(payload).digest() != content[:_DIGEST_BYTES]:
            return None
        packs = msgspec.msgpack.decode(payload, type=tuple[Pack, ...])
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    found = sorted(pack.sha256 for pack in packs)
    return packs if found == sorted(digests.values()) else None


def _is_ours(seen: os.stat_result) -> bool:
    """Whether nobody but this user could have written the file."""
    if not hasattr(os, "getuid"):
        return True
    return seen.st_uid == os.getuid() and not seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(entry: Path, packs: tuple[Pack, ...]) -> None:
    """Write an entry whole or not at all; a folder that cannot be written is no reason to stop."""
    import tempfile

    payload = msgspec.msgpack.encode(packs)
    with contextlib.suppress(OSError):
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, prefix=".packs-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(payload).digest() + payload)
            Path(name).replace(entry)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(entry.parent)


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("packs-*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[_MOST_ENTRIES:]:
        old.unlink(missing_ok=True)
