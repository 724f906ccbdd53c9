"""`poc-gate portfolio`: many pilots side by side: judge, merge, show, shared capacity, scripts for other machines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day

_app = typer.Typer(
    name="portfolio",
    help="Judge many pilots, and see what holds most of them back.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Folders of pilots, folders that contain such folders, or a portfolio.yaml.", show_default=False
    ),
]
_Results = Annotated[Path, typer.Argument(help="Folder that `portfolio run -o` wrote.")]
_Machine = Annotated[
    str,
    typer.Option(
        "--machine",
        "-m",
        help="Profile or data sheet for all pilots; default: what portfolio.yaml or the pilot's device says.",
    ),
]
_Sources = Annotated[
    str,
    typer.Option(
        help="sources.json in each pilot's folder that has one; {pilot} in a path stands for the folder's name.",
        metavar="FILE",
    ),
]
_Only = Annotated[
    list[str] | None,
    typer.Option(help="Judge only this rule, pack or dimension (never gives a GO); repeatable."),
]
_Stage = Annotated[str, typer.Option(help="pilot, limited or production; overrides the manifests.")]
_Packs = Annotated[
    list[str] | None, typer.Option("--pack", help="Additional rule pack, a folder or a name; repeatable.")
]


@_app.command()
def run(  # noqa: PLR0913 - the options are the parameters
    paths: _Paths = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the results.", metavar="FOLDER")],
    jobs: Annotated[int, typer.Option(help="Processes at once; default: as many as processors.", min=0)] = 0,
    machine: _Machine = "",
    pack: _Packs = None,
    sources: _Sources = "",
    only: _Only = None,
    stage: _Stage = "",
    shard: Annotated[
        str, typer.Option(help="Judge only part K of N, written K/N; `merge` joins the parts.")
    ] = "",
    again: Annotated[str, typer.Option(help="Which pilots to judge: `changed` or `all`.")] = "changed",
    limit: Annotated[str, typer.Option(help="Time limit per pilot.", metavar="TIME")] = "60 s",
    memory: Annotated[int, typer.Option(help="Memory limit per pilot, in MiB.", min=512)] = 1024,
    pages: Annotated[bool, typer.Option("--pages", help="Also write the page of each pilot.")] = False,
    history: Annotated[str, typer.Option(help="Folder to add this run to.", metavar="FOLDER")] = "",
    accept: Annotated[str, typer.Option(help="Worst verdict that exits 0: go or conditional.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 if a pilot could not be judged.")] = False,
    on: Day = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary and no progress.")] = False,
) -> None:
    """Judge every pilot separately; one that crashes, hangs or needs too much memory does not stop the others.

    Pilots that have not changed since the last run into the same folder are not judged again.

    For example:

        poc-gate portfolio run pilots/ -o results/ --machine prod-node.json

        poc-gate portfolio run portfolio.yaml -o results/ --history history/ --pages
    """
    from poc_gate.app.portfolio.answer import PortfolioOptions, run_and_answer
    from poc_gate.cli.output_options import render_options, write_text
    from poc_gate.cli.progress import progress

    options = PortfolioOptions(
        paths=tuple(paths or ()),
        results=output,
        day=on,
        machine=machine,
        packs=tuple(pack or ()),
        sources=sources,
        only=tuple(only or ()),
        stage=stage,
        jobs=jobs,
        shard=shard,
        again=again,
        limit=limit,
        memory=memory,
        pages=pages,
        history=history,
        accept=accept,
        strict=strict,
    )
    with progress(quiet=quiet) as tell:
        answer = run_and_answer(options, tell, width=render_options().width)
    if not quiet:
        write_text(answer.text)
    for note in answer.notes:
        typer.echo(note, err=True)
    raise typer.Exit(code=int(answer.code))


@_app.command()
def merge(
    parts: Annotated[list[Path], typer.Argument(help="Folders that `run --shard` wrote.")],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the joined result.", metavar="FOLDER")
    ],
) -> None:
    """Join the results of all parts; pilots missing from every part are listed."""
    from poc_gate.app.portfolio.merge_results import merge_results

    typer.echo(merge_results(parts, output), err=True)


@_app.command()
def show(
    results: _Results,
    *,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", help="terminal, html, csv, json, markdown; NAME=FILE writes a file."),
    ] = None,
    capacity: Annotated[
        str, typer.Option(help="capacity.yaml: how much there is of each shared resource.", metavar="FILE")
    ] = "",
    history: Annotated[str, typer.Option(help="Folder of earlier runs.", metavar="FOLDER")] = "",
) -> None:
    """Show all pilots together: verdicts, common causes, the one change that helps most, what expires next."""
    from poc_gate.app.portfolio.show_portfolio import show_portfolio
    from poc_gate.cli.output_options import render_options, write_stdout

    width = render_options().width
    write_stdout(
        show_portfolio(results, tuple(format_ or ()), width=width, capacity=capacity, history=history)
    )


@_app.command()
def capacity(
    results: _Results,
    *,
    capacity: Annotated[
        str, typer.Option(help="capacity.yaml: how much there is of each shared resource.", metavar="FILE")
    ] = "",
    format_: Annotated[str, typer.Option("--format", "-f", help="terminal or json.")] = "terminal",
) -> None:
    """Show whether shared resources are enough for all pilots: bounds of the joint peak, and who gives way."""
    from poc_gate.app.portfolio.read_capacity import capacity_report
    from poc_gate.cli.output_options import render_options, write_stdout

    write_stdout(capacity_report(results, capacity, form=format_, width=render_options().width))


@_app.command()
def script(  # noqa: PLR0913 - the options are the parameters
    paths: _Paths = None,
    *,
    via: Annotated[str, typer.Option(help="slurm, kubernetes or ray.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="Folder that all machines share.", metavar="FOLDER")
    ],
    shards: Annotated[
        int, typer.Option(help="How many parts to split the portfolio into.", min=1, max=10_000)
    ] = 4,
    machine: _Machine = "",
    pack: _Packs = None,
    sources: _Sources = "",
    only: _Only = None,
    stage: _Stage = "",
    on: Day = "",
    image: Annotated[str, typer.Option(help="Container image with poc-gate, for kubernetes.")] = "",
    volume: Annotated[str, typer.Option(help="PersistentVolumeClaim with the pilots, for kubernetes.")] = "",
) -> None:
    """Print a script that judges the parts on other machines, for you to read and submit; nothing is submitted."""
    from poc_gate.app.portfolio.write_script import ScriptRequest, write_script

    request = ScriptRequest(
        via=via,
        paths=tuple(map(str, paths or [Path()])),
        output=output,
        shards=shards,
        machine=machine,
        packs=tuple(pack or ()),
        sources=sources,
        only=tuple(only or ()),
        stage=stage,
        day=on,
        image=image,
        volume=volume,
    )
    typer.echo(write_script(request), nl=False)


COMMAND = Command(
    name="portfolio",
    group=_app,
    summary="Judge many pilots, and see what holds most of them back.",
    panel="Look further",
)
