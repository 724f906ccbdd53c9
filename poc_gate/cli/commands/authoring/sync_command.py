"""`poc-gate sync`: say where a manifest no longer matches its repository."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command


def sync(
    path: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")] = Path(),
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="The repository; the manifest's folder by default."),
    ] = None,
    service: Annotated[
        str,
        typer.Option(help="Which service to read, by name or folder, if there are several.", metavar="NAME"),
    ] = "",
    format_: Formats = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show where the manifest and the repository no longer agree.

    Compares the model, replicas, limits, sources, tools and destinations, and shows both places of each
    difference. Writes nothing. Exits 0 if they agree and 13 if they do not.

    For example:

        poc-gate sync

        poc-gate sync pilots/shop --from . --service backend
    """
    from poc_gate.app.inspect.drift import compare_with_repository
    from poc_gate.app.inspect.show_drift import sync_json, sync_text
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms
    from poc_gate.cli.progress import progress
    from poc_gate.errors import ExitCode

    outputs = outputs_of(format_)
    with progress(quiet=quiet) as tell:
        found = compare_with_repository(path, from_, service=service, progress=tell)
    put_forms(outputs, {"terminal": lambda: as_bytes(sync_text(found)), "json": lambda: sync_json(found)})
    if found.drifts:
        raise typer.Exit(code=int(ExitCode.REGRESSION))


COMMAND = Command(name="sync", function=sync, panel="Start here")
