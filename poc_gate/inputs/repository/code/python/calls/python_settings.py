"""Arguments of a call in Python -> settings of retrieval, of training, of the pilot, steps of an agent."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.calls.python_searches import (
    is_a_trial,
    is_limit,
    keeps_fewer,
    note_search,
    note_thresholds,
)
from poc_gate.inputs.repository.code.python.models.python_limits import CAPS, weight_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.model.claim import Place

_STEPS = frozenset(
    {"max_iterations", "maximum_iterations", "max_turns", "max_steps", "max_iter", "max_agent_steps"}
)


_LEARNS_BY = frozenset(
    {"num_train_epochs", "max_epochs", "epochs", "learning_rate", "n_estimators", "max_depth", "num_boost_round", "test_size"}
)  # fmt: skip
"""How a training is told what to do."""


_CONFIGURES = re.compile(
    r"(?i)(?:config|settings|params|options|pipeline|deployment|service)\w*$|\.(?:bind|remote|from_dict)$"
)
"""Calls that are given settings of the pilot by their names."""


_RETRIEVES = re.compile(
    r"(?i)retriev|search|query_engine|similar|index|vector|nearest|match_|fetch_doc|node_parser|splitter|chunk|rag"
)
_IN_PARTS = re.compile(r"(?:^|[._])(?:bulk|iter_content|iter_bytes|read_csv|read_sql|to_sql|imap\w*)$")
"""Calls that pass records or bytes on in parts, whose size is no passage of a text."""


_WIDE = re.compile(r"^pgvector\.(?:\w+\.)*(?:Vector|VECTOR|HALFVEC|HalfVector|VectorField|HalfVectorField)$")


def note_width(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note the width of a column of vectors that a class of a table says: `Vector(1536)`."""
    if not _WIDE.match(name):
        return
    for given in [*node.args[:1], *(one.value for one in node.keywords if one.arg in {"dim", "dimensions"})]:
        width = worth(given, scopes).value
        if isinstance(width, int) and not isinstance(width, bool):
            _note_setting("embed_dim", given, scopes, notes)


def note_arguments(node: ast.Call, name: str, call: Call | None, scopes: Scopes, notes: Notes) -> None:
    """Note retrieval settings that are given by keyword."""
    note_thresholds(node, name, scopes, notes)
    if _IN_PARTS.search(name):
        return
    retrieves = bool(_RETRIEVES.search(name))
    runs_agent = (
        (call is not None and "agent" in call.techniques)
        or "Agent" in name
        or name.endswith("TerminationStrategy")
    )
    samples = any(keyword.arg in {"temperature", "top_p"} for keyword in node.keywords)
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg in CAPS:
            continue
        if keyword.arg in _LEARNS_BY and isinstance(keyword.value, ast.Constant):
            _note_setting(keyword.arg, keyword.value, scopes, notes)
            continue
        if keyword.arg == "enforce_eager" and worth(keyword.value, scopes).value is True:
            notes.flag(
                "model.eager", Place(notes.file.path, keyword.value.lineno, keyword.value.col_offset + 1)
            )
            continue
        if keyword.arg in _STEPS and runs_agent:
            steps = worth(keyword.value, scopes).value
            if isinstance(steps, int) and not isinstance(steps, bool) and steps > 0:
                where = Place(notes.file.path, keyword.value.lineno, keyword.value.col_offset + 1)
                notes.number("agent.max_steps", steps, where)
            continue
        if keyword.arg == "search_kwargs" and isinstance(keyword.value, ast.Dict):
            note_search(keyword.value, scopes, notes)
            continue
        if _CONFIGURES.search(name) and not retrieves and not (samples and keyword.arg == "top_k"):
            _note_setting(keyword.arg, keyword.value, scopes, notes)
            _note_looked_up(keyword.arg, keyword.value, scopes, notes)
            continue
        wanted = (
            retrieves or "Settings" in name or keyword.arg not in {"chunk_size", "chunk_overlap"}
        ) and keyword.arg in {
            "similarity_top_k",
            "chunk_size",
            "chunk_overlap",
            "recursion_limit",
            "max_iterations",
            "max_turns",
            "dimensions",
            "output_dimensionality",
            "tensor_parallel_size",
            "gpu_memory_utilization",
            "max_model_len",
            "embed_dim",
            "embedding_dim",
            "output_dim",
            "vector_size",
            "embedding_dimension",
            "vector_search_dimensions",
            "maximum_page_length",
            "page_overlap_length",
            "tokens_per_chunk",
            "token_overlap_across_chunks",
            "max_num_seqs",
        }
        made = name.endswith(".create_index") and notes.file.shows(_OF_VECTORS)
        of_index = made or (call is not None and call.kind == "source" and "retrieval" in call.techniques)
        limits = is_limit(keyword.arg, name, node, scopes)
        if not (
            wanted
            or limits
            or (retrieves and keyword.arg in _COUNTED and not is_a_trial(node))
            or (of_index and keyword.arg in {"dim", "dimension"})
        ):
            continue
        if keyword.arg == "dimensions" and not (call and call.what == "embedding"):
            continue
        among = keyword.arg == "k_nearest_neighbors" and keeps_fewer(keyword.value, notes)
        said = "fetch_k" if among else _NAMES.get(keyword.arg, keyword.arg)
        _note_setting(said, keyword.value, scopes, notes, of_a_search=said == "top_k" != keyword.arg)


def _note_looked_up(name: str, node: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note a text that a class of settings is given: what the environment says, or a default where it says nothing."""
    found = worth(node, scopes)
    if isinstance(found.value, str) and found.ref is not None and found.ref.kind == "env":
        at = found.node or node
        place = Place(notes.file.path, getattr(at, "lineno", 0), getattr(at, "col_offset", 0) + 1)
        note_named(name, found.value, place, notes)


_OF_VECTORS = re.compile(r"(?i)\bpinecone\b")
"""What a file speaks of that makes an index of vectors by a method of a common name."""


_COUNTED = frozenset({"top_k", "k", "num_results", "n_results", "top_n_results", "k_nearest_neighbors"})
"""How a search is told how many results to return."""
_NAMES = {"k": "top_k", "limit": "top_k", "top": "top_k", "num_results": "top_k", "n_results": "top_k", "top_n_results": "top_k", "dimensions": "embed_dim", "output_dimensionality": "embed_dim", "output_dim": "embed_dim", "dim": "embed_dim", "dimension": "embed_dim"}  # fmt: skip


_OF_A_SEARCH = "search_k"
"""A name that only searches have; `top_k` is also what a word is drawn from."""
_BATCH = re.compile(r"(?i)batch")
_A_LISTING = 200
"""Passages from which on a call lists what is there."""
_CANDIDATES = 50
"""Passages of a parameter's default that are more than an answer is made of."""


def _note_setting(
    name: str, node: ast.expr, scopes: Scopes, notes: Notes, *, of_a_search: bool = False
) -> None:
    """Note a value by its name; both branches of a condition, so that they become a question."""
    if name == "chunk_size" and _BATCH.search(ast.unparse(node)[:80]):
        return  # as much as a model embeds at a time
    found = worth(node, scopes)
    at = found.node or node
    place = Place(notes.file.path, getattr(at, "lineno", 0), getattr(at, "col_offset", 0) + 1)
    if (
        name == "top_k"
        and isinstance(found.value, int)
        and found.value >= (_CANDIDATES if found.default else _A_LISTING)
    ):
        return  # as many as are looked through before they are ranked again, or whatever the caller asks for, or all there are
    said = _OF_A_SEARCH if of_a_search else name
    for value in (found.value, found.alternative):
        if value is not None:
            notes.named_value(said, value, place, weight=weight_of(found))
