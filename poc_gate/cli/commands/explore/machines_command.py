"""`poc-gate machines`: which machines, and how many of them, carry the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command
from poc_gate.cli.pilot_options import Pilot, case_request


def machines(
    path: Pilot = Path(),
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="Show every machine, not only the first twenty.")
    ] = False,
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Price of one device an hour, such as l4-24gb=0.80; repeatable."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show which data-sheet machines carry the plan, and how many replicas it takes.

    For pilots that serve a language model themselves. What nobody has said is assumed, and named.

    For example:

        poc-gate machines examples/claims-copilot
    """
    from poc_gate.app.explore.machines import machines as fitting
    from poc_gate.app.explore.machines import machines_text
    from poc_gate.cli.output_options import write_stdout
    from poc_gate.cli.progress import progress

    request = case_request(path)
    prices = _prices(price or [])
    with progress() as tell:
        found = fitting(request, prices, tell)
    if json_:
        from poc_gate.report.result.plain_values import plain_data
        from poc_gate.text.documents.canonical_json import canonical_json

        write_stdout(canonical_json(plain_data(found)))
        return
    write_stdout(machines_text(found, most=len(found.fits) if all_ else 20).encode())


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
