"""`poc-gate wall`: at which load the pilot breaks, what binds there, and what moves it."""

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


def wall(
    path: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")] = Path(),
    *,
    machine: Annotated[str, typer.Option("--machine", "-m", help="Profile or datasheet of the target.")] = "",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the walls as JSON to this file.")
    ] = None,
    sources: Annotated[str, typer.Option(help="sources.json written by `sources run`.")] = "",
    traces: Annotated[list[str] | None, _RESULTS] = None,
    on: Annotated[str, typer.Option(help="Date of the assessment, YYYY-MM-DD; default today, UTC.")] = "",
) -> None:
    """Show the walls: the load at which an SLO breaks or a station saturates, and those behind it.

    For example:

        poc-gate wall examples/claims-copilot

        poc-gate wall pilot.yaml --machine h100-sxm-80gb --json wall.json
    """
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.app.explore.show_wall import walls_as_json, walls_as_text, walls_of
    from poc_gate.app.ground.own_output import check_output
    from poc_gate.app.ground.write_file import refuse_inputs, write_file
    from poc_gate.cli.output_options import render_options, write_text
    from poc_gate.cli.progress import progress

    if json_file is not None:
        read = [path / "pilot.yaml" if path.is_dir() else path, machine, sources, *(traces or ())]
        refuse_inputs([str(json_file)], [str(one) for one in read])
        check_output(json_file)
    now = dt.datetime.now(tz=dt.UTC)
    request = CaseRequest(
        path=path,
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        sources=sources,
        results=tuple(traces or ()),
    )
    with progress() as tell:
        walls = walls_of(request, tell)
    if json_file is not None:
        write_file(json_file, walls_as_json(walls))
    write_text(walls_as_text(walls, width=render_options().width))


COMMAND = Command(name="wall", function=wall, panel="Assess and report")
