"""`poc-gate fleet`: options -> app -> exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from poc_gate.cli.interface import Command

if TYPE_CHECKING:
    from poc_gate.app.fleet.errand import FleetRequest

_app = typer.Typer(
    name="fleet",
    help="Measure many machines, compare them, and find the slow ones.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_NODES = Annotated[str, typer.Option("--nodes", "-n", help="Names: 'n[001-064],login1'.", metavar="NAMES")]
_FOLDER = Annotated[Path, typer.Argument(help="Folder of the fleet.", show_default=False)]
_LIMIT = Annotated[float, typer.Option("--limit", help="Seconds allowed per node.", metavar="SECONDS")]
_TOOL = Annotated[str, typer.Option("--tool", help="How poc-gate is called on the nodes.", metavar="WORDS")]
_PROLOG = Annotated[
    str, typer.Option("--prolog", help="Shell line to run first on each node, such as 'module load x'.")
]
_EFFORT = Annotated[str, typer.Option("--effort", help="quick, default or thorough.")]
_ONLY = Annotated[list[str] | None, typer.Option("--only", help="Run only this probe; repeatable.")]
_STORAGE = Annotated[
    str, typer.Option("--storage", help="File or folder on the nodes that the storage probe may read.")
]
_BUSY = Annotated[bool, typer.Option("--even-busy", help="Also measure nodes where other work is running.")]
_OPTION = Annotated[
    list[str] | None,
    typer.Option(
        "--engine-option", help="Passed to ssh, srun or the manifest, such as --partition=gpu; repeatable."
    ),
]


@_app.command()
def probe(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the fleet.")],
    nodes: _NODES = "",
    via: Annotated[
        str, typer.Option(help="ssh, slurm, ray or local; default: what the folder records, else ssh.")
    ] = "",
    at_once: Annotated[int, typer.Option("--at-once", help="How many nodes to ask at the same time.")] = 32,
    limit: _LIMIT = 120,
    again: Annotated[
        str, typer.Option(help="Which nodes to ask: those missing, those unmeasured, or all.")
    ] = "missing",
    tool: _TOOL = "",
    prolog: _PROLOG = "",
    effort: _EFFORT = "default",
    only: _ONLY = None,
    storage: _STORAGE = "",
    even_busy: _BUSY = False,
    engine_option: _OPTION = None,
    min_answered: Annotated[
        str, typer.Option(help='Exit 4 if fewer nodes were measured, such as "95 %".')
    ] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no text.")] = False,
) -> None:
    """Measure each node once and keep one record per node; run again, it continues with the rest.

    For example:

        poc-gate fleet probe --nodes 'n[001-064]' -o fleet

        poc-gate fleet probe --nodes 'n[001-064]' --via slurm --engine-option=--partition=gpu -o fleet

        poc-gate fleet probe --again unmeasured -o fleet
    """
    from poc_gate.app.fleet.ask_nodes import ask_nodes
    from poc_gate.app.fleet.errand import FleetRequest
    from poc_gate.cli.progress import progress

    request = FleetRequest(
        nodes, via, at_once, limit, again, tool, prolog, effort, tuple(only or ()), storage, even_busy,
        tuple(engine_option or ()),
    )  # fmt: skip
    with progress(quiet=quiet) as tell:
        asked = ask_nodes(request, output, progress=tell)
    if asked.kept and not quiet:
        typer.echo(f"{asked.kept} nodes have a record already and were not asked again", err=True)
    _print(output, (), quiet=quiet, min_answered=min_answered)


@_app.command()
def script(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    nodes: _NODES,
    via: Annotated[str, typer.Option(help="slurm or kubernetes.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder that records which nodes are asked.")
    ] = None,
    limit: _LIMIT = 120,
    tool: _TOOL = "",
    prolog: _PROLOG = "",
    effort: _EFFORT = "default",
    only: _ONLY = None,
    storage: _STORAGE = "",
    even_busy: _BUSY = False,
    engine_option: _OPTION = None,
) -> None:
    """Print what would run on the nodes, for you to read and submit; `fleet add` reads the results.

    For example:

        poc-gate fleet script --via slurm --nodes 'n[001-064]' -o fleet > job.sh
    """
    from poc_gate.app.fleet.errand import FleetRequest
    from poc_gate.app.fleet.write_script import write_script

    request: FleetRequest = FleetRequest(
        nodes=nodes, via=via, limit=limit, tool=tool, prolog=prolog, effort=effort, only=tuple(only or ()),
        storage=storage, even_busy=even_busy, options=tuple(engine_option or ()),
    )  # fmt: skip
    typer.echo(write_script(request, output), nl=False)


@_app.command()
def add(
    folder: _FOLDER,
    files: Annotated[list[Path], typer.Argument(help="Records, NODE.json profiles, or logs of a script.")],
) -> None:
    """Add records, profiles named after their node, and logs of a script to a fleet."""
    from poc_gate.app.fleet.add_files import add_files

    added = add_files(folder, files)
    typer.echo(f"{len(added)} {'node was' if len(added) == 1 else 'nodes were'} added to {folder}")


@_app.command()
def show(
    folder: _FOLDER,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="terminal, html, json, csv, markdown; NAME=FILE writes a file."),
    ] = None,
    group_by: Annotated[str, typer.Option(help="hardware, fingerprint or none.")] = "hardware",
    expect: Annotated[str, typer.Option(help="Data sheet or profile to compare the nodes with.")] = "",
    min_answered: Annotated[
        str, typer.Option(help='Exit 4 if fewer nodes were measured, such as "95 %".')
    ] = "",
    every_node: Annotated[
        bool, typer.Option("--every-node", help="Also list the nodes without problems.")
    ] = False,
) -> None:
    """Show the state of every node, how the figures vary, and which nodes are slow."""
    _print(
        folder, tuple(format_ or ()), group_by=group_by, expect=expect, min_answered=min_answered,
        every_node=every_node,
    )  # fmt: skip


def _print(folder: Path, formats: tuple[str, ...], *, quiet: bool = False, **others: Any) -> None:
    import shutil

    from poc_gate.app.fleet.show_fleet import ShowRequest, show_fleet
    from poc_gate.cli.output_options import write_stdout

    width = max(60, shutil.get_terminal_size((80, 24)).columns)
    shown = show_fleet(ShowRequest(folder, formats, width=width, **others))
    if not quiet:
        write_stdout(shown.stdout)
    if shown.note:
        typer.echo(f"poc-gate: {shown.note}", err=True)
    raise typer.Exit(code=int(shown.code))


_summary: Any = _app.info.help
COMMAND = Command(name="fleet", group=_app, summary=_summary, panel="Look further")
