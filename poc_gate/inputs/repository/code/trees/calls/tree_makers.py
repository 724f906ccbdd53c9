"""Tables in TypeScript of functions that make a model of a provider each -> which lines are whose, and whom one is asked of."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, text_of
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import ANY, MADE
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.providers import maker_named

_PASSES_ON = re.compile(
    r"(?:async\s+)?\(?\s*(?P<given>\w+)\s*(?::[^()=]+)?\)?\s*=>\s*[\w.]+\(\s*(?P=given)\s*[,)]"
)
"""A function that passes its parameter on: `(modelId: string) => anthropic(modelId)`."""
_TABLE = r"(?P<table>\w*(?:[Pp]roviders|[Cc]lients|[Ff]actories|[Mm]akers))"
_NAME = re.compile(_TABLE)
_ASKED = re.compile(rf"(?<![\w.]){_TABLE}(?:\??\.(?P<named>\w+)\??\.?\(|\??\.?\[)|(?:\.\w+\(|[(,:]\s*|\.\.\.|\b(?:in|of|return)\s+)(?P<handed>\w*(?:[Pp]roviders|[Cc]lients|[Ff]actories|[Mm]akers))\s*[),;}}\n]")  # fmt: skip
"""What asks a table for one provider, or hands the table on: `providers.openrouter("x")`, `providers[name]`, `register(providers)`."""


def note_maker(name: str, value: Any, node: Any, notes: Notes) -> None:
    """Note the lines of an entry that makes any model of one provider: they count where code asks for that provider."""
    maker = maker_named(name) if node.type == "pair" and value.type == "arrow_function" else ""
    table = _table_around(node) if maker and _PASSES_ON.match(text_of(value)[:300]) else ""
    if table:
        first = place_of(value, notes.file.path)
        last = first.line + value.end_point[0] - value.start_point[0]
        notes.signals.guarded.append((f"{MADE}{table}.{maker}", first.file, first.line, last))


def _table_around(node: Any) -> str:
    """Return the name of the constant whose object an entry stands in, also where that is one of two choices; or an empty text."""
    holder = node.parent.parent
    while holder is not None and holder.type in {"ternary_expression", "parenthesized_expression", "as_expression", "satisfies_expression"}:  # fmt: skip
        holder = holder.parent
    if holder is None or holder.type != "variable_declarator":
        return ""
    name = text_of(holder.child_by_field_name("name"))
    return name if _NAME.fullmatch(name) else ""


def note_made_for(text: str, notes: Notes) -> None:
    """Note the providers for which a file asks a table, whatever else it says."""
    if notes.standing > Standing.SUPPORT:
        return
    for found in _ASKED.finditer(text):
        maker = maker_named(found["named"]) if found["named"] else ANY
        if maker:
            notes.signals.switches.append((f"{MADE}{found['table'] or found['handed']}", maker))
