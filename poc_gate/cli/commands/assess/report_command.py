"""`poc-gate report`: render a result again, in any format, without probing or judging."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def report(  # noqa: PLR0913 - the options are the parameters
    result: Annotated[Path, typer.Argument(help="Result that `assess --format json=FILE` wrote.")],
    *,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", help="terminal, json, html, sarif, ...; NAME=FILE writes a file; repeatable."
        ),
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Earlier result (JSON) to compare with.")] = None,
    rule_pages: Annotated[
        str,
        typer.Option(
            help="Address of the pages that `rules docs` wrote; SARIF and the page link each rule to them."
        ),
    ] = "",
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="-v: open findings as well; -vv: all findings.")
    ] = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the verdict and its reasons.")
    ] = False,
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
) -> None:
    """Render a result in other formats; nothing is probed or judged again.

    For example:

        poc-gate report out.json --format html=report.html --format sarif=findings.sarif
    """
    from msgspec import structs

    from poc_gate.app.gate.render import load_result, parse_outputs, render_outputs
    from poc_gate.app.ground.files.write_file import refuse_inputs
    from poc_gate.cli.output_options import render_options, write_stdout

    options = render_options(verbosity=-1 if quiet else verbose, color=color, rule_pages=rule_pages)
    if baseline is not None:
        options = structs.replace(options, base_result=load_result(baseline))
    outputs = parse_outputs(format_ or ())
    refuse_inputs([output.path for output in outputs], [str(result), str(baseline or "")])
    write_stdout(render_outputs(load_result(result), outputs, options))


COMMAND = Command(name="report", function=report, panel="Assess and report")
