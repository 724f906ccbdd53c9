"""`poc-gate verify`: judge a bundle again and say whether the answer is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def verify(
    bundle: Annotated[Path, typer.Argument(help="Bundle that `assess --bundle FILE` wrote.")],
    *,
    key: Annotated[
        str, typer.Option(help="Who must have signed it: a file of allowed signers, or one public key.")
    ] = "",
    signer: Annotated[str, typer.Option(help="Which of the allowed signers; default: any of them.")] = "",
    signature: Annotated[str, typer.Option(help="File of the signature; default: BUNDLE.sig.")] = "",
) -> None:
    """Judge a bundle again and check that the answer is the same byte for byte.

    Nothing is probed and no other file is read. Exits 0 if it is the same and 3 if it is not. Whoever can write a
    bundle can write another that agrees as well: --key asks for a signature too, which ssh-keygen checks.

    For example:

        poc-gate verify claims-copilot.zip

        poc-gate verify claims-copilot.zip --key allowed_signers --signer release@example.org
    """
    from poc_gate.app.bundle.bundle import Signed, verify_bundle
    from poc_gate.errors import ExitCode, UsageError

    if (signer or signature) and not key:
        raise UsageError(
            "a signature is only looked at with --key",
            next_step="name an allowed signers file or a public key",
        )
    wanted = Signed(Path(key), signer, Path(signature) if signature else None) if key else None
    found = verify_bundle(bundle, wanted)
    if found.signer:
        typer.echo(f"{bundle}: signed by {found.signer}")
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
