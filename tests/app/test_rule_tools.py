"""`poc-gate rules` and `poc-gate explain` as a user runs them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from poc_gate.cli.app import run


def test_the_shipped_examples_come_out_as_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["rules", "test", "rag", "--junit", str(tmp_path / "out.xml")]) == 0
    assert "passed (5 rules)" in capsys.readouterr().out
    suite = ET.parse(tmp_path / "out.xml").getroot()
    names = [case.get("name") for case in suite]
    assert len(names) == len(set(names)) == int(suite.get("tests", "0")) > 10
    assert suite.get("failures") == "0"


def test_a_new_rule_loads_and_a_wrong_example_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    assert run(["rules", "new", "X01-short", str(folder), "--per-source"]) == 0
    assert run(["rules", "test", str(folder)]) == 0
    rule = folder / "X01-short.yaml"
    rule.write_text(rule.read_text().replace("slowest: 600 ms", "slowest: 300 ms"))
    capsys.readouterr()
    assert run(["rules", "test", str(folder), "--junit", str(tmp_path / "out.xml")]) == 12
    said = capsys.readouterr().out
    line = next(n for n, text in enumerate(rule.read_text().splitlines(), 1) if "state: fail" in text)
    assert f"X01-short.yaml:{line}:" in said
    assert "came out as pass, not fail" in said
    assert ET.parse(tmp_path / "out.xml").getroot().get("failures") == "1"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["rules", "new", "bad id", "x"], 2, "is not a valid rule id"),
        (["rules", "new", "X01-short", "x", "--dimension", "nope"], 2, "unknown dimension"),
        (["rules", "test", "nowhere"], 2, "unknown rule pack 'nowhere'"),
        (["rules", "coverage", "--framework", "nope"], 2, "no rule refers to"),
        (["explain", "C01-memory-fitt"], 2, "did you mean 'C01-memory-fit'"),
        (["explain", "QQ99"], 2, "a rule of a pack of your own needs `--pack FOLDER`"),
    ],
)
def test_what_leads_nowhere_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(arguments) == code
    assert said in capsys.readouterr().err


def test_a_new_rule_that_a_file_decides_loads_and_lint_asks_for_its_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    assert run(["rules", "new", "X01-drill", str(folder), "--evidence"]) == 0
    assert run(["rules", "test", str(folder)]) == 0
    assert "All 3 examples passed" in capsys.readouterr().out
    assert run(["rules", "lint", str(folder)]) == 0
    advice = capsys.readouterr().out
    assert "`why` still holds the words that `rules new` wrote" in advice
    assert "`fix` still holds" in advice
    assert run(["rules", "new", "X02-both", str(folder), "--evidence", "--per-source"]) == 2


def test_a_rule_is_never_overwritten(tmp_path: Path) -> None:
    assert run(["rules", "new", "X01-short", str(tmp_path / "p")]) == 0
    assert run(["rules", "new", "X01-short", str(tmp_path / "p")]) == 2


def test_rules_are_listed_by_filter(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "list", "--only-pack", "rag", "--severity", "blocker"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("C10-vector-index-fits") for line in lines)
    assert all(" rag " in line and " blocker " in line for line in lines)
    assert run(["rules", "list", "--framework", "nist-ai-rmf"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 20


def test_coverage_names_clauses_and_claims_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "coverage", "--framework", "eu-ai-act"]) == 0
    said = capsys.readouterr().out
    assert "from 2027-12-02" in said
    assert "not a claim of conformity" in said


def test_lint_tells_what_is_hard_to_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "house"
    run(["rules", "new", "X01-short", str(folder)])
    rule = folder / "X01-short.yaml"
    text = rule.read_text().replace("owner: data engineer\n", "").replace("tighter: lower, ", "")
    rule.write_text(
        text.replace("slowest: slo.p99", "slowest: flow.cold_start.time").replace(
            'levers: ["slo.p99"]', "levers: []"
        )
    )
    capsys.readouterr()
    assert run(["rules", "lint", str(folder)]) == 0
    said = capsys.readouterr().out
    for part in (
        "`owner` is missing",
        "has no `tighter`",
        "without `levers`",
        "such as model.active_parameters or model.layers",
    ):
        assert part in said


def test_pages_are_written_and_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    assert run(["rules", "docs", str(folder), "--check"]) == 12
    assert run(["rules", "docs", str(folder)]) == 0
    assert run(["rules", "docs", str(folder), "--check"]) == 0
    assert "C10-vector-index-fits" in (folder / "rag.md").read_text()
    (folder / "rag.md").write_text("changed")
    capsys.readouterr()
    assert run(["rules", "docs", str(folder), "--check"]) == 12
    assert "rag.md: differs" in capsys.readouterr().out


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "C01"]) == 0
    said = capsys.readouterr().out
    for part in (
        "C01-memory-fit",
        "need at most have * headroom",
        "headroom = 90 %",
        "flow.device_memory.required",
    ):
        assert part in said


def test_a_rule_is_explained_with_the_numbers_of_a_pilot(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    example = Path(__file__).parents[2] / "examples" / "claims-copilot"
    machine = ["--machine", "l4-24gb", "--on", "2026-11-22"]
    assert run(["explain", "C01", str(example), *machine]) == 0
    said = capsys.readouterr().out
    for part in (
        "GiB <= ",
        " * 90 %",
        "needs artifact",
        "pilot.yaml:",
    ):
        assert part in said
    assert "enough if" not in said, "values that are computed cannot be set"
    result = tmp_path / "out.json"
    run(["assess", str(example), *machine, "--format", f"json={result}"])
    capsys.readouterr()
    assert run(["explain", "C01", str(result)]) == 0
    assert capsys.readouterr().out == said, "a result tells the same without judging again"


def test_an_explanation_names_the_values_that_turn_the_finding(capsys: pytest.CaptureFixture[str]) -> None:
    example = Path(__file__).parents[2] / "examples" / "claims-copilot"
    assert run(["explain", "C04", str(example), "--machine", "l4-24gb", "--on", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "enough if slo.tokens_per_s_stream = 9.56 tok/s (now 10 tok/s)" in said


def test_a_rule_says_what_a_file_must_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "D02"]) == 0
    said = capsys.readouterr().out
    flat = " ".join(said.split())
    assert "file counts when it is yaml or json, holds freshness.source, freshness.worst_age_s" in flat
    assert "f.worst_age_s * 1 s <= needed" in flat
    assert "is at most 90 d old" in flat
    assert max(map(len, said.splitlines())) <= 80


def test_the_fixes_that_send_a_reader_to_explain_find_there_what_they_promise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = Path(__file__).parents[2] / "examples" / "support-assistant"
    pilot = [str(example), "--machine", str(example / "machine.json"), "--on", "2026-11-23"]
    assert run(["explain", "C05", *pilot]) == 0
    assert "largest leg: source knowledge-base" in " ".join(capsys.readouterr().out.split())
    assert run(["explain", "B04", *pilot]) == 0
    assert "at the 0.99" in " ".join(capsys.readouterr().out.split())


def test_a_rule_of_a_pack_that_does_not_apply_says_by_which_statement(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = Path(__file__).parents[2] / "examples" / "support-assistant"
    arguments = ["explain", "K06", str(example), "--machine", str(example / "machine.json")]
    assert run([*arguments, "--on", "2026-11-23"]) == 0
    flat = " ".join(capsys.readouterr().out.split())
    assert "the pack regulated-eu-ai-act does not apply to this pilot" in flat
    assert 'when "eu-ai-act" in regimes input regimes = none (declared,' in flat
