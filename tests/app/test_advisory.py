"""A gate that only reports until a day: the word stays, the exit code is 0, and the change that adds the day is seen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from poc_gate.app.gate.advisory import LONGEST
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode

TEN = """\
apiVersion: poc-gate/v1
pilot: {name: ten, stage: production, uses: [llm]}
model: {name: gpt-4o, hosting: hosted}
sources: []
demand: {requests_per_day: 500 req/d}
"""
ON = ("--on", "2026-11-28", "--machine", "l4-24gb")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pilot.yaml").write_text(TEN)
    return tmp_path


def test_the_word_stays_and_nobody_is_stopped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bound = run(["assess", str(folder), *ON])
    assert bound in (ExitCode.NO_GO, ExitCode.INSUFFICIENT)
    word = capsys.readouterr().out
    out = folder / "out.json"
    code = run(
        [
            "assess",
            str(folder),
            *ON,
            "--advisory-until",
            "2026-12-24",
            "--format",
            f"json={out}",
            "--format",
            "terminal",
        ]
    )
    assert code == ExitCode.GO
    said = capsys.readouterr()
    shown = "NO-GO" if bound == ExitCode.NO_GO else "INSUFFICIENT EVIDENCE"
    assert f"would be {shown}; binding from 2026-12-24" in said.err
    assert shown in said.out
    assert shown in word
    result = json.loads(out.read_text())
    assert result["verdict"]["word"] == shown
    assert any("only reports until 2026-12-24" in notice["message"] for notice in result["notices"])


def test_it_binds_on_the_day_itself(folder: Path) -> None:
    assert run(["assess", str(folder), *ON, "-q", "--advisory-until", "2026-11-28"]) != ExitCode.GO


def test_the_manifest_may_say_it_and_the_earlier_day_counts(folder: Path) -> None:
    (folder / "pilot.yaml").write_text(f"{TEN}gate: {{advisory_until: 2026-12-01}}\n")
    assert run(["assess", str(folder), *ON, "-q"]) == ExitCode.GO
    late = ("--on", "2026-12-02", "--machine", "l4-24gb")
    assert run(["assess", str(folder), *late, "-q", "--advisory-until", "2026-12-24"]) != ExitCode.GO


def test_no_day_shields_for_ever(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", str(folder), *ON, "-q", "--advisory-until", "2999-01-01"]) == ExitCode.GO
    assert LONGEST == 180
    assert "binding from 2027-05-27" in capsys.readouterr().err


def test_what_is_no_day_is_refused(folder: Path) -> None:
    assert run(["assess", str(folder), *ON, "--advisory-until", "soon"]) == ExitCode.USAGE


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, capture_output=True)


def committed(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")


def test_a_change_that_adds_or_moves_the_day_is_not_shielded_by_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(folder)
    (folder / "pilot.yaml").write_text(f"{TEN}gate: {{advisory_until: 2026-12-24}}\n")
    assert run(["assess", str(folder), *ON, "-q", "--base-ref", "main"]) != ExitCode.GO
    assert "X02-gate-not-weakened" in capsys.readouterr().err
    git(folder, "commit", "-qam", "second")
    assert run(["assess", str(folder), *ON, "-q", "--base-ref", "main", "--ratchet"]) == ExitCode.GO
    (folder / "pilot.yaml").write_text(f"{TEN}gate: {{advisory_until: 2027-01-24}}\n")
    assert run(["assess", str(folder), *ON, "-q", "--base-ref", "main"]) != ExitCode.GO
    (folder / "pilot.yaml").write_text(f"{TEN}gate: {{advisory_until: 2026-12-10}}\n")
    assert run(["assess", str(folder), *ON, "-q", "--base-ref", "main", "--ratchet"]) == ExitCode.GO


def test_with_the_ratchet_what_is_new_or_worse_counts_from_the_first_day(folder: Path) -> None:
    text = f"{TEN}gate: {{advisory_until: 2026-12-24}}\nsecurity: {{output_validated: true}}\n"
    (folder / "pilot.yaml").write_text(text)
    committed(folder)
    (folder / "pilot.yaml").write_text(text.replace("output_validated: true", "rate_limit: true"))
    arguments = ["assess", str(folder), *ON, "-q", "--base-ref", "main"]
    assert run([*arguments, "--ratchet"]) == ExitCode.REGRESSION
    assert run(arguments) == ExitCode.GO
