"""`poc-gate inspect DIR`: print what a repository says about its pilot."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


class Format(StrEnum):
    """Formats of this command."""

    TEXT = "text"
    JSON = "json"


def inspect(
    folder: Annotated[Path, typer.Argument(help="The repository's folder.")] = Path(),
    *,
    service: Annotated[
        str, typer.Option(help="The one service that is meant, by name or folder.", metavar="NAME")
    ] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Print what a repository says: models, sources, tools, destinations, limits, each with its place.

    Files are read, never run; nothing is written and nothing outside the folder is opened. What is inferred is
    marked, what several files decide differently is a question, and every file that was not used says why.

    For example:

        poc-gate inspect .

        poc-gate inspect ../shop --service backend --format json
    """
    from poc_gate.app.inspect.inspect import inspect_repository
    from poc_gate.app.inspect.show_inspection import render_json, render_text
    from poc_gate.cli.progress import progress

    with progress(quiet=quiet) as tell:
        reading = inspect_repository(folder, service=service, progress=tell)
    if format_ is Format.JSON:
        sys.stdout.buffer.write(render_json(reading))
    else:
        sys.stdout.write(render_text(reading))


COMMAND = Command(name="inspect", function=inspect, panel="Start here")
