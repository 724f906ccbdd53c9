"""`poc-gate wall`: at which load the pilot breaks, what binds there, and what moves it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Pilot, Results, Sources, case_request


def wall(
    path: Pilot = Path(),
    *,
    machine: Machine = "",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the walls as JSON to this file.")
    ] = None,
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
) -> None:
    """Show the walls: the load at which an SLO breaks or a station saturates, and those behind it.

    For example:

        poc-gate wall examples/claims-copilot

        poc-gate wall pilot.yaml --machine h100-sxm-80gb --json wall.json
    """
    from poc_gate.app.explore.show_wall import walls_as_json, walls_as_text, walls_of
    from poc_gate.app.ground.files.own_output import check_output
    from poc_gate.app.ground.files.write_file import refuse_inputs, write_file
    from poc_gate.cli.output_options import render_options, write_text
    from poc_gate.cli.progress import progress

    if json_file is not None:
        read = [path / "pilot.yaml" if path.is_dir() else path, machine, sources, *(traces or ())]
        refuse_inputs([str(json_file)], [str(one) for one in read])
        check_output(json_file)
    request = case_request(path, on=on, machine=machine, sources=sources, results=traces)
    with progress() as tell:
        walls = walls_of(request, tell)
    if json_file is not None:
        write_file(json_file, walls_as_json(walls))
    write_text(walls_as_text(walls, width=render_options().width))


COMMAND = Command(name="wall", function=wall, panel="Assess and report")
