"""`poc-gate fix`: the edits of the manifest that turn failed findings, as a patch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Pilot, Results, Sources, Stage, case_request

_MOST_LINES = 8


def fix(  # noqa: PLR0913 - the options are the parameters
    path: Pilot = Path(),
    *,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="Fix only this rule; repeatable.")] = None,
    machine: Machine = "",
    stage: Stage = "",
    sources: Sources = "",
    traces: Results = None,
    on: Day = "",
    apply: Annotated[bool, typer.Option("--apply", help="Edit pilot.yaml; its comments stay.")] = False,
) -> None:
    """Write a patch of the changes that make failed findings pass, each proven by judging the pilot again.

    Values that come from the team's other files are never edited. Without --apply nothing is written: the patch goes to
    stdout, everything else to stderr.

    For example:

        poc-gate fix examples/claims-copilot --machine l4-24gb --rule C01

        poc-gate fix . --machine prod-node.json > fix.patch
    """
    from poc_gate.app.explore.fix import apply as write
    from poc_gate.app.explore.fix import fixes, fixes_text
    from poc_gate.cli.output_options import write_stdout
    from poc_gate.cli.progress import progress

    request = case_request(path, on=on, machine=machine, stage=stage, sources=sources, results=traces)
    with progress() as tell:
        found = fixes(request, tuple(rule or ()), tell)
    sys.stderr.write(fixes_text(found))
    if apply and found.patch:
        write(found)
        sys.stderr.write(f"{found.manifest} was changed; see the new answer with `poc-gate assess`\n")
    elif found.patch:
        write_stdout(found.patch.encode())
    if found.lines:
        sys.stderr.write("\nStill unknown; add these with your values, or run `poc-gate ask`:\n")
        sys.stderr.write("".join(f"  {line}\n" for line in found.lines[:_MOST_LINES]))


COMMAND = Command(name="fix", function=fix, panel="Look further")
