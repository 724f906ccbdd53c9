"""A function in Python that asks when another model cannot answer -> the model that stands in."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.noting.signals import ModelSeen

_STANDS_IN = re.compile(r"(?i)(?<!with_)(?<!or_)(?<!and_)(?:fall_?back|stand_?by)")
"""Functions that ask the model which answers when another one cannot."""


def note_standing_in(function: str, models: list[ModelSeen], first: int) -> None:
    """Let the one model that a function such as `_ask_fallback` asks stand in for another, from a place in the list on."""
    asked = {str(one.name) for one in models[first:] if one.role == "chat"}
    if len(asked) == 1 and _STANDS_IN.search(function):
        models[first:] = [one._replace(role="fallback") if one.role == "chat" else one for one in models[first:]]  # fmt: skip
