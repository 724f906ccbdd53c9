"""A path -> the file system, device and mount options below it."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from poc_gate.inputs.probe.host.host_files import HostFiles

MEMORY_BACKED = frozenset({"tmpfs", "ramfs", "devtmpfs", "hugetlbfs"})
NETWORKED = frozenset({"nfs", "nfs4", "cifs", "smb3", "ceph", "lustre", "glusterfs", "9p", "virtiofs", "fuse.sshfs", "afs", "beegfs"})  # fmt: skip


class FileSystem(Struct, frozen=True):
    """Where a path lies; empty texts where the system does not tell."""

    kind: str = ""
    device: str = ""
    mount: str = ""
    options: str = ""

    @property
    def words(self) -> str:
        """Return it in words, such as `ext4 on /dev/vda (rw,relatime), mounted at /`."""
        if not self.kind:
            return "unknown"
        return f"{self.kind} on {self.device} ({self.options}), mounted at {self.mount}"


def file_system_of(path: Path, files: HostFiles) -> FileSystem:
    """Return the file system of an existing path: the mount whose device number is the path's, the last one on top."""
    try:
        number = os.stat(path).st_dev  # noqa: PTH116 - the device number of the path itself
    except OSError:
        return FileSystem()
    wanted = f"{os.major(number)}:{os.minor(number)}"
    resolved = str(path.resolve())
    best = FileSystem()
    for line in (files.text("/proc/self/mountinfo") or "").splitlines():
        left, _, right = line.partition(" - ")
        fields, rest = left.split(), right.split()
        if len(fields) < 6 or len(rest) < 2:
            continue
        mount = _unescape(fields[4])
        inside = resolved == mount or resolved.startswith(mount.rstrip("/") + "/")
        if (
            inside
            and (fields[2] == wanted or len(mount) >= len(best.mount))
            and len(mount) >= len(best.mount)
        ):
            best = FileSystem(rest[0], _unescape(rest[1]), mount, fields[5])
    return best


def _unescape(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text
