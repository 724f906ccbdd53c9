"""One gate run for each of several pilots, in one process; what is wrong with one keeps no other from its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from poc_gate.app.gate.gate import GateRequest, GateRun, run_gate
from poc_gate.errors import ExitCode, InvalidInputError, UsageError

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import CaseRequest, Progress
    from poc_gate.report.interface import RenderOptions

PILOT = "{pilot}"
"""Stands in the name of a file for the name of the pilot's folder."""


def run_gates(
    paths: Sequence[Path], case: CaseRequest, request: GateRequest, options: RenderOptions, progress: Progress
) -> Iterator[GateRun]:
    """Yield the answer for each pilot in order.

    Of one pilot every error is raised, as `run_gate` does. Of several a pilot whose files are invalid is an answer
    with the exit code 3. Raises UsageError where reports of several would overwrite each other.
    """
    if len(paths) == 1:
        yield run_gate(replace(case, path=paths[0]), request, options, progress)
        return
    names = _names(paths, request)
    for number, path in enumerate(paths):

        def share(what: str, part: float, done: int = number) -> None:
            progress(what, (done + part) / len(paths))

        own = replace(request, formats=tuple(text.replace(PILOT, names[number]) for text in request.formats))
        try:
            yield run_gate(replace(case, path=path), own, options, share)
        except InvalidInputError as error:
            yield GateRun(ExitCode.INVALID_INPUT, b"", (f"{path}: not judged", *error.lines))


def worst_code(codes: Sequence[int]) -> int:
    """Return the exit code of several runs: an invalid file, then the worst answer; a regression is the worst of all."""
    return max(codes, key=lambda code: (code == ExitCode.INVALID_INPUT, code))


def _names(paths: Sequence[Path], request: GateRequest) -> list[str]:
    files = [text for text in request.formats if "=" in text]
    if any(PILOT not in text for text in files) or request.bundle:
        what = f"the reports of {len(paths)} pilots do not fit into one file"
        raise UsageError(
            what, next_step=f"write --format NAME=FOLDER/{PILOT}.json: it becomes the folder's name"
        )
    if request.baseline:
        raise UsageError(
            "one baseline for several pilots", next_step="use --base-ref, or judge them one by one"
        )
    folders = [(path if path.is_dir() else path.parent).resolve().name for path in paths]
    twice = sorted({name for name in folders if folders.count(name) > 1})
    if twice and files:
        what = f"two pilots are in folders called {twice[0]}, and their reports would be one file"
        raise UsageError(what, next_step="judge them one by one, or in a portfolio: poc-gate portfolio run")
    return folders
