"""The words of a first look that every report shares."""

from __future__ import annotations

from poc_gate.model.first_look import FirstLook, PlainQuestion
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_NUMBERS = ("questions", "question", "two questions", "three questions", "four questions", "five questions")


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
