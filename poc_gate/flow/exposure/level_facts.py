"""The facets of exposure, and the level that they add up to."""

from __future__ import annotations

from poc_gate.flow.exposure import act_facts, people_facts, trifecta_facts
from poc_gate.flow.interface import Derivation, DerivedValue, FactView
from poc_gate.model.fact import Kind
from poc_gate.model.parts.exposure import FACETS

_PARTS = tuple(f"exposure.{facet}" for facet in FACETS if facet != "level")
_OUTSIDERS = ("customers", "public")
_GRAVE_TIERS = ("high", "prohibited")


def _level(view: FactView) -> DerivedValue:
    """Return high, medium or low; what is unknown counts as high and is named."""
    held = {name.removeprefix("exposure."): view.text(name) for name in _PARTS}
    unknown = [facet for facet, value in held.items() if not value]
    high, medium = _high(held, view.text("purpose.risk_tier")), _medium(held)
    for facet in unknown:
        view.assume(f"exposure.{facet} is unknown and counts as high")
    if high or unknown:
        told = [*high, *(f"{facet} unknown" for facet in unknown)]
        return DerivedValue("high", f"high: {'; '.join(told)}")
    if medium:
        return DerivedValue("medium", f"medium: {'; '.join(medium)}")
    return DerivedValue("low", "low: " + "; ".join(f"{facet} {value}" for facet, value in held.items()))


def _high(held: dict[str, str], tier: str) -> list[str]:
    unreviewed = held["reliance"] == "unreviewed"
    outside = held["audience"] in _OUTSIDERS
    signs = {
        "it can do what cannot be undone": held["act"] == "irreversible",
        "private data meets untrusted content and a way out": held["trifecta"] == "yes",
        "it decides about people": held["decides"] == "decides",
        "it helps decide about people and nobody reviews": held["decides"] == "assists" and unreviewed,
        f"{held['audience']} rely on it unreviewed": outside and unreviewed,
        f"risk tier {tier}": tier in _GRAVE_TIERS,
    }
    return [words for words, holds in signs.items() if holds]


def _medium(held: dict[str, str]) -> list[str]:
    signs = {
        "it changes what can be undone": held["act"] == "reversible",
        "it helps decide about people": held["decides"] == "assists",
        f"{held['audience']} meet its output": held["audience"] in _OUTSIDERS,
        f"{held['audience']} rely on it unreviewed": held["reliance"] == "unreviewed",
    }
    return [words for words, holds in signs.items() if holds]


DERIVATIONS = (
    Derivation(
        "exposure.act", "What the pilot can do without a person", "most serious effect of its tools, or as stated",
        act_facts.INPUTS, act_facts.act, kind=Kind.CHOICE, choices=FACETS["act"],
    ),
    Derivation(
        "exposure.audience", "Widest circle of people who meet its output", "as stated, or as its users are described",
        people_facts.AUDIENCE_INPUTS, people_facts.audience, kind=Kind.CHOICE, choices=FACETS["audience"],
    ),
    Derivation(
        "exposure.decides", "What the pilot does to decisions about people", "as stated, at least what its duties show",
        people_facts.DECIDES_INPUTS, people_facts.decides, kind=Kind.CHOICE, choices=FACETS["decides"],
    ),
    Derivation(
        "exposure.reliance", "How far people rely on the output unreviewed", "share of reviewed decisions: all, some, none",
        people_facts.RELIANCE_INPUTS, people_facts.reliance, kind=Kind.CHOICE, choices=FACETS["reliance"],
    ),
    Derivation(
        "exposure.trifecta", "Private data, untrusted content and a way out meet",
        "private data and untrusted content and way out", trifecta_facts.INPUTS, trifecta_facts.trifecta,
        kind=Kind.CHOICE, choices=FACETS["trifecta"],
    ),
    Derivation(
        "exposure.level", "How much the pilot can hurt; what is unknown counts as high",
        "the most serious of the facets and the risk tier", (*_PARTS, "purpose.risk_tier"), _level, kind=Kind.CHOICE,
        choices=FACETS["level"],
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
