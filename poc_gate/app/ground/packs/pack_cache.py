"""Packs that were checked once -> the same packs again without parsing, while nothing they rest on changed.

Reading and checking 120 YAML files takes about a third of a second, decoding the checked form some
milliseconds. The cache is an optimisation alone: whatever is odd about it, the YAML is read again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from poc_gate import judge
from poc_gate.app.ground.files.cache_files import (
    cache_folder,
    digest_of,
    read_entry,
    sources_below,
    write_entry,
)
from poc_gate.judge.packs.pack_digest import pack_digest
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.model.fact import Catalogue
from poc_gate.model.rule import Pack
from poc_gate.version import __version__

FORMAT = 2
_MOST_SETS = 8
"""Sets of packs held by one process."""

Folders = Mapping[str, Mapping[str, bytes]]

_LOADED: dict[tuple[tuple[tuple[str, str], ...], int], PackSet] = {}
"""Sets of packs that this process has loaded, by digests and catalogue: their rules are compiled once."""


def load_packs_cached(folders: Folders, catalogue: Catalogue, known: PackSet | None = None) -> PackSet:
    """Return what `load_packs` returns, kept in this process and in a file while packs, catalogue and code are the same.

    `known` are the packs of some of the folders: only the others are read and kept beside them.
    """
    digests = {name: pack_digest(files) for name, files in folders.items()}
    key = tuple(sorted(digests.items())), id(catalogue)
    held = _LOADED.get(key)
    if held is None or held.catalogue is not catalogue:
        held = _from_file(folders, digests, catalogue, known)
        if len(_LOADED) >= _MOST_SETS:
            _LOADED.clear()
        _LOADED[key] = held
    return held


def _from_file(
    folders: Folders, digests: Mapping[str, str], catalogue: Catalogue, known: PackSet | None
) -> PackSet:
    folder = cache_folder()
    if folder is None:
        return _checked(folders, catalogue, known)
    before = known.packs if known is not None else ()
    entry = folder / f"packs-{_key(digests, catalogue)}.msgpack"
    held = _read(entry, digests, before)
    if held is not None:
        return PackSet((*before, *held), catalogue, known)
    packs = _checked(folders, catalogue, known)
    write_entry(entry, msgspec.msgpack.encode(_without(packs.packs, before)))
    return packs


def _without(packs: tuple[Pack, ...], before: tuple[Pack, ...]) -> tuple[Pack, ...]:
    ids = {pack.id for pack in before}
    return tuple(pack for pack in packs if pack.id not in ids)


def _checked(folders: Folders, catalogue: Catalogue, known: PackSet | None) -> PackSet:
    from poc_gate.judge.packs.load_packs import load_packs

    return load_packs(folders, catalogue, known=known)


def _key(digests: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return a digest over everything the checked form depends on, the checking code included."""
    lines = [f"{FORMAT} {__version__} {sys.version_info[:2]}"]
    lines += [f"{name} {digests[name]}" for name in sorted(digests)]
    lines += [
        f"{spec.name} {spec.kind} {spec.unit} {spec.choices} {spec.origin}"
        for spec in catalogue.specs.values()
    ]
    lines += sources_below(judge.__path__)
    return digest_of(lines)


def _read(entry: Path, digests: Mapping[str, str], before: tuple[Pack, ...] = ()) -> tuple[Pack, ...] | None:
    """Return the packs of an entry; None unless it is ours, whole, and with those known before of these very files."""
    payload = read_entry(entry)
    if payload is None:
        return None
    try:
        packs = msgspec.msgpack.decode(payload, type=tuple[Pack, ...])
    except (msgspec.MsgspecError, ValueError):
        return None
    found = sorted(pack.sha256 for pack in (*before, *packs))
    return packs if found == sorted(digests.values()) else None
