"""A setting that names what a server calls its model, next to a setting that says which model it loads -> only the second counts."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.noting.signals import SettingSeen, Signals

_NAME = re.compile(r"(?i)(?P<of>\w*model)_?name")
_ITSELF = re.compile(r"(?i)(?P<of>\w*model)_?(?:path|id|repo(?:_id)?)")
_OF_THE_HUB = re.compile(r"[\w.-]+/[\w.-]+")
_NEAR = 4
"""Lines within which two settings are of one container."""


def leave_served_names(signals: Signals) -> None:
    """Drop the name a server gives its model when the model itself is given too: `MODEL_NAME: chat` beside `MODEL_PATH: org/model-7b`."""
    itself: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in signals.settings:
        found = _ITSELF.fullmatch(one.name)
        if found and isinstance(one.value, str) and _OF_THE_HUB.fullmatch(one.value):
            itself[one.place.file, found["of"].lower()].append(one.place.line)
    served = {one.place: str(one.value).lower() for one in signals.settings if _is_beside(one, itself)} if itself else {}  # fmt: skip
    if not served:
        return
    names = set(served.values())
    signals.models[:] = [one for one in signals.models if str(one.name).lower() not in names]
    signals.settings[:] = [one for one in signals.settings if one.place not in served]


def _is_beside(one: SettingSeen, itself: dict[tuple[str, str], list[int]]) -> bool:
    """Say whether a setting names a model that another one close to it says the place of."""
    found = _NAME.fullmatch(one.name)
    if found is None or not isinstance(one.value, str) or "/" in one.value:
        return False
    lines = itself.get((one.place.file, found["of"].lower()), ())
    return any(abs(line - one.place.line) <= _NEAR for line in lines)
