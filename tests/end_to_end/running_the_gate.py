"""Runs the command line as a user does: a process of its own, its exit code, stdout and stderr apart."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from forked_command import run_afresh, run_command

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TODAY = "2026-11-23"
"""Day of the examples' records; handed in, so that the verdicts stay."""


@dataclass(frozen=True)
class Done:
    """What one run came to."""

    code: int
    out: str
    err: str


class Gate:
    """The program, run in a folder."""

    def __init__(self, folder: Path, *, afresh: bool = False) -> None:
        """Run in `folder` from now on; `afresh`: each time by a Python that has loaded nothing yet."""
        self.folder, self.afresh = folder, afresh

    def __call__(self, *arguments: str, environment: dict[str, str] | None = None) -> Done:
        """Run `poc-gate ARGUMENTS`; a traceback fails the test whatever the code."""
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **(environment or {})}
        run = run_afresh if self.afresh else run_command
        done = run(list(map(str, arguments)), cwd=self.folder, env=surroundings)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)


def assess_arguments(example: str) -> list[str]:
    """Return the arguments that give an example its verdict on every machine."""
    folder = EXAMPLES / example
    return ["assess", str(folder), "--machine", machine_of(example), "--on", TODAY]


def machine_of(example: str) -> str:
    """Return the profile that an example is judged against: a recorded one, or a datasheet's name."""
    named = EXAMPLES / example / "machine.txt"
    return named.read_text().strip() if named.is_file() else str(EXAMPLES / example / "machine.json")
