"""`poc-gate completion`: print the script that completes commands and options in a shell."""

from __future__ import annotations

from typing import Annotated

import typer

from poc_gate.cli.interface import Command

_SHELLS = ("bash", "zsh", "fish", "powershell")


def completion(
    shell: Annotated[str, typer.Argument(help="bash, zsh, fish or powershell.")] = "bash",
) -> None:
    """Print the completion script of a shell; nothing is installed.

    For example, in the shell's start-up file:

        eval "$(poc-gate completion bash)"
    """
    from typer._completion_shared import get_completion_script

    from poc_gate.errors import UsageError, one_of

    if shell not in _SHELLS:
        raise UsageError(f"no completion for {shell!r}", next_step=one_of(shell, _SHELLS))
    typer.echo(get_completion_script(prog_name="poc-gate", complete_var="_POC_GATE_COMPLETE", shell=shell))


COMMAND = Command(name="completion", function=completion, panel="Other")
