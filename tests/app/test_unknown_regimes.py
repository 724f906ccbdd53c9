"""A regime that no pack judges is said; a misspelt one is no answer, so that its pack never goes missing in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case
from poc_gate.app.assess.reading.unknown_regimes import known_regimes
from poc_gate.app.explore.dialogue import Dialogue
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.model.verdict import Word

EXAMPLE = Path(__file__).parents[2] / "examples" / "support-assistant"


def case_with(folder: Path, regimes: str) -> Case:
    """Return the GO example with other regimes."""
    pilot = Path(shutil.copytree(EXAMPLE, folder / "pilot"))
    manifest = pilot / "pilot.yaml"
    lines = manifest.read_text().splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith("  regimes:")]
    lines[at] = f"  regimes: {regimes}"
    manifest.write_text("\n".join(lines))
    return read_case(CaseRequest(pilot, "2026-11-23", "", machine=str(EXAMPLE / "machine.json")))


def test_every_shipped_pack_that_asks_for_a_regime_is_known() -> None:
    assert known_regimes(load_rule_packs()).names == ("eu-ai-act", "eu-dora", "healthcare-us", "us-bank-mrm")


def test_a_misspelt_regime_counts_as_not_stated_and_is_never_go(tmp_path: Path) -> None:
    case = case_with(tmp_path, "[eu-ai-ct]")
    (told,) = [notice for notice in case.notices if "eu-ai-ct" in notice.message]
    assert told.message == "no pack judges 'eu-ai-ct', so which regimes apply counts as not stated"
    assert told.next_step.startswith("did you mean 'eu-ai-act'?")
    assert case.tree.get("purpose.regimes").value is None
    assert judge_case(case).verdict.word is not Word.GO


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("EU-AI-Act", "eu-ai-act"),
        ("EU AI Act", "eu-ai-act"),
        ("eu_dora", "eu-dora"),
        ("DORA", "eu-dora"),
        ("HIPAA", "healthcare-us"),
        ("SR 11-7", "us-bank-mrm"),
    ],
)
def test_a_regime_is_known_in_any_case_and_by_the_name_people_use(
    tmp_path: Path, written: str, meant: str
) -> None:
    case = case_with(tmp_path, f"[{written}, {meant}]")
    assert not [notice for notice in case.notices if "no pack judges" in notice.message]
    assert case.tree.get("purpose.regimes").value == (meant,)


def test_a_misspelt_other_name_is_told_what_it_may_mean(tmp_path: Path) -> None:
    case = case_with(tmp_path, "[hippaa]")
    (told,) = [notice for notice in case.notices if "hippaa" in notice.message]
    assert told.next_step.startswith("did you mean 'healthcare-us'?")
    assert case.tree.get("purpose.regimes").value is None


def test_another_regime_stays_and_is_said_to_be_judged_by_nothing(tmp_path: Path) -> None:
    case = case_with(tmp_path, "[eu-dora, gdpr]")
    (told,) = [notice for notice in case.notices if "gdpr" in notice.message]
    assert told.message == "no pack judges 'gdpr', so nothing is judged for it"
    assert case.tree.get("purpose.regimes").value == ("eu-dora", "gdpr")


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("purpose.regimes", "3s", "no rules here are about '3s'\n-> one of eu-ai-act, eu-dora, "),
        ("purpose.regimes", "eu-ai-act, gdp", "no rules here are about 'gdp'\n-> "),
        ("target.device", "1,500", "'1,500' names no device\n-> such as l4-24gb"),
    ],
)
def test_an_answer_that_names_nothing_is_asked_again(tmp_path: Path, key: str, typed: str, told: str) -> None:
    talk = Dialogue(tmp_path, today="2026-11-28", now="2026-11-28T00:00:00Z")
    talk.ask_again(key)
    assert talk.answer(typed).startswith(told)
    assert talk.review() == ()


def test_none_and_known_regimes_are_answers(tmp_path: Path) -> None:
    talk = Dialogue(tmp_path, today="2026-11-28", now="2026-11-28T00:00:00Z")
    for typed in ("none", "eu-ai-act, us-bank-mrm", "HIPAA, Eu-Dora"):
        talk.ask_again("purpose.regimes")
        assert talk.answer(typed) == ""
