"""`poc-gate machines`: which machines, and how many of them, carry the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.formats import Formats
from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Day, Pilot, Stage, case_request


def machines(
    path: Pilot = Path(),
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="Show every machine, not only the first twenty.")
    ] = False,
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Price of one device per hour, such as l4-24gb=0.80; repeatable."),
    ] = None,
    stage: Stage = "",
    on: Day = "",
    format_: Formats = None,
) -> None:
    """Show which machines with a data sheet carry the planned load, and how many replicas that takes.

    For pilots that serve a language model themselves. Whatever nobody has stated is assumed, and listed.

    For example:

        poc-gate machines examples/claims-copilot
    """
    from poc_gate.app.explore.machines import machines as fitting
    from poc_gate.app.explore.machines import machines_json, machines_text
    from poc_gate.cli.formats import as_bytes, outputs_of, put_forms
    from poc_gate.cli.progress import progress

    outputs = outputs_of(format_, inputs=[path / "pilot.yaml" if path.is_dir() else path])
    request = case_request(path, stage=stage, on=on)
    prices = _prices(price or [])
    with progress() as tell:
        found = fitting(request, prices, tell)
    put_forms(
        outputs,
        {
            "terminal": lambda: as_bytes(machines_text(found, most=len(found.fits) if all_ else 20)),
            "json": lambda: machines_json(found),
        },
    )


def _prices(given: list[str]) -> dict[str, float]:
    """Return machine -> price of one device an hour; raises UsageError for what is not `name=number`."""
    from poc_gate.errors import UsageError

    found: dict[str, float] = {}
    for text in given:
        name, sign, number = text.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            sign = ""
        if not sign or not found.get(name.strip(), -1) >= 0:
            raise UsageError(f"{text!r} is not a price", next_step="write l4-24gb=0.80")
    return found


COMMAND = Command(name="machines", function=machines, panel="Look further")
