"""`poc-gate ask` at a terminal of 80 columns: every prompt fits, every answer says what it moved, nothing is lost."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import struct
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from poc_gate.app.explore.dialogue import SITTING, Dialogue
from poc_gate.cli.app import run
from poc_gate.cli.dialogue import hold
from poc_gate.errors import ExitCode
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

ANSWERS = {
    "pilot.uses": "llm, retrieval",
    "pilot.stage": "pilot",
    "pilot.use_case_class": "interactive",
    "model.hosting": "self",
    "model.name": "Qwen/Qwen3-8B",
    "target.device": "l4-24gb",
    "demand.requests_per_day": "500 a day",
    "sources[]": "wiki, crm",
    "demand.in_tokens_p50": "1,200",
    "demand.in_tokens_p95": "3,000",
    "demand.out_tokens_p50": "250",
    "demand.out_tokens_p95": "600",
    "demand.peak_hour_share": "12 %",
    "demand.burst_factor": "2.5",
    "model.time_per_call": "18 s",
}


def dialogue(folder: Path) -> Dialogue:
    return Dialogue(folder, today="2026-11-28", now="2026-11-28T00:00:00Z")


def facts_of(folder: Path) -> dict[str, object]:
    reading = read_manifest((folder / "pilot.yaml").read_bytes(), "pilot.yaml")
    return {claim.fact: claim.value for claim in reading.claims} | {"sources": reading.items.get("sources")}


def test_twelve_answers_make_a_useful_manifest_and_each_says_what_it_moved(tmp_path: Path) -> None:
    talk = dialogue(tmp_path / "helper")
    moved, asked = [], []
    while (question := talk.next_question()) is not None:
        number, about = talk.progress()
        assert number == len(asked) + 1
        assert number <= about <= SITTING
        asked.append(question.fact)
        if question.fact in ANSWERS:
            assert talk.answer(ANSWERS[question.fact]) == ""
            moved.append(talk.moved())
        else:
            talk.skip()
    assert len(asked) == SITTING
    assert sum(bool(one) for one in moved) >= 6
    assert any("limit" in one and "->" in one for one in moved)
    talk.save()
    facts = facts_of(tmp_path / "helper")
    assert facts["model.name"] == "Qwen/Qwen3-8B"
    assert facts["sources"] == ("wiki", "crm")
    assert "# " in (tmp_path / "helper" / "pilot.yaml").read_text()
    wall = next(one for one in talk.look.answers if one.topic == "wall")
    assert wall.low is not None
    assert wall.high is not None
    assert wall.high / wall.low < 10


def test_it_goes_on_where_it_stopped_and_keeps_comments(tmp_path: Path) -> None:
    first = dialogue(tmp_path)
    question = first.next_question()
    assert question is not None
    assert first.answer("llm") == ""
    first.save()
    file = tmp_path / "pilot.yaml"
    file.write_text(f"{file.read_text()}# ours\n")
    second = dialogue(tmp_path)
    again = second.next_question()
    assert again is not None
    assert again.fact != question.fact
    assert second.answer("pilot") == ""
    second.save()
    assert file.read_text().rstrip().endswith("# ours")


def test_back_takes_an_answer_back(tmp_path: Path) -> None:
    talk = dialogue(tmp_path)
    first = talk.next_question()
    assert not talk.back()
    assert talk.answer("llm") == ""
    talk.moved()
    assert talk.next_question() != first
    assert talk.back()
    assert talk.next_question() == first
    assert "uses: [" not in talk.text.replace("# uses: [", "")


class _Interrupting(io.StringIO):
    """Answers, and then Ctrl-C in place of the next line."""

    def readline(self, *_: object) -> str:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[str], str]]:
    """Return, before the first answer and after each one, what was typed and what the manifest then says."""
    plan = dialogue(tmp_path_factory.mktemp("sitting") / "plan")
    typed: list[str] = []
    kept = [(typed.copy(), plan.text)]
    while len(typed) < SITTING and (question := plan.next_question()) is not None:
        typed.append(ANSWERS.get(question.fact, ""))
        if typed[-1]:
            assert plan.answer(typed[-1]) == ""
            plan.moved()
        else:
            plan.skip()
        kept.append((typed.copy(), plan.text))
    assert any(typed)
    return kept


@pytest.mark.parametrize("after", range(SITTING + 1))
def test_ctrl_c_at_any_prompt_loses_nothing(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sitting: list[tuple[list[str], str]]
) -> None:
    typed, text = sitting[min(after, len(sitting) - 1)]
    monkeypatch.setattr("sys.stdin", _Interrupting("".join(f"{line}\n" for line in typed)))
    with pytest.raises(KeyboardInterrupt):
        hold(dialogue(tmp_path / "kept"))
    kept = (tmp_path / "kept" / "pilot.yaml").read_text()
    assert kept.replace("name: kept", "name: plan") == text


def test_a_first_time_user_at_80_columns(tmp_path: Path) -> None:
    """The real program on a real terminal: prompts fit, choices have numbers, help and back work, it is saved."""
    process, master = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "poc_gate", "ask", "helper"])
    ioctl(master, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = _until_prompt(master)
    for typed in ("?", "1, 2", "pilot", "<", "1", "1", "Qwen/Qwen3-8B", "l4-24gb", "500 a day", "wiki"):
        os.write(master, f"{typed}\n".encode())
        shown += _until_prompt(master)
    os.write(master, b"\x03")
    shown += _rest(master)
    os.waitpid(process, 0)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "")
    assert max(len(row) for row in text.split("\n")) <= 80
    assert "(1 of about 12) Which techniques does it use?" in text
    assert "Whole groups of rules apply or fall away with this answer." in text.replace("\n", " ").replace(
        "    ", ""
    )
    assert "limit" in text
    assert "Traceback" not in text
    facts = facts_of(tmp_path / "helper")
    assert facts["model.name"] == "Qwen/Qwen3-8B"
    assert facts["sources"] == ("wiki",)


def _until_prompt(master: int) -> str:
    return _read(master, lambda text: text.endswith("> "))


def _rest(master: int) -> str:
    return _read(master, lambda _text: False)


def _read(master: int, done: object) -> str:
    assert callable(done)
    text, end = "", time.monotonic() + 60
    while time.monotonic() < end and not done(text):
        if not select.select([master], [], [], 1)[0]:
            continue
        try:
            more = os.read(master, 4096)
        except OSError:
            break
        if not more:
            break
        text += more.decode(errors="replace")
    return text


def test_ask_begins_with_what_the_first_look_asks(tmp_path: Path) -> None:
    """One order of questions, whichever command shows them."""
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\n"
        "pilot: {name: a, stage: production, uses: [llm, retrieval]}\n"
        "sources: [{id: handbook}]\n"
        "model: {name: Qwen/Qwen3-8B, hosting: self}\n"
        "demand: {requests_per_day: 500}\n"
        "target: {device: L4}\n"
    )
    talk = dialogue(tmp_path)
    shown = [question.fact for question in talk.look.questions]
    asked = []
    while len(asked) < len(shown) and (question := talk.next_question()) is not None:
        asked.append(question.fact)
        talk.skip()
    assert asked == shown


def test_a_wrong_choice_is_answered_without_the_name_of_a_key(tmp_path: Path) -> None:
    talk = dialogue(tmp_path)
    talk.next_question()
    assert talk.answer("800") == (
        "'800' is not one of the choices\n-> one of llm, retrieval, agent, classic-ml, batch, training"
    )


@pytest.mark.parametrize("typed", ["none", "None", "-"])
def test_a_pilot_without_sources_says_so_in_a_new_manifest(tmp_path: Path, typed: str) -> None:
    talk = dialogue(tmp_path)
    talk.ask_again("sources[]")
    assert talk.answer(typed) == ""
    assert "sources: []   " in talk.text
    talk.ask_again("sources[]")
    assert talk.answer("wiki, crm") == ""
    talk.save()
    assert facts_of(tmp_path)["sources"] == ("wiki", "crm")


def _piped(command: str, folder: Path, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert run([command, str(folder)]) == ExitCode.GO


@pytest.mark.parametrize("command", ["ask", "init"])
def test_an_empty_input_is_asked_nothing(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _piped(command, tmp_path, "", monkeypatch)
    said = capsys.readouterr().err
    assert "The input is empty, so nothing is asked." in said
    assert "> " not in said.replace("-> ", "")
    assert "Enter skips" not in said


@pytest.mark.parametrize("typed", ["llm", "llm\n", "llm\n\n?\n"])
def test_answers_of_a_pipe_are_shown_and_what_follows_begins_a_line(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _piped("ask", tmp_path, typed, monkeypatch)
    lines = capsys.readouterr().err.splitlines()
    assert "> llm" in lines
    assert lines[-2] == f"{tmp_path / 'pilot.yaml'} is saved."
    assert {line for line in lines if line.startswith("> ")} <= {"> llm", "> ", "> ?"}
