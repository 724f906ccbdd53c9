"""Several models that chat -> those that can answer: without the ones whose names say that they help, or the one whose name says that it answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.settings import words_of

_HELPS = re.compile(
    r"(?:^|_)(?:titles?|headline|summar(?:y|ies|i[sz](?:e|er|ation|ing))|compress(?:or|ion)?|rout(?:e|er|ing)|classif(?:y|ier|ication)|rewrit(?:e|er|ing)|rephras(?:e|er|ing)|condens(?:e|er|ing)|reformulat\w+"
    r"|quer(?:y|ies)_(?:model|llm|engine_llm)|(?:model|llm)_quer(?:y|ies)|(?:search|multi|sub|expand|generate)_?quer(?:y|ies)|query_(?:gen\w*|expan\w*|writer|analy\w*)|extract(?:or|ion|ing)?|keywords?|intents?|grad(?:e|er|ing)|judge|evaluat(?:or|ion)|critic|verif(?:y|ier)"
    r"|haiku|small|fast|mini|cheap|lite|light|weak|secondary|background|auxiliary|utility|helper|fallback|backup|vision|images?|pictures?|screenshots?|ocr|captions?|moderat\w+|guard\w*|suggest\w*|follow_?ups?|similar_questions?|related_questions?|metadata|filter(?:s|ing)?|topics?|tags?|sentiment|translat\w+|embedd?\w*)(?:_|$)"
)
"""Words in names of models that do something beside the answer."""
_ANSWERS = re.compile(r"(?:^|_| )(?:response|answer(?:s|er|ing)?|reply|chat|main|primary|writer|generat(?:ion|or)|final|synthesi[sz]er?|conversation(?:al)?|inference|smart|strong)_?(?:agent_)?(?:model|llm|deployment|engine)(?:_(?:id|name))?(?: |$)")  # fmt: skip
"""Names of the model that answers."""


def leave_helpers(
    chats: list[tuple[ModelSeen, int]], seen: Sequence[ModelSeen]
) -> list[tuple[ModelSeen, int]]:
    """Return the models of which one answers: the only one that is called so, or those that are not each time called something else."""
    if len({str(one.name).lower() for one, _ in chats}) < 2:
        return chats
    mentions: dict[str, list[ModelSeen]] = defaultdict(list)
    for one in seen:
        if one.role == "chat" and isinstance(one.name, str):
            mentions[one.name.lower()].append(one)
    kept = [pair for pair in chats if not _only_helps(mentions[str(pair[0].name).lower()] or [pair[0]])]
    kept = kept or chats
    named = [
        pair
        for pair in kept
        if any(_ANSWERS.search(one.called) for one in mentions[str(pair[0].name).lower()])
    ]
    return named if len(named) == 1 else kept


def _only_helps(mentions: Sequence[ModelSeen]) -> bool:
    strong = [one for one in mentions if one.weight > 1] or mentions
    return all(_helps(one) for one in strong)


def _helps(one: ModelSeen) -> bool:
    """Say whether a model is named for something beside the answer: by what it is called, or by its file."""
    if _ANSWERS.search(one.called):
        return False
    folder, _, file = one.place.file.rpartition("/")
    stem = words_of(file.partition(".")[0])
    where = (
        words_of(folder.rpartition("/")[2])
        if stem in {"route", "index", "handler", "server", "page"}
        else stem
    )
    return any(_HELPS.search(word) for word in one.called.split()) or bool(_HELPS.search(where))
