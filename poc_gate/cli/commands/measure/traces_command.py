"""`poc-gate traces FILE...`: show the request path, the systems and the times that traces hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command


def traces(
    files: Annotated[list[Path], typer.Argument(help="Trace files that belong together, compressed or not.")],
    *,
    pilot: Annotated[
        Path | None,
        typer.Option("--pilot", help="Folder with pilot.yaml to compare them with.", metavar="PATH"),
    ] = None,
    format_: Formats = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show where the time of a request goes, what it calls, and what the traces do not show.

    Reads OTLP (JSON lines, protobuf), Jaeger, Langfuse, Phoenix, LangSmith and MLflow; message contents are never kept.

    For example:

        poc-gate traces traces.jsonl.gz

        poc-gate traces api.jsonl worker.jsonl --pilot . --format json
    """
    from poc_gate.app.observed.show_traces import show_traces
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms
    from poc_gate.cli.progress import progress

    outputs = outputs_of(format_, inputs=files)
    with progress(quiet=quiet) as tell:
        shown = {
            form: show_traces(tuple(files), pilot, as_json=form == "json", progress=tell)
            for form in {one.format for one in outputs}
        }
    put_forms(
        outputs,
        {"terminal": lambda: as_bytes(shown["terminal"]), "json": lambda: bytes(shown["json"], "utf-8")},
    )


COMMAND = Command(name="traces", function=traces, panel="Look further")
