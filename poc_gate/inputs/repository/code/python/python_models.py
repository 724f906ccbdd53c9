"""The model that a call in Python makes or asks -> its name, or what decides it, its role, its provider."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.python_arguments import (
    argument_of,
    note_limits,
    place_of,
    text_of,
)
from poc_gate.inputs.repository.code.python.values.python_values import (
    Scopes,
    dotted_name,
    environment_call,
    worth,
)
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.inputs.repository.noting.signals import TAKEN_BY_ITSELF, HostSeen, ModelSeen, Ref
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.calls.methods import METHODS
from poc_gate.inputs.repository.tables.calls.pipeline_tasks import ROLE_OF_TASK
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.marks.key_marks import provider_of_key
from poc_gate.inputs.repository.tables.models import (
    NO_MODELS,
    has_organisation,
    is_hosted,
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
)
_DEPLOYMENTS = ("azure_deployment", "deployment_name", "engine", "deployment")
"""Arguments that people's own names of deployments are given with."""
_ENDPOINTS = ("endpoint", "endpoint_name")
"""What Databricks calls a model by: the endpoint that serves it."""
_ADDRESS_ARGUMENTS = (
    "base_url",
    "api_base",
    "openai_api_base",
    "endpoint",
    "azure_endpoint",
    "url",
    "inference_server_url",
    "endpoint_url",
    "api_url",
)
_OF_INDEXES = frozenset({"embedding", "reranker", "classifier"})
"""Roles of models that classes of one's own are made with: the default of such a parameter gives way to what is deployed."""
_ENGINES = {provider: row.name for row in SERVING_ENGINES for provider in row.providers}
"""Provider of a call -> the engine that it shows."""
_GIVEN = re.compile(
    r"(?:^|_)(?:llm|llm_name|model|model_name|model_id|chat_model|embedder|reranker|deployment_name)$|^(?:llm|model)_"
)
_COUNTS = re.compile(
    r"(?i)token|count|encod|price|cost|assert|test|mock|getattr|format|print|log|raise|error|schema|field|enum|literal|example|parse|usage|span|trace|startswith|prompt|^(?:get|is|has|supports|register)_"
)
"""Calls that speak of a model without asking it: they count its tokens, know its price,
word prompts for it, or log its name."""


def note_given_model(node: ast.Call, name: str, notes: Notes) -> None:
    """Note a model that a class of the pilot's own is given by name, such as `QueryAgent(llm="gpt-4")`."""
    short = name.rpartition(".")[2]
    for keyword in node.keywords:
        given = keyword.arg or ""
        value = keyword.value
        if not (isinstance(value, ast.Constant) and isinstance(value.value, str) and _GIVEN.search(given)):
            continue
        if _COUNTS.search(short):
            return
        if read_model_name(value.value):
            place = Place(notes.file.path, value.lineno, value.col_offset + 1)
            called = next((one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)), "")  # fmt: skip
            role = role_of_key(given) or role_of_key(short) or role_of_key(called) or "chat"
            local = short in _OF_OLLAMA and notes.file.shows(_TAKES_OLLAMA)
            by = {"provider": "ollama", "hosting": "self", "weight": 3} if local else {"weight": 1}
            notes.model(value.value, place, role=role, note=f"given to {short}", **by)


_OF_OLLAMA = frozenset({"chat", "generate", "embed", "embeddings"})
_TAKES_OLLAMA = re.compile(r"(?m)^\s*(?:import ollama\b|from ollama import )")
_MODEL_OF_ARN = re.compile(r"foundation-model/([\w.:-]+)$")


def note_arns(node: ast.Call, notes: Notes) -> None:
    """Note the models of Bedrock that names of resources end with, also where the region before them is filled in."""
    for keyword in node.keywords:
        given, value = keyword.arg or "", keyword.value
        if not given.endswith("model_arn"):
            continue
        last = value.values[-1] if isinstance(value, ast.JoinedStr) and value.values else value
        said = last.value if isinstance(last, ast.Constant) else ""
        found = _MODEL_OF_ARN.search(said) if isinstance(said, str) else None
        if found and read_model_name(found[1]):
            role = role_of_name(found[1]) or role_of_key(given) or "chat"
            place = Place(notes.file.path, value.lineno, value.col_offset + 1)
            notes.model(found[1], place, role=role, provider="bedrock", hosting="hosted", weight=3)


def note_agents_model(
    node: ast.Call, scopes: Scopes, notes: Notes, place: Place, *, role: str = "chat", first: bool = False
) -> None:
    """Note the model that an agent is made with, where it is given by name; `first` where it may stand without a keyword."""
    given = [keyword.value for keyword in node.keywords if keyword.arg in {"model", "llm"}]
    given += node.args[:1] if first else []
    for one in given:
        found = worth(one, scopes)
        if isinstance(found.value, str):
            named = role_of_key(dotted_name(one)) if role == "chat" else ""
            notes.model(found.value, place_of(found.node, place), role=named or role, weight=3)


def note_model(  # noqa: PLR0913, PLR0917 - parts of one call
    call: Call, provider: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str
) -> None:
    """Note the model of a call that makes one or asks one, with its limits."""
    argument = _argument(call, node)
    found = worth(argument, scopes)
    role, hosting = call.what, ""
    if role == "speech" and isinstance(found.value, str):
        found = found._replace(value=whisper_of_size(found.value) or found.value)
    if short == "pipeline" and call.provider == "transformers":
        task = worth(node.args[0] if node.args else argument_of(node, ("task",)), scopes).value
        role = ROLE_OF_TASK.get(str(task), "other")
        notes.technique("llm" if role == "chat" else "classic-ml", f"{task} pipeline", place)
    if role == "chat" and argument is not None:
        role = role_of_key(dotted_name(argument)) or role
    if provider in _ENGINES or provider == "huggingface":
        hosting = "self"
    elif is_hosted(provider):
        hosting = "hosted"
    note = f"given to {short}"
    at = place_of(found.node, place)
    if isinstance(found.value, str) and _is_name(found.value, argument):
        deployed = argument is argument_of(node, _DEPLOYMENTS)
        weight = (
            3
            if not found.default
            else 1
            if _is_passed(argument, notes)
            else 2
            if (role_of_name(found.value) or role) in _OF_INDEXES
            else 3
        )
        notes.model(found.value, at, role=role, provider=provider, hosting=hosting, weight=weight, note=note) if read_model_name(found.value) else _note_unlisted(found.value, at, role, provider, hosting, notes, "" if deployed else note)  # fmt: skip
    if found.ref is not None:
        notes.model(found.ref, place, role=role, provider=provider, hosting=hosting, weight=3, note=note)
    elif found.value is None and call.provider and not _asks_what_is_made(node):
        none_given = argument is None and provider == call.provider and not _unpacks(node)
        documented = call.default if none_given else ""
        name: str | Ref = documented or Ref("name", "")
        note = f"{short} {TAKEN_BY_ITSELF}" if documented else note
        notes.model(name, place, role=role, provider=provider, hosting=hosting, weight=2 if documented else 1, sure=INFERRED if documented else STATED, note=note)  # fmt: skip
    engine = _ENGINES.get(provider, "")
    trains = _OF_TRAINING.search(notes.file.path) and engine == "transformers"
    if engine and role == "chat" and not _asks_what_is_made(node) and not _plays_beside(found.value) and not trains:  # fmt: skip
        notes.fact("model.engine", engine, place, sure=INFERRED)
    unclear = provider == "openai" and any(keyword.arg is None for keyword in node.keywords)
    if not unclear and "." not in _method(node):
        note_provider(provider, f"{short} asks it", place, notes)
    if role == "chat":
        told = found.value if isinstance(found.value, str) and found.node is argument else ""
        note_limits(node, scopes, notes, told)


def _plays_beside(value: object) -> bool:
    """Say whether a model's name says that it ranks, embeds or guards: how it is run says nothing of the one that answers."""
    return isinstance(value, str) and role_of_name(value) not in {"", "chat", "vision"}


def _asks_what_is_made(node: ast.Call) -> bool:
    """Say whether a method is called on what a call makes, which says its model there: `ChatOpenAI(model="gpt-4o").bind_tools(tools)`."""
    return isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call)


def _argument(call: Call, node: ast.Call) -> ast.expr | None:
    """Return what names the model; of `model_type` only a member of an enumeration: a plain text is a kind of model."""
    names = (call.first, *_MODEL_ARGUMENTS) if call.first in {"name", "id"} else _MODEL_ARGUMENTS
    names = (*_ENDPOINTS, *names) if call.provider == "databricks" else names
    given = argument_of(node, names) or (node.args[0] if call.first in {"model", "name", "id"} and node.args else None)  # fmt: skip
    member = argument_of(node, ("model_type",))
    return given or (member if isinstance(member, ast.Attribute) else None)


def _is_passed(argument: ast.AST | None, notes: Notes) -> bool:
    """Say whether the file takes from the environment what goes by a parameter's name: its default is not what is asked then."""
    name = dotted_name(argument) if argument is not None else ""
    return name.isidentifier() and notes.file.shows(re.compile(rf"\b{name}\s*=\s*os\.(?:environ|getenv)\b"))


def _method(node: ast.Call) -> str:
    """Return a dotted name where a method of a client is called: the client decides who is asked."""
    name = dotted_name(node.func)
    return name if any(name.endswith(f".{end}") for end in METHODS) else ""


def _is_name(value: str, argument: ast.AST | None) -> bool:
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
    elif has_organisation(value) or is_hosted(provider):
        role = role_of_name(value) or role or "chat"
        notes.signals.models.append(ModelSeen(role, value, provider, hosting, at, notes.reader, notes.standing, INFERRED, 3, note))  # fmt: skip


_AZURE_BY_MODULE = re.compile(
    r"\bopenai\.api_type\s*=\s*[\"']azure|\bopenai\.api_base\s*=\s*f?[\"'][^\"'\n]*\.openai\.azure\.com"
)
"""How the first version of OpenAI's library is told to ask Azure."""
_SAYS_ADDRESS = re.compile(r"[\"']base_url[\"']\s*\]?\s*[:=]")


def _unpacks(node: ast.Call) -> bool:
    """Say whether a call is given a dictionary of arguments, which can hold an address."""
    return any(keyword.arg is None for keyword in node.keywords)


def provider_of_call(  # noqa: PLR0911 - one way to say it each
    call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place
) -> str:
    """Return who is really asked: an address or a key given with the call says more than the class."""
    if call.provider == "google" and worth(argument_of(node, ("vertexai",)), scopes).value is True:
        return "vertex-ai"
    address = text_of(node, _ADDRESS_ARGUMENTS, scopes) if call.provider != "databricks" else ""
    if call.kind in {"model", "host"} and address:
        notes.host(address, "its address is given with the call", place)
        return _provider_of_host(address) or ("" if call.provider in {"openai", ""} else call.provider)
    if call.provider == "openai" and (given := _given_provider(node, scopes)) is not None:
        return given
    if call.provider == "azure-openai" and _is_a_gateway(argument_of(node, _ADDRESS_ARGUMENTS), scopes):
        return "azure-apim"
    key = argument_of(node, ("api_key", "openai_api_key"))
    looked_up = environment_call(key) if key is not None else None
    if call.provider == "openai" and looked_up and argument_of(node, _ADDRESS_ARGUMENTS) is not None:
        return provider_of_key(looked_up[0]) or ""
    if call.provider == "openai" and argument_of(node, _ADDRESS_ARGUMENTS) is not None:
        return ""
    if call.provider == "openai" and notes.file.shows(_AZURE_BY_MODULE):
        return "azure-openai"
    if (
        call.kind == "host"
        and call.provider == "openai"
        and _unpacks(node)
        and notes.file.shows(_SAYS_ADDRESS)
    ):
        return ""
    return call.provider


_OF_TRAINING = re.compile(r"(?i)(?:^|/|_)(?:fine_?-?tun\w*|sft|lora|train)(?:[/_.-]|$)")
"""Files that load a model to train it: what serves it is said elsewhere."""
_GATEWAY = re.compile(r"(?i)(?:^|_)(?:apim|api_?management)(?:_|$)")


def _is_a_gateway(address: ast.expr | None, scopes: Scopes) -> bool:
    """Say whether a call is given the address of a gateway for interfaces, by the name of the variable: `APIM_ENDPOINT`."""
    ref = worth(address, scopes).ref if address is not None else None
    return ref is not None and bool(_GATEWAY.search(ref.name))


def _given_provider(node: ast.Call, scopes: Scopes) -> str | None:
    """Return who a model of Pydantic AI that speaks OpenAI's protocol is given: `provider=DeepSeekProvider(...)`; None where nobody is said."""
    given = argument_of(node, ("provider",))
    if isinstance(given, ast.Call):
        name = dotted_name(given.func).rpartition(".")[2].removesuffix("Provider").lower()
        if name == "openai" and any(keyword.arg == "base_url" for keyword in given.keywords):
            return ""
    else:
        said = worth(given, scopes).value if given is not None else None
        name = said.lower() if isinstance(said, str) else ""
    name = "azure-openai" if name == "azure" else name
    return name if name == "ollama" or name in PROVIDER_HOSTS else None


def _provider_of_host(address: str) -> str:
    for provider, host in PROVIDER_HOSTS.items():
        if host.lstrip("*.") in address:
            return provider
    return ""


def note_provider(provider: str, why: str, place: Place, notes: Notes) -> None:
    """Note the host of a provider or service, where the table has one."""
    host = PROVIDER_HOSTS.get(provider, "")
    if host:
        notes.signals.hosts.append(HostSeen(host, why, place, notes.reader, notes.standing, INFERRED))


_STANDS_IN = re.compile(r"(?i)(?<!with_)(?<!or_)(?<!and_)(?:fall_?back|stand_?by)")
"""Functions that ask the model which answers when another one cannot."""


def note_standing_in(function: str, models: list[ModelSeen], first: int) -> None:
    """Let the one model that a function such as `_ask_fallback` asks stand in for another, from a place in the list on."""
    asked = {str(one.name) for one in models[first:] if one.role == "chat"}
    if len(asked) == 1 and _STANDS_IN.search(function):
        models[first:] = [one._replace(role="fallback") if one.role == "chat" else one for one in models[first:]]  # fmt: skip
