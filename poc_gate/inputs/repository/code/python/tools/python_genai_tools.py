"""Functions that Google's libraries declare to a model in Python -> the tools, and the screen that a model may work."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import calls_and_texts, is_pure
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_DECLARES = re.compile(r"(?:^|\.)FunctionDeclaration$")
_DECLARES_FUNCTION = re.compile(r"(?:^|\.)FunctionDeclaration\.from_(?:callable(?:_with_api_option)?|func)$")
_MAY_DECLARE = re.compile(r"FunctionDeclaration|\.Tool$")
_SCREEN = "computer_use"
_OF_GOOGLE = re.compile(r"\b(?:google\.genai|google import genai|google\.generativeai|vertexai|google\.cloud)\b")  # fmt: skip


def note_genai_tool(node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note what one call declares: a function by itself, one by name and schema, or the provider's tool that works a screen."""
    if not _MAY_DECLARE.search(name) or not notes.file.shows(_OF_GOOGLE):
        return
    if _DECLARES_FUNCTION.search(name):
        given = [*node.args, *(one.value for one in node.keywords if one.arg in {"callable", "func"})]
        tools = [dotted_name(one).rpartition(".")[2] for one in given if isinstance(one, ast.Name | ast.Attribute)]  # fmt: skip
    elif _DECLARES.search(name):
        said = next((worth(one.value, scopes).value for one in node.keywords if one.arg == "name"), None)
        tools = [said] if isinstance(said, str) and re.fullmatch(r"[\w.-]{2,60}", said) else []
    elif name.endswith(".Tool") and any(one.arg == _SCREEN for one in node.keywords):
        notes.tool(_SCREEN, "writes", "it works a screen", place)
        notes.technique("tools", f"{_SCREEN} is given to a model", place)
        return
    else:
        return
    for tool in tools[:1]:
        function = scopes.functions.get(tool)
        effect, why = effect_of_tool(tool, *calls_and_texts(function)) if function else effect_of_tool(tool)
        if function is not None and is_pure(function):
            effect, why = "reads", "its code calls nothing"
        notes.tool(tool, effect, why, place)
        notes.technique("tools", f"{tool} is given to a model", place)
