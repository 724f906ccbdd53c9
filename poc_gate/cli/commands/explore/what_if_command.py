"""`poc-gate what-if`: change facts of a pilot and see what flips."""

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


def what_if(  # noqa: PLR0913 - the options are the parameters
    path: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")],
    changes: Annotated[list[str], typer.Argument(help="NAME=VALUE of a fact, or machine=NAME; repeatable.")],
    *,
    machine: Annotated[
        str, typer.Option("--machine", "-m", help="Machine profile for the current state.")
    ] = "",
    stage: Annotated[str, typer.Option(help="pilot, limited or production; overrides the manifest.")] = "",
    sources: Annotated[str, typer.Option(help="sources.json written by `sources run`.")] = "",
    traces: Annotated[list[str] | None, _RESULTS] = None,
    on: Annotated[str, typer.Option(help="Date of the assessment, YYYY-MM-DD; default today, UTC.")] = "",
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="terminal or html; NAME=FILE writes a file; repeatable."),
    ] = None,
) -> None:
    """Change facts of a pilot and see what changes: verdict, findings, computed facts.

    For example:

        poc-gate what-if pilot.yaml demand.requests_per_day=200000 machine=h100-sxm-80gb

        poc-gate what-if . "sources[policy-db].p99=40 ms"

        poc-gate what-if . target.replicas=4 --format html=what-if.html
    """
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.app.explore.what_if_reports import what_if_reports
    from poc_gate.cli.output_options import render_options, write_stdout
    from poc_gate.cli.progress import progress

    now = dt.datetime.now(tz=dt.UTC)
    request = CaseRequest(
        path=path,
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        stage=stage,
        sources=sources,
        results=tuple(traces or ()),
    )
    with progress() as tell:
        shown = what_if_reports(request, changes, tuple(format_ or ()), render_options(), tell)
    write_stdout(shown)


COMMAND = Command(name="what-if", function=what_if, panel="Look further")
