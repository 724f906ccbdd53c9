"""A result -> reports on stdout and in files, several in one run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.app.ground.own_output import check_output
from poc_gate.app.ground.read_inputs import read_file
from poc_gate.app.ground.write_file import write_file
from poc_gate.errors import UsageError

if TYPE_CHECKING:
    from poc_gate.model.verdict import Result
    from poc_gate.report.interface import RenderOptions


class Output(Struct, frozen=True):
    """One report that is wanted."""

    format: str
    path: str
    """Empty = stdout."""


def parse_outputs(wanted: Sequence[str]) -> tuple[Output, ...]:
    """Return the outputs that `--format NAME` and `--format NAME=FILE` ask for.

    Without any, or with files only, the terminal report goes to stdout as well. Raises UsageError for an
    unknown format, two reports on stdout, two in one file, or a file that cannot be written.
    """
    from poc_gate.report.formats import format_names

    outputs = [Output(*_split(text)) for text in wanted]
    names = format_names()
    for output in outputs:
        if output.format not in names:
            from poc_gate.report.formats import find_format

            find_format(output.format)
    if not any(not output.path for output in outputs):
        outputs.insert(0, Output("terminal", ""))
    # One file by several paths is one file; a device such as /dev/null takes any number of reports.
    places = [os.path.realpath(output.path) if output.path else "" for output in outputs]
    twice = {
        output.path
        for output, place in zip(outputs, places, strict=True)
        if places.count(place) > 1 and (not place or Path(place).is_file() or not Path(place).exists())
    }
    if twice:
        shown = ", ".join(sorted(target or "stdout" for target in twice))
        raise UsageError(f"two reports for {shown}", next_step="write --format NAME=FILE for all but one")
    for target in filter(None, (output.path for output in outputs)):
        check_output(Path(target))
    return tuple(outputs)


def _split(text: str) -> tuple[str, str]:
    name, _, path = text.partition("=")
    return name.strip(), path.strip()


def shows_ways(outputs: Sequence[Output]) -> bool:
    """Return whether any report shows levers and the way out."""
    from poc_gate.report.formats import find_format

    return any(find_format(output.format).shows_ways for output in outputs)


def shows_machines(outputs: Sequence[Output]) -> bool:
    """Return whether any report shows the machines that carry the plan."""
    from poc_gate.report.formats import find_format

    return any(find_format(output.format).shows_machines for output in outputs)


def render_outputs(result: Result, outputs: Sequence[Output], options: RenderOptions) -> bytes:
    """Render every output, write the files, and return the bytes for stdout.

    Everything is rendered before the first file is written, so that a failure leaves no half of a set.
    """
    from poc_gate.report.formats import find_format

    for_files = replace(options, encoding="utf-8")
    rendered = [
        (output, find_format(output.format).render(result, for_files if output.path else options))
        for output in outputs
    ]
    on_stdout = b""
    for output, content in rendered:
        if output.path:
            write_file(Path(output.path), content)
        else:
            on_stdout = content
    return on_stdout


def load_result(path: Path) -> Result:
    """Return the result that a JSON file holds; raises InvalidInputError when it is none."""
    from poc_gate.report.result.result_file import read_result

    return read_result(read_file(path), path.as_posix())
