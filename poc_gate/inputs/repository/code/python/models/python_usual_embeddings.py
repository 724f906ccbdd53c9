"""An index in Python that is given no model -> the one with which its library embeds by itself, unless some file gives it one."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.marks import GIVES_AN_EMBEDDING, TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.model.claim import Place

_OF_LLAMA_INDEX = re.compile(r"(?:^|\.)VectorStoreIndex(?:\.from_documents|\.from_vector_store)?$")
_GIVEN = {
    "llama_index": re.compile(r"\bembed_model\b|\bMockEmbedding\b"),
    "chromadb": re.compile(
        r"\b(?:query_)?embedding_functions?\b|\b(?!Default)\w*EmbeddingFunction\b|\bquery_embeddings\b|\bembeddings\s*="
    ),
}
"""Library -> what a file says that gives its indexes a model, or vectors that one made."""


def note_given_embedding(file: TextFile, notes: Notes) -> None:
    """Note that a file gives the indexes of a library a model, whichever it is."""
    for library, given in _GIVEN.items():
        if file.shows(given):
            notes.technique(GIVES_AN_EMBEDDING, library, file.place(1), weight=1)


def note_usual_embedding(node: ast.Call, name: str, notes: Notes, place: Place) -> None:
    """Note the model of an index that a call makes, or asks by words, without naming one.

    Sources: documentation of LlamaIndex ("Embeddings") and of Chroma ("Embedding functions"), 2025.
    """
    if _OF_LLAMA_INDEX.search(name) and name.startswith("llama_index"):
        note = f"VectorStoreIndex {TAKEN_BY_ITSELF}"
        notes.model("text-embedding-ada-002", place, role="embedding", provider="openai", hosting="hosted", weight=1, sure=INFERRED, note=note)  # fmt: skip
    elif name.endswith(".query") and any(one.arg == "query_texts" for one in node.keywords) and notes.file.shows("chromadb"):  # fmt: skip
        note = f"Chroma {TAKEN_BY_ITSELF}"
        notes.model("all-MiniLM-L6-v2", place, role="embedding", provider="huggingface", hosting="self", weight=1, sure=INFERRED, note=note)  # fmt: skip
