"""The judge of published stories: outcomes by what the expected rules say, and rules that took over from others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from stories import SUCCESSORS, Judged, Story, read_result, successors

ROOT = Path(__file__).resolve().parents[2]

BEFORE = Judged("INSUFFICIENT EVIDENCE", {"F04": {"unknown"}}, (("E01",), ("F04", "F05")))


def told(word: str, **states: str) -> Judged:
    return Judged(word, {rule: {state} for rule, state in states.items()}, ())


@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (told("NO-GO", F04="fail"), "stopped"),
        (told("CONDITIONAL", F04="fail"), "named"),
        (told("NO-GO", F04="unknown", A01="fail"), "asked"),
        (told("NO-GO", F04="pass", A01="fail"), "missed"),
    ],
)
def test_a_failure_is_stopped_only_by_a_rule_that_should_speak(after: Judged, outcome: str) -> None:
    assert Story("s", success=False, expected={"F04"}, before=BEFORE, told=after).outcome == outcome


def test_the_right_question_must_be_among_the_first() -> None:
    def story(*questions: tuple[str, ...], state: str = "unknown") -> Story:
        before = Judged("INSUFFICIENT EVIDENCE", {"F04": {state}}, questions)
        return Story("s", success=False, expected={"F04"}, before=before, told=before)

    other = ("E01",)
    assert story(other, ("F04",)).early()
    assert story(*[other] * 4, ("F04",)).early()
    assert not story(*[other] * 5, ("F04",)).early()
    assert story(*[other] * 9, state="fail").early(), "what fails already needs no question"


def test_results_are_read_by_their_questions_and_old_ones_by_their_way_out() -> None:
    result = {
        "verdict": {"word": "NO-GO"},
        "findings": [{"rule": "F04", "state": "fail"}, {"rule": "F04", "state": "pass"}],
        "way_out": [{"rules": ["F04"]}],
    }
    assert read_result(result) == Judged("NO-GO", {"F04": {"fail", "pass"}}, (("F04",),))
    assert read_result({**result, "questions": [{"rules": ["E01"]}]}).questions == (("E01",),)


def test_every_successor_is_a_shipped_rule() -> None:
    shipped = {file.stem for file in (ROOT / "rules").glob("*/*.yaml")}
    named = set(SUCCESSORS) | {rule for rules in SUCCESSORS.values() for rule in rules}
    assert named <= shipped
    assert successors()["K02-citations-verified"] >= {"K13-answers-match-authority"}


def test_a_folder_of_stories_gets_its_table(tmp_path: Path) -> None:
    story = tmp_path / "01-retired"
    (story / "asked").mkdir(parents=True)
    expected = {"story": "01-retired", "kind": "fail", "rules_that_should_speak": ["G01-version-pinned"]}
    (story / "expected.yaml").write_text(yaml.safe_dump(expected))
    model = {"hosting": "hosted", "kind": "llm", "name": "some-model"}
    for folder, retires in ((story, None), (story / "asked", "2026-10-01")):
        known = {**model, **({"retires_on": retires} if retires else {})}
        pilot = {"name": "app", "stage": "production", "uses": ["llm"]}
        text = yaml.safe_dump({"apiVersion": "poc-gate/v1", "pilot": pilot, "model": known})
        (folder / "pilot.yaml").write_text(text)
    run = [sys.executable, "benchmarks/stories.py", str(tmp_path)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "01-retired               stopped" in done.stdout
    assert "FAIL: G12" in done.stdout
    assert "1 failures told: 1 stopped, 0 named, 0 asked, 0 missed" in done.stdout


def test_a_folder_without_stories_is_no_success(tmp_path: Path) -> None:
    run = [sys.executable, "benchmarks/stories.py", str(tmp_path)]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, check=False).returncode == 2
