"""All calls of libraries in one table, and looking one up by its full name."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.agent_calls import AGENT_CALLS
from poc_gate.inputs.repository.tables.calls.call import Call, Rows
from poc_gate.inputs.repository.tables.calls.classic_calls import CLASSIC_CALLS
from poc_gate.inputs.repository.tables.calls.client_calls import CLIENT_CALLS
from poc_gate.inputs.repository.tables.calls.default_models import DEFAULT_MODELS
from poc_gate.inputs.repository.tables.calls.haystack_calls import HAYSTACK_CALLS
from poc_gate.inputs.repository.tables.calls.langchain_calls import LANGCHAIN_CALLS
from poc_gate.inputs.repository.tables.calls.llama_index_calls import LLAMA_INDEX_CALLS
from poc_gate.inputs.repository.tables.calls.local_calls import LOCAL_CALLS
from poc_gate.inputs.repository.tables.calls.sense_calls import SENSE_CALLS
from poc_gate.inputs.repository.tables.calls.store_calls import STORE_CALLS

CALLS: Rows = {
    **LANGCHAIN_CALLS,
    **LLAMA_INDEX_CALLS,
    **HAYSTACK_CALLS,
    **CLIENT_CALLS,
    **AGENT_CALLS,
    **LOCAL_CALLS,
    **CLASSIC_CALLS,
    **SENSE_CALLS,
    **STORE_CALLS,
}
CALLS.update(
    {key: CALLS[key]._replace(default=model) for key, model in DEFAULT_MODELS.items() if key in CALLS}
)
_NAMES = frozenset(name for _, name in CALLS)


def call_named(dotted: str) -> Call | None:
    """Return what a class or function says by its full dotted name, a method of a listed class included."""
    parts = dotted.split(".")
    for end in range(len(parts), max(1, len(parts) - 3), -1):
        name = parts[end - 1]
        if name not in _NAMES:
            continue
        for length in range(end - 1, 0, -1):
            found = CALLS.get((".".join(parts[:length]), name))
            if found is not None:
                return found
    return None


ROOTS = frozenset(root.partition(".")[0] for root, _ in CALLS)
"""Packages of which at least one call is listed."""


CONSTANTS = {
    "TEXT_EMBED_3_SMALL": "text-embedding-3-small",
    "TEXT_EMBED_3_LARGE": "text-embedding-3-large",
    "TEXT_EMBED_ADA_002": "text-embedding-ada-002",
    "TITAN_EMBEDDING": "amazon.titan-embed-text-v1",
    "TITAN_EMBEDDING_V2_0": "amazon.titan-embed-text-v2:0",
}
"""Members of enumerations of LlamaIndex that stand for a model's name, as its documentation lists them."""
