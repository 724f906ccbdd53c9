"""Command lines as people mistype them: each says what is wrong and what was meant, within eighty columns or so."""

from __future__ import annotations

import json
import os
import zipfile
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
        (
            ("assess", EXAMPLE, "-o", "page.html"),
            "'-o'",
            "`--format html=page.html`; `poc-gate assess --help`",
        ),
        (("assess", EXAMPLE, "-z"), "'-z'\n    -> `poc-gate assess --help`", "lists them"),
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
        (("pilot.yaml",), "unknown command 'pilot.yaml'", "did you mean poc-gate assess pilot.yaml?"),
        (("assess", "sent.zip"), "this is a zip archive", "unpack it and give the file inside"),
        (("import", "sent.zip"), "this is a zip archive", "unpack it and give the file inside"),
        (("assess", "pilot.yaml"), "expected the keys of a manifest", "write its keys below it"),
        (("import", "pilot.yaml"), "not recognised", "give its kind with --kind"),
        (("traces", "pilot.yaml"), "contains no traces", "export it as OTLP"),
        (("wall", "gone"), "gone does not exist", "give a folder that contains a pilot.yaml"),
        (("inspect", "gone"), "gone is not a folder", "give the repository's folder"),
        (("wall", "bare"), "there is no pilot.yaml in bare", "poc-gate init bare"),
        (("history", "show", "bare"), "bare has no runs yet", "--history bare"),
        (("assess", EXAMPLE, "--machine", "gone.json"), "neither a profile file nor", "poc-gate probe list"),
        (("inspect", ".", "--format", "text"), "unknown format 'text'", "write terminal or json"),
        (("wall", EXAMPLE, "--format", "jsn=x"), "unknown format 'jsn'", "did you mean json?"),
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
    (tmp_path / "bare").mkdir()
    (tmp_path / "pilot.yaml").write_text("hello\n")
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as sent:
        sent.writestr("pilot.yaml", "hello\n")
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


@pytest.mark.parametrize(
    "words",
    [
        ("inspect", EXAMPLE),
        ("import", f"{EXAMPLE}/contracts/policy-db.odcs.yaml"),
        ("wall", EXAMPLE, "--machine", "l4-24gb"),
        ("machines", EXAMPLE),
    ],
    ids=lambda words: words[0],
)
def test_every_command_for_people_and_programs_takes_the_same_format(
    gate: Gate, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = gate(*words, "--format", "json=out.json")
    assert done.code == 0, done.err
    assert not done.out.startswith("{")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert json.loads(gate(*words, "-f", "json").out) == written


def test_an_example_of_the_help_stays_on_one_line(gate: Gate) -> None:
    shown = gate("assess", "--help").out
    assert (
        "      poc-gate assess . --base-ref origin/main --ratchet --accept conditional --format github\n"
        in shown
    )
