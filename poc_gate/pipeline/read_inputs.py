"""Files the user names -> bytes, with the path a report shows and a digest; every failure in words."""

from __future__ import annotations

import hashlib
from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError, UsageError

MANIFEST = "pilot.yaml"
LARGEST_INPUT = 64 << 20
"""Bytes of the largest file that is read whole; larger ones are refused, not truncated."""


_SHOWN = 5
"""Pilots below a folder that are named where it holds none itself."""


def find_manifest(path: Path) -> Path:
    """Return the manifest that a user means by a folder or a file; raises UsageError when there is none."""
    manifest = path / MANIFEST if path.is_dir() else path
    if manifest.is_file():
        return manifest
    if path.is_dir():
        below = sorted(found.parent for depth in ("*", "*/*") for found in path.glob(f"{depth}/{MANIFEST}"))
        step = f"write one with `poc-gate init {path}`"
        if below:
            more = f" and {len(below) - _SHOWN} more" if len(below) > _SHOWN else ""
            step = f"name one of the pilots below: {', '.join(map(str, below[:_SHOWN]))}{more}; or {step}"
        raise UsageError(f"{path} holds no {MANIFEST}", next_step=step)
    raise UsageError(
        f"{path} does not exist", next_step="name a folder with a pilot.yaml, or the file itself"
    )


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that was named; raises InvalidInputError when it cannot be read."""
    shown = path.as_posix()
    try:
        if not path.is_file():
            raise InvalidInputError([Fault(shown, 0, 0, "is not a file", "name a file that exists")])
        size = path.stat().st_size
        if size > LARGEST_INPUT:
            what = f"is {size:,} bytes large; at most {LARGEST_INPUT:,} are read"
            raise InvalidInputError([Fault(shown, 0, 0, what, "name a smaller file")])
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidInputError(
            [Fault(shown, 0, 0, f"cannot be read: {reason}", "check path and rights")]
        ) from None


def sha256_of(content: bytes) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(content).hexdigest()
