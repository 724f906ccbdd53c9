"""`poc-gate import FILE`: print the facts that one file yields."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


class Format(StrEnum):
    """Formats of this command."""

    TEXT = "text"
    JSON = "json"


def import_file(
    file: Annotated[
        Path | None,
        typer.Argument(help="File that a team keeps or a tool wrote: contract, model config, traces ..."),
    ] = None,
    *,
    kind: Annotated[str, typer.Option(help="Kind of the file; recognised when left out.")] = "",
    prefix: Annotated[str, typer.Option(help="Where the facts belong, such as sources[policy-db].")] = "",
    option: Annotated[
        str, typer.Option(help="A choice inside the file, such as the server that is meant.")
    ] = "",
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    kinds: Annotated[bool, typer.Option("--kinds", help="List the kinds of files and stop.")] = False,
) -> None:
    """Print the facts that one file yields, with their places, and what it leaves open.

    Nothing is fetched and nothing is run; secrets are reported by location only.

    For example:

        poc-gate import contracts/policy-db.odcs.yaml

        poc-gate import model/config.json --format json

        poc-gate import traces.jsonl.gz
    """
    from poc_gate.app.imports.show_file import file_kinds, show_file

    if kinds or file is None:
        rows = "".join(f"{name:<20}{summary}\n" for name, summary in file_kinds())
        sys.stdout.write(rows)
        raise typer.Exit(code=0 if kinds else 2)
    as_json = format_ is Format.JSON
    sys.stdout.write(show_file(file, kind=kind, prefix=prefix, option=option, as_json=as_json))


COMMAND = Command(name="import", function=import_file, panel="Rules and files")
