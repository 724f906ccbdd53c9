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


def talking_to(*hosts: str) -> tuple[Claim, ...]:
    return tuple(Claim(f"security.egress[{host}].name", host, Provenance.DECLARED, PLACE) for host in hosts)


@pytest.mark.parametrize(
    ("stated", "hosts", "day"),
    [
        ({"name": "gpt-4"}, ("api.openai.com",), "2026-10-23"),
        ({"name": "gpt-4"}, (), "2026-10-23"),
        ({"name": "gpt-4", "version": "0613"}, ("openai.azure.com",), "2025-06-06"),
        ({"name": "gpt-4", "version": "turbo-2024-04-09"}, ("openai.azure.com",), ""),
        ({"name": "gpt-4"}, ("openai.azure.com", "api.openai.com"), ""),
        ({"name": "gpt-35-turbo-16k", "version": "0613"}, ("desk.openai.azure.com",), "2025-04-30"),
        ({"name": "gpt-35-turbo-16k", "version": "0613"}, (), ""),
        ({"name": "gemini-2.0-flash-001"}, ("openai.azure.com",), "2026-06-01"),
    ],
)
def test_azure_serves_models_of_openai_until_days_of_its_own(stated, hosts, day):
    found = retirement_claims((*claims(**stated), *talking_to(*hosts)))
    assert [claim.value for claim in found] == ([day] if day else [])
