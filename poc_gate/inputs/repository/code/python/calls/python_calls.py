"""One call in Python -> a model, a source, a destination or a technique, by the table of calls."""

from __future__ import annotations

import ast
from functools import lru_cache

from poc_gate.inputs.repository.code.python.calls.python_addresses import note_given_address
from poc_gate.inputs.repository.code.python.calls.python_asked_names import note_given_names
from poc_gate.inputs.repository.code.python.calls.python_clients import made_later, note_region_of_google
from poc_gate.inputs.repository.code.python.calls.python_interfaces import note_interface
from poc_gate.inputs.repository.code.python.calls.python_other_calls import note_other, other_of
from poc_gate.inputs.repository.code.python.calls.python_settings import (
    note_arguments,
    note_count_by_place,
    note_width,
)
from poc_gate.inputs.repository.code.python.calls.python_sources import note_source
from poc_gate.inputs.repository.code.python.calls.python_training import note_training
from poc_gate.inputs.repository.code.python.models.python_given_models import (
    note_agents_model,
    note_arns,
    note_given_model,
    note_of_hub,
)
from poc_gate.inputs.repository.code.python.models.python_hub import note_code_hub
from poc_gate.inputs.repository.code.python.models.python_limits import (
    note_cap_unless_asked,
    note_limits,
    note_limits_of_client,
    note_new_tokens,
)
from poc_gate.inputs.repository.code.python.models.python_models import note_model
from poc_gate.inputs.repository.code.python.models.python_providers import note_provider, provider_of_call
from poc_gate.inputs.repository.code.python.models.python_usual_embeddings import note_usual_embedding
from poc_gate.inputs.repository.code.python.tools.python_genai_tools import note_genai_tool
from poc_gate.inputs.repository.code.python.tools.python_library_tools import (
    note_library_kit,
    note_library_tool,
)
from poc_gate.inputs.repository.code.python.tools.python_server_tools import (
    note_registered_for_two,
    note_tools_of_servers,
    note_wrapped,
    wraps_a_tool,
)
from poc_gate.inputs.repository.code.python.tools.python_tools import (
    is_given_no_tools,
    may_give_tools,
    note_tool_lists,
)
from poc_gate.inputs.repository.code.python.values.python_dotted_names import full_name, shown_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.noting.marks import BY_CODE
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.tables.calls.call import Call, is_start
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.model.claim import Place


def note_reference(dotted: str, place: Place, notes: Notes, *, used: bool = False) -> None:
    """Note a class that is imported or derived from: deriving from a store or a model is using it."""
    call = call_named(dotted)
    if call is None or dotted.count(".") < 1:
        return
    name = dotted.rpartition(".")[2]
    if used and call.kind == "source":
        notes.system(call.what, place, how="used", direction=call.direction, note=f"derives from {name}")
    if used and call.kind == "model" and call.provider == "huggingface":
        note_provider(
            "huggingface-hub", f"{name}, which it derives from, fetches its weights there", place, notes
        )
    for technique in call.evidence if call.kind != "source" or used else ():
        notes.technique(technique, f"uses {name}", place, weight=3 if used or call.default == "import" else 1)


def note_call(node: ast.Call, scopes: Scopes, notes: Notes, first_line: int) -> None:
    """Note what one call says: by its full name, by the end of its chain, and by its arguments' names."""
    name = full_name(node.func, scopes)
    if made := made_later(node, name):
        note_call(made, scopes, notes, first_line)
        return
    place = Place(notes.file.path, node.lineno + first_line, node.col_offset + 1)
    call = _call_of(name, isinstance(node.func, ast.Attribute))
    if call is not None:
        note_width(node, name, scopes, notes)
        _note_known(call, node, scopes, notes, place, name)
    elif other := other_of(name):
        note_other(other, name, node, scopes, notes, place)
    if call is None and node.keywords:
        note_given_model(node, name, notes)
        if name.endswith(_LIMITS):
            note_limits(node, scopes, notes)
        else:
            note_cap_unless_asked(node, scopes, notes)
    if call is None or call.kind != "model":
        note_new_tokens(node, scopes, notes)
    note_interface(node, name, scopes, notes)
    note_usual_embedding(node, name, notes, place)
    note_count_by_place(node, name, scopes, notes)
    note_given_address(name, node, notes, place)
    note_training(node, name, scopes, notes, place)
    if node.keywords:
        note_arns(node, notes)
        note_given_names(node, place, notes)
        note_arguments(node, name, call, scopes, notes)
    if node.keywords or may_give_tools(name):
        note_tool_lists(node, scopes, notes, place, name)
        note_library_kit(node, scopes, notes, place, name)
        note_genai_tool(node, scopes, notes, place, name)
        note_tools_of_servers(node, scopes, notes, name)
        note_registered_for_two(node, scopes, notes, place, name)
    if wraps_a_tool(name, scopes):
        note_wrapped(node, scopes, notes, place)


_LIMITS = ("ExecutionSettings", "types.GenerationConfig", "types.GenerateContentConfig")
"""Classes that no table lists, which say how a model answers."""


@lru_cache(maxsize=65_536)
def _call_of(name: str, of_attribute: bool) -> Call | None:
    """Return the row that a full name fits: by the end of its chain, by its library, or by its method alone."""
    ends = _ends(name)
    method = next((METHODS[end] for end in ends if "." in end and end in METHODS), None)
    call = method or (call_named(name) if "." in name else None)
    if call is None and of_attribute:
        call = next((METHODS[end] for end in ends if end in METHODS), None)
    return call


_KINDS = frozenset({"vision", "other"})
"""Kinds of models that libraries which see and hear bring along."""


def _ends(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[-count:]) for count in (4, 3, 2, 1) if count < len(parts)]


def _note_known(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    """Note what a call of the table says, by its kind."""
    short = shown_name(name)
    _note_evidence(call, node, notes, place, short)
    provider = provider_of_call(call, node, scopes, notes, place)
    if provider == "vertex-ai" and call.kind in {"model", "host"} and call.what in {"", "chat"}:
        note_region_of_google(node, scopes, notes, place)
    if call.kind == "model":
        note_model(call, provider, node, scopes, notes, place, short)
    elif call.kind == "source":
        note_source(call, node, scopes, notes, place, name)
    elif call.kind == "host":
        if "llm" in call.techniques:
            note_limits_of_client(node, scopes, notes)
        if provider == "azure-communication" or not name.endswith("from_connection_string"):
            note_provider(provider, f"{short} is made", place, notes)
    elif call.kind == "tool":
        note_library_tool(call, node, scopes, notes, place, short)
        note_provider(call.provider, f"{short} asks it", place, notes)
    elif call.kind == "service":
        notes.fact("target.service", call.what, place, sure=INFERRED, note=BY_CODE)
    elif call.kind == "approval" and (node.args or node.keywords):  # a person is told what he decides
        notes.approval(_approved(node), place)
    elif call.kind == "technique":
        _note_technique(call, node, scopes, notes, place, name)


def _note_evidence(call: Call, node: ast.Call, notes: Notes, place: Place, short: str) -> None:
    """Note what a call is evidence of; an agent without tools, or a choice that always starts the same, is none of it."""
    if call.what == "chooses" and node.args and is_start(ast.unparse(node.args[0])):
        return
    bare = call.kind == "technique" and call.what == "agent" and is_given_no_tools(node)
    for technique in call.evidence:
        if not (bare and technique == "agent"):
            notes.technique(technique, f"calls {short}", place)


def _note_technique(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:  # fmt: skip
    """Note the model that a call of a technique is given, or the kind of model that its library brings along."""
    short = shown_name(name)
    if name == "torch.hub.load":
        note_code_hub(node, scopes, notes, place)
    if name.startswith("tensorflow_hub."):
        note_of_hub(node, scopes, notes, place, short)
    elif call.what in _KINDS:
        notes.fact("model.kind", call.what, place, weight=1, sure=INFERRED, note=f"{short} is called")
    else:
        note_agents_model(node, scopes, notes, place, first=call.first == "model")


def _approved(node: ast.Call) -> str:
    """Return the tools that a person approves, or a star for all of them."""
    for keyword in node.keywords:
        if keyword.arg == "interrupt_on" and isinstance(keyword.value, ast.Dict):
            keys = [key.value for key in keyword.value.keys if isinstance(key, ast.Constant)]
            return ",".join(str(key) for key in keys) or "*"
    return "*"
