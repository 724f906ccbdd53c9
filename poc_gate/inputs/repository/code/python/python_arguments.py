"""Arguments of a call in Python -> limits of a model, settings of retrieval, steps of an agent."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.python.values.python_values import Scopes, Worth, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import OF_OWN_ENGINE
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.settings import IS_ASIDE, fact_of_setting
from poc_gate.model.claim import Place

_CAP = "security.output_cap"
_STEPS = frozenset(
    {"max_iterations", "maximum_iterations", "max_turns", "max_steps", "max_iter", "max_agent_steps"}
)


_LEARNS_BY = frozenset(
    {"num_train_epochs", "max_epochs", "epochs", "learning_rate", "n_estimators", "max_depth", "num_boost_round", "test_size"}
)  # fmt: skip
"""How a training is told what to do."""
_CAPS = (
    "max_tokens",
    "max_output_tokens",
    "max_completion_tokens",
    "max_new_tokens",
    "max_tokens_to_sample",
    "num_predict",
)


_CONFIGURES = re.compile(
    r"(?i)(?:config|settings|params|options|pipeline|deployment|service)\w*$|\.(?:bind|remote|from_dict)$"
)
"""Calls that are given settings of the pilot by their names."""


_RETRIEVES = re.compile(
    r"(?i)retriev|search|query_engine|similar|index|vector|nearest|match_|fetch_doc|node_parser|splitter|chunk|rag"
)


def note_limits(node: ast.Call, scopes: Scopes, notes: Notes, model: str = "") -> None:
    """Note answer length, time-out and retries that a chat model is made with; `model` is the one that the call names."""
    for keyword in node.keywords:
        found = worth(keyword.value, scopes)
        if keyword.arg == "temperature" and isinstance(found.value, int | float) and not found.default:
            where = Place(notes.file.path, keyword.value.lineno, keyword.value.col_offset + 1)
            notes.remark("temperature", "", where, f"temperature {found.value:g}")
        if not isinstance(found.value, int | float) or isinstance(found.value, bool) or found.value <= 0:
            continue
        at = place_of(
            found.node or keyword.value,
            Place(notes.file.path, keyword.value.lineno, keyword.value.col_offset + 1),
        )
        weight = min(_weight(found), 1) if found.default else 2 if found.node is keyword.value else 3
        if keyword.arg in _CAPS and (
            IS_ASIDE.search(notes.file.path) or _of_a_step(keyword.value, found.value)
        ):
            continue
        if keyword.arg in _CAPS:
            notes.number(_CAP, found.value, at, unit="tok", weight=weight)
            if model and found.node is keyword.value:
                notes.signals.of_models[at] = model.lower()
        elif keyword.arg in {"timeout", "request_timeout"} and not _FILLS.search(notes.file.path):
            notes.number("path.stages[model].timeout", found.value, at, unit="s", weight=weight)
        elif keyword.arg in {"max_retries", "num_retries"}:
            notes.number("path.stages[model].retries", found.value, at, weight=weight)
        elif keyword.arg in {"num_ctx", "n_ctx", "context_window", "max_model_len"}:
            note = OF_OWN_ENGINE if keyword.arg in {"num_ctx", "n_ctx"} else ""
            notes.number("model.max_context", found.value, at, unit="tok", weight=weight, note=note)


def _of_a_step(given: ast.expr, value: float) -> bool:
    """Say whether the cap that a call is given is called after a step that is not the answer: `HINTS_PARSE_MAX_TOKENS`."""
    name = given.id if isinstance(given, ast.Name) else given.attr if isinstance(given, ast.Attribute) else ""
    if not name.lower().endswith("tokens"):
        return False
    return not any(fact == _CAP for fact, _ in fact_of_setting(name, value))


_FILLS = re.compile(r"(?i)(?:^|[/_])(?:index(?:er|ing)|ingest\w*|crawl\w*|scrap\w*)(?:[/_.]|$)")
"""Files that fill an index: how long their calls may take is not how long an answer may."""
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
    _note_thresholds(node, name, scopes, notes)
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
        if keyword.arg is None or keyword.arg in _CAPS:
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
            _note_search(keyword.value, scopes, notes)
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
        limits = _is_limit(keyword.arg, name, node, scopes)
        if not (
            wanted
            or limits
            or (retrieves and keyword.arg in _COUNTED and not _is_a_trial(node))
            or (of_index and keyword.arg in {"dim", "dimension"})
        ):
            continue
        if keyword.arg == "dimensions" and not (call and call.what == "embedding"):
            continue
        among = keyword.arg == "k_nearest_neighbors" and _keeps_fewer(keyword.value, notes)
        _note_setting("fetch_k" if among else _NAMES.get(keyword.arg, keyword.arg), keyword.value, scopes, notes)  # fmt: skip


def _note_looked_up(name: str, node: ast.expr, scopes: Scopes, notes: Notes) -> None:
    """Note a text that a class of settings is given: what the environment says, or a default where it says nothing."""
    found = worth(node, scopes)
    if isinstance(found.value, str) and found.ref is not None and found.ref.kind == "env":
        at = found.node or node
        place = Place(notes.file.path, getattr(at, "lineno", 0), getattr(at, "col_offset", 0) + 1)
        note_named(name, found.value, place, notes)


_OF_VECTORS = re.compile(r"(?i)\bpinecone\b")
"""What a file speaks of that makes an index of vectors by a method of a common name."""


def _is_limit(keyword: str, name: str, node: ast.Call, scopes: Scopes) -> bool:
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


def _keeps_fewer(value: ast.expr, notes: Notes) -> bool:
    """Say whether a search keeps fewer than the nearest neighbours, which are candidates then: it is told another number."""
    if not notes.file.shows(_TOP):
        return False
    return ast.unparse(value) not in {match["name"] for match in _TOP.finditer(notes.file.text)}


_QUESTIONS = frozenset({"query", "query_text", "query_texts", "question"})


def _is_a_trial(node: ast.Call) -> bool:
    """Say whether a search is asked a question that stands in the code, which somebody does to see whether it works."""
    given = [*node.args[:1], *(one.value for one in node.keywords if one.arg in _QUESTIONS)]
    said = [part for one in given for part in (one.elts if isinstance(one, ast.List) else [one])]
    return any(isinstance(one, ast.Constant) and " " in str(one.value).strip() for one in said)


_COUNTED = frozenset({"top_k", "k", "num_results", "n_results", "top_n_results", "k_nearest_neighbors"})
"""How a search is told how many results to return."""
_CLIENTS = frozenset({"qdrant_client", "weaviate", "pymilvus", "pinecone", "redisvl", "lancedb"})
_SEARCHES = frozenset({"query_points", "search", "search_batch", "near_text", "near_vector", "near_image", "hybrid", "hybrid_search", "query", "query_batch_points"})  # fmt: skip
"""How clients of vector stores are asked, and what those are called."""
_NAMES = {"k": "top_k", "limit": "top_k", "top": "top_k", "num_results": "top_k", "n_results": "top_k", "top_n_results": "top_k", "dimensions": "embed_dim", "output_dimensionality": "embed_dim", "output_dim": "embed_dim", "dim": "embed_dim", "dimension": "embed_dim"}  # fmt: skip


_BATCH = re.compile(r"(?i)batch")
_A_LISTING = 200
"""Passages from which on a call lists what is there."""
_CANDIDATES = 50
"""Passages of a parameter's default that are more than an answer is made of."""


def _note_setting(name: str, node: ast.expr, scopes: Scopes, notes: Notes) -> None:
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
    for value in (found.value, found.alternative):
        if value is not None:
            notes.named_value(name, value, place, weight=_weight(found))


def _weight(found: Worth) -> int:
    """Return how much a value counts: a parameter's default less, what is computed of one not at all."""
    if not found.default:
        return 2
    return 0 if isinstance(found.node, ast.BinOp) else 1


_FAR_ENOUGH = frozenset({"score_threshold", "similarity_threshold", "similarity_cutoff", "certainty"})
"""How calls of stores are told from which likeness on a passage counts."""


def _note_thresholds(node: ast.Call, name: str, scopes: Scopes, notes: Notes) -> None:
    """Note from which likeness on a search of a store counts what it finds."""
    for given in node.keywords:
        if given.arg not in _FAR_ENOUGH or (given.arg == "certainty" and "near_" not in name):
            continue
        found = worth(given.value, scopes).value
        if isinstance(found, int | float) and not isinstance(found, bool) and found > 0:
            where = Place(notes.file.path, given.value.lineno, given.value.col_offset + 1)
            notes.remark("similarity threshold", "", where, f"{given.arg} {found:g}")


def _note_search(node: ast.Dict, scopes: Scopes, notes: Notes) -> None:
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "k":
            found = worth(value, scopes)
            if found.value is not None:
                place = Place(notes.file.path, value.lineno, value.col_offset + 1)
                notes.named_value("top_k", found.value, place, weight=3)


def argument_of(node: ast.Call, names: tuple[str, ...]) -> ast.expr | None:
    """Return the first of several keyword arguments that is given, or None."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    return next((given[name] for name in names if name in given), None)


def text_of(node: ast.Call, names: tuple[str, ...], scopes: Scopes) -> str:
    """Return a keyword argument as text, empty where it is none."""
    value = worth(argument_of(node, names), scopes).value
    return value if isinstance(value, str) else ""


def place_of(node: ast.AST | None, place: Place) -> Place:
    """Return where a node is written, or the place that stands in for it."""
    line = getattr(node, "lineno", 0)
    return Place(place.file, line + 0, getattr(node, "col_offset", 0) + 1) if line else place


_ORIGIN = re.compile(r"(?:https?|wss)://[\w.-]+(?::\d+)?(?=[/?])")


def begins_with(node: ast.AST, scopes: Scopes) -> str:
    """Return the host's address that a text with parts to put in begins with, or an empty text."""
    bound = scopes.find(node.id) if isinstance(node, ast.Name) else node
    first = bound.values[0] if isinstance(bound, ast.JoinedStr) and bound.values else None
    plain = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    match = _ORIGIN.match(plain)
    return match[0] if match else ""
