"""A host's files below a folder: what `/proc` and `/sys` would hold, written out for a test."""

from __future__ import annotations

from pathlib import Path

from poc_gate.inputs.probe.host.host_files import HostFiles


def host(root: Path, files: dict[str, str | bytes]) -> HostFiles:
    """Write the files below `root` and return the reader that sees them as the whole system."""
    for name, content in files.items():
        path = root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return HostFiles(root)
