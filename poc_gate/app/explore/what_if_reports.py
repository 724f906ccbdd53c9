"""What flips when facts change, as text on stdout and as a page in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from poc_gate.app.assess.reading.case import CaseRequest, Progress
from poc_gate.app.explore.what_if import what_if, what_if_text
from poc_gate.app.ground.own_output import check_output
from poc_gate.app.ground.write_file import refuse_inputs, write_file
from poc_gate.errors import UsageError, one_of

if TYPE_CHECKING:
    from poc_gate.report.interface import RenderOptions

FORMATS = ("terminal", "html")


def what_if_reports(
    request: CaseRequest,
    changes: Sequence[str],
    formats: Sequence[str],
    options: RenderOptions,
    progress: Progress = lambda _what, _share: None,
) -> bytes:
    """Write the files that were asked for and return what belongs on stdout: the text, unless a format has its place.

    Raises what `what_if` raises, and UsageError for a format that is unknown or a file that cannot be written.
    """
    outputs = [_output(text) for text in formats]
    if not any(path is None for _, path in outputs):
        outputs.append(("terminal", None))
    if sum(path is None for _, path in outputs) > 1:
        raise UsageError("two reports on stdout", next_step="write --format NAME=FILE for all but one")
    manifest = request.path / "pilot.yaml" if request.path.is_dir() else request.path
    refuse_inputs([str(path) for _, path in outputs if path is not None], [str(manifest), request.machine])
    found = what_if(request, changes, progress, pictures=any(name == "html" for name, _ in outputs))
    on_stdout = b""
    for name, path in outputs:
        if name == "html":
            from poc_gate.report.html.html_what_if import what_if_page

            content = what_if_page(found)
        else:
            width = options.width if path is None else 80
            encoding = options.encoding if path is None else "utf-8"
            content = what_if_text(found, width=width).encode(encoding, errors="backslashreplace")
        if path is None:
            on_stdout = content
        else:
            write_file(path, content)
    return on_stdout


def _output(text: str) -> tuple[str, Path | None]:
    name, equals, file = text.partition("=")
    if name not in FORMATS:
        raise UsageError(f"{name!r} is not a format of what-if", next_step=one_of(name, FORMATS))
    if equals:
        check_output(Path(file))
    return name, Path(file) if equals else None
