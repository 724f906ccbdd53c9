"""A forked command answers as one that a Python of its own starts: same words, same exit code, nothing left from before."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from forked_command import EXAMPLE, run_afresh, run_command

ASSESS = ("assess", str(EXAMPLE), "--machine", str(EXAMPLE / "machine.json"), "--on", "2026-11-23")
COMMANDS = (
    ASSESS,
    (*ASSESS, "--format", "json"),
    (*ASSESS, "--only", "no-such-rule"),
    ("assess", "nowhere"),
    ("report", "nowhere.json"),
    ("validate", str(EXAMPLE)),
    ("explain", "C04-decode-ceiling"),
    ("rules", "list"),
    ("schema", "pilot"),
    ("import", str(EXAMPLE / "pilot.yaml")),
    ("sources", "plan", str(EXAMPLE)),
    ("fleet", "show", "nowhere"),
    ("no-such-command",),
    ("--version",),
    (),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_it_says_what_a_process_of_its_own_says(words: tuple[str, ...], tmp_path: Path) -> None:
    plain = {**os.environ, "NO_COLOR": "1"}
    afresh = run_afresh(words, cwd=tmp_path, env=plain)
    forked = run_command(words, cwd=tmp_path, env=plain)
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        afresh.returncode,
        afresh.stdout,
        afresh.stderr,
    )


def test_folder_and_environment_are_those_of_the_call_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    first = run_command(
        ["init", ".", "--defaults"], cwd=tmp_path / "a", env={**os.environ, "POC_GATE_NODE": "x"}
    )
    assert first.returncode == 0, first.stderr
    assert (tmp_path / "a" / "pilot.yaml").is_file()
    second = run_command(["init", ".", "--defaults"], cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert (tmp_path / "pilot.yaml").is_file()


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_command(["probe", "--effort", "thorough"], cwd=tmp_path, timeout=0.3)
    assert run_command(["--version"], cwd=tmp_path).returncode == 0
