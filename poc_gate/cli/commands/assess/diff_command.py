"""`poc-gate diff`: what changed between two results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def diff(
    base: Annotated[Path, typer.Argument(help="Earlier result, written with `assess --format json=FILE`.")],
    head: Annotated[Path, typer.Argument(help="Later result.")],
    *,
    format_: Annotated[str, typer.Option("--format", "-f", help="terminal, markdown or json.")] = "terminal",
) -> None:
    """Say what changed between two results: verdict, findings, facts, packs and machine, each apart.

    For example:

        poc-gate diff last-month.json out.json --format markdown
    """
    from poc_gate.app.gate.diff import diff_results
    from poc_gate.cli.output_options import render_options, write_stdout

    write_stdout(diff_results(base, head, format_name=format_, width=render_options().width))


COMMAND = Command(name="diff", function=diff, panel="Look further")
