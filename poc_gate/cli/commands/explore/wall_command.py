"""`poc-gate wall`: at which load the pilot breaks, what binds there, and what moves it."""

from __future__ import annotations

from pathlib import Path

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Pilot, Results, Sources, Stage, case_request


def wall(  # noqa: PLR0913 - the options are the parameters
    path: Pilot = Path(),
    *,
    machine: Machine = "",
    stage: Stage = "",
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
    format_: Formats = None,
) -> None:
    """Show at which load the pilot breaks, what gives way there, and which limits come next.

    For example:

        poc-gate wall examples/claims-copilot

        poc-gate wall pilot.yaml --machine h100-sxm-80gb --format json=wall.json
    """
    from poc_gate.app.explore.show_wall import walls_as_json, walls_as_text, walls_of
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms
    from poc_gate.cli.output_options import render_options
    from poc_gate.cli.progress import progress

    read = [path / "pilot.yaml" if path.is_dir() else path, machine, sources, *(traces or ())]
    outputs = outputs_of(format_, inputs=read)
    request = case_request(path, on=on, machine=machine, stage=stage, sources=sources, results=traces)
    with progress() as tell:
        walls = walls_of(request, tell)
    width = render_options().width
    put_forms(
        outputs,
        {
            "terminal": lambda: as_bytes(walls_as_text(walls, width=width)),
            "json": lambda: walls_as_json(walls),
        },
    )


COMMAND = Command(name="wall", function=wall, panel="Assess and report")
