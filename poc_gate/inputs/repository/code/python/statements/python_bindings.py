"""Decorators by which a function of Azure is bound to stores, queues and models -> sources, models, tools."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.code.python.tools.python_tool_functions import calls_and_texts
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, written_at
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import Ref
from poc_gate.model.claim import Place

_STORES = (
    ("azure-queue-storage", re.compile(r"queue_(?:trigger|output)")),
    ("azure-blob-storage", re.compile(r"blob_(?:trigger|input|output)")),
    ("azure-table-storage", re.compile(r"table_(?:input|output)")),
    ("cosmosdb", re.compile(r"cosmos_db_(?:trigger|input|output)(?:_v3)?")),
    ("service-bus", re.compile(r"service_bus_(?:queue|topic)_(?:trigger|output)")),
    ("event-hubs", re.compile(r"event_hub_(?:message_trigger|output)")),
    ("sqlserver", re.compile(r"sql_(?:trigger|input|output)")),
)
_ASKS = {
    "text_completion_input": ("llm",), "assistant_post_input": ("llm",), "assistant_create_output": ("llm",), "semantic_search_input": ("llm", "retrieval"),
    "embeddings_input": ("embeds",), "embeddings_store_output": ("embeds",),
}  # fmt: skip
"""Bindings of the extension for OpenAI, and what they are evidence of."""
_MODELS = {"chat": ("chat_model", "model"), "embedding": ("embeddings_model",)}
_FROM_SETTINGS = re.compile(r"%(\w+)%")
"""How a binding names a setting: `%CHAT_MODEL_DEPLOYMENT_NAME%`."""


def note_bindings(
    node: ast.FunctionDef | ast.AsyncFunctionDef, scopes: Scopes, notes: Notes, place: Place
) -> None:
    """Note what a function of Azure is bound to."""
    if not any(path.startswith("azure.functions") for path in scopes.imports.values()):
        return
    for decorator in node.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        name = dotted_name(decorator.func).rpartition(".")[2]
        at = written_at(decorator, notes)
        system = next((system for system, pattern in _STORES if pattern.fullmatch(name)), "")
        if system:
            direction = "write" if name.endswith("_output") else "read"
            notes.system(system, at, how="used", direction=direction, note=f"the binding {name}")
        elif name in _ASKS:
            _note_asked(name, decorator, scopes, notes, at)
        elif name == "assistant_skill_trigger":
            tool = _name_of(node)
            notes.tool(tool, *effect_of_tool(tool, *calls_and_texts(node)), place, function=node.name)
            notes.technique("tools", f"{tool} is a tool", place)


def _note_asked(name: str, decorator: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note the models that a binding asks, and the longest answer."""
    for technique in _ASKS[name]:
        notes.technique(technique, f"the binding {name}", place)
    for role, arguments in _MODELS.items():
        given = worth(argument_of(decorator, arguments), scopes).value
        match = _FROM_SETTINGS.fullmatch(given) if isinstance(given, str) else None
        model = Ref("env", match[1]) if match else given
        if isinstance(model, str | Ref) and model and (role == "embedding" or "embeddings" not in name):
            notes.model(model, place, role=role, provider="azure-openai", hosting="hosted", weight=3, note=f"given to {name}")  # fmt: skip
    most = worth(argument_of(decorator, ("max_tokens",)), scopes).value
    if isinstance(most, int | str) and str(most).isdigit():
        notes.number("security.output_cap", float(most), place, unit="tok")


def _name_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return the name that a decorator gives a function, or its own."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and dotted_name(decorator.func).endswith(".function_name"):
            given = [*decorator.args, *(one.value for one in decorator.keywords if one.arg == "name")]
            if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
                return given[0].value
    return node.name
