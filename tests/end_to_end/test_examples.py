"""Each example gives its verdict and exit code on every machine, and the same bytes twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running_the_gate import EXAMPLES, Gate, assess_arguments

VERDICTS = {
    "claims-copilot": ("NO-GO", 12),
    "fraud-scoring": ("INSUFFICIENT EVIDENCE", 11),
    "support-assistant": ("GO", 0),
}


def test_every_example_is_held_here():
    assert {path.parent.name for path in EXAMPLES.glob("*/pilot.yaml")} == set(VERDICTS)


@pytest.mark.parametrize(("example", "expected"), VERDICTS.items())
def test_an_example_gives_its_verdict_and_exit_code(gate: Gate, example: str, expected: tuple[str, int]):
    word, code = expected
    done = gate(*assess_arguments(example))
    assert (done.code, word in done.out) == (code, True), done.out + done.err


@pytest.mark.parametrize("example", VERDICTS)
def test_the_same_inputs_give_the_same_bytes(gate: Gate, example: str, tmp_path: Path):
    for name in ("one.json", "two.json"):
        gate(*assess_arguments(example), "--format", f"json={tmp_path / name}")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_report_renders_a_result_again_without_the_pilot(gate: Gate, tmp_path: Path):
    first = gate(*assess_arguments("claims-copilot"), "--format", "terminal", "--format", "json=out.json")
    again = gate("report", "out.json")
    assert again.code == 0
    assert again.out == first.out
    html = gate("report", "out.json", "--format", "html=report.html")
    assert html.code == 0, html.err
    assert "<html" in (tmp_path / "report.html").read_text()


def test_every_fact_of_a_result_says_where_it_comes_from(gate: Gate, tmp_path: Path):
    gate(*assess_arguments("claims-copilot"), "--format", "json=out.json")
    result = json.loads((tmp_path / "out.json").read_text())
    known = [fact for fact in result["facts"] if fact.get("value") is not None]
    assert len(known) > 200
    assert all(fact.get("provenance") for fact in known)
    assert all(
        fact.get("place") or fact.get("derived") or fact["name"] == "assessment.today" for fact in known
    )
