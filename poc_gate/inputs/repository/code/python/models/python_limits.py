"""Arguments of a call that makes a model in Python -> its longest answer, its time-out, its retries."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import place_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import Worth, worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import OF_OWN_ENGINE
from poc_gate.inputs.repository.tables.settings import IS_ASIDE, fact_of_setting
from poc_gate.model.claim import Place

_CAP = "security.output_cap"
CAPS = (
    "max_tokens",
    "max_output_tokens",
    "max_completion_tokens",
    "max_new_tokens",
    "max_tokens_to_sample",
    "num_predict",
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
        weight = min(weight_of(found), 1) if found.default else 2 if found.node is keyword.value else 3
        if keyword.arg in CAPS and (
            IS_ASIDE.search(notes.file.path) or _of_a_step(keyword.value, found.value)
        ):
            continue
        if keyword.arg in CAPS:
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


def weight_of(found: Worth) -> int:
    """Return how much a value counts: a parameter's default less, what is computed of one not at all."""
    if not found.default:
        return 2
    return 0 if isinstance(found.node, ast.BinOp) else 1
