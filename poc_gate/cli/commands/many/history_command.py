"""`poc-gate history`: runs over time: the course of pilots, what changed and why, what got worse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command

_app = typer.Typer(
    name="history",
    help="See what changed from run to run, why, and whether it got worse.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_History = Annotated[Path, typer.Argument(help="Folder that `--history` wrote to.")]
_Since = Annotated[str, typer.Option(help="Only what changed after this day, YYYY-MM-DD.", metavar="DAY")]


@_app.command()
def show(
    history: _History,
    pilot: Annotated[str, typer.Argument(help="Name or path of one pilot.", show_default=False)] = "",
) -> None:
    """Show how the answer for every pilot, or for one pilot, changed over time."""
    from poc_gate.app.history.show_history import show as show_history
    from poc_gate.cli.output_options import write_text

    write_text(show_history(history, pilot))


@_app.command()
def changes(
    history: _History,
    *,
    since: _Since = "",
    by: Annotated[str, typer.Option(help="Count the changes by rule, pilot or cause.")] = "",
    kind: Annotated[
        str,
        typer.Option(
            help="Only changes of this kind: word (verdict), state (of a finding) or ruler (tool and packs)."
        ),
    ] = "",
) -> None:
    """List what changed, each with its cause: files, packs, the tool, the machine, or the day itself."""
    from poc_gate.app.history.show_history import changes as list_changes
    from poc_gate.cli.output_options import write_text

    write_text(list_changes(history, since=since, by=by, kind=kind))


@_app.command()
def check(history: _History, *, since: _Since = "") -> None:
    """Exit 13 if an answer or a measurement got worse since the previous run, beyond noise and not because of new packs."""
    from poc_gate.app.history.show_history import check as check_history
    from poc_gate.cli.output_options import write_text

    code, text = check_history(history, since=since)
    write_text(text)
    raise typer.Exit(code=int(code))


@_app.command()
def export(
    history: _History,
    *,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", help="csv or parquet; default: by the ending of the file's name, else csv."
        ),
    ] = "",
    output: Annotated[str, typer.Option("--output", "-o", help="Write the table here.", metavar="FILE")] = "",
) -> None:
    """Write every answer and every measurement as CSV or Parquet, one value per row.

    For example:

        poc-gate history export history/ -o history.csv

        poc-gate history export history/ -o history.parquet
    """
    from poc_gate.app.history.export_history import export_history
    from poc_gate.cli.output_options import write_stdout

    write_stdout(export_history(history, form=format_, output=output))


COMMAND = Command(
    name="history",
    group=_app,
    summary="See what changed from run to run, why, and whether it got worse.",
    panel="Look further",
)
