"""A git revision -> its plain files in a folder of their own, without hooks, filters or anything that runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.git.ask_git import GitError, GitMissingError, Repository, opened
from poc_gate.app.ground.git.former_place import former_place
from poc_gate.errors import UsageError

MOST_FILES = 5000
MOST_BYTES = 256 << 20
"""Of all files together."""
_FETCH = "fetch its files first: `git fetch --refetch --no-filter origin`, or clone without --filter"
_PLAIN = {"100644", "100755"}


class BaseFiles(Struct, frozen=True):
    """Files as they were at a revision; paths of today lead to them."""

    repository: Path
    scratch: Path
    """Folder that stands for the repository's root."""
    commit: str
    folder: Path
    """The pilot's folder of today."""
    manifest: Path
    """Today's, in that folder."""
    was: Path | None
    """Where the manifest was then, relative to the root; None when there was no such pilot."""
    tracked: frozenset[str]
    """What the repository holds today, relative to the root."""

    def there(self, path: Path) -> Path | None:
        """Return where the base's version of a path would be; None outside of the repository."""
        whole = path.resolve()
        if self.was is not None:
            if whole == self.manifest.resolve():
                return self.scratch / self.was
            if whole.is_relative_to(self.folder):
                return self.scratch / self.was.parent / whole.relative_to(self.folder)
        if not whole.is_relative_to(self.repository):
            return None
        return self.scratch / whole.relative_to(self.repository)

    def is_tracked(self, path: Path) -> bool:
        """Say whether the repository holds the path today: what it never held is not part of a change."""
        name = path.resolve().relative_to(self.repository).as_posix()
        return name == "." or any(held == name or held.startswith(f"{name}/") for held in self.tracked)


@contextmanager
def base_files(ref: str, manifest: Path, also: Sequence[Path] = ()) -> Iterator[BaseFiles]:
    """Yield the plain files beside `manifest`, and of the paths in `also`, as they were at `ref`.

    A pilot that was moved or renamed since is found where it was. Symbolic links and submodules are left out:
    they could lead anywhere. Raises UsageError when git, the revision or one of its files is not there.
    """
    try:
        with opened(manifest.parent, upstream="@{" in ref) as repository:
            commit = _commit(repository, ref)
            folder = manifest.parent.resolve()
            whole = folder / manifest.name
            paths = [folder, *(path.resolve() for path in also)]
            inside = [
                path.relative_to(repository.root).as_posix()
                for path in paths
                if path.is_relative_to(repository.root)
            ]
            was = former_place(repository, commit, whole)
            listed = _listed(repository, commit, inside if was is None else [was.parent.as_posix(), *inside])
            if len(listed) > MOST_FILES:
                step = "keep the pilot and its packs in folders of their own"
                raise UsageError(f"{inside[0]} has over {MOST_FILES:,} files at {ref}", next_step=step)
            tracked = frozenset(map(os.fsdecode, repository.ask("ls-files", "-z").split(b"\0")))
            import tempfile

            with tempfile.TemporaryDirectory(prefix="poc-gate-base-") as made:
                scratch = Path(made).resolve()
                _write(repository, scratch, listed)
                yield BaseFiles(repository.root, scratch, commit, folder, whole, was, tracked)
    except GitMissingError:
        raise UsageError("git is not installed", next_step="use --baseline with a stored result") from None
    except GitError as error:
        step = "run inside the repository of the pilot, or use --baseline with a stored result"
        raise UsageError(f"git: {error}", next_step=step) from None


def _listed(repository: Repository, commit: str, inside: Sequence[str]) -> dict[str, str]:
    """Return path -> digest of the plain files under some paths of a commit."""
    lines = repository.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *inside).split(b"\0")
    entries = [entry for entry in map(_entry, lines) if entry is not None]
    return {name: blob for blob, name in entries}


def _entry(line: bytes) -> tuple[str, str] | None:
    """Return digest and path of a plain file from one line of `git ls-tree`."""
    head, tab, name = line.partition(b"\t")
    parts = head.decode().split()
    if not tab or len(parts) != 3 or parts[0] not in _PLAIN:
        return None
    return parts[2], os.fsdecode(name)


def _write(repository: Repository, scratch: Path, listed: dict[str, str]) -> None:
    for name, content in contents(repository, listed).items():
        target = scratch / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def contents(repository: Repository, listed: Mapping[str, str]) -> dict[str, bytes]:
    """Return path -> bytes of listed files; raises GitError for those that are not here, or too large together."""
    asked = "".join(f"{blob}\n" for blob in listed.values()).encode()
    sizes = repository.ask("cat-file", "--batch-check", given=asked).splitlines()
    missing = [name for name, row in zip(listed, sizes, strict=True) if row.endswith(b" missing")]
    if missing:
        what = f"{missing[0]} of that commit is not in this clone, and nothing is fetched"
        raise UsageError(what, next_step=_FETCH)
    if sum(int(row.split()[2]) for row in sizes) > MOST_BYTES:
        step = "keep the pilot and its packs in folders of their own"
        raise UsageError(f"its files have over {MOST_BYTES >> 20} MiB at that commit", next_step=step)
    answer = repository.ask("cat-file", "--batch", given=asked)
    position, found = 0, {}
    for name in listed:
        head_end = answer.index(b"\n", position)
        size = int(answer[position:head_end].split()[2])
        found[name] = answer[head_end + 1 : head_end + 1 + size]
        position = head_end + 1 + size + 1
    return found


def _commit(repository: Repository, ref: str) -> str:
    wanted = ("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    try:
        commit, remarks = repository.ask_both(*wanted)
    except GitError:
        step = "fetch it first (`git fetch origin`), or name a commit that is here"
        if repository.ask("rev-parse", "--is-shallow-repository").strip() == b"true":
            step = "the clone is shallow: fetch the history (`git fetch --unshallow origin`, `fetch-depth: 0`) and that branch"
        raise UsageError(f"git knows no revision {ref!r}", next_step=step) from None
    if "is ambiguous" in remarks:
        step = "write its full name, such as refs/remotes/origin/main or refs/heads/main"
        raise UsageError(f"{ref!r} is the name of more than one branch or tag", next_step=step)
    return commit.decode().strip()
