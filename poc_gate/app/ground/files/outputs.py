"""`--format NAME` and `--format NAME=FILE` -> what is wanted where; what was rendered -> stdout and files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.own_output import check_output
from poc_gate.app.ground.files.write_file import write_file
from poc_gate.errors import UsageError, one_of


class Output(Struct, frozen=True):
    """One form that is wanted."""

    format: str
    path: str
    """Empty = stdout."""


def check_format(name: str, known: Sequence[str]) -> None:
    """Raise UsageError for a format that a command does not have, with the nearest one it has."""
    if name not in known:
        raise UsageError(f"unknown format {name!r}", next_step=one_of(name, known))


def wanted_outputs(wanted: Sequence[str], known: Sequence[str], *, always_text: bool) -> tuple[Output, ...]:
    """Return the outputs that were asked for.

    Args:
        wanted: Each as `NAME` or `NAME=FILE`; none at all means the terminal's form on stdout.
        known: Names of the formats.
        always_text: Whether the terminal's form goes to stdout, too, where only files were asked for.

    Raises:
        UsageError: An unknown format, two for stdout, two in one file, or a file that cannot be written.
    """
    outputs = [Output(*_split(text)) for text in wanted]
    for output in outputs:
        check_format(output.format, known)
    if not outputs or (always_text and all(output.path for output in outputs)):
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


def put_out(rendered: Iterable[tuple[Output, bytes]]) -> bytes:
    """Write the files and return the bytes for stdout.

    Everything is rendered before the first file is written, so that a failure leaves no half of a set.
    """
    on_stdout = b""
    for output, content in list(rendered):
        if output.path:
            write_file(Path(output.path), content)
        else:
            on_stdout = content
    return on_stdout
