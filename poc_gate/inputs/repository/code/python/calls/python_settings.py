"""Arguments of a call in Python -> settings of retrieval, of training, of the pilot, steps of an agent."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.calls.python_searches import (
    OF_LANGCHAIN,
    is_a_trial,
    is_limit,
    is_of_a_store_class,
    is_of_the_web,
    keeps_fewer,
    note_reranked,
    note_search,
    note_thresholds,
)
from poc_gate.inputs.repository.code.python.models.python_limits import CAPS, weight_of
from poc_gate.inputs.repository.code.python.values.python_arguments import written_at
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.of_parts import BOUNDS_A_REQUEST
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.model.claim import Place

_STEPS = frozenset(
    {"max_iterations", "maximum_iterations", "max_turns", "max_steps", "max_iter", "max_agent_steps"}
)
"""How an agent is told after how many steps to stop."""
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
_IN_PARTS = re.compile(
    r"(?:^|[._])(?:bulk|iter_content|iter_bytes|read_csv|read_sql|to_sql|imap\w*)$|^google\.cloud\.pubsub|(?:^|\.)(?:BatchSettings|FlowControl)$"
)
"""Calls that pass records, bytes or messages of a queue on in parts, whose size is no passage of a text and no conversation."""
_OF_PASSAGES = frozenset({"chunk_size", "chunk_overlap"})
_BY_THEIR_NAMES = _OF_PASSAGES | {
    "similarity_top_k",
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
"""Settings that their names alone tell; those of passages only where something is retrieved or set."""
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
    """Note the settings that a call is given by keyword."""
    note_thresholds(node, name, scopes, notes)
    _note_bound(node, name, notes)
    if _IN_PARTS.search(name):
        return
    runs_agent = _runs_an_agent(name, call)
    repeats = name.endswith("LoopAgent")
    note_reranked(node, name, scopes, notes)
    if name.endswith("UsageLimits"):
        _note_usage(node, scopes, notes)
    for keyword in node.keywords:
        given, value = keyword.arg, keyword.value
        if (
            given is None
            or given in CAPS
            or (repeats and given in _STEPS)  # how often it starts its agents again, not the steps of one
            or _note_by_name(given, value, scopes, notes, runs_agent=runs_agent)
        ):
            continue
        if _sets_up(given, node, name):
            _note_setting(given, value, scopes, notes)
            _note_looked_up(given, value, scopes, notes)
        elif _is_of_retrieval(given, node, name, call, scopes, notes):
            among = given == "k_nearest_neighbors" and keeps_fewer(value, notes)
            said = "fetch_k" if among else _NAMES.get(given, given)
            _note_setting(said, value, scopes, notes, of_a_search=said == "top_k" != given)


_ROUTE = re.compile(r"(?m)^[ \t]*@(?:\w+\.)*\w*(?:app|api|router|bp|blueprint)\.(?:post|get|put|api_route|route|websocket)\(")  # fmt: skip


def _note_bound(node: ast.Call, name: str, notes: Notes) -> None:
    """Note the setting by which a route bounds all that it waits for: `asyncio.wait_for(..., timeout=settings.limit)`."""
    if name != "asyncio.wait_for" or not notes.file.shows(_ROUTE):
        return
    for keyword in node.keywords:
        if keyword.arg == "timeout" and isinstance(keyword.value, ast.Attribute | ast.Name):
            named = keyword.value.attr if isinstance(keyword.value, ast.Attribute) else keyword.value.id
            notes.technique(BOUNDS_A_REQUEST, named, written_at(keyword.value, notes), weight=1)


def _runs_an_agent(name: str, call: Call | None) -> bool:
    """Say whether a call makes an agent or runs one, whose steps it may limit."""
    known = call is not None and "agent" in call.techniques
    return known or "Agent" in name or name.endswith("TerminationStrategy")


def _note_by_name(given: str, value: ast.expr, scopes: Scopes, notes: Notes, *, runs_agent: bool) -> bool:
    """Note a keyword that says the same in every call; return whether it is one."""
    if given in _LEARNS_BY and isinstance(value, ast.Constant):
        _note_setting(given, value, scopes, notes)
    elif given == "enforce_eager" and worth(value, scopes).value is True:
        notes.flag("model.eager", written_at(value, notes))
    elif given in _STEPS and runs_agent:
        _note_steps(value, scopes, notes)
    elif given == "search_kwargs" and isinstance(value, ast.Dict):
        note_search(value, scopes, notes)
    else:
        return False
    return True


def _note_steps(value: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note how many steps an agent may take."""
    steps = worth(value, scopes).value
    if isinstance(steps, int) and not isinstance(steps, bool) and steps > 0:
        notes.number("agent.max_steps", steps, written_at(value, notes))


_USED = {"request_limit": "agent.max_steps", "tool_calls_limit": "agent.max_tool_calls", "output_tokens_limit": "security.output_cap", "response_tokens_limit": "security.output_cap"}  # fmt: skip
"""How PydanticAI is told what one run of an agent may use."""


def _note_usage(node: ast.Call, scopes: Scopes, notes: Notes) -> None:
    """Note how often a run of an agent may ask its model, and how much it may write: `UsageLimits(request_limit=20)`."""
    for given in node.keywords:
        fact, found = _USED.get(given.arg or "", ""), worth(given.value, scopes)
        if fact and isinstance(found.value, int) and not isinstance(found.value, bool) and not found.default:
            unit = "tok" if fact == "security.output_cap" else "1"
            notes.number(fact, found.value, written_at(given.value, notes), unit=unit)


def _sets_up(given: str, node: ast.Call, name: str) -> bool:
    """Say whether a call keeps settings of the pilot by their names; `top_k` beside a temperature is one of sampling."""
    if not _CONFIGURES.search(name) or _RETRIEVES.search(name):
        return False
    samples = any(keyword.arg in {"temperature", "top_p"} for keyword in node.keywords)
    return not (samples and given == "top_k")


def _is_of_retrieval(given: str, node: ast.Call, name: str, call: Call | None, scopes: Scopes, notes: Notes) -> bool:  # fmt: skip
    """Say whether a keyword of this call is a setting of retrieval."""
    if given == "dimensions" and not (call and call.what == "embedding"):
        return False
    retrieves = bool(_RETRIEVES.search(name))
    if given in _BY_THEIR_NAMES and (retrieves or "Settings" in name or given not in _OF_PASSAGES):
        return True
    if is_limit(given, name, node, scopes):
        return True
    if given in {"dim", "dimension"} and _makes_an_index(name, call, notes):
        return True
    if is_of_the_web(name) or is_of_a_store_class(name):
        return False
    nearest = not _BESIDE_A_VECTOR.isdisjoint(one.arg for one in node.keywords)
    nearest = nearest or (given == "n_results" and name.endswith(".query"))
    return (retrieves or nearest) and given in _COUNTED and not is_a_trial(node)


_BESIDE_A_VECTOR = frozenset({"query_texts", "query_embeddings", "query_embedding", "query_vector", "query_vectors"})  # fmt: skip
"""What an index is asked for the neighbours of, whatever the program calls it."""


def note_count_by_place(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note how many passages a search is told to return behind the question: `store.similarity_search(question, 5)`."""
    method = name.rpartition(".")[2]
    of_faiss = method == "search" and any(
        path.partition(".")[0] == "faiss" for path in scopes.imports.values()
    )
    if len(node.args) != _WITH_A_COUNT or not (method in OF_LANGCHAIN or of_faiss) or is_a_trial(node):
        return
    if isinstance(worth(node.args[1], scopes).value, int):
        _note_setting("top_k", node.args[1], scopes, notes, of_a_search=True)


_WITH_A_COUNT = 2


def _makes_an_index(name: str, call: Call | None, notes: Notes) -> bool:
    """Say whether a call makes an index of vectors, or opens a store of them."""
    if name.endswith(".create_index") and notes.file.shows(_OF_VECTORS):
        return True
    return call is not None and call.kind == "source" and "retrieval" in call.techniques


def _note_looked_up(name: str, node: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note a text that a class of settings is given: what the environment says, or a default where it says nothing."""
    found = worth(node, scopes)
    if isinstance(found.value, str) and found.ref is not None and found.ref.kind == "env":
        at = found.node or node
        place = Place(notes.file.path, getattr(at, "lineno", 0), getattr(at, "col_offset", 0) + 1)
        note_named(name, found.value, place, notes)


_OF_VECTORS = re.compile(r"(?i)\bpinecone\b")
"""What a file speaks of that makes an index of vectors by a method of a common name."""


_COUNTED = frozenset(
    {"top_k", "k", "num_results", "max_num_results", "n_results", "top_n_results", "k_nearest_neighbors"}
)
"""How a search is told how many results to return."""
_NAMES = {"k": "top_k", "limit": "top_k", "top": "top_k", "num_results": "top_k", "max_num_results": "top_k", "n_results": "top_k", "top_n_results": "top_k", "dimensions": "embed_dim", "output_dimensionality": "embed_dim", "output_dim": "embed_dim", "dim": "embed_dim", "dimension": "embed_dim"}  # fmt: skip


_OF_A_SEARCH = "search_k"
"""A name that only searches have; `top_k` is also how many words the next one is drawn from."""
_BATCH = re.compile(r"(?i)batch")
_A_LISTING = 200
"""As many passages as a call asks for that only lists what is there."""
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
    most = _CANDIDATES if found.default else _A_LISTING
    if name == "top_k" and isinstance(found.value, int) and found.value >= most:
        return  # candidates that are ranked again, whatever the caller asks for, or all that is there
    said = _OF_A_SEARCH if of_a_search else name
    for value in (found.value, found.alternative):
        if value is not None:
            notes.named_value(said, value, place, weight=weight_of(found))
