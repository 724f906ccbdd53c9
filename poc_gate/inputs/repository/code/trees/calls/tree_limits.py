"""Options with which a client of a language model is made in TypeScript and JavaScript -> how long it may take, how often it is tried again."""

from __future__ import annotations

import math
import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import named, pairs_given, place_of, text_of
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.calls.call import LLM, Call
from poc_gate.inputs.repository.tables.settings import IS_ASIDE

_SCRIPTS = (".ts", ".tsx", ".js", ".mjs", ".cjs", ".mts")
_TIMES = frozenset({"timeout", "requestTimeout"})
_MILLISECONDS = 1_000
_PRODUCT = re.compile(r"\d[\d_]{0,12}(?:\.\d{1,6})?(?:\s*\*\s*\d[\d_]{0,12}(?:\.\d{1,6})?){0,3}")
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,80}")


def note_client_limits(call: Call, arguments: Any, file: str, notes: Notes) -> None:
    """Note the limits of a client that asks a model for answers; its times are in milliseconds."""
    asks = (call.kind == "model" and call.what == "chat") or (call.kind == "host" and call.techniques == LLM)
    if not asks or not file.endswith(_SCRIPTS) or IS_ASIDE.search(file):
        return
    for pair in (pair for one in arguments[:2] for pair in pairs_given(one)):
        name, value = named(pair)
        number = _number_of(value, notes) if value is not None else None
        if number is None:
            continue
        if name in _TIMES and number > 0:
            notes.number("path.stages[model].timeout", number / _MILLISECONDS, place_of(value, file), unit="s", weight=2)  # fmt: skip
        elif name == "maxRetries":
            notes.number("path.stages[model].retries", number, place_of(value, file), weight=2)


def _number_of(value: Any, notes: Notes) -> float | None:
    """Return a number, a product of numbers, or what a constant of the file holds of either."""
    said = text_of(value)[:120].strip()
    if _NAME.fullmatch(said):
        held = re.search(rf"(?m)^(?:export\s+)?const\s+{re.escape(said)}\s*(?::\s*number\s*)?=\s*(?P<what>[^;\n/]+)", notes.file.text)  # fmt: skip
        said = held["what"].strip() if held else ""
    if not _PRODUCT.fullmatch(said):
        return None
    return math.prod(float(part.strip().replace("_", "")) for part in said.split("*"))
