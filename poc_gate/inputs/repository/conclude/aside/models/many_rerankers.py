"""Rerankers of several providers -> none of them, and a question: one puts a search's hits in order, and a setting says which."""

from __future__ import annotations

from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.models import provider_of_name
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_MOST, _FEWEST = 2, 2
"""Rerankers that can follow each other, and providers from which on they are a choice."""
_SHOWN = 8
_OF_CODE = frozenset({"python", "tree"})
"""Readers of code, in which each stands as the default of a function of its own; settings choose."""


def leave_many_rerankers(seen: list[ModelSeen]) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without rerankers of which people choose one, and a question about these."""
    ranking = {str(one.name): one for one in seen if one.role == "reranker"}
    makers = {one.provider or provider_of_name(name) for name, one in ranking.items()}
    chosen = any(one.reader not in _OF_CODE for one in ranking.values())
    if chosen or len(ranking) <= _MOST or len(makers) < _FEWEST:
        return seen, []
    places = some_of([f"{name} ({one.place})" for name, one in ranking.items()], _SHOWN)
    what = f"{len(ranking)} rerankers are named, and nothing chooses one: which of them does production ask, if any? {places}"
    first = next(iter(ranking.values()))
    question = Notice("question", what, first.place, "say which of them production asks, under `models:`")
    return [one for one in seen if one.role != "reranker"], [question]
