"""A lock of Python that is exported without its digests -> what ships is pinned, and nothing checks what comes."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.model.claim import Place

_LOCKS = frozenset({"uv.lock", "poetry.lock", "pdm.lock"})
_EXPORTS = re.compile(
    r"(?m)^(?![ \t]*#)[^\n]*\b(?:poetry|uv|pdm)[ \t]+export\b[^\n]*[ \t]--(?:without-hashes|no-hashes)\b(?![^\n]*\b(?:audit|safety|bandit|licen[cs]es?)\b)[^\n]*"
)
"""Commands that write a list without digests, such as `poetry export --without-hashes -o requirements.txt`."""
_BUILDS = ("Makefile", "makefile", "Dockerfile")
"""Files beside a lock that build what ships."""
_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
_LARGEST = 64 << 10


def as_exported(base: Path, path: str, result: ImportResult) -> ImportResult:
    """Return what a lock says, without its digests where the file that builds what ships leaves them out."""
    folder, _, name = path.rpartition("/")
    if name.lower() not in _LOCKS or (place := _exported(base, folder)) is None:
        return result
    claims = tuple(
        replace(one, value=False, place=place, sha256="", note="the lock is exported without digests")
        if one.fact == "security.dependencies_hashed" and one.value is True
        else one
        for one in result.claims
    )
    return replace(result, claims=claims)


def _exported(base: Path, folder: str) -> Place | None:
    """Return where a list is written without digests beside a lock; None where no file does it."""
    for name in _BUILDS:
        path = f"{folder}/{name}".lstrip("/")
        file = base / path
        try:
            if file.is_symlink():
                continue
            text = file.read_bytes()[:_LARGEST].decode("utf-8", "replace")
        except OSError:
            continue
        kept = _CONTINUED.sub(lambda match: " " * len(match[0]), text)
        if match := _EXPORTS.search(kept):
            return Place(path, text.count("\n", 0, match.start()) + 1, 1)
    return None


__all__ = ["as_exported"]
