"""Published end dates: well-formed, dated, and used only where a provider serves the model."""

from __future__ import annotations

import re
from datetime import date

import pytest

from poc_gate.facts.known_retirements import known_retirements, retirement_claims
from poc_gate.model.claim import Claim, Place, Provenance

PLACE = Place("pilot.yaml", 3, 1)


def claims(**stated: str):
    return tuple(Claim(f"model.{name}", value, Provenance.DECLARED, PLACE) for name, value in stated.items())


def test_every_entry_has_a_day_a_source_and_the_day_it_was_read():
    entries = known_retirements().values()
    assert len(entries) > 200
    for entry in entries:
        assert date.fromisoformat(entry.retires_on) > date(2022, 1, 1), entry.model
        assert date.fromisoformat(entry.read_on) >= date(2026, 7, 24), entry.model
        assert re.match(r"https://[a-z.]+/", entry.source), entry.model
        assert entry.place.line > 0


def test_a_later_reading_wins():
    assert known_retirements()["gemini-2.5-pro"].read_on == "2026-11-10"


@pytest.mark.parametrize(
    "stated",
    [
        {"version": "text-davinci-003", "hosting": "hosted"},
        {"name": "text-davinci-003"},
        {"version": "2", "name": "Text-Davinci-003", "hosting": "hosted"},
    ],
)
def test_a_served_model_gets_its_published_end_as_an_assumption(stated):
    (claim,) = retirement_claims(claims(**stated))
    assert (claim.fact, claim.value, claim.provenance) == (
        "model.retires_on",
        "2024-01-04",
        Provenance.ASSUMED,
    )
    assert "openai.com" in claim.note


@pytest.mark.parametrize(
    "stated", [{"version": "text-davinci-003", "hosting": "self"}, {"version": "a-model-of-ours"}, {}]
)
def test_nothing_is_assumed_of_own_or_unknown_models(stated):
    assert retirement_claims(claims(**stated)) == ()
