"""`poc-gate explain`: one rule in words, with a pilot's numbers put in when one is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def explain(
    rule: Annotated[str, typer.Argument(help="Id of the rule, such as C01-memory-fit, or just C01.")],
    path: Annotated[Path | None, typer.Argument(help="Pilot, or a result written as JSON.")] = None,
    *,
    machine: Annotated[
        str, typer.Option("--machine", "-m", help="Profile or datasheet to judge against.")
    ] = "",
    stage: Annotated[str, typer.Option(help="pilot, limited or production; overrides the manifest.")] = "",
    pack: Annotated[
        list[str] | None, typer.Option("--pack", help="Further rule pack: folder or name.")
    ] = None,
    on: Annotated[str, typer.Option(help="Date of the assessment, YYYY-MM-DD; default today, UTC.")] = "",
) -> None:
    """Explain one rule: inputs with provenance, formula with numbers, limit and who set it, the value that would be enough.

    For example:

        poc-gate explain C01

        poc-gate explain C01 examples/claims-copilot --machine h100-sxm-80gb
    """
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.app.explore.explain_rule import explain_for_pilot, explain_rule

    if path is None:
        typer.echo(explain_rule(rule, pack or ()), nl=False)
        return
    now = dt.datetime.now(tz=dt.UTC)
    request = CaseRequest(
        path=path,
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        packs=tuple(pack or ()),
        stage=stage,
    )
    typer.echo(explain_for_pilot(rule, request), nl=False)


COMMAND = Command(name="explain", function=explain, panel="Assess and report")
