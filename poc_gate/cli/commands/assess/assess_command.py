"""`poc-gate assess`: judge one pilot and say GO, CONDITIONAL, INSUFFICIENT EVIDENCE or NO-GO."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Machine, Only, Packs, Results, Sources, Stage

_PILOT = typer.Argument(
    help="Folder with pilot.yaml, or the file itself; several are judged one after another.",
    show_default=False,
)
_FORMAT = typer.Option(
    "--format",
    "-f",
    help="terminal, json, html, sarif, ...; NAME=FILE writes a file; repeatable.",
    metavar="FORMAT",
)


def assess(  # noqa: PLR0913 - the options are the parameters
    paths: Annotated[list[Path] | None, _PILOT] = None,
    *,
    machine: Machine = "",
    sources: Sources = "",
    traces: Results = None,
    format_: Annotated[list[str] | None, _FORMAT] = None,
    stage: Stage = "",
    pack: Packs = None,
    only: Only = None,
    waivers: Annotated[
        str,
        typer.Option(
            help="File of waivers; default: poc-gate.waivers.yaml next to pilot.yaml.", metavar="FILE"
        ),
    ] = "",
    accept: Annotated[
        str, typer.Option(help="Worst verdict that exits 0: go or conditional.", metavar="VERDICT")
    ] = "",
    fail_on: Annotated[
        str, typer.Option(help="Fail on findings of this severity or above.", metavar="SEVERITY")
    ] = "",
    ratchet: Annotated[
        bool, typer.Option("--ratchet/--no-ratchet", help="Fail if anything is worse than in the base.")
    ] = False,
    baseline: Annotated[
        str, typer.Option(help="Earlier result (JSON) to compare with.", metavar="FILE")
    ] = "",
    base_ref: Annotated[
        str, typer.Option(help="Git reference to compare with, such as origin/main.", metavar="REF")
    ] = "",
    repository: Annotated[
        str,
        typer.Option(
            help="Folder of the code; code changes that pilot.yaml does not follow are a regression.",
            metavar="FOLDER",
        ),
    ] = "",
    advisory_until: Annotated[
        str,
        typer.Option(
            help="Only report before this day, YYYY-MM-DD; from then on the verdict decides the exit code.",
            metavar="DAY",
        ),
    ] = "",
    bundle: Annotated[
        str, typer.Option(help="Write a bundle that `verify` can judge again.", metavar="FILE")
    ] = "",
    history: Annotated[
        str,
        typer.Option(help="Add this run to a folder of runs, and show what changed since.", metavar="FOLDER"),
    ] = "",
    sign: Annotated[
        str, typer.Option(help="Sign the bundle with this SSH key; writes BUNDLE.sig.", metavar="KEY")
    ] = "",
    effort: Annotated[
        str, typer.Option(help="How long to probe: quick, default or thorough.", metavar="EFFORT")
    ] = "",
    storage: Annotated[
        str, typer.Option(help="File or folder that the storage probe may read.", metavar="PATH")
    ] = "",
    on: Day = "",
    rule_pages: Annotated[
        str,
        typer.Option(
            help="Address of the pages that `rules docs` wrote; SARIF and the page link each rule to them.",
            metavar="URL",
        ),
    ] = "",
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="-v: open findings as well; -vv: all findings.")
    ] = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the verdict and its reasons.")
    ] = False,
    color: Annotated[str, typer.Option(help="auto, always or never.", metavar="WHEN")] = "auto",
) -> None:
    """Judge one pilot: GO, CONDITIONAL, INSUFFICIENT EVIDENCE or NO-GO, with the reasons.

    In a folder without pilot.yaml it reads the repository and gives a first look; nothing is written.

    For example:

        poc-gate assess examples/claims-copilot

        poc-gate assess pilot.yaml --machine prod-node.json --format json=out.json --format html=report.html

        poc-gate assess pilots/* -m prod-node.json --format "record=records/{pilot}.json"

        poc-gate assess . --base-ref origin/main --ratchet --accept conditional --format github
    """
    from poc_gate.app.assess.reading.case import CaseRequest
    from poc_gate.app.gate.gate import GateRequest
    from poc_gate.app.gate.several import run_gates, worst_code
    from poc_gate.cli.output_options import render_options, write_stdout
    from poc_gate.cli.progress import erase, progress

    now = dt.datetime.now(tz=dt.UTC)
    case = CaseRequest(
        path=Path(),
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        sources=sources,
        results=tuple(traces or ()),
        packs=tuple(pack or ()),
        only=tuple(only or ()),
        stage=stage,
        waivers=waivers,
        effort=effort,
        storage=storage,
        look=True,
    )
    gate = GateRequest(
        formats=tuple(format_ or ()),
        accept=accept,
        fail_on=fail_on,
        ratchet=ratchet,
        baseline=baseline,
        base_ref=base_ref,
        repository=repository,
        bundle=bundle,
        history=history,
        sign=sign,
        advisory_until=advisory_until,
    )
    with progress(quiet=quiet) as tell:
        answers = run_gates(
            paths or [Path()],
            case,
            gate,
            render_options(verbosity=-1 if quiet else verbose, color=color, rule_pages=rule_pages),
            tell,
        )
        codes = []
        for answer in answers:
            erase(quiet=quiet)
            write_stdout(answer.stdout)
            for note in answer.notes:
                typer.echo(note, err=True)
            codes.append(int(answer.code))
    raise typer.Exit(code=worst_code(codes))


COMMAND = Command(name="assess", function=assess, panel="Start here")
