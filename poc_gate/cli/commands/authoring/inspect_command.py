"""`poc-gate inspect DIR`: print what a repository says about its pilot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command


def inspect(
    folder: Annotated[Path, typer.Argument(help="The repository's folder.")] = Path(),
    *,
    service: Annotated[
        str,
        typer.Option(help="Which service to read, by name or folder, if there are several.", metavar="NAME"),
    ] = "",
    format_: Formats = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Print what a repository says: models, sources, tools, destinations, limits, each with its place.

    Files are read, never run; nothing is written and nothing outside the folder is opened. Inferred values are
    marked, contradictions between files become questions, and each file that was not used is listed with the reason.

    For example:

        poc-gate inspect .

        poc-gate inspect ../shop --service backend --format json
    """
    from poc_gate.app.inspect.inspect import inspect_repository
    from poc_gate.app.inspect.show_inspection import render_json, render_text
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms
    from poc_gate.cli.progress import progress

    outputs = outputs_of(format_)
    with progress(quiet=quiet) as tell:
        reading = inspect_repository(folder, service=service, progress=tell)
    put_forms(
        outputs, {"terminal": lambda: as_bytes(render_text(reading)), "json": lambda: render_json(reading)}
    )


COMMAND = Command(name="inspect", function=inspect, panel="Start here")
