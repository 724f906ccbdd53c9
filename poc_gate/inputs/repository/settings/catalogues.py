"""An entry of a settings file -> whether it stands in a catalogue of models, or is asked by evaluations alone."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.settings.offered import holder_of

_FEWEST = 3
"""Entries side by side that make a catalogue: fewer can be what the pilot asks, with what it costs."""
_RATES = re.compile(r"(?i)pric(?:e|es|ing)\b|cost|quality|(?:^|_)tier$|latency_class|(?:^|_)elo(?:_|$)")
"""Entries that rate a model beside others."""
_ASKS = re.compile(r"(?i)(?:api_?)?(?:base|key)$|url$|endpoint|deployment|^host$|temperature|max_(?:output_)?tokens$|timeout|^top_[pk]$")  # fmt: skip
"""Entries by which a model is asked."""


def is_of_catalogue(path: tuple[str, ...], document: Node) -> bool:
    """Say whether an entry tells of one of many models what it costs and how good it is, and not how it is asked."""
    entry = holder_of(document, path[:-1])
    if len(path) < 2 or not _is_rated(entry):
        return False
    beside = holder_of(document, path[:-2]).entries().values()
    return sum(_is_rated(one) for one in beside) >= _FEWEST


def _is_rated(entry: Node) -> bool:
    keys = entry.entries()
    return any(map(_RATES.search, keys)) and not any(map(_ASKS.search, keys))


def is_of_evaluators(path: tuple[str, ...], document: Node) -> bool:
    """Say whether a named model of NeMo's toolkit is one that its evaluators alone name: `eval.evaluators.*.llm_name`.

    Source: NVIDIA NeMo Agent Toolkit documentation, "Evaluate", 2025.
    """
    if len(path) < 3 or path[0] != "llms" or not document.at("eval"):
        return False
    named = [inner for inner, node in document.walk() if inner[:1] != ("llms",) and node.text() == path[1]]
    return bool(named) and all(inner[0] == "eval" for inner in named)
