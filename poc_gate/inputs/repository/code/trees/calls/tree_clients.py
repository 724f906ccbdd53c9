"""Clients of one provider's protocol that are given an address -> whether another server is asked, and whose it is."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import text_of
from poc_gate.inputs.repository.tables.own_servers import is_own_engine

_ADDRESS = re.compile(r"\.baseUrl\(\s*(?![^)]*openai\.com)")
_OF_SCRIPTS = {"OpenAI": 1, "ChatOpenAI": 2, "OpenAIEmbeddings": 2, "createOpenAI": 1}
"""Clients in TypeScript, and among how many of their first arguments the address stands."""
_BASE = re.compile(r"\bbase(?:URL|Path)\b(?!\s*:\s*[\"'`]https://api\.openai\.com)")
_OF_CSHARP = frozenset(
    {"AddOpenAIChatCompletion", "OpenAIChatCompletionService", "ChatClient", "OpenAIClient"}
)
_ENDPOINT = re.compile(
    r"(?:endpoint\s*:\s*)?new Uri\((?![^)]*openai\.com)|endpoint\s*:|new OpenAIClientOptions\b[^;]*\bEndpoint\s*="
)
"""An address among the arguments of clients in C#, or among the options that they are given."""
_OF_GO = frozenset({"DefaultConfig", "openai.NewClient", "openai.New"})
_WITH_BASE = re.compile(r"\bWithBaseURL\((?![^)\n]*api\.openai\.com)")
"""An address among the options of clients in Go."""
_LONGEST_CHAIN = 60
_TAKEN_OTHERWISE = re.compile(r"\bbase(?:URL|Path)\s*:[^,}]{0,200}?(?:\|\||\?\?)\s*[\"'`](?P<address>https?://[^\"'`\s]+)")  # fmt: skip
"""The address of a client where the environment gives none."""


def is_made_for_another(short: str, node: Any, arguments: Any) -> bool:
    """Say whether a client of OpenAI's protocol is given an address: among its options, by its builder in Java, or afterwards in Go."""
    if short in _OF_SCRIPTS:
        given = [text_of(one)[:2_000] for one in arguments[: _OF_SCRIPTS[short]]]
        return any(_BASE.search(one) and not _may_be_left_out(one, node) for one in given)
    if short in _OF_CSHARP:
        return any(_ENDPOINT.match(text_of(one)[:200]) for one in arguments)
    if short in _OF_GO:
        return any(_WITH_BASE.search(text_of(one)[:500]) for one in arguments) or _is_changed(node)
    if not short.startswith("OpenAi"):
        return False
    outer = node
    for _ in range(_LONGEST_CHAIN):
        if outer.parent is None or outer.parent.type not in {"method_invocation", "field_access"}:
            break
        outer = outer.parent
    if outer.type == "method_invocation" and _ADDRESS.search(text_of(outer)[:2_000]) is not None:
        return True
    return _is_given_an_interface(outer)


_INTERFACE = re.compile(r"(?i)\bopenAiApi\b")
_MADE_WITH_ADDRESS = re.compile(
    r"\bOpenAiApi\.builder\(\)[^;]{0,800}?\.baseUrl\(\s*(?![^)]*openai\.com)", re.DOTALL
)


def _is_given_an_interface(client: Any) -> bool:
    """Say whether a client of Spring AI is given an interface that the same method makes with an address: `OpenAiApi.builder().baseUrl(...)`."""
    if not _INTERFACE.search(text_of(client)[:2_000]):
        return False
    holder = client.parent
    while holder is not None and holder.type not in {"method_declaration", "constructor_declaration"}:
        holder = holder.parent
    return holder is not None and _MADE_WITH_ADDRESS.search(text_of(holder)[:20_000]) is not None


def _may_be_left_out(options: str, node: Any) -> bool:
    """Say whether the address among a client's options is passed on, and its file says that it may be missing: `baseURL?: string`."""
    passed = _PASSED.search(options)
    if passed is None:
        return False
    whole = node
    while whole.parent is not None:
        whole = whole.parent
    name = re.escape(passed["given"] or passed["own"])
    return re.search(rf"\b{name}\?\s*:\s*string\b", text_of(whole)) is not None


_PASSED = re.compile(r"\b(?P<own>base(?:URL|Path))(?:\s*:\s*(?:\w+\.)*(?P<given>\w+))?\s*[,}]")


def runs_at_home(arguments: Any) -> bool:
    """Say whether a client asks an engine of the pilot's own where the environment gives no other address."""
    found = (_TAKEN_OTHERWISE.search(text_of(one)[:2_000]) for one in arguments)
    return any(one is not None and is_own_engine(one["address"]) for one in found)


def _is_changed(node: Any) -> bool:
    """Say whether the variable that a call in Go fills is given another address: `config.BaseURL = address`.

    Where that happens only if there is an address, the provider itself is asked otherwise.
    """
    declared = node.parent.parent if node.parent is not None else None
    if declared is None or declared.type not in {"short_var_declaration", "assignment_statement"}:
        return False
    name = text_of(declared.child_by_field_name("left")).partition(",")[0]
    later = declared.parent.text if declared.parent is not None else b""
    said = _IF_GIVEN.sub("", later.decode("utf-8", "replace"))
    return bool(re.search(rf"\b{re.escape(name)}\.BaseURL\s*=(?!=)(?![^\n]*api\.openai\.com)", said))


_IF_GIVEN = re.compile(
    r"\bif\s+(?:[^{}\n]*;\s*)?(?P<name>[\w.]+(?:\(\))?)\s*!=\s*\"\"\s*\{\s*\w+\.BaseURL\s*=\s*(?P=name)\s*\}"
)
"""An address that is put in only where it is not empty."""


def address_of_maker(short: str, text: str, host: str) -> str | None:
    """Return the address that a file makes a provider's function of the AI SDK with: `const groq = createGroq({ baseURL })`.

    It is empty where the address is not plain, and None where none is given, or the provider's own.
    """
    made = re.compile(
        rf"\b{re.escape(short)}\s*=\s*create[A-Z]\w*\(\s*\{{[^{{}}]{{0,600}}?\bbaseURL\b(?P<given>[^,}}\n]*)"
    )
    found = made.search(text) if host else None
    if found is None or host in found["given"]:
        return None
    plain = _PLAIN.fullmatch(found["given"].strip())
    return plain["address"] if plain else ""


_PLAIN = re.compile(r":\s*[\"'`](?P<address>https?://[^\"'`\s$]+)[\"'`]")
