"""Tools in Python whose name alone says what they do -> their effect, by functions of other files that are theirs or that they call."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from poc_gate.inputs.repository.code.effects import effect_of_tool, only_shows
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import calls_and_texts, is_pure
from poc_gate.inputs.repository.noting.signals import ToolSeen
from poc_gate.text.documents.python_text import parse_python

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEFINED = re.compile(r"(?m)^(?:async )?def (\w+)\(")
_WORSE = frozenset({"writes", "irreversible"})
_MOST_CALLS = 40
_NOTHING_OUTSIDE = ("str",)
"""What a function calls that reaches nothing."""


def is_to_follow(one: ToolSeen) -> bool:
    """Say whether what a tool does may stand in another function than the one that was read."""
    return one.reader == "python" and one.why.startswith(("by its name", "neither its name"))


class Functions:
    """The functions at the top of some files of Python, those alone that one file has under a name."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Note which file defines each name, without reading the code."""
        self.texts = dict(texts)
        self.homes: dict[str, list[str]] = {}
        self.trees: dict[str, dict[str, _Function]] = {}
        for path, text in texts:
            for name in set(_DEFINED.findall(text)):
                self.homes.setdefault(name, []).append(path)

    def find(self, name: str) -> tuple[str, _Function] | None:
        """Return the one function of a name and its file; None for none, and for several."""
        homes = self.homes.get(name, [])
        if len(homes) != 1:
            return None
        if homes[0] not in self.trees:
            self.trees[homes[0]] = _functions_of(self.texts[homes[0]])
        found = self.trees[homes[0]].get(name)
        return (homes[0], found) if found is not None else None


def _functions_of(text: str) -> dict[str, _Function]:
    try:
        tree = parse_python(text)
    except ValueError:
        return {}
    return {one.name: one for one in tree.body if isinstance(one, _Function)}


def followed(one: ToolSeen, find: Callable[[str], tuple[str, _Function] | None]) -> ToolSeen:
    """Return a tool with what its function in another file does; where its name only speaks of showing, with what that calls."""
    held = find(one.function or one.name)
    if held is None:
        return one
    path, function = held
    if path != one.place.file:
        effect, why = effect_of_tool(one.name, *calls_and_texts(function))
        effect, why = ("reads", "its code calls nothing") if is_pure(function) else (effect, why)
        one = one._replace(effect=effect, why=why)
    if one.effect == "writes" and one.why.startswith("by its name") and _only_builds(function, find):
        effect, why = effect_of_tool(one.name, _NOTHING_OUTSIDE)
        return one._replace(effect=effect, why=why)
    if one.effect != "reads" or not one.why.startswith("by its name") or not only_shows(one.why):
        return one
    for call in calls_and_texts(function)[0][:_MOST_CALLS]:
        inner = find(call) if "." not in call else None
        effect, why = effect_of_tool("", *calls_and_texts(inner[1])) if inner is not None else ("", "")
        if effect in _WORSE:
            return one._replace(effect=effect, why=f"its code calls {call}, and {why.replace('its code', 'that')}")  # fmt: skip
    return one


def _only_builds(function: _Function, find: Callable[[str], tuple[str, _Function] | None]) -> bool:
    """Say whether a function only hands on what functions give it that call nothing outside themselves."""
    calls = calls_and_texts(function)[0]
    inner = [find(call) if "." not in call else None for call in calls]
    return bool(calls) and all(one is not None and _stays_inside(one[1]) for one in inner)


def _stays_inside(function: _Function) -> bool:
    """Say whether a function reaches nothing and keeps nothing: no field and no entry of anything is changed."""
    kept = (one.targets if isinstance(one, ast.Assign) else [one.target] for one in ast.walk(function) if isinstance(one, ast.Assign | ast.AugAssign))  # fmt: skip
    if any(isinstance(target, ast.Attribute | ast.Subscript) for targets in kept for target in targets):
        return False
    return is_pure(function) or effect_of_tool("", *calls_and_texts(function))[0] == "reads"
