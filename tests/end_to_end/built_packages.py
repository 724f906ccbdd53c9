"""Wheel and sdist of this tree, built once for all tests that look at them, in whichever process those run."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from running_the_gate import ROOT

_KEPT = ROOT / ".cache" / "packages"
_EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


def tracked() -> list[str]:
    """Return the files that git tracks and that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def build_in(folder: Path) -> Path:
    """Build both from what git tracks, so that nothing untracked is needed, and return where they are."""
    source, out = folder / "source", folder / "out"
    for name in tracked():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(source)],
        check=True, capture_output=True, env={**os.environ, **_EPOCH},
    )  # fmt: skip
    return out


def built_once() -> Path:
    """Return where both are; the first process that asks builds them, the others wait for it.

    They are kept in the checkout's cache, by what the tree holds and by the Python that builds.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name in tracked():
        digest.update(f"\0{name}\0".encode() + (ROOT / name).read_bytes())
    _KEPT.mkdir(parents=True, exist_ok=True)
    folder = _KEPT / digest.hexdigest()[:24]
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "built").is_file():
            for other in _KEPT.iterdir():
                if other.is_dir():
                    shutil.rmtree(other)
            build_in(folder)
            shutil.rmtree(folder / "source")
            (folder / "built").touch()
    return folder / "out"
