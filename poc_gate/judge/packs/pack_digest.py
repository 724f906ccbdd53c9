"""The files of a pack -> one digest over names and contents, the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def pack_digest(files: Mapping[str, bytes]) -> str:
    """Return the sha256 over names and contents of a pack's files, independent of their order."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return whole.hexdigest()
