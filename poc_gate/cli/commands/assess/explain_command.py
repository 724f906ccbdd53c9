"""`poc-gate explain`: one rule in words, with a pilot's numbers put in when one is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Packs, Results, Sources, Stage, case_request


def explain(  # noqa: PLR0913 - the options are the parameters
    rule: Annotated[str, typer.Argument(help="Id of the rule, such as C01-memory-fit, or just C01.")],
    path: Annotated[
        Path | None,
        typer.Argument(help="Folder with pilot.yaml, the file itself, or a result written as JSON."),
    ] = None,
    *,
    machine: Machine = "",
    stage: Stage = "",
    pack: Packs = None,
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
) -> None:
    """Explain one rule; with a pilot also its numbers: inputs, formula, limit, and what would be enough.

    For example:

        poc-gate explain C01

        poc-gate explain C01 examples/claims-copilot --machine h100-sxm-80gb
    """
    from poc_gate.app.explore.explain_rule import explain_for_pilot, explain_rule

    if path is None:
        typer.echo(explain_rule(rule, pack or ()), nl=False)
        return
    request = case_request(
        path, on=on, machine=machine, packs=pack, stage=stage, sources=sources, results=traces
    )
    typer.echo(explain_for_pilot(rule, request), nl=False)


COMMAND = Command(name="explain", function=explain, panel="Assess and report")
