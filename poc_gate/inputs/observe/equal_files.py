"""Files of equal contents, packed or not: a copy of a result is not a second run, and no second replica."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from msgspec.structs import replace

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.model.claim import Notice, Place
from poc_gate.model.observation import Observed

Copies = dict[str, list[NamedFile]]
"""Name of a file -> the others that hold the same."""


def without_copies(files: Iterable[NamedFile]) -> tuple[list[NamedFile], Copies]:
    """Return the files, each content under each option once, and the copies that were left out.

    Only files that begin alike are read to their end for it. A file that cannot be read is kept: whoever reads it says why.
    """
    alike: dict[tuple[str, bytes], list[NamedFile]] = {}
    given = list(files)
    if len(given) < 2:
        return given, {}
    for file in given:
        alike.setdefault((file.option, _start(file)), []).append(file)
    left_out: set[int] = set()
    copies: Copies = {}
    for (_, start), several in alike.items():
        firsts: dict[bytes, NamedFile] = {}
        for file in several if start and len(several) > 1 else ():
            first = firsts.setdefault(_digest(file), file)
            if first is not file:
                copies.setdefault(first.shown, []).append(file)
                left_out.add(id(file))
    return [file for file in given if id(file) not in left_out], copies


def with_copies(observed: Observed, copies: Copies) -> Observed:
    """Return a result that names the copies of its files, says that they are copies, and holds their digests."""
    held, notices = dict(observed.files), list(observed.notices)
    for name in observed.files:
        for copy in copies.get(name, ()):
            again = "is named twice" if copy.shown == name else f"holds the same as {name}"
            notices.append(Notice("warning", f"it {again}, and counts once", Place(copy.shown)))
            with PackedStream(copy.path, copy.shown) as stream:
                held[copy.shown] = stream.sha256()
    return replace(observed, files=held, notices=tuple(notices)) if copies else observed


def _start(file: NamedFile) -> bytes:
    with suppress(InvalidInputError), PackedStream(file.path, file.shown) as stream:
        return stream.head()
    return b""


def _digest(file: NamedFile) -> bytes:
    """Return a digest of the unpacked contents; of what cannot be unpacked, of its name."""
    digest = hashlib.sha256()
    try:
        with PackedStream(file.path, file.shown) as stream:
            for block in stream.chunks():
                digest.update(block)
    except InvalidInputError:
        return file.shown.encode(errors="surrogateescape")
    return digest.digest()
