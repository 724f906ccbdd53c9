"""`poc-gate sync`: say where a manifest no longer matches its repository."""

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


def sync(
    path: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")] = Path(),
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="The repository; the manifest's folder by default."),
    ] = None,
    service: Annotated[
        str, typer.Option(help="The one service that is meant, by name or folder.", metavar="NAME")
    ] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Say where the manifest no longer says what the repository says.

    Compares the model, replicas, limits, sources, tools and destinations, and names both places of each
    difference. Writes nothing. Exits 0 when they agree and 13 when they do not.

    For example:

        poc-gate sync

        poc-gate sync pilots/shop --from . --service backend
    """
    from poc_gate.app.inspect.drift import compare_with_repository
    from poc_gate.app.inspect.show_drift import sync_json, sync_text
    from poc_gate.cli.progress import progress
    from poc_gate.errors import ExitCode

    with progress(quiet=quiet) as tell:
        found = compare_with_repository(path, from_, service=service, progress=tell)
    if format_ is Format.JSON:
        sys.stdout.buffer.write(sync_json(found))
    else:
        sys.stdout.write(sync_text(found))
    if found.drifts:
        raise typer.Exit(code=int(ExitCode.REGRESSION))


COMMAND = Command(name="sync", function=sync, panel="Start here")
