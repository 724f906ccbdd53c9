"""Several pilots in one `assess`: each its answer, the worst decides, and no report overwrites another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from poc_gate.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
ON = ("-m", "l4-24gb", "--on", "2026-11-28")


@pytest.fixture
def pilots(tmp_path: Path, monkeypatch) -> Path:
    for name in ("claims-copilot", "support-assistant"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_pilot_has_its_answer_and_the_worst_decides(pilots: Path, capfd):
    assert run(["assess", "support-assistant", "claims-copilot", *ON, "-f", "word"]) == 12
    assert capfd.readouterr().out == "GO\nNO-GO\n"


def test_records_of_several_go_to_a_file_each(pilots: Path, capfd):
    run(["assess", "support-assistant", "claims-copilot", *ON, "-f", "word", "-f", "record={pilot}.json"])
    found = {
        name: json.loads((pilots / f"{name}.json").read_text())
        for name in ("claims-copilot", "support-assistant")
    }
    assert {name: record["word"] for name, record in found.items()} == {
        "claims-copilot": "NO-GO",
        "support-assistant": "GO",
    }
    assert all((pilots / f"{name}.json").stat().st_size < 60_000 for name in found)


def test_an_invalid_pilot_keeps_the_others_and_is_told(pilots: Path, capfd):
    (pilots / "claims-copilot" / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot:\n  nme: x\n")
    assert run(["assess", "claims-copilot", "support-assistant", *ON, "-f", "word"]) == 3
    told = capfd.readouterr()
    assert told.out == "GO\n"
    assert "claims-copilot/pilot.yaml:3:3" in told.err


@pytest.mark.parametrize("more", [("-f", "json=out.json"), ("--bundle", "b.zip"), ("--baseline", "x.json")])
def test_what_would_be_overwritten_is_refused(pilots: Path, capfd, more):
    assert run(["assess", "claims-copilot", "support-assistant", *ON, *more]) == 2
    assert "->" in capfd.readouterr().err
    assert not (pilots / "out.json").exists()
