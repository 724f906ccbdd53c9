"""A search of an index in Python -> how many passages it returns, and how alike they must be."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes


def is_limit(keyword: str, name: str, node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a keyword tells a client of a store how many results to return."""
    if name.rpartition(".")[2] not in _SEARCHES:
        return False
    if node.args and worth(node.args[0], scopes).value in _ALL_OF_IT:
        return False  # it lists what is there
    if keyword == "top":
        return any(path.startswith("azure.search") for path in scopes.imports.values())
    imported = {path.partition(".")[0] for path in scopes.imports.values()}
    return keyword in {"limit", "top_k"} and bool(_CLIENTS & imported)


_ALL_OF_IT = frozenset({"", "*"})
"""Questions to an index that every entry answers."""
_TOP = re.compile(r"\.search\((?:[^()]|\([^()]*\)){0,2000}?\btop\s*=\s*(?P<name>[\w.]+)")


def keeps_fewer(value: ast.expr, notes: Notes) -> bool:
    """Say whether a search keeps fewer than the nearest neighbours: it is told another number, and they are candidates."""
    if not notes.file.shows(_TOP):
        return False
    return ast.unparse(value) not in {match["name"] for match in _TOP.finditer(notes.file.text)}


_QUESTIONS = frozenset({"query", "query_text", "query_texts", "question"})


def is_a_trial(node: ast.Call) -> bool:
    """Say whether a search is asked a question that stands in the code, as somebody does who tries it out."""
    given = [*node.args[:1], *(one.value for one in node.keywords if one.arg in _QUESTIONS)]
    said = [part for one in given for part in (one.elts if isinstance(one, ast.List) else [one])]
    return any(isinstance(one, ast.Constant) and " " in str(one.value).strip() for one in said)


_CLIENTS = frozenset({"qdrant_client", "weaviate", "pymilvus", "pinecone", "redisvl", "lancedb"})
_SEARCHES = frozenset({"query_points", "search", "search_batch", "near_text", "near_vector", "near_image", "hybrid", "hybrid_search", "query", "query_batch_points"})  # fmt: skip
"""How clients of vector stores are asked, and what those are called."""


_FAR_ENOUGH = frozenset({"score_threshold", "similarity_threshold", "similarity_cutoff", "certainty"})
"""Arguments that say how alike a passage must be to count."""


def note_thresholds(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note how alike a passage must be for a search of a store to return it."""
    for given in node.keywords:
        if given.arg not in _FAR_ENOUGH or (given.arg == "certainty" and "near_" not in name):
            continue
        found = worth(given.value, scopes).value
        if isinstance(found, int | float) and not isinstance(found, bool) and found > 0:
            at = written_at(given.value, notes)
            notes.remark("similarity threshold", "", at, f"{given.arg} {found:g}")


def note_search(node: ast.Dict, scopes: Scopes, notes: Notes) -> None:
    """Note how many passages a retriever of LangChain is told to return: `search_kwargs={"k": 4}`."""
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "k":
            found = worth(value, scopes)
            if found.value is not None and not is_reckoned(value, scopes):
                weight = 1 if found.default else 3
                notes.named_value("top_k", found.value, written_at(value, notes), weight=weight)


def is_reckoned(value: ast.expr, scopes: Scopes) -> bool:
    """Say whether a number of passages is reckoned from others: so many are fetched to choose from, or from each of several stores."""
    held = scopes.find(value.id) if isinstance(value, ast.Name) else value
    return isinstance(held, ast.BinOp)


OF_LANGCHAIN = frozenset({"similarity_search", "asimilarity_search", "similarity_search_with_score", "asimilarity_search_with_score", "similarity_search_with_relevance_scores", "similarity_search_by_vector", "max_marginal_relevance_search"})  # fmt: skip
"""Searches of LangChain, which take the number of passages as their second argument."""


def is_of_a_store_class(name: str) -> bool:
    """Say whether a store of LangChain hands on what it is asked for, in a class that extends one: whoever searches says how many."""
    owner, _, method = name.rpartition(".")
    return method in OF_LANGCHAIN and owner in {"self", "super"}


_OF_THE_WEB = re.compile(r"(?i)(?:^|[._])(?:web|internet)_?(?:search\w*|results?|manager|client|engine)|tavily|duckduckgo|serper|serpapi|brave_?search|google_?search")  # fmt: skip


def is_of_the_web(name: str) -> bool:
    """Say whether a call looks something up on the web, which finds no passages of the pilot's own."""
    return _OF_THE_WEB.search(name) is not None


_RERANKERS = re.compile(
    r"(?i)rerank(?:er)?(?:\.from_\w+)?$|rerank(?:er)?_?(?:params?|parms|parameters|config|settings)$"
)
_LEFT = frozenset({"top_n", "top_k"})


def note_reranked(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note how many passages are left where they are ranked again: `CohereRerank(top_n=3)`."""
    if not _RERANKERS.search(name):
        return
    for given in node.keywords:
        found = worth(given.value, scopes) if given.arg in _LEFT else None
        if (
            found is None
            or found.default
            or isinstance(found.value, bool)
            or not isinstance(found.value, int)
        ):
            continue
        notes.named_value("rerank_top_n", found.value, written_at(given.value, notes))
