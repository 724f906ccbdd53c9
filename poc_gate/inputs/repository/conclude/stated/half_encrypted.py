"""Encryption that infrastructure sets up for one store, beside another that it makes in the clear -> a question, and nothing stated."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.marks import PLAIN_AT_REST
from poc_gate.inputs.repository.noting.signals import FactSeen
from poc_gate.model.claim import Notice

_FACT = "security.encrypted_at_rest"


def leave_half_encrypted(seen: dict[str, list[FactSeen]], ground: Ground, questions: list[Notice]) -> None:
    """Ask instead of stating that what is stored is encrypted, where a store is made without it."""
    plain = [
        one for one in ground.signals.techniques if one.name == PLAIN_AT_REST and ground.counts(one.standing)
    ]
    if not (plain and seen.get(_FACT)):
        return
    encrypted, first = seen.pop(_FACT)[0], plain[0]
    what = f"{encrypted.place} sets up encryption at rest, and {first.place} makes {first.why} without it: is all that the pilot stores encrypted?"
    questions.append(Notice("question", what, first.place, f"answer under `{_FACT}`"))
