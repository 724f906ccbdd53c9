"""Many models that could answer -> the one that does, and a question: which of the others production asks is for people to say."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.model.claim import Notice, Place
from poc_gate.text.some_of import some_of

_MOST = 5
"""Models of chats that are listed one by one. Of more, the truth files of 191 public repositories (benchmarks/repositories) had 18 right and 115 wrong."""
_SHOWN = 8
_STEP = "say which of them answers in production: `model.name`, and which others it asks: `models:`"


def ask_of_many(
    models: tuple[FoundModel, ...], main: FoundModel | None, asked: Sequence[Notice]
) -> tuple[tuple[FoundModel, ...], tuple[Notice, ...]]:
    """Return the models without those that are only on offer beside many others, and the questions with one about these."""
    places: dict[str, Place] = {}
    for one in models:
        if one.role == "chat":
            places.setdefault(one.name, one.place)
    if len(places) <= _MOST:
        return models, tuple(asked)
    answers = main.name if main is not None else ""
    open_ones = [name for name in places if name != answers]
    listed = some_of([f"{name} ({places[name]})" for name in open_ones], _SHOWN)
    besides = f" apart from {answers}" if answers else ""
    what = f"{len(open_ones)} models of chats are named{besides}: which of them does production ask? {listed}"
    question = Notice("question", what, places[open_ones[0]], _STEP, models=tuple(open_ones))
    kept = tuple(one for one in models if one.role != "chat" or one.name == answers)
    others = tuple(one for one in asked if not one.models)
    return kept, (question, *others)
