"""Calls of splitters, retrievers and indexes -> how long passages are, how many are returned, how wide vectors are."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, plain_of, text_of
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_SPLITS = re.compile(
    r"^(?:DocumentByLineSplitter|DocumentByParagraphSplitter|DocumentBySentenceSplitter|DocumentByWordSplitter|recursive)$"
)
_SPLITS_ITSELF = re.compile(
    r"(?i)^(?:chunk|split)(?:markdown|text|document|doc|content|pages?|by\w*|into\w*|words|s)?$"
)
"""Functions of the pilot's own that divide a text: size and overlap come last."""
_SMALLEST_PASSAGE = 64


def note_split(short: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note the size and the overlap of passages that a splitter of LangChain4j is made with."""
    own = _SPLITS_ITSELF.match(short) is not None
    if not (own or _SPLITS.match(short)) or len(arguments) < 2:
        return
    given = [plain_of(argument)[0] for argument in (arguments[-2:] if own else arguments)]
    numbers = [value for value in given if isinstance(value, int | float)]
    if own and (len(numbers) != 2 or not numbers[0] > numbers[1] >= 0 or numbers[0] < _SMALLEST_PASSAGE):
        return
    for name, value in zip(("chunk_size", "chunk_overlap"), given, strict=False):
        if isinstance(value, int | float):
            notes.named_value(name, value, place)


def passages_of(short: str, arguments: list[Any], file: TextFile) -> tuple[float, Any] | None:
    """Return how many passages a search by relevance and variety returns, and where that is written; None for other calls."""
    if short != "maxMarginalRelevanceSearch" or len(arguments) < _WITH_OPTIONS or arguments[1].type != "object":  # fmt: skip
        return None
    for child in arguments[1].named_children:
        if child.type == "pair":
            name, value = named(child)
            plain, at = plain_of(value) if name == "k" and value is not None else (None, None)
            if isinstance(plain, float):
                return plain, at
        elif text_of(child) == "k" and (found := _K.search(file.text)):
            return float(found[1]), child
    return None


def option_of_retriever(short: str, arguments: list[Any]) -> tuple[float, Any] | None:
    """Return how many passages a retriever with options returns: `asRetriever({ k: 6 })`; None for other calls."""
    if short != "asRetriever" or len(arguments) != 1 or arguments[0].type != "object":
        return None
    for child in arguments[0].named_children:
        name, value = named(child)
        plain, at = plain_of(value) if name in {"k", "topK"} and value is not None else (None, None)
        if isinstance(plain, float):
            return plain, at
    return None


def dimension_of_index(short: str, arguments: list[Any]) -> tuple[float, Any] | None:
    """Return how long the vectors of a new index are: `createIndex({ dimension: 1536 })`; None for other calls."""
    if short != "createIndex" or not arguments or arguments[-1].type != "object":
        return None
    for child in arguments[-1].named_children:
        name, value = named(child)
        plain, at = plain_of(value) if name == "dimension" and value is not None else (None, None)
        if isinstance(plain, float):
            return plain, at
    return None


_WITH_OPTIONS = 2
_K = re.compile(r"\b(?:const|let|var)\s+k\s*(?::\s*number\s*)?=\s*(\d{1,4})\b")
