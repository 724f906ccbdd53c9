"""`poc-gate traces FILE...`: show the request path, the systems and the times that traces hold."""

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


def traces(
    files: Annotated[
        list[Path], typer.Argument(help="Files of traces that belong together; packed ones too.")
    ],
    *,
    pilot: Annotated[
        Path | None,
        typer.Option("--pilot", help="Folder with pilot.yaml to hold them against.", metavar="PATH"),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show where the time of a request goes, what it calls, and what the traces do not show.

    Reads OTLP (JSON lines, protobuf), Jaeger, Langfuse, Phoenix, LangSmith and MLflow; nothing of message contents is kept.

    For example:

        poc-gate traces traces.jsonl.gz

        poc-gate traces api.jsonl worker.jsonl --pilot . --format json
    """
    from poc_gate.app.observed.show_traces import show_traces
    from poc_gate.cli.progress import progress

    with progress(quiet=quiet) as tell:
        text = show_traces(tuple(files), pilot, as_json=format_ is Format.JSON, progress=tell)
    sys.stdout.write(text)


COMMAND = Command(name="traces", function=traces, panel="Look further")
