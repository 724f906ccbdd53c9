"""That the pilot has none of something is an answer where a rule asks for it; elsewhere it answers nothing."""

from __future__ import annotations

import pytest

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.facts.answers import split_answers
from poc_gate.model.claim import Claim, Place, Provenance


def kept(fact, text):
    claim = Claim(fact, text, Provenance.DECLARED, Place("pilot.yaml", 1, 1))
    return [one.value for one in split_answers([claim], full_catalogue(), "2026-11-28")[0]]


@pytest.mark.parametrize("word", ["none", "None", "nobody", "No one", "nothing"])
@pytest.mark.parametrize("fact", ["people.business_owner", "security.lawful_basis", "model.fallback"])
def test_nobody_and_nothing_are_kept_as_none(fact, word):
    assert kept(fact, word) == ["none"]


def test_what_is_still_open_is_no_answer_anywhere():
    assert kept("people.business_owner", "tbd") == []
    assert kept("model.fallback", "n/a") == []


def test_none_names_no_builder():
    assert kept("people.builder", "none") == []
