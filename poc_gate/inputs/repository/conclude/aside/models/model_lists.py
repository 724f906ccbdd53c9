"""Constants that are called after the model that they hold -> a list of what there is, of which none is chosen by it."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.noting.signals import ModelSeen, Signals
from poc_gate.model.claim import Place

_FEWEST = 6
"""Constants of one file that are called so: fewer can be those that the program asks."""
_APART = re.compile(r"[^a-z0-9]")
_SAYS_MODEL = re.compile(r"models?|name|id$")


def leave_lists(signals: Signals, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those of files that keep a constant for each name: `GPT_4O_MODEL = "gpt-4o"`."""
    names: dict[Place, str] = {place: name for _, name, place in signals.constants}
    listed: dict[str, list[ModelSeen]] = defaultdict(list)
    for one in seen:
        if _is_called_after(names.get(one.place, ""), str(one.name)):
            listed[one.place.file].append(one)
    gone = {id(one) for found in listed.values() if len(found) >= _FEWEST for one in found}
    kept = [one for one in seen if id(one) not in gone]
    return kept if any(one.role == "chat" for one in kept) else seen


def _is_called_after(constant: str, model: str) -> bool:
    """Say whether a constant's name holds nothing but the name of the model, such as `GPT_4O_2024_05_13_MODEL`."""
    letters = _APART.sub("", model.lower().rpartition("/")[2])
    return bool(constant) and _SAYS_MODEL.sub("", _APART.sub("", constant.lower())) == _SAYS_MODEL.sub("", letters)  # fmt: skip
