"""The model that a call in Python makes or asks -> its name, or what decides it, its role, its provider."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from poc_gate.inputs.repository.code.python.models.python_hub import OF_TRAINING, note_hub
from poc_gate.inputs.repository.code.python.models.python_limits import note_limits
from poc_gate.inputs.repository.code.python.models.python_providers import (
    asks_another,
    note_provider,
    unpacks,
)
from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, place_of
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name, full_name
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import Worth, worth
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import TAKEN_BY_ITSELF
from poc_gate.inputs.repository.noting.named_models import is_tag_of_ollama
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.noting.signals import ModelSeen, Ref
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.calls.pipeline_tasks import ROLE_OF_TASK
from poc_gate.inputs.repository.tables.calls.table import call_named
from poc_gate.inputs.repository.tables.models import (
    NO_MODELS,
    is_hosted,
    is_of_a_hub,
    read_model_name,
    role_of_key,
    role_of_name,
    whisper_of_size,
)
from poc_gate.model.claim import Place
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

_MODEL_ARGUMENTS = (
    "model",
    "model_name",
    "model_id",
    "modelId",
    "azure_deployment",
    "deployment_name",
    "engine",
    "deployment",
    "repo_id",
    "pretrained_model_name_or_path",
    "model_name_or_path",
    "model_path",
    "ai_model_id",
    "model_uri",
    "llm_model",
)
_DEPLOYMENTS = ("azure_deployment", "deployment_name", "engine", "deployment")
"""Arguments that people's own names of deployments are given with."""
_ENDPOINTS = ("endpoint", "endpoint_name")
"""What Databricks calls a model by: the endpoint that serves it."""
_OF_INDEXES = frozenset({"embedding", "reranker", "classifier"})
"""Roles of models that classes of one's own are made with: the default of such a parameter gives way to what is deployed."""
_ENGINES = {provider: row.name for row in SERVING_ENGINES for provider in row.providers}
"""Provider of a call -> the engine that it shows."""


class _Asked(NamedTuple):
    """What a call says of the model that it makes or asks."""

    call: Call
    node: ast.Call
    argument: ast.expr | None
    found: Worth
    provider: str
    role: str
    hosting: str
    short: str


def note_model(  # noqa: PLR0913, PLR0917 - parts of one call
    call: Call, provider: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str
) -> None:
    """Note the model of a call that makes one or asks one, with its limits."""
    argument = _argument(call, node, scopes)
    found = worth(argument, scopes)
    if call.what == "speech" and isinstance(found.value, str):
        found = found._replace(value=whisper_of_size(found.value) or found.value)
    role = call.what
    if short == "pipeline" and call.provider == "transformers":
        role = _role_of_pipeline(node, scopes, notes, place)
    if role == "chat" and argument is not None:
        role = role_of_key(dotted_name(argument)) or role
    elif role == "embedding" and short == "AutoModel":
        role = _role_of_body(notes, place)
    asked = _Asked(call, node, argument, found, provider, role, _hosting_of(provider), short)
    _note_name(asked, notes, place)
    _note_engine(asked, notes, place)
    unclear = provider == "openai" and unpacks(node)
    elsewhere = provider == call.provider and asks_another(call, node, scopes, notes)
    if not unclear and not elsewhere and "." not in _method(node):
        note_provider(provider, f"{short} asks it", place, notes)
    note_hub(call, node, argument, found.value, short, notes, place)
    if role == "chat":
        told = found.value if isinstance(found.value, str) and found.node is argument else ""
        note_limits(node, scopes, notes, told)


def _role_of_body(notes: Notes, place: Place) -> str:
    """Return the role of a model of which Transformers knows only the body: what the file does with it says it."""
    held = {match[1] for match in _HOLDS_A_BODY.finditer(notes.file.text)}
    if any(notes.file.shows(re.compile(rf"(?<![\w.]){re.escape(name)}\.(?:chat|stream_chat|generate)\(")) for name in held):  # fmt: skip
        notes.technique("llm", "a model of Transformers is asked", place)
        return "chat"
    return "classifier" if notes.file.shows(_HAS_A_HEAD) else "embedding"


_HOLDS_A_BODY = re.compile(r"((?:self\.)?\w+)\s*=\s*(?:\w+\.)?AutoModel\.from_pretrained\(")
"""The name under which a file keeps a model that it loads without saying what for."""
_HAS_A_HEAD = re.compile(r"\bnn\.Linear\([^\n]*hidden_size[^\n]*\)")
"""A layer above an encoder that says which class a text belongs to."""


def _role_of_pipeline(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> str:
    """Return the role of the model in a pipeline of Transformers, by its task, and note the task."""
    task = worth(node.args[0] if node.args else argument_of(node, ("task",)), scopes).value
    role = ROLE_OF_TASK.get(str(task), "other")
    notes.technique("llm" if role == "chat" else "classic-ml", f"{task} pipeline", place)
    return role


def _hosting_of(provider: str) -> str:
    if provider in _ENGINES or provider == "huggingface":
        return "self"
    return "hosted" if is_hosted(provider) else ""


def _note_name(asked: _Asked, notes: Notes, place: Place) -> None:
    """Note the name that the call gives, what decides it, or the model that the library takes by itself."""
    found, role, provider, hosting = asked.found, asked.role, asked.provider, asked.hosting
    note = f"given to {asked.short}"
    if isinstance(found.value, str) and _is_name(found.value, asked.argument):
        _note_given(asked, found.value, place_of(found.node, place), notes)
    if found.ref is not None:
        notes.model(found.ref, place, role=role, provider=provider, hosting=hosting, weight=3, note=note)
    elif found.value is None and asked.call.provider and not _asks_what_is_made(asked.node):
        _note_unnamed(asked, notes, place)


def _note_given(asked: _Asked, name: str, at: Place, notes: Notes) -> None:
    """Note a model by its name, also one of no known family."""
    role, provider, hosting, note = asked.role, asked.provider, asked.hosting, f"given to {asked.short}"
    if read_model_name(name) or (provider == "ollama" and name not in NO_MODELS and is_tag_of_ollama(name)):
        weight = _weight_of(asked, name, notes)
        notes.model(name, at, role=role, provider=provider, hosting=hosting, weight=weight, note=note)
    else:
        deployed = asked.argument is argument_of(asked.node, _DEPLOYMENTS)
        _note_unlisted(name, at, role, provider, hosting, notes, "" if deployed else note)


def _weight_of(asked: _Asked, name: str, notes: Notes) -> int:
    """Return how much a name counts: a default counts less where the environment or what is deployed says another."""
    if not asked.found.default:
        return 3
    if _is_passed(asked.argument, notes):
        return 1
    return 2 if (role_of_name(name) or asked.role) in _OF_INDEXES else 3


def _note_unnamed(asked: _Asked, notes: Notes, place: Place) -> None:
    """Note a model that the call does not name: the one that the library takes by itself, or one that is asked for."""
    call, role, provider, hosting = asked.call, asked.role, asked.provider, asked.hosting
    none_given = asked.argument is None and provider == call.provider and not unpacks(asked.node)
    if none_given and call.default:
        note = f"{asked.short} {TAKEN_BY_ITSELF}"
        notes.model(call.default, place, role=role, provider=provider, hosting=hosting, weight=2, sure=INFERRED, note=note)  # fmt: skip
    else:
        note = f"given to {asked.short}"
        notes.model(Ref("name", ""), place, role=role, provider=provider, hosting=hosting, weight=1, sure=STATED, note=note)  # fmt: skip


def _note_engine(asked: _Asked, notes: Notes, place: Place) -> None:
    """Note the engine that runs the model which answers; what loads a model to train it does not serve it."""
    engine = _ENGINES.get(asked.provider, "")
    if not engine or asked.role != "chat" or _asks_what_is_made(asked.node):
        return
    trains = engine == "transformers" and OF_TRAINING.search(notes.file.path)
    if not trains and not _plays_beside(asked.found.value):
        notes.fact("model.engine", engine, place, sure=INFERRED)


def _plays_beside(value: object) -> bool:
    """Say whether a model ranks, embeds or guards, by its name: how it runs says nothing of the one that answers."""
    return isinstance(value, str) and role_of_name(value) not in {"", "chat", "vision"}


def _asks_what_is_made(node: ast.Call) -> bool:
    """Say whether a method is called on what a call makes, which names its model: `ChatOpenAI(model="gpt-4o").bind_tools(tools)`."""
    return isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call)


def _argument(call: Call, node: ast.Call, scopes: Scopes) -> ast.expr | None:
    """Return what names the model; of `model_type` only a member of an enumeration: a plain text is a kind of model.

    What a method of a model is given first is what it is asked: `GenerativeModel("gemini-2.5-flash").generate_content("hello")`.
    """
    names = (call.first, *_MODEL_ARGUMENTS) if call.first in {"name", "id"} else _MODEL_ARGUMENTS
    names = (*_ENDPOINTS, *names) if call.provider == "databricks" else names
    by_place = call.first in {"model", "name", "id"} and node.args and not _is_made_before(call, node, scopes)
    given = argument_of(node, names) or (node.args[0] if by_place else None)
    member = argument_of(node, ("model_type",))
    return given or (member if isinstance(member, ast.Attribute) else None)


def _is_made_before(call: Call, node: ast.Call, scopes: Scopes) -> bool:
    """Say whether a method is called on the very model that a row of the table makes."""
    made = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(made, ast.Call) and call_named(full_name(made.func, scopes)) == call


def _is_passed(argument: ast.AST | None, notes: Notes) -> bool:
    """Say whether the file takes a parameter's name from the environment: its default is not what is asked then."""
    name = dotted_name(argument) if argument is not None else ""
    return name.isidentifier() and notes.file.shows(re.compile(rf"\b{name}\s*=\s*os\.(?:environ|getenv)\b"))


def _method(node: ast.Call) -> str:
    """Return a dotted name where a method of a client is called: the client decides who is asked."""
    name = dotted_name(node.func)
    return name if any(name.endswith(f".{end}") for end in METHODS) else ""


def _is_name(value: str, argument: ast.AST | None) -> bool:
    """Say whether a text can be a model's name, and was given by an argument."""
    return bool(value) and argument is not None and len(value) <= 120 and " " not in value


def _note_unlisted(  # noqa: PLR0913, PLR0917 - parts of one model
    value: str, at: Place, role: str, provider: str, hosting: str, notes: Notes, note: str
) -> None:
    """Note a model of no known family that a known library is given: the library says that it is a model.

    A deployment's own name, which comes without a note, is none: which model it is of is asked.
    """
    if "{" in value or "://" in value or value.startswith((".", "/")) or value.lower() in NO_MODELS:
        return
    if not note:
        if notes.standing <= Standing.SUPPORT:
            notes.question(f"{value} names a deployment: which model it is of is not said", at)
    elif is_of_a_hub(value) or is_hosted(provider):
        role = role_of_name(value) or role or "chat"
        notes.signals.models.append(ModelSeen(role, value, provider, hosting, at, notes.reader, notes.standing, INFERRED, 3, note))  # fmt: skip
