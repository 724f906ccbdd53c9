"""`poc-gate path`: the shortest way from the present verdict to CONDITIONAL and to GO."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command

_RESULTS = typer.Option(
    "--traces",
    help="Traces or another result of the running pilot, such as a load test; repeatable.",
    metavar="FILE",
)


def path(
    pilot: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")] = Path(),
    *,
    machine: Annotated[str, typer.Option("--machine", "-m", help="Profile or datasheet of the target.")] = "",
    stage: Annotated[str, typer.Option(help="pilot, limited or production; overrides the manifest.")] = "",
    sources: Annotated[str, typer.Option(help="sources.json written by `sources run`.")] = "",
    traces: Annotated[list[str] | None, _RESULTS] = None,
    on: Annotated[str, typer.Option(help="Date of the assessment, YYYY-MM-DD; default today, UTC.")] = "",
) -> None:
    """Show the ordered shortest way to CONDITIONAL and to GO, with the value each lever must reach.

    For example:

        poc-gate path examples/claims-copilot

        poc-gate path pilot.yaml --stage limited
    """
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.app.explore.path import way_out, way_out_text
    from poc_gate.cli.output_options import render_options, write_text
    from poc_gate.cli.progress import progress

    now = dt.datetime.now(tz=dt.UTC)
    request = CaseRequest(
        path=pilot,
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        stage=stage,
        sources=sources,
        results=tuple(traces or ()),
    )
    with progress() as tell:
        found = way_out(request, tell)
    write_text(way_out_text(found, width=render_options().width))


COMMAND = Command(name="path", function=path, panel="Assess and report")
