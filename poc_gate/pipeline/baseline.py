"""A stored result, or a git revision -> the base that a result is compared with."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.errors import UsageError
from poc_gate.pipeline.read_inputs import read_file

if TYPE_CHECKING:
    from poc_gate.model.finding import Finding
    from poc_gate.model.verdict import Result

MOST_FILES = 5000
LONGEST_RUN = 60
"""Seconds for one call of git; reading some files of one revision takes far less."""
_PLAIN = {"100644", "100755"}


def read_baseline(path: Path) -> Result:
    """Return the result that an earlier run wrote with `--format json=...`."""
    from poc_gate.report.result_file import read_result

    return read_result(read_file(path), path.as_posix())


def judge_base(ref: str, folder: Path, judge: Callable[[Path], Result]) -> Result:
    """Return the result of the pilot as it stood at a git revision.

    `judge` assesses a folder with the same machine profile, packs and day as the run it is compared
    with, so that only the pilot's own files differ. Raises UsageError when git or the revision or the
    pilot at that revision is not there.
    """
    with base_files(ref, folder) as base:
        return judge(base)


def compare_with_base(base: Result, now: Result) -> tuple[Finding, ...]:
    """Return the regressions and weakenings of `now` against `base`."""
    from poc_gate.judge.compare_results import find_regressions

    return find_regressions(base, now)


@contextmanager
def base_files(ref: str, folder: Path) -> Iterator[Path]:
    """Yield a temporary folder with the plain files of `folder` as they stood at `ref`.

    Symbolic links and submodules are left out: they could lead anywhere.
    """
    root = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    commit = _commit(folder, ref)
    inside = folder.resolve().relative_to(root.resolve()).as_posix()
    listing = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", inside).split(b"\0")
    entries = [entry for entry in map(_entry, listing) if entry is not None]
    if not entries:
        raise UsageError(f"{inside} does not exist at {ref}", next_step="name a revision that has the pilot")
    if len(entries) > MOST_FILES:
        raise UsageError(f"{inside} has over {MOST_FILES} files at {ref}", next_step="keep the pilot apart")
    with tempfile.TemporaryDirectory(prefix="poc-gate-base-") as scratch:
        base = Path(scratch) / "files"
        for blob, name in entries:
            target = base / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_git(root, "cat-file", "blob", blob))
        yield base / inside


def _commit(folder: Path, ref: str) -> str:
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    try:
        return _git(folder, *wanted).decode().strip()
    except UsageError:
        step = "fetch it first (`git fetch origin`), or name a commit that is here"
        raise UsageError(f"git knows no revision {ref!r}", next_step=step) from None


def _entry(line: bytes) -> tuple[str, str] | None:
    """Return digest and path of a plain file from one line of `git ls-tree`."""
    head, tab, name = line.partition(b"\t")
    parts = head.decode().split()
    if not tab or len(parts) != 3 or parts[0] not in _PLAIN:
        return None
    return parts[2], os.fsdecode(name)


def _git(folder: Path, *arguments: str) -> bytes:
    """Return what git prints; it runs without hooks, prompts, pager or file system monitor."""
    safe: Sequence[str] = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments as a list, no shell
            ["git", *safe, "-C", str(folder), *arguments],  # noqa: S607 - git is where the user has it
            capture_output=True,
            timeout=LONGEST_RUN,
            check=False,
            env=environment,
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
