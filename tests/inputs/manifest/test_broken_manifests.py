"""Every broken manifest is refused with its expected words, each fault in its place, and exit code 3."""

from pathlib import Path

import pytest

from poc_gate.cli.app import run
from poc_gate.errors import ExitCode, InvalidInputError
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(BROKEN.glob("*.yaml"))


def test_there_are_cases_and_no_orphans():
    assert len(CASES) >= 30
    assert {case.stem for case in CASES} == {expected.stem for expected in BROKEN.glob("*.txt")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_is_refused_with_place_and_fix(case):
    with pytest.raises(InvalidInputError) as caught:
        read_manifest(case.read_bytes(), case.name)
    assert f"{caught.value}\n" == case.with_suffix(".txt").read_text(encoding="utf-8")
    assert all(fault.next_step for fault in caught.value.faults)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_command_line_says_the_same_with_exit_code_3(case, capsys, monkeypatch):
    monkeypatch.chdir(BROKEN)
    assert run(["validate", case.name]) == ExitCode.INVALID_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    told = case.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert said.err.splitlines() == [line if line.startswith(" ") else f"poc-gate: {line}" for line in told]
    assert "Traceback" not in said.err
