"""A section of a settings file -> whether an entry beside it chooses another one: `mode: ollama`, `ollama: {...}`, `external: {...}`."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node

_CHOICE = re.compile(
    r"(?i)(?:default_?|active_?|selected_?|current_?)?(?:mode|provider|backend|engine|driver|vendor|type|kind)"
)
"""Entries that name which of the sections beside them is in effect: `mode: ollama`."""


def is_unlike_the_choice(section: str, holder: Node) -> bool:
    """Say whether an entry beside a section chooses another one that has entries in common with it, as alternatives have."""
    beside = holder.entries()
    mine = beside[section].entries() if section in beside else {}
    if not mine:
        return False
    for key, node in beside.items():
        if isinstance(node.value, str) and _CHOICE.fullmatch(key) and _plain(node.value) != _plain(section):
            chosen = next(
                (inner for name, inner in beside.items() if _plain(name) == _plain(str(node.value))), None
            )
            if chosen is not None and chosen.entries().keys() & mine.keys():
                return True
    return False


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
