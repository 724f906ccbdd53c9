"""Run files of Llama Stack -> the indexes that its providers keep passages in, and the stores behind its own records.

Source: Llama Stack documentation, "Configuring a Stack": `provider_type` is `inline::` or `remote::` and a name, and
an identifier such as `${env.MILVUS_URL:+milvus}` is there only where that variable is set.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_FILE = re.compile(r"(?i)(?:^|/)(?:[\w.-]*[-_])?(?:run|llama[-_]?stack)(?:[-_][\w.-]*)?\.ya?ml$")
_OF_A_STACK = re.compile(r"provider_type:[ \t]*[\"']?(?:inline|remote)::")
_ONLY_WHERE_SET = ":+"
_INDEXES = {
    "faiss": "faiss", "meta-reference": "faiss", "sqlite-vec": "sqlite", "sqlite_vec": "sqlite", "milvus": "milvus", "chromadb": "chroma", "qdrant": "qdrant",
    "pgvector": "postgresql", "weaviate": "weaviate", "elasticsearch": "elasticsearch",
}  # fmt: skip
"""Providers of `vector_io` -> the system."""
_STORES = {"sqlite": "sqlite", "postgres": "postgresql", "redis": "redis", "mongodb": "mongodb"}
"""Kinds of stores, without `kv_` or `sql_` before them -> the system."""


def _read(file: TextFile, notes: Notes) -> None:
    if not file.shows(_OF_A_STACK):
        return
    for document in read_documents(file)[:1]:
        _note_indexes(document.at("providers", "vector_io"), notes)
        backends = document.at("storage", "backends").entries().values()
        for store in (*backends, document.at("metadata_store"), document.at("inference_store")):
            kind = store.at("type").text().removeprefix("kv_").removeprefix("sql_")
            if system := _STORES.get(kind):
                notes.system(system, store.place, how="deployed", direction="both", note="the stack keeps its records there")  # fmt: skip


def _note_indexes(providers: Node, notes: Notes) -> None:
    for provider in providers.items():
        kind = provider.at("provider_type").text()
        system = _INDEXES.get(kind.rpartition("::")[2])
        if system and _ONLY_WHERE_SET not in provider.at("provider_id").text():
            notes.system(system, provider.place, how="deployed", direction="both", note="the stack keeps passages there")  # fmt: skip


READER = Reader(
    name="stack-run",
    summary="run files of Llama Stack: indexes and stores",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.SERVICE,
)
