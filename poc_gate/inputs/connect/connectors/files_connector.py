"""Local and network files: random reads past the page cache, sequential reads, newest change."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Iterator

from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.drivers.found_files import FoundFile, drop_cached, find_files, open_for_reading
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
    whole_number,
)
from poc_gate.text.existing_path import is_there

_BLOCK = 64 * 1024
_BULK_CHUNK = 1 << 20
_PIECE = 8 << 20
"""Bytes of a file that one of several readers reads on its own."""
_BULK_S = 10.0
_WARM_READS = 20


def _check(target: Target) -> tuple[str, ...]:
    found = []
    if not target.path or not is_there(target.path):
        found.append(f"{target.path or 'the address'} does not exist: write url: file:///folder or a path")
    block = whole_number(target.option("block", str(_BLOCK)))
    if block is None or not 512 <= block <= 2**26:
        found.append("the probe option 'block' must be 512 to 67108864 bytes")
    if target.option("cache", "cold") not in {"cold", "warm"}:
        found.append("the probe option 'cache' must be cold or warm")
    return tuple(found)


def _intend(target: Target) -> Intent:
    block, cache = target.whole("block", _BLOCK), target.option("cache", "cold")
    past = ", past the page cache" if cache == "cold" else ", with the page cache's help"
    return Intent(
        f"pread of {block:,} bytes at random places{past}",
        block,
        "newest change among the files found",
        "last change of each file found",
    )


class _Link(Link):
    """One reader with descriptors of its own."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self._open: dict[str, int] = {}

    def descriptor(self, path: str) -> int:
        """Return an open descriptor; at most sixteen are kept."""
        if path not in self._open:
            if len(self._open) >= 16:
                os.close(self._open.pop(next(iter(self._open))))
            self._open[path] = open_for_reading(path)
        return self._open[path]

    def call(self, number: int) -> Call:
        path, offset = self._session.places[number % len(self._session.places)]
        descriptor = self.descriptor(path)
        if self._session.cold:
            drop_cached(descriptor, offset, self._session.block)
        return Call(bytes=len(os.pread(descriptor, self._session.block, offset)))

    def close(self) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open = {}

    def abort(self) -> None:
        """Nothing breaks a read of the kernel off; the run ends without it."""


class _Session(Session):
    """One file or folder."""

    errors = (EOFError,)
    readers = 4

    def __init__(self, target: Target) -> None:
        self._target = target
        self.block = target.whole("block", _BLOCK)
        self.cold = target.option("cache", "cold") == "cold" and hasattr(os, "posix_fadvise")
        self.places: list[tuple[str, int]] = []
        self._files: list[FoundFile] = []

    def connect(self) -> Link:
        return _Link(self)

    def prepare(self, link: Link) -> Server:
        assert isinstance(link, _Link)
        self._files = find_files(self._target.path)
        readable = [file for file in self._files if file.size]
        if not readable:
            raise SourceError("no file there has any content", kind="empty")
        draw = random.Random(0)  # noqa: S311 - a sample, no secret
        for file in draw.choices(readable, weights=[file.size for file in readable], k=2000):
            self.places.append((file.path, draw.randrange(max(1, file.size - self.block + 1)) // 4096 * 4096))
        sizes = sorted(file.size for file in self._files)
        notes = {
            "files": f"{len(self._files):,}",
            "median size": f"{sizes[len(sizes) // 2]:,} B",
            "warm read": f"{self._warm(link):.6f} s",
            "cache": "cold" if self.cold else "warm",
        }
        return Server("", None, notes)

    def _warm(self, link: _Link) -> float:
        """Return the least time of a read that the page cache answers."""
        path, offset = self.places[0]
        descriptor, times = link.descriptor(path), []
        for _ in range(_WARM_READS):
            begun = time.perf_counter()
            os.pread(descriptor, self.block, offset)
            times.append(time.perf_counter() - begun)
        return min(times)

    def newest(self, link: Link) -> Newest | None:
        del link
        changed = max(file.changed for file in self._files)
        return Newest(time.time() - changed, f"newest change among {len(self._files):,} files")

    def renewals(self, link: Link) -> Renewals | None:
        del link
        ages = tuple(time.time() - file.changed for file in self._files)
        return Renewals(ages, f"last change of each of {len(self._files):,} files")

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        return self.bulk_part(link, most_bytes, 0, 1)

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        """Read every `readers`-th piece of the files, largest files first, each piece past the page cache."""
        assert isinstance(link, _Link)
        begun, size = time.perf_counter(), 0
        for path, offset in itertools.islice(self._pieces(), reader, None, readers):
            descriptor = link.descriptor(path)
            drop_cached(descriptor, offset, _PIECE)
            for chunk in range(offset, offset + _PIECE, _BULK_CHUNK):
                if size >= most_bytes or time.perf_counter() - begun >= _BULK_S:
                    break
                size += len(os.pread(descriptor, min(_BULK_CHUNK, most_bytes - size), chunk))
            if size >= most_bytes or time.perf_counter() - begun >= _BULK_S:
                break
        seconds = time.perf_counter() - begun
        return Bulk(size, 0, seconds, f"sequential read of {size:,} bytes, largest files first")

    def _pieces(self) -> Iterator[tuple[str, int]]:
        for file in sorted(self._files, key=lambda one: -one.size):
            yield from ((file.path, offset) for offset in range(0, file.size, _PIECE))


CONNECTOR = Connector(
    name="files",
    summary="Local and network files: random and sequential reads",
    systems=("file", "files", "local", "nfs", "csv", "jsonl", "folder", "filesystem"),
    schemes=("file",),
    options=(
        ProbeOption("block", "Bytes of one random read", "65536"),
        ProbeOption("cache", "cold (default) reads past the page cache, warm with its help", "cold"),
    ),
    locks=(
        "descriptors that can only read",
        "regular files below the declared path; links are not followed",
        "no name is built from contents, nothing is created",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    is_local=True,
)
