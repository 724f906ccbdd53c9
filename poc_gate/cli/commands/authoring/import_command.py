"""`poc-gate import FILE`: print the facts that one file yields."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command


def import_file(
    file: Annotated[
        Path | None,
        typer.Argument(help="A file the team keeps or a tool wrote: contract, model config, traces ..."),
    ] = None,
    *,
    kind: Annotated[str, typer.Option(help="Kind of file; recognised if not given.")] = "",
    prefix: Annotated[str, typer.Option(help="Where the facts belong, such as sources[policy-db].")] = "",
    option: Annotated[
        str, typer.Option(help="What to read inside the file, such as one of its servers.")
    ] = "",
    format_: Formats = None,
    kinds: Annotated[bool, typer.Option("--kinds", help="List the kinds of files and stop.")] = False,
) -> None:
    """Print the facts that poc-gate reads from one file, with their places, and what the file leaves open.

    Nothing is fetched or run; for a secret only its place is shown.

    For example:

        poc-gate import contracts/policy-db.odcs.yaml

        poc-gate import model/config.json --format json

        poc-gate import traces.jsonl.gz
    """
    from poc_gate.app.imports.show_file import file_kinds, show_file
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms

    if kinds or file is None:
        rows = "".join(f"{name:<20}{summary}\n" for name, summary in file_kinds())
        sys.stdout.write(rows)
        raise typer.Exit(code=0 if kinds else 2)
    outputs = outputs_of(format_, inputs=[file])

    def shown(*, as_json: bool) -> str:
        return show_file(file, kind=kind, prefix=prefix, option=option, as_json=as_json)

    put_forms(
        outputs,
        {"terminal": lambda: as_bytes(shown(as_json=False)), "json": lambda: shown(as_json=True).encode()},
    )


COMMAND = Command(name="import", function=import_file, panel="Rules and files")
