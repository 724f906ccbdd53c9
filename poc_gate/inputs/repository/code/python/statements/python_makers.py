"""Tables in Python that make a client for each provider -> which lines are whose, and for whom one is ever made."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import ANY, MADE
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.model.claim import Place

_ENDS = ("Factory", "Provider", "Client", "LLM", "Maker", "Builder")
_FEWEST = 2


def note_makers(
    node: ast.Dict, classes: Sequence[ast.ClassDef], place: Callable[[ast.AST], Place], notes: Notes
) -> None:
    """Note the lines of a table of a class that are of one provider each: `{"openai": lambda s: OpenAI(), "anthropic": ...}`."""
    if not classes or not classes[-1].name.endswith(_ENDS):
        return
    makers = [maker_named(key.value) if isinstance(key, ast.Constant) and isinstance(key.value, str) else "" for key in node.keys]  # fmt: skip
    if sum(map(bool, makers)) < _FEWEST or not all(isinstance(one, ast.Lambda) for one in node.values):
        return
    for maker, made in zip(makers, node.values, strict=True):
        if maker:
            first = place(made)
            last = first.line + (made.end_lineno or made.lineno) - made.lineno
            notes.signals.guarded.append((f"{MADE}{classes[-1].name}.{maker}", first.file, first.line, last))


_MADE = re.compile(
    r"(?<!class )\b(?P<table>[A-Z]\w{0,60}(?:Factory|Provider|Client|LLM|Maker|Builder))\(\s*(?:(?:provider|name|kind)\s*=\s*)?(?:[\"'](?P<named>[\w-]+)[\"']|[^)\s])"
)
"""An object that is made for whom its first argument says: `LLMFactory("openai")`, `LLMFactory(provider)`."""


def note_made_for(text: str, notes: Notes) -> None:
    """Note the provider for which a file makes an object that could be made for any, whatever else it says."""
    if notes.standing > Standing.SUPPORT or not any(f"{end}(" in text for end in _ENDS):
        return
    for found in _MADE.finditer(text):
        maker = maker_named(found["named"]) if found["named"] else ""
        notes.signals.switches.append((f"{MADE}{found['table']}", maker or ANY))
