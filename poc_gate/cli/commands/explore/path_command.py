"""`poc-gate path`: the shortest way from the present verdict to CONDITIONAL and to GO."""

from __future__ import annotations

from pathlib import Path

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Pilot, Results, Sources, Stage, case_request


def path(
    pilot: Pilot = Path(),
    *,
    machine: Machine = "",
    stage: Stage = "",
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
) -> None:
    """Show the shortest way to CONDITIONAL and to GO, step by step, with the value each lever must reach.

    For example:

        poc-gate path examples/claims-copilot

        poc-gate path pilot.yaml --stage limited
    """
    from poc_gate.app.explore.path import way_out, way_out_text
    from poc_gate.cli.output_options import render_options, write_text
    from poc_gate.cli.progress import progress

    request = case_request(pilot, on=on, machine=machine, stage=stage, sources=sources, results=traces)
    with progress() as tell:
        found = way_out(request, tell)
    write_text(way_out_text(found, width=render_options().width))


COMMAND = Command(name="path", function=path, panel="Assess and report")
