"""Models with which a library embeds by itself -> those of indexes that no file gives another one."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.marks import GIVES_AN_EMBEDDING, TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.signals import ModelSeen

_INDEXES = {f"VectorStoreIndex {TAKEN_BY_ITSELF}": "llama_index", f"Chroma {TAKEN_BY_ITSELF}": "chromadb"}
"""Note on a model that an index takes -> the library of the index."""


def leave_given(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those of indexes of a library that some file gives a model, or vectors."""
    given = {one.why for one in ground.signals.techniques if one.name == GIVES_AN_EMBEDDING}
    return [one for one in seen if _INDEXES.get(one.note) not in given] if given else seen
