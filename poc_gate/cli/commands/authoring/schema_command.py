"""`poc-gate schema`: JSON Schemas for editors and other tools, and the list of all facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def schema(
    name: Annotated[
        str,
        typer.Argument(
            help="pilot, result, machine, node, rule, pack, waivers; or facts, the list of all facts."
        ),
    ] = "pilot",
    *,
    form: Annotated[
        str, typer.Option("--format", "-f", help="json; or markdown for pilot and facts.")
    ] = "json",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")
    ] = None,
) -> None:
    """Print the JSON Schema of a file format, or the list of all facts.

    For completion in an editor, put this line at the top of pilot.yaml:

        # yaml-language-server: $schema=pilot.schema.json

    and write that file with `poc-gate schema pilot -o pilot.schema.json`.
    """
    from poc_gate.app.authoring.schema import write_schema
    from poc_gate.app.ground.files.own_output import check_output
    from poc_gate.app.ground.files.write_file import write_file
    from poc_gate.cli.output_options import write_stdout

    content = write_schema(name, form)
    if output is None:
        write_stdout(content)
    else:
        check_output(output)
        write_file(output, content)


COMMAND = Command(name="schema", function=schema, panel="Rules and files")
