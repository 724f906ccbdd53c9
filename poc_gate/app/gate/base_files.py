"""A git revision -> its plain files in a folder of their own, without hooks, filters or anything that runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from poc_gate.errors import UsageError

MOST_FILES = 5000
LONGEST_RUN = 60
"""Seconds for one call of git; reading some files of one revision takes far less."""
_PLAIN = {"100644", "100755"}


class BaseFiles(Struct, frozen=True):
    """Files as they stood at a revision; paths of today lead to them."""

    repository: Path
    scratch: Path
    """Folder that stands for the repository's root."""
    commit: str
    folder: Path
    """The pilot's folder of today."""
    was: Path | None
    """Where the pilot's folder stood then, relative to the root; None when there was no such pilot."""

    def there(self, path: Path) -> Path | None:
        """Return where the base's version of a path would lie; None outside of the repository."""
        whole = path.resolve()
        if self.was is not None and whole.is_relative_to(self.folder):
            return self.scratch / self.was / whole.relative_to(self.folder)
        if not whole.is_relative_to(self.repository):
            return None
        return self.scratch / whole.relative_to(self.repository)

    def is_tracked(self, path: Path) -> bool:
        """Say whether the repository holds the path today: what it never held is no part of a change."""
        return bool(_git(self.repository, "ls-files", "--", str(path.resolve())))


@contextmanager
def base_files(ref: str, manifest: Path, also: Sequence[Path] = ()) -> Iterator[BaseFiles]:
    """Yield the plain files beside `manifest`, and of the paths in `also`, as they stood at `ref`.

    A folder that was moved since is found where it stood. Symbolic links and submodules are left out:
    they could lead anywhere. Raises UsageError when git or the revision is not there.
    """
    folder = manifest.parent
    root = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    commit = _commit(folder, ref)
    wanted = [path.resolve() for path in (folder, *also) if path.resolve().is_relative_to(root)]
    inside = [path.relative_to(root).as_posix() for path in wanted]
    was = _stood(root, commit, Path(inside[0]) / manifest.name)
    listed = _listed(root, commit, inside if was is None else [was.as_posix(), *inside[1:]])
    if len(listed) > MOST_FILES:
        step = "keep the pilot and its packs in folders of their own"
        raise UsageError(f"{inside[0]} has over {MOST_FILES:,} files at {ref}", next_step=step)
    import tempfile

    with tempfile.TemporaryDirectory(prefix="poc-gate-base-") as scratch:
        _write(root, Path(scratch).resolve(), listed)
        yield BaseFiles(root, Path(scratch).resolve(), commit, folder.resolve(), was)


def _stood(root: Path, commit: str, manifest: Path) -> Path | None:
    """Return the folder in which a manifest stood at a commit, the same or another; None when it is new."""
    if _git(root, "--literal-pathspecs", "ls-tree", "--full-tree", commit, "--", manifest.as_posix()):
        return manifest.parent
    asked = (
        "diff",
        "--cached",
        "--no-ext-diff",
        "--no-textconv",
        "--name-status",
        "-z",
        "-M",
        "--diff-filter=R",
    )
    told = _git(root, *asked, commit, "--", f":(glob)**/{manifest.name}").split(b"\0")
    moved = {os.fsdecode(new): os.fsdecode(old) for old, new in zip(told[1::3], told[2::3], strict=False)}
    old = moved.get(manifest.as_posix())
    return Path(old).parent if old is not None else None


def _listed(root: Path, commit: str, inside: Sequence[str]) -> dict[str, str]:
    """Return path -> digest of the plain files under some paths of a commit."""
    if not inside:
        return {}
    lines = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *inside).split(b"\0")
    entries = [entry for entry in map(_entry, lines) if entry is not None]
    return {name: blob for blob, name in entries}


def _entry(line: bytes) -> tuple[str, str] | None:
    """Return digest and path of a plain file from one line of `git ls-tree`."""
    head, tab, name = line.partition(b"\t")
    parts = head.decode().split()
    if not tab or len(parts) != 3 or parts[0] not in _PLAIN:
        return None
    return parts[2], os.fsdecode(name)


def _write(root: Path, scratch: Path, listed: dict[str, str]) -> None:
    """Write the files from one call of git, which answers `digest kind size`, the bytes, and a line end."""
    names = list(listed)
    answer = _git(root, "cat-file", "--batch", asked="".join(f"{listed[name]}\n" for name in names).encode())
    position = 0
    for name in names:
        head_end = answer.index(b"\n", position)
        size = int(answer[position:head_end].split()[2])
        target = scratch / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(answer[head_end + 1 : head_end + 1 + size])
        position = head_end + 1 + size + 1


def _commit(folder: Path, ref: str) -> str:
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    try:
        return _git(folder, *wanted).decode().strip()
    except UsageError:
        step = "fetch it first (`git fetch origin`), or name a commit that is here"
        if _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
            step = "the clone is shallow: fetch the history (`git fetch --unshallow origin`, `fetch-depth: 0`) and that branch"
        raise UsageError(f"git knows no revision {ref!r}", next_step=step) from None


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """Return what git prints; it runs without hooks, prompts, pager or file system monitor.

    A hook that calls poc-gate sets GIT_DIR and GIT_INDEX_FILE for its own purposes; they are left out.
    """
    safe = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments as a list, no shell
            ["git", *safe, "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            capture_output=True,
            timeout=LONGEST_RUN,
            check=False,
            env=environment,
            input=asked,
        )
    except FileNotFoundError:
        raise UsageError("git is not installed", next_step="use --baseline with a stored result") from None
    except subprocess.TimeoutExpired:
        raise UsageError("git did not answer within a minute", next_step="use --baseline") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        step = "run inside the repository of the pilot, or use --baseline with a stored result"
        raise UsageError(f"git: {said[-1] if said else 'failed'}", next_step=step)
    return done.stdout
