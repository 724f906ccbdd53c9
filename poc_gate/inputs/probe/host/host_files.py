"""The files in which a host describes itself, read without ever raising: a file that cannot be read is unknown."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct


class HostFiles(Struct, frozen=True):
    """`/proc` and `/sys` below a root; another root replays a recorded host."""

    root: Path = Path("/")

    def text(self, path: str) -> str | None:
        """Return a file's text without the white space at its ends, or None when it cannot be read."""
        try:
            return self._path(path).read_text(encoding="utf-8", errors="replace").strip()
        except (OSError, ValueError):
            return None

    def raw(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when it cannot be read."""
        try:
            return self._path(path).read_bytes()
        except (OSError, ValueError):
            return None

    def integer(self, path: str) -> int | None:
        """Return the whole number a file holds, or None."""
        text = self.text(path)
        try:
            return int(text) if text else None
        except ValueError:
            return None

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted; empty when it cannot be listed."""
        try:
            return tuple(sorted(os.listdir(self._path(path))))  # noqa: PTH208 - one call, no objects per entry
        except OSError:
            return ()

    def exists(self, path: str) -> bool:
        """Say whether the path is there."""
        return self._path(path).exists()

    def _path(self, path: str) -> Path:
        return self.root / path.lstrip("/")


def number_list(text: str | None) -> tuple[int, ...]:
    """Return the numbers of a kernel list such as `0-3,8,10-11`; empty for None and for no list at all."""
    numbers: list[int] = []
    for part in (text or "").replace("\n", ",").split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            continue
        numbers.extend(range(int(first), int(last if dash else first) + 1))
    return tuple(numbers)


def mask_numbers(text: str | None) -> tuple[int, ...]:
    """Return the numbers of a kernel bit mask such as `0000,00000033`; empty for None and for no mask at all."""
    try:
        bits = int((text or "0").replace(",", ""), 16)
    except ValueError:
        return ()
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


def keyed_lines(text: str | None) -> dict[str, str]:
    """Return `key: value` and `key value` lines as a mapping; a key given twice keeps its first value."""
    found: dict[str, str] = {}
    for line in (text or "").splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            key, _, value = line.partition(" ")
        found.setdefault(key.strip(), value.strip())
    return found
