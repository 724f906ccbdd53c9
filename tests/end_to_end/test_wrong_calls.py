"""Command lines as people mistype them: each says what is wrong and what was meant, within eighty columns or so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from running_the_gate import Gate

EXAMPLE = str(Path(__file__).resolve().parents[2] / "examples/claims-copilot")


@pytest.mark.parametrize(
    ("words", "wrong", "meant"),
    [
        (("asses", EXAMPLE), "asses", "did you mean assess?"),
        (("rules", "lst"), "lst", "did you mean list?"),
        (("portfolio", "."), "unknown command '.'", "`poc-gate portfolio --help`"),
        (("explain", "C1-memory", EXAMPLE), "C1-memory", "did you mean C01-memory-fit?"),
        (("assess", EXAMPLE, "--machine", "l5-24gb"), "l5-24gb", "did you mean l4-24gb?"),
        (("assess", EXAMPLE, "--mashine", "l4-24gb"), "--mashine", "did you mean --machine?"),
        (("assess", EXAMPLE, "--stage", "prod"), "prod", "did you mean production?"),
        (("assess", EXAMPLE, "--format", "htm"), "htm", "did you mean html?"),
        (("assess", EXAMPLE, "--fail-on", "hihg"), "hihg", "did you mean high?"),
        (
            ("rules", "new", "X01-own", "pack", "--dimension", "securty"),
            "securty",
            "did you mean security-privacy?",
        ),
        (("probe", "--only", "memry"), "memry", "did you mean memory?"),
        (("probe", "--effort", "quik"), "quik", "did you mean quick?"),
        (("schema", "pilt"), "pilt", "did you mean pilot?"),
        (("completion", "bsh"), "bsh", "did you mean bash?"),
        (("what-if", EXAMPLE, "demnd.requests_per_day=3"), "demnd", "did you mean demand.requests_per_day?"),
        (("assess", EXAMPLE, "--on", "23.11.2026"), "23.11.2026", "write YYYY-MM-DD"),
        (("assess", "pilt.yaml"), "pilt.yaml", "give a folder"),
        (("report", "empty.json"), "the file is empty", "poc-gate assess"),
    ],
)
def test_a_wrong_word_is_named_with_what_was_meant(
    gate: Gate,
    tmp_path: Path,
    words: tuple[str, ...],
    wrong: str,
    meant: str,
) -> None:
    (tmp_path / "empty.json").touch()
    done = gate(*words)
    assert done.code in (2, 3)
    assert wrong in done.err
    assert meant in done.err.replace("mean '", "mean ").replace("'?", "?")
    assert done.err.count("\n    -> ") == 1


def test_a_file_that_may_not_be_read_is_named(gate: Gate, tmp_path: Path) -> None:
    locked = tmp_path / "pilot.yaml"
    locked.mkdir() if os.geteuid() == 0 else (locked.touch(), locked.chmod(0))
    done = gate("validate", str(locked))
    assert done.code in (2, 3)
    assert "pilot.yaml" in done.err
    assert "    -> " in done.err


@pytest.mark.parametrize("day", ["tomorrow", "20261123", "2026-W48-1", "2026-11-23T10:00"])
@pytest.mark.parametrize(
    "words",
    [
        ("assess", EXAMPLE),
        ("wall", EXAMPLE),
        ("path", EXAMPLE),
        ("explain", "C04", EXAMPLE),
        ("what-if", EXAMPLE, "target.replicas=4"),
        ("portfolio", "run", EXAMPLE, "--output", "out"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_takes_a_day_in_one_spelling(gate: Gate, words: tuple[str, ...], day: str) -> None:
    done = gate(*words, "--on", day)
    assert done.code == 2
    assert done.err == f"poc-gate: --on {day!r} is not a valid date\n    -> write YYYY-MM-DD\n"
