"""The option `--format` of commands that print for people and for programs: what was asked for -> stdout and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from poc_gate.app.ground.files.outputs import Output

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        help="terminal or json; NAME=FILE writes a file; repeatable.",
        metavar="FORMAT",
    ),
]
TERMINAL_OR_JSON = ("terminal", "json")


def outputs_of(
    wanted: Sequence[str] | None, known: Sequence[str] = TERMINAL_OR_JSON, *, inputs: Sequence[object] = ()
) -> tuple[Output, ...]:
    """Return what goes to stdout and into which files, before anything is computed.

    Raises UsageError for an unknown format, two reports in one place, and a file that cannot be written or is one of
    `inputs`.
    """
    from poc_gate.app.ground.files.outputs import wanted_outputs
    from poc_gate.app.ground.files.write_file import refuse_inputs

    outputs = wanted_outputs(tuple(wanted or ()), known, always_text=True)
    files = [one.path for one in outputs if one.path]
    if files:
        refuse_inputs(files, [str(one) for one in inputs])
    return outputs


def put_forms(outputs: Sequence[Output], forms: Mapping[str, Callable[[], bytes]]) -> None:
    """Write each output in its form; everything is rendered before the first file is written."""
    from poc_gate.app.ground.files.outputs import put_out
    from poc_gate.cli.output_options import write_stdout

    write_stdout(put_out((one, forms[one.format]()) for one in outputs))


def as_bytes(text: str) -> bytes:
    """Return text for people in the terminal's encoding; letters that it lacks become their escapes."""
    import sys

    return text.encode(sys.stdout.encoding or "utf-8", errors="backslashreplace")
