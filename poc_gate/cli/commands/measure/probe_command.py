"""`poc-gate probe`: options -> app -> exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from poc_gate.cli.interface import Command

_app = typer.Typer(
    name="probe",
    help="Measure this machine: processors, memory, accelerators, storage, network.",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@_app.callback()
def probe(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the profile to this file; - is stdout.", metavar="FILE"),
    ] = None,
    effort: Annotated[
        str,
        typer.Option(
            "--effort",
            help="quick (about a second, wider intervals), default, or thorough (minutes: every variant, and "
            "the rate over time).",
        ),
    ] = "",
    quick: Annotated[bool, typer.Option("--quick", hidden=True)] = False,
    thorough: Annotated[bool, typer.Option("--thorough", hidden=True)] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Run only this probe; repeatable.", metavar="PROBE")
    ] = None,
    storage: Annotated[
        str,
        typer.Option(
            "--storage", help="Measure this file, or a scratch file in this folder.", metavar="PATH"
        ),
    ] = "",
    record_size: Annotated[int, typer.Option(help="Record size of random reads, in bytes.")] = 4096,
    streams: Annotated[int, typer.Option(help="Parallel streams of the storage probe.")] = 8,
    name: Annotated[str, typer.Option(help="Name of the profile.")] = "",
    limit: Annotated[
        float,
        typer.Option(
            help="Stop after this many seconds and leave out the rest; 0 = no limit.", metavar="SECONDS"
        ),
    ] = 0,
    skip_busy: Annotated[
        bool, typer.Option("--skip-busy", help="Exit 4 without measuring if other work is running.")
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--compare", help="Show how two profiles differ beyond measurement noise.", metavar="A B"
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bar; with -o, no text either.")
    ] = False,
) -> None:
    """Measure this machine and print what was found; `-o` keeps the profile for `assess --machine`.

    `-o -` writes the profile, one JSON document, to stdout and nothing else.
    """
    if ctx.invoked_subcommand is not None:
        return
    from poc_gate.app.measure.measure_machine import ProbeOptions, compare_files, measure
    from poc_gate.cli.output_options import is_stdout, write_stdout
    from poc_gate.cli.progress import progress

    if compare is not None:
        typer.echo(compare_files(*compare)[0])
        return
    options = ProbeOptions(
        _one_effort(effort, quick=quick, thorough=thorough),
        name,
        tuple(only or ()),
        storage,
        record_size,
        streams,
        limit,
        skip_busy,
    )
    alone = output is not None and is_stdout(output)
    with progress(quiet=quiet) as show:
        done = measure(options, None if alone else output, progress=show)
    if alone:
        write_stdout(done.content)
    elif not (quiet and output is not None and done.unwritten is None):
        typer.echo(done.text)
    for trouble in (done.empty, done.unwritten):
        if trouble is not None:
            raise trouble


def _one_effort(effort: str, *, quick: bool, thorough: bool) -> str:
    """Return the one effort that is asked for; `--quick` and `--thorough` are older names of two of them."""
    from poc_gate.errors import UsageError, one_of

    asked = {effort, "quick" if quick else "", "thorough" if thorough else ""} - {""}
    if len(asked) > 1:
        raise UsageError(
            f"{' and '.join(sorted(asked))} exclude each other",
            next_step="give --effort once, without another option for the effort",
        )
    chosen = asked.pop() if asked else "default"
    efforts = ("quick", "default", "thorough")
    if chosen not in efforts:
        raise UsageError(f"--effort {chosen} is not known", next_step=one_of(chosen, efforts))
    return chosen


@_app.command()
def show(
    profile: Annotated[str, typer.Argument(help="Profile file, or the name of a shipped data sheet.")],
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="terminal or html; NAME=FILE writes a file; repeatable.",
            metavar="FORMAT",
        ),
    ] = None,
) -> None:
    """Show a recorded profile with its curves."""
    from poc_gate.app.measure.measure_machine import show_file, show_page
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms

    outputs = outputs_of(format_, ("terminal", "html"), inputs=[profile])
    put_forms(
        outputs,
        {"terminal": lambda: as_bytes(f"{show_file(profile)}\n"), "html": lambda: show_page(profile)},
    )


@_app.command(name="list")
def list_sheets() -> None:
    """List the shipped data sheets that can be used in place of a measured machine."""
    from poc_gate.app.measure.measure_machine import sheet_lines

    typer.echo("\n".join(sheet_lines()))


_summary: Any = _app.info.help
COMMAND = Command(name="probe", group=_app, summary=_summary, panel="Start here")
