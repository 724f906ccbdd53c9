"""The first question is put in words: what a person is asked about the pilot names no key of the manifest."""

from __future__ import annotations

from poc_gate.judge.verdict.questions import scope_facts
from poc_gate.model.fact import FactTree
from poc_gate.words.judged.scope_words import scope_words


def test_no_question_about_the_pilot_is_a_key() -> None:
    names = sorted(scope_facts(FactTree({})))
    assert len(names) > 5
    said = scope_words(names, 50)
    assert "." not in said
    assert "_" not in said


def test_one_question_for_all_sources() -> None:
    names = ["sources[a].personal_data", "sources[b].personal_data", "purpose.users"]
    assert scope_words(names, 9) == "which sources hold personal data and who uses it"


def test_a_fact_without_words_of_its_own_keeps_a_readable_name() -> None:
    assert scope_words(["sources[crm].new_flag"], 9) == "new flag of crm"
