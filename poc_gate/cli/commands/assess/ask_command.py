"""`poc-gate ask`: the questions that matter most, one at a time; goes on where the manifest stands."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from poc_gate.cli.interface import Command


def ask(
    folder: Annotated[Path, typer.Argument(help="Folder with pilot.yaml, or the file itself.")] = Path(),
) -> None:
    """Ask the questions that matter most, and show what each answer changes.

    Creates pilot.yaml with what the files of the folder say if there is none, and otherwise continues it;
    comments stay. What a file suggests is shown with the question: ok takes it. Enter skips a question, ? explains it, < goes back, Ctrl-C keeps what was answered. Answers may also come from a pipe.

    For example:

        poc-gate ask

        poc-gate ask pilots/claims-copilot
    """
    from poc_gate.app.explore.dialogue import Dialogue
    from poc_gate.cli.dialogue import hold
    from poc_gate.cli.look_first import look_first

    now = dt.datetime.now(tz=dt.UTC)
    known = look_first(folder)
    dialogue = Dialogue(
        folder, today=now.date().isoformat(), now=now.isoformat(timespec="seconds"), known=known
    )
    hold(dialogue)
    if dialogue.changed:
        sys.stderr.write(f"{dialogue.target} is saved.\n")
    sys.stderr.write(
        f"    -> judge it with `poc-gate assess {dialogue.target.parent}`, go on with `poc-gate ask`\n"
    )


COMMAND = Command(name="ask", function=ask, panel="Start here")
