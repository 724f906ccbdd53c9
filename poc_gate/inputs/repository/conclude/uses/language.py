"""Evidence -> whether a language model answers, and whether the pilot only passes questions on to models of others."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.uses.evidence import GOES_WITH, RUNS, Evidence, strongest
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import TechniqueSeen

EMBEDS = frozenset({"embedding", "reranker"})
"""Roles of models that serve a search."""
_GATEWAY = re.compile(r"(?i)(?:^|[-_. ])(?:gateway|proxy|router)(?:$|[-_. ])")


_TRANSLATES = re.compile(r"Seq2SeqLM$")
"""Reasons that show a model from text to text: beside one that hears or sees it translates what that gives."""


def language(evidence: Evidence) -> TechniqueSeen | None:
    """Return what shows that a language model is asked, served or passed on to.

    Sufficient: a call, an engine, a model for chats. A client or a package that serves no other end gives way where
    code shows what else the pilot is and the project does not speak of a language model: it is asked for sounds or for
    vectors, or by a test. A package that often goes with one needs the project's own words.
    """
    if _is_a_bare_graph(evidence):
        return None
    translates = evidence.says("senses") is not None and evidence.says("llm") is None
    asks = strongest([one for one in evidence.of("llm") if not (translates and _TRANSLATES.search(one.why))], least=RUNS)  # fmt: skip
    if asks is not None and not asks.why.startswith("client of"):
        return asks
    found = evidence.strongest("llm client") or strongest([one for one in evidence.of("llm") if not (translates and _TRANSLATES.search(one.why))])  # fmt: skip
    chat = next((model for model in evidence.models if model.role == "chat"), None)
    if found is not None and chat is None and _is_something_else(evidence):
        return None
    if found is not None:
        return found
    if chat is not None:
        return TechniqueSeen("llm", f"{chat.name} is its model", chat.place, Standing.SERVICE, 2)
    said = evidence.says("llm") or evidence.says("agent") or evidence.says("gateway")
    return evidence.strongest("llm", "llm client", least=GOES_WITH) if said is not None else None


_GRAPH = re.compile(
    r"^(?:calls|uses) StateGraph$|^a graph of LangGraph$|^depends on (?:@langchain/)?langgraph(?:-[\w-]+)?$"
)


def _is_a_bare_graph(evidence: Evidence) -> bool:
    """Say whether all that is seen is a graph of steps: a template whose steps ask no model yet."""
    asks = evidence.of("llm", "llm client")
    others = evidence.of(
        "tools", "functions", "answers", "embeds", "retrieval", "an address that may be left out"
    )
    return bool(asks) and all(_GRAPH.search(one.why) for one in asks) and not others and not evidence.models


def _is_something_else(evidence: Evidence) -> bool:
    """Say whether all that is named embeds, or code runs a model of another kind and the project speaks of that."""
    if evidence.models and all(model.role in EMBEDS for model in evidence.models):
        return True
    if evidence.strongest("offers") is not None and evidence.strongest("llm client") is None:
        return True  # a server of tools speaks of the models that will call it
    if evidence.strongest("tools") is not None:
        return False  # a model is handed them
    if evidence.says("senses") is not None and evidence.strongest("senses", "runs", least=RUNS) is not None:
        return True  # a provider's voice is one of several
    if evidence.says("llm") is not None or evidence.says("agent") is not None:
        return False
    other = evidence.strongest("senses", "runs", "classic-ml", "embeds", "retrieval", least=RUNS)
    return other is not None or evidence.says("senses") is not None


def passes_on(evidence: Evidence) -> TechniqueSeen | None:
    """Return what shows a gateway: what it takes in is for models of others, tools and texts to embed included."""
    gateway = next(
        (one for one in evidence.of("llm") if one.why.endswith("passes questions to models")), None
    )
    said = evidence.says("gateway")
    named = said if said is not None or not _GATEWAY.search(evidence.ground.signals.name) else evidence.strongest("llm")  # fmt: skip
    return gateway or said or named
