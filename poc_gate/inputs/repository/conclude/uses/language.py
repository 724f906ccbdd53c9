"""Evidence -> whether a language model answers, and whether the pilot only passes questions on to models of others."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, RUNS, Evidence
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen

EMBEDS = frozenset({"embedding", "reranker"})
"""Roles of models that serve a search."""
_GATEWAY = re.compile(r"(?i)(?:^|[-_. ])(?:gateway|proxy|router)(?:$|[-_. ])")


def language(evidence: Evidence) -> TechniqueSeen | None:
    """Return what shows that a language model is asked, served or passed on to.

    Sufficient: a call, an engine, a package that serves no other end, a model for chats. A package that often goes with
    one needs the project's own words. A library or a cloud of language models that only embeds here shows none.
    """
    found = evidence.strongest("llm")
    proves = any(one.weight >= RUNS and not one.why.startswith("client of") for one in evidence.of("llm"))
    if found is not None and not proves and evidence.models and all(model.role in EMBEDS for model in evidence.models):  # fmt: skip
        return None
    if found is not None:
        return found
    chat = next((model for model in evidence.models if model.role == "chat"), None)
    if chat is not None:
        return TechniqueSeen("llm", f"{chat.name} is its model", chat.place, Standing.SERVICE, 2)
    if evidence.says("llm") or evidence.says("agent"):
        return evidence.strongest("llm", least=GOES_WITH)
    return None


def passes_on(evidence: Evidence) -> TechniqueSeen | None:
    """Return what shows a gateway: what it takes in is for models of others, tools and texts to embed included."""
    gateway = next(
        (one for one in evidence.of("llm") if one.why.endswith("passes questions to models")), None
    )
    said = evidence.says("gateway")
    named = said if said is not None or not _GATEWAY.search(evidence.ground.signals.name) else evidence.strongest("llm")  # fmt: skip
    return gateway or said or named
