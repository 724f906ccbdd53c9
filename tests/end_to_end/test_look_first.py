"""`init` and `ask` read the pilot's folder before they ask: what a file says is not typed, what it suggests is offered."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from poc_gate.app.authoring.init_from import look_through
from poc_gate.app.explore.dialogue import Dialogue
from poc_gate.cli.app import run
from poc_gate.errors import ExitCode
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

CODE = (
    "import psycopg\nfrom openai import OpenAI\n\ndatabase = psycopg.connect('host=db.internal')\n\n\n"
    "def answer(question):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[question])\n"
)
COMPOSE = "services:\n  app:\n    build: .\n    depends_on: [cache]\n  cache:\n    image: redis:7\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pilot = tmp_path / "desk"
    pilot.mkdir()
    (pilot / "app.py").write_text(CODE)
    (pilot / "compose.yaml").write_text(COMPOSE)
    return pilot


def facts_of(folder: Path) -> dict[str, object]:
    reading = read_manifest((folder / "pilot.yaml").read_bytes(), "pilot.yaml")
    return {claim.fact: claim.value for claim in reading.claims} | {"sources": reading.items.get("sources")}


def dialogue(folder: Path) -> Dialogue:
    known = look_through(folder, folder).known
    return Dialogue(folder, today="2026-11-29", now="2026-11-29T00:00:00Z", known=known)


@pytest.mark.parametrize("command", [["init", "--defaults"], ["ask"]])
def test_what_the_files_say_is_kept_and_not_asked(
    folder: Path, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("limited\n"))
    assert run([command[0], str(folder), *command[1:]]) == ExitCode.GO
    said = capsys.readouterr().err
    assert "things already, which you need not type" in said
    assert "Which techniques" not in said
    facts = facts_of(folder)
    assert facts["pilot.uses"] == ("llm",)
    assert facts["model.name"] == "gpt-4o-2024-08-06"
    assert facts["model.hosting"] == "hosted"
    assert "postgresql" in str(facts["sources"])


def test_blank_reads_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(folder), "--blank", "--defaults"]) == ExitCode.GO
    assert "already" not in capsys.readouterr().err
    assert set(facts_of(folder)) == {"pilot.name", "sources"}


def test_a_manifest_that_is_there_is_neither_read_over_nor_completed_unasked(folder: Path) -> None:
    (folder / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot: {name: desk}\n")
    before = (folder / "pilot.yaml").read_bytes()
    assert run(["init", str(folder), "--defaults"]) == ExitCode.USAGE
    assert (folder / "pilot.yaml").read_bytes() == before


def test_ok_takes_what_a_file_suggests_also_where_a_manifest_goes_on(folder: Path) -> None:
    (folder / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot: {name: desk, stage: pilot}\n")
    talk = dialogue(folder)
    offered = {}
    while (question := talk.next_question()) is not None:
        seen = talk.seen()
        if seen is None:
            talk.skip()
            continue
        offered[question.fact] = seen
        assert talk.answer("ok") == ""
        talk.moved()
    assert offered["model.name"].text == "gpt-4o-2024-08-06"
    assert offered["model.name"].place.startswith("app.py:8:")
    assert offered["pilot.uses"].text == "llm"
    talk.save()
    facts = facts_of(folder)
    assert facts["model.name"] == "gpt-4o-2024-08-06"
    assert facts["pilot.uses"] == ("llm",)
    assert facts["pilot.stage"] == "pilot"


def test_ok_is_no_answer_where_nothing_is_suggested(folder: Path) -> None:
    talk = dialogue(folder)
    talk.ask_again("people.service_owner")
    assert talk.seen() is None
    assert talk.answer("OK").startswith("no file suggests an answer here\n-> ")
    assert talk.review() == ()


def test_hostile_names_in_files_are_shown_inert(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pilot = tmp_path / "desk"
    pilot.mkdir()
    (pilot / "app.py").write_text(CODE.replace("gpt-4o-2024-08-06", "gpt-4o\\x1b[2J\\u202e"))
    (pilot / "app\x1b[31m.py").write_text(CODE)
    assert run(["init", str(pilot), "--defaults"]) == ExitCode.GO
    assert "\x1b[2J" not in capsys.readouterr().err


def test_several_services_are_said_and_one_can_be_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, model in (("desk", "gpt-4o-2024-08-06"), ("mail", "gpt-4.1-2025-04-14")):
        part = tmp_path / "house" / "services" / name
        part.mkdir(parents=True)
        (part / "app.py").write_text(CODE.replace("gpt-4o-2024-08-06", model))
        (part / "requirements.txt").write_text("openai==1.50.0\npsycopg==3.2.1\n")
        (part / "Dockerfile").write_text("FROM python:3.12\nCOPY . .\nCMD python app.py\n")
    house = tmp_path / "house"
    assert run(["init", str(house), "--defaults"]) == ExitCode.GO
    assert "`poc-gate init --service NAME` reads one of them alone" in capsys.readouterr().err
    assert run(["init", str(house), "--defaults", "--force", "--service", "mail"]) == ExitCode.GO
    assert "--service NAME" not in capsys.readouterr().err
    assert facts_of(house)["model.name"] == "gpt-4.1-2025-04-14"
