"""Options that several commands take of one pilot, and the request they make together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import CaseRequest

Pilot = Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")]
Machine = Annotated[
    str,
    typer.Option(
        "--machine",
        "-m",
        help="Profile of the target machine (machine.json), or a data sheet such as l4-24gb; default: probe this machine.",
        metavar="PROFILE",
    ),
]
Stage = Annotated[
    str, typer.Option(help="pilot, limited or production; overrides the manifest.", metavar="STAGE")
]
Sources = Annotated[str, typer.Option(help="File that `sources run -o` wrote.", metavar="FILE")]
Results = Annotated[
    list[str] | None,
    typer.Option(
        "--traces",
        help="Traces or another result of the running pilot, such as a load test; repeatable.",
        metavar="FILE",
    ),
]
Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help="Additional rule pack, a folder or a name; repeatable.", metavar="PACK"),
]
Only = Annotated[
    list[str] | None,
    typer.Option(help="Judge only this rule, pack or dimension; repeatable.", metavar="NAME"),
]
Day = Annotated[
    str, typer.Option(help="Date of the assessment, YYYY-MM-DD; default: today in UTC.", metavar="DAY")
]


def case_request(  # noqa: PLR0913 - the options are the parameters
    path: Path,
    *,
    on: str = "",
    machine: str = "",
    stage: str = "",
    sources: str = "",
    results: Sequence[str] | None = None,
    packs: Sequence[str] | None = None,
    only: Sequence[str] | None = None,
) -> CaseRequest:
    """Return what is to be assessed; the day is today, UTC, unless `on` names one."""
    from poc_gate.app.assess.reading.case import CaseRequest

    now = dt.datetime.now(tz=dt.UTC)
    return CaseRequest(
        path=path,
        today=on or now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine=machine,
        stage=stage,
        sources=sources,
        results=tuple(results or ()),
        packs=tuple(packs or ()),
        only=tuple(only or ()),
    )
