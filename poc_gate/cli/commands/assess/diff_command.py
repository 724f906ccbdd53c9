"""`poc-gate diff`: what changed between two results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def diff(
    base: Annotated[Path, typer.Argument(help="Earlier result, written with `assess --format json=FILE`.")],
    head: Annotated[Path, typer.Argument(help="Later result.")],
    *,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="terminal, markdown or json; NAME=FILE writes a file; repeatable.",
            metavar="FORMAT",
        ),
    ] = None,
) -> None:
    """Show what changed between two results: verdict, findings, facts, rule packs and machine.

    For example:

        poc-gate diff last-month.json out.json --format markdown
    """
    from poc_gate.app.gate.diff import DIFF_FORMATS, diff_results
    from poc_gate.cli.formats import outputs_of, put_forms
    from poc_gate.cli.output_options import render_options

    outputs = outputs_of(format_, DIFF_FORMATS, inputs=[base, head])
    width = render_options().width

    def form(name: str) -> Callable[[], bytes]:
        return lambda: diff_results(base, head, format_name=name, width=width)

    put_forms(outputs, {name: form(name) for name in DIFF_FORMATS})


COMMAND = Command(name="diff", function=diff, panel="Look further")
