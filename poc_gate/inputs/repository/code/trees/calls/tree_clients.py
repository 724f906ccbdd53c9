"""Clients of one provider's protocol that are given an address -> whether another server is asked."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import text_of

_ADDRESS = re.compile(r"\.baseUrl\(\s*(?![^)]*openai\.com)")
_OF_SCRIPTS = {"OpenAI": 1, "ChatOpenAI": 2, "OpenAIEmbeddings": 2}
"""Clients in TypeScript, and among how many of their first arguments the address stands."""
_BASE = re.compile(r"\bbase(?:URL|Path)\b(?!\s*:\s*[\"'`]https://api\.openai\.com)")
_OF_CSHARP = frozenset(
    {"AddOpenAIChatCompletion", "OpenAIChatCompletionService", "ChatClient", "OpenAIClient"}
)
_ENDPOINT = re.compile(
    r"(?:endpoint\s*:\s*)?new Uri\((?![^)]*openai\.com)|endpoint\s*:|new OpenAIClientOptions\b[^;]*\bEndpoint\s*="
)
"""An address among the arguments of clients in C#, or among the options that they are given."""
_LONGEST_CHAIN = 60


def is_made_for_another(short: str, node: Any, arguments: Any) -> bool:
    """Say whether a client of OpenAI's protocol is given an address: among its options, or by its builder in Java."""
    if short in _OF_SCRIPTS:
        return any(_BASE.search(text_of(one)[:2_000]) for one in arguments[: _OF_SCRIPTS[short]])
    if short in _OF_CSHARP:
        return any(_ENDPOINT.match(text_of(one)[:200]) for one in arguments)
    if not short.startswith("OpenAi"):
        return False
    outer = node
    for _ in range(_LONGEST_CHAIN):
        if outer.parent is None or outer.parent.type not in {"method_invocation", "field_access"}:
            break
        outer = outer.parent
    return outer.type == "method_invocation" and _ADDRESS.search(text_of(outer)[:2_000]) is not None
