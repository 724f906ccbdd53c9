"""A result -> reports on stdout and in files, several in one run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from poc_gate.app.ground.files.outputs import Output, put_out, wanted_outputs
from poc_gate.app.ground.files.read_inputs import read_file

if TYPE_CHECKING:
    from poc_gate.model.verdict import Result
    from poc_gate.report.interface import RenderOptions


def parse_outputs(wanted: Sequence[str]) -> tuple[Output, ...]:
    """Return the reports that `--format` asks for; raises UsageError as `wanted_outputs` does.

    Without any, or with files only, the terminal report goes to stdout as well.
    """
    from poc_gate.report.formats import format_names

    return wanted_outputs(wanted, format_names(), always_text=True)


def shows_ways(outputs: Sequence[Output]) -> bool:
    """Return whether any report shows levers and the way out."""
    from poc_gate.report.formats import find_format

    return any(find_format(output.format).shows_ways for output in outputs)


def shows_machines(outputs: Sequence[Output]) -> bool:
    """Return whether any report shows the machines that carry the plan."""
    from poc_gate.report.formats import find_format

    return any(find_format(output.format).shows_machines for output in outputs)


def render_outputs(result: Result, outputs: Sequence[Output], options: RenderOptions) -> bytes:
    """Render every output, write the files, and return the bytes for stdout."""
    from poc_gate.report.formats import find_format

    for_files = replace(options, encoding="utf-8")
    return put_out(
        (output, find_format(output.format).render(result, for_files if output.path else options))
        for output in outputs
    )


def load_result(path: Path) -> Result:
    """Return the result that a JSON file holds; raises InvalidInputError when it is none."""
    from poc_gate.report.result.result_file import read_result

    return read_result(read_file(path), path.as_posix())
