"""`poc-gate what-if`: change facts of a pilot and see what flips."""

from __future__ import annotations

from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Pilot, Results, Sources, Stage, case_request


def what_if(  # noqa: PLR0913 - the options are the parameters
    path: Pilot,
    changes: Annotated[list[str], typer.Argument(help="NAME=VALUE of a fact, or machine=NAME; repeatable.")],
    *,
    machine: Machine = "",
    stage: Stage = "",
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", help="terminal or html; NAME=FILE writes a file; repeatable.", metavar="FORMAT"
        ),
    ] = None,
) -> None:
    """Change facts of a pilot and see what changes: verdict, findings, computed facts.

    For example:

        poc-gate what-if pilot.yaml demand.requests_per_day=200000 machine=h100-sxm-80gb

        poc-gate what-if . "sources[policy-db].p99=40 ms"

        poc-gate what-if . target.replicas=4 --format html=what-if.html
    """
    from poc_gate.app.explore.what_if_reports import what_if_reports
    from poc_gate.cli.output_options import render_options, write_stdout
    from poc_gate.cli.progress import progress

    request = case_request(path, on=on, machine=machine, stage=stage, sources=sources, results=traces)
    with progress() as tell:
        shown = what_if_reports(request, changes, tuple(format_ or ()), render_options(), tell)
    write_stdout(shown)


COMMAND = Command(name="what-if", function=what_if, panel="Look further")
