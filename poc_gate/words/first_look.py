"""The words of a first look that every report shares."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.first_look import FirstLook, PlainQuestion, SeenFact
from poc_gate.model.quantity import Quantity, show_quantity, show_share
from poc_gate.words.named_facts import readable

_NUMBERS = ("questions", "question", "two questions", "three questions", "four questions", "five questions")

_LABELS = {
    "pilot.uses": "techniques",
    "model.name": "model",
    "model.hosting": "runs the model",
    "model.version": "version of the model",
    "model.engine": "engine",
    "retrieval.dims": "dimensions of a vector",
    "retrieval.top_k": "passages retrieved",
    "retrieval.embedder": "embedding model",
    "target.device": "device",
    "target.replicas": "replicas",
    "target.platform": "platform",
    "target.region": "region",
    "agent.tools": "tools of the agent",
    "purpose.intended_use": "purpose",
    "model.alias_floating": "model name floats",
    "operations.dependencies_pinned": "versions pinned",
    "operations.dependencies_hashed": "versions hashed",
}
_QUIET = ("model.kind", "pilot.name", "pilot.description")
"""Facts that a list for people can do without."""


def telling(seen: Sequence[SeenFact]) -> list[SeenFact]:
    """Return what a reader wants to know of what was seen, the names of things first."""
    shown = [
        one
        for one in seen
        if one.fact not in _QUIET and not one.fact.endswith((".id", ".name", ".interface"))
    ]
    shown += [one for one in seen if one.fact == "model.name"]
    return sorted(shown, key=lambda one: one.fact not in _LABELS and not one.fact.endswith(".system"))


def seen_label(fact: str) -> str:
    """Return what was seen in words."""
    if fact.startswith("sources[") and fact.endswith(".system"):
        return f"data source {fact[8:].partition(']')[0]}"
    return _LABELS.get(fact, readable(fact))


def assumed_words(look: FirstLook) -> str:
    """Return one sentence with every value that an answer rests on and nobody stated; empty where there is none."""
    used = {name for answer in look.answers for name in answer.rests_on}
    shown = [
        f"{one.fact} {_value(one.low, one.unit, one.fact)} to {_value(one.high, one.unit, one.fact)}"
        if one.low != one.high
        else f"{one.fact} {_value(one.likely, one.unit, one.fact)}"
        for one in look.assumed
        if one.fact in used
    ]
    return f"Assumed, because nobody has said: {'; '.join(shown)}." if shown else ""


def assumed_rows(look: FirstLook) -> list[tuple[str, str, str, str]]:
    """Return each value that an answer rests on and nobody stated: its name, both ends, and why it is assumed."""
    used = {name for answer in look.answers for name in answer.rests_on}
    return [
        (one.fact, _value(one.low, one.unit, one.fact), _value(one.high, one.unit, one.fact), one.why)
        for one in look.assumed
        if one.fact in used
    ]


def questions_heading(look: FirstLook) -> str:
    """Return the heading over the questions."""
    return f"The {_NUMBERS[len(look.questions)]} that matter most"


def answer_hint(one: PlainQuestion) -> str:
    """Return the manifest key of a question with its choices or an example."""
    hint = " | ".join(one.choices) if one.choices else f"such as {one.example}" if one.example else ""
    return f"{one.fact}: {hint}" if hint else one.fact


def _value(value: float, unit: str, fact: str) -> str:
    if fact.endswith("share"):
        return show_share(value)
    return show_quantity(Quantity(float(f"{value:.3g}"), unit))
