"""A function of the pilot's own that splits texts, searches or asks a model in Python -> what the defaults of its parameters say."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from poc_gate.inputs.repository.code.python.calls.python_interfaces import INTERFACE, TIMEOUT
from poc_gate.inputs.repository.code.python.calls.python_searches import OF_LANGCHAIN
from poc_gate.inputs.repository.code.python.python_context import PythonContext
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.tables.settings import fact_of_setting

_SPLITS = re.compile(r"(?i)chunk|split")
_NO_TEXT = re.compile(
    r"(?i)audio|video|image|frame|wave|signal|data_?set|train|batch|file|list|payload|stream|upload"
)
"""What is split that is no text."""
_SIZES = re.compile(
    r"(?:max_)?(?:chunk_)?(?:size|length|chars|characters|tokens|words)|chunk_(?:size|length)_?\w*"
)
_OVERLAPS = re.compile(r"(?:chunk_)?overlap(?:_(?:size|chars|tokens|words))?")
_SEARCHES = re.compile(
    r"(?i)^_?(?!.*(?:web|internet|news|google|rerank|history|log|user|image|train|eval))(?:\w+_)?(?:retriev\w*|(?:semantic|vector|similarity|hybrid|dense|knn)_search\w*|search_(?:\w+_)?(?:chunks?|passages?|documents?|docs|index|vectors?|vector_?store|knowledge\w*|embeddings?|similar)|search|similar\w*|(?:get|find|fetch)_(?:\w+_)?(?:contexts?|chunks|passages|similar\w*|relevant\w*))$"
)
_OF_VECTORS = re.compile(r"(?i)embed|cosine|faiss|<=>|<->|\bvector|chroma|qdrant|milvus|pinecone|weaviate")
"""What a file speaks of that searches by likeness."""
_RESULTS = frozenset({"top_k", "k", "n_results", "num_results", "match_count", "topk", "top_n"})
_MOST_RESULTS = 50
"""Passages of a default that are more than an answer is made of: they are ranked again, or listed."""
_HANDED_ON = frozenset(
    {"security.output_cap", "retrieval.top_k", "retrieval.chunk_size", "retrieval.chunk_overlap", "agent.max_steps", "retrieval.dims"}
)  # fmt: skip


def note_passages(module: PythonContext, name: str, defaults: Mapping[str, ast.expr]) -> None:
    """Note how large pieces are that a function cuts a text into, and how many passages one returns by default."""
    owner = module.in_class[-1].name if name == "__init__" and module.in_class else name
    if _SPLITS.search(owner) and not _NO_TEXT.search(owner):
        _note_pieces(module, defaults)
    elif name in OF_LANGCHAIN and module.in_class and module.in_class[-1].bases:
        return  # a store of LangChain is extended: whoever searches says how many
    elif _SEARCHES.match(name) and module.notes.file.shows(_OF_VECTORS):
        given = next((one for one in defaults if one in _RESULTS), "")
        value = _number(module, defaults.get(given))
        if value is not None and value < _MOST_RESULTS:
            module.notes.named_value("search_k", value, module.place(defaults[given]), weight=1)
    if name == "__init__":
        _note_handed_on(module, defaults)


def _note_pieces(module: PythonContext, defaults: Mapping[str, ast.expr]) -> None:
    """Note size and overlap of the pieces of a text, where a function takes both."""
    size = next((one for one in defaults if _SIZES.fullmatch(one)), "")
    overlap = next((one for one in defaults if _OVERLAPS.fullmatch(one)), "")
    for said, given in (("chunk_size", size), ("chunk_overlap", overlap)) if size and overlap else ():
        value = _number(module, defaults[given])
        if value is not None:
            module.notes.named_value(said, value, module.place(defaults[given]), weight=1)


_WAITS = frozenset({"timeout", "request_timeout", "timeout_s", "timeout_seconds"})


def _note_time(module: PythonContext, given: str, value: int, at: ast.expr) -> None:
    """Note how long a question to a model may take that an object hands on: `timeout=self.timeout`."""
    handed = re.compile(rf"(?<![\w.])timeout\s*=\s*(?:\w+\.\w+\(\s*)?self\._?{given}\b")
    if module.notes.file.shows(INTERFACE) and module.notes.file.shows(handed):
        module.notes.number(TIMEOUT, value, module.place(at), unit="s", weight=1)


def _note_handed_on(module: PythonContext, defaults: Mapping[str, ast.expr]) -> None:
    """Note a limit that an object is made with by default and hands on: `max_tokens=self.max_tokens`."""
    for given, default in defaults.items():
        value = _number(module, default)
        if given in _WAITS and value is not None:
            _note_time(module, given, value, default)
        facts = [fact for fact, _ in fact_of_setting(given, value)] if value is not None else []
        if value is None or not facts or facts[0] not in _HANDED_ON:
            continue
        handed = re.compile(rf"(?<![\w.])[\"']?(?P<as>\w+)[\"']?\s*[=:]\s*self\._?{given}\b(?!\s*[=(])")
        taken = {match["as"] for match in handed.finditer(module.notes.file.text)}
        if any(
            fact == facts[0] for one in taken for fact, _ in fact_of_setting(_CALLED.get(one, one), value)
        ):
            module.notes.named_value(_CALLED.get(given, given), value, module.place(default), weight=1)


_CALLED = {"k": "search_k", "n_results": "search_k", "limit": "search_k"}
"""How a store calls the number of its results."""


def _number(module: PythonContext, default: ast.expr | None) -> int | None:
    """Return the whole number that a default is worth; None for anything else."""
    value = worth(default, module.scopes).value
    value = int(value) if isinstance(value, float) and value == int(value) else value
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
