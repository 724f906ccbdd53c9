"""A file, packed or not -> its bytes, line by line or whole, within bounds, and the digest of what was read."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from poc_gate.errors import Fault, InvalidInputError

HEAD = 64 << 10
"""Unpacked bytes that a file is recognised by."""
LONGEST_LINE = 64 << 20
"""Bytes of one line; one export request of a collector has some megabytes at most."""
LARGEST_WHOLE = 256 << 20
"""Bytes of a document that has to be read whole."""
LARGEST_UNPACKED = 64 << 30
"""Bytes that any file may have once it is unpacked."""
_FREE = 256 << 20
_MOST_RATIO = 250
"""Unpacked over packed bytes beyond the first 256 MiB: telemetry packs to a tenth or a thirtieth, bombs to a thousandth."""
_BLOCK = 1 << 20
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_OTHERS = {b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"7z\xbc\xaf": "7z"}
_OPENED_BY_OBSERVERS = (".eval",)
"""Endings of archives that a tool writes as its own format; the observer opens them in memory, within bounds."""

Progress = Callable[[str, float], None]
"""Told what runs and which share (0 to 1) of it is done."""


class PackedStream:
    """One plain file, read once from the front; gzip and zstandard are unpacked on the way."""

    def __init__(self, path: Path, shown: str, progress: Progress = lambda _what, _share: None) -> None:
        """Open the file; raises InvalidInputError when it cannot be read or is of a packing that is not opened."""
        self.path, self.file = path, shown
        self._progress = progress
        self._digest = hashlib.sha256()
        try:
            # Not following a link that was put there since the check; opening a pipe must not block.
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            self._raw = _Counted(os.fdopen(os.open(path, flags), "rb"), self._digest.update)
        except OSError as error:
            raise self.fault(f"cannot be read: {error.strerror}", "check path and rights") from None
        self._unpacked_bytes = 0
        self._plain: BinaryIO | None = None
        try:
            self.size = os.fstat(self._raw.fileno()).st_size
            self.packing, self._plain = self._unpacked()
            self._waiting = self._first()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> PackedStream:
        """Return the stream itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; nothing can be read from then on."""
        if self._plain is not None:
            self._plain.close()
        self._raw.close()

    def head(self) -> bytes:
        """Return the first 64 KiB without using them up; call it before anything else is read."""
        return self._waiting

    def chunks(self, size: int = _BLOCK) -> Iterator[bytes]:
        """Yield the bytes in pieces; raises InvalidInputError where the packing is broken or swells too much."""
        first, self._waiting = self._waiting, b""
        if first:
            yield first
        while block := self._read(size):
            self.tell(min(1.0, self._raw.count / max(1, self.size)))
            yield block

    def tell(self, share: float) -> None:
        """Say which share (0 to 1) of the file is done."""
        self._progress(f"reading {self.path.name}", share)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield number (from 1) and bytes of each line that is not blank, without its end.

        Raises InvalidInputError for a line beyond 64 MiB.
        """
        rest, number = bytearray(), 0
        for block in self.chunks():
            parts = block.split(b"\n")
            rest += parts[0]
            if len(parts) > 1:
                parts[0] = bytes(rest)
                rest = bytearray(parts.pop())
                for part in parts:
                    number += 1
                    if part and not part.isspace():
                        yield number, part
            if len(rest) > LONGEST_LINE:
                what = f"the line has more than {LONGEST_LINE >> 20} MiB"
                raise InvalidInputError(
                    [Fault(self.file, number + 1, 1, what, "write one record a line, and import that file")]
                )
        if rest and not rest.isspace():
            yield number + 1, bytes(rest)

    def whole(self, most: int = LARGEST_WHOLE) -> bytes:
        """Return all bytes; raises InvalidInputError when there are more than `most`."""
        found = bytearray()
        for block in self.chunks():
            found += block
            if len(found) > most:
                raise self.fault(
                    f"holds more than the {most >> 20} MiB that are read of such a document",
                    "export a shorter stretch of time, or one record a line",
                )
        return bytes(found)

    def sha256(self) -> str:
        """Return the digest of the raw file, packed as it is; what was not read yet is read for it."""
        while self._raw.read(_BLOCK):
            pass
        return self._digest.hexdigest()

    def fault(self, what: str, next_step: str, line: int = 0, column: int = 0) -> InvalidInputError:
        """Return an error about this file."""
        return InvalidInputError([Fault(self.file, line, column, what, next_step)])

    def _first(self) -> bytes:
        found = b""
        while len(found) < HEAD and (block := self._read(HEAD - len(found))):
            found += block
        return found

    def _read(self, size: int) -> bytes:
        assert self._plain is not None
        try:
            block = self._plain.read(size)
        except _unreadable() as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            step = "copy or export the file again" if self.packing else "check path and rights"
            raise self.fault(f"cannot be read to its end: {why[:120]}", step) from None
        self._unpacked_bytes += len(block or b"")
        swollen = self._unpacked_bytes > _FREE and self._unpacked_bytes > _MOST_RATIO * max(
            1, self._raw.count
        )
        if self._unpacked_bytes > LARGEST_UNPACKED or (self.packing and swollen):
            raise self.fault(
                f"unpacks to more than {self._unpacked_bytes >> 20:,} MiB", "name a part of the file"
            )
        return block or b""

    def _unpacked(self) -> tuple[str, BinaryIO]:
        magic = self._raw.peek()
        for start, packing in _OTHERS.items():
            if magic.startswith(start) and not self.file.lower().endswith(_OPENED_BY_OBSERVERS):
                step = "unpack it and name the file inside"
                raise self.fault(f"this is a {packing} archive; only gzip and zstandard are unpacked", step)
        if magic.startswith(_GZIP):
            return "gzip", cast("BinaryIO", gzip.GzipFile(fileobj=self._raw))
        if magic.startswith(_ZSTD):
            return "zstandard", self._zstandard()
        return "", cast("BinaryIO", self._raw)

    def _zstandard(self) -> BinaryIO:
        module = _zstd()
        if module is None:
            step = "pip install 'poc-gate[zstd]', or unpack it with `zstd -d`"
            raise self.fault("is packed with zstandard, which this installation cannot unpack", step)
        return cast("BinaryIO", module.ZstdFile(self._raw))


def _zstd() -> Any | None:
    """Return the module that unpacks zstandard: Python 3.14's own, or the same one for earlier versions."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _unreadable() -> tuple[type[Exception], ...]:
    """Return the errors with which reading and unpacking end; of zstandard only where it is in use."""
    loaded = (sys.modules.get(name) for name in ("compression.zstd", "backports.zstd"))
    return (EOFError, zlib.error, ValueError, OSError, *(module.ZstdError for module in loaded if module))


class _Counted(io.RawIOBase):
    """A raw file that counts what is read, and hands it to a digest."""

    def __init__(self, file: io.BufferedReader, told: Callable[[bytes], object]) -> None:
        self._file, self._told = file, told
        self.count = 0

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def peek(self) -> bytes:
        """Return the first bytes without using them up."""
        return self._file.peek(16)[:16]

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(_BLOCK if size < 0 else size) or b""
        self.count += len(block)
        self._told(block)
        return block

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        block = self.read(len(view))
        view[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._file.close()
        super().close()
