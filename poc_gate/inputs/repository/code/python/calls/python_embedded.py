"""A call in Python that opens an index -> whether it lies in files of the program's own, or behind a server."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth

INSIDE, SERVED = "file", "server"
_INDEXES = frozenset({"qdrant", "chroma", "milvus", "weaviate"})
"""Systems whose client can also open an index inside the program."""
_ALONE = frozenset({"chromadb.PersistentClient", "chromadb.EphemeralClient", "weaviate.connect_to_embedded"})
"""Calls that never ask a server."""
_KEPT_IN = frozenset({"path", "persist_directory", "persist_path", "embedded_options"})
_ASKED_AT = frozenset({"url", "host", "uri", "location", "connection_args", "connection_string", "http_host"})
_OWN_FILE = re.compile(r"(?:\./|/|~)?[\w./-]*\.db|:memory:")
"""How an index is named that lies in one file, or in memory."""
_CLIENT = re.compile(r"(?:Client|\.connect\w*|\.connections(?:\.connect)?)$")


def where_it_lies(system: str, name: str, node: ast.Call, scopes: Scopes) -> str:
    """Return `file` for an index that the program opens itself, `server` for one that it asks, empty where the call says neither."""
    if system not in _INDEXES:
        return ""
    if name in _ALONE or (name == "chromadb.Client" and not node.args and not node.keywords):
        return INSIDE
    given = {one.arg: one.value for one in node.keywords if one.arg is not None}
    addresses = [*node.args[:1], *(value for key, value in given.items() if key in _ASKED_AT)]
    if any(_is_own_file(one, scopes) for one in addresses):
        return INSIDE
    if given.keys() & _ASKED_AT:
        return SERVED
    if given.keys() & _KEPT_IN:
        return INSIDE
    return SERVED if _CLIENT.search(name) else ""


def _is_own_file(node: ast.expr, scopes: Scopes) -> bool:
    """Say whether an address is that of a file or of memory, also as the entry `uri` of a dictionary."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        inner = [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "uri"]
        return any(_is_own_file(one, scopes) for one in inner)
    value = worth(node, scopes).value
    return isinstance(value, str) and _OWN_FILE.fullmatch(value) is not None
