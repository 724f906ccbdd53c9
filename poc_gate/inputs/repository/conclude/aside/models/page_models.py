"""Models with which a page begins -> those of a pilot whose own code and settings name none."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.marks import FIRST_ON_A_PAGE
from poc_gate.inputs.repository.noting.signals import ModelSeen


def leave_pages(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those with which pages begin, where anything else names a model of chats."""
    named = any(one.role == "chat" and one.note != FIRST_ON_A_PAGE for one in seen)
    return [one for one in seen if one.note != FIRST_ON_A_PAGE] if named else seen
