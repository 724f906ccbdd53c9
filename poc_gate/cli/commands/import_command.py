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
        Path | None, typer.Argument(help="File that a team keeps: contract, model config, SLO ...")
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
    """
    from poc_gate.app.imports.show_import import import_kinds, render_json, render_text, view_import

    if kinds or file is None:
        rows = "".join(f"{name:<20}{summary}\n" for name, summary in import_kinds())
        sys.stdout.write(rows)
        raise typer.Exit(code=0 if kinds else 2)
    view = view_import(file, kind=kind, prefix=prefix, option=option)
    sys.stdout.write(render_json(view) if format_ is Format.JSON else render_text(view))


COMMAND = Command(name="import", function=import_file, panel="Rules and files")
