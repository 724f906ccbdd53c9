"""`poc-gate verify`: judge a bundle again and say whether the answer is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def verify(
    bundle: Annotated[Path, typer.Argument(help="Bundle that `assess --bundle FILE` wrote.")],
) -> None:
    """Judge a bundle again and say whether the answer agrees byte for byte.

    Nothing is probed and no other file is read. Exits 0 when it agrees and 3 when it does not.

    For example:

        poc-gate verify claims-copilot.zip
    """
    from poc_gate.app.bundle.bundle import verify_bundle
    from poc_gate.errors import ExitCode

    found = verify_bundle(bundle)
    for note in found.notes:
        typer.echo(note, err=True)
    if found.agrees:
        typer.echo(f"{bundle}: judged again, the answer agrees byte for byte: {found.verdict}")
        return
    typer.echo(f"{bundle}: judged again, the answer differs from the bundled {found.verdict}")
    for difference in found.differences[:50]:
        typer.echo(f"  {difference}")
    raise typer.Exit(code=int(ExitCode.INVALID_INPUT))


COMMAND = Command(name="verify", function=verify, panel="Look further")
