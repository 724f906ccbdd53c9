"""Many models that could answer or help -> those that do, and a question: which of the others production asks is for people to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from poc_gate.inputs.repository.reading import FoundModel
from poc_gate.model.claim import Notice, Place
from poc_gate.text.some_of import some_of

_MOST_IN_CODE = 6
"""Models of any role that code and its settings name and that are listed one by one. Of more, 11 were right and 35 wrong in four
unseen repositories; of up to six, 85 of 93 in 44."""
_IN_CODE = frozenset({"python", "tree", "settings", "env-file", "notebook"})
_SHOWN = 8
_STEP = "say which of them answers in production: `model.name`, and which others it asks: `models:`"
_BESIDE = "name those that production asks, too, under `models:`"


def ask_of_many(
    models: tuple[FoundModel, ...], main: FoundModel | None, asked: Sequence[Notice]
) -> tuple[tuple[FoundModel, ...], tuple[Notice, ...]]:
    """Return the models without those of chats beside the one that answers, and the questions with one about these.

    In 127 public repositories that nobody had tuned the readers to, the one that answers was right in all of 50 cases, of
    those beside it, or where none is clear, 18 of 31.
    """
    places: dict[str, Place] = {}
    for one in models:
        if one.role == "chat":
            places.setdefault(one.name, one.place)
    answers = main.name if main is not None else ""
    open_ones = [name for name in places if name != answers]
    if len(places) < 2 or not open_ones:
        return models, tuple(asked)
    listed = some_of([f"{name} ({places[name]})" for name in open_ones], _SHOWN)
    what = _which(len(open_ones), answers, listed)
    step = _BESIDE if answers else _STEP
    question = Notice("question", what, places[open_ones[0]], step, models=tuple(open_ones))
    kept = tuple(one for one in models if one.role != "chat" or one.name == answers)
    others = tuple(one for one in asked if not one.models or not places.keys() >= set(one.models))
    return kept, (question, *others)


def _which(many: int, answers: str, listed: str) -> str:
    """Return the question about models of chats beside the one that answers, if that is clear."""
    if not answers:
        return f"{many} models of chats are named: which of them does production ask? {listed}"
    if many == 1:
        return f"one more model of chats is named apart from {answers}: does production ask it? {listed}"
    return (
        f"{many} models of chats are named apart from {answers}: which of them does production ask? {listed}"
    )


def _plays_each_part_once(distinct: set[tuple[str, str]]) -> bool:
    """Say whether models are as many as the senses that they stand for: one that hears and one that speaks."""
    counts = Counter(role for role, _ in distinct)
    return all(count <= _PLAYED_BY.get(role, 0) for role, count in counts.items())


_PLAYED_BY = {"chat": 1, "speech": 2, "embedding": 1, "reranker": 1, "vision": 1, "image": 1}
"""Role -> how many models play it in one pilot without being a choice; judges, guards and stand-ins are often only on offer."""


def ask_of_helpers(
    models: tuple[FoundModel, ...], main: FoundModel | None, asked: Sequence[Notice]
) -> tuple[tuple[FoundModel, ...], tuple[Notice, ...]]:
    """Return the models without those that code names beside many others, whatever their roles, and the questions with one about these."""
    named = [one for one in models if one.reader in _IN_CODE]
    distinct = {(one.role, one.name) for one in named}
    if len(distinct) <= _MOST_IN_CODE or _plays_each_part_once(distinct):
        return models, tuple(asked)
    open_ones = [one for one in named if main is None or one.name != main.name]
    listed = some_of([f"{one.name} as {one.role} ({one.place})" for one in open_ones], _SHOWN)
    what = f"{len(open_ones)} more models are named in code and settings: which of them does production ask, and for what? {listed}"
    chats = tuple(one.name for one in open_ones if one.role == "chat")
    helpers = tuple(one.name for one in open_ones if one.role != "chat")
    question = Notice("question", what, open_ones[0].place, _STEP, models=chats, helpers=helpers)
    return tuple(one for one in models if one not in open_ones), (question, *asked)
