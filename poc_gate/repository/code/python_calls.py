"""One call in Python -> a model, a source, a destination or a technique, by the table of calls."""

from __future__ import annotations

import ast
import re

from poc_gate.model.claim import Place
from poc_gate.repository.code.python_arguments import (
    argument_of,
    note_arguments,
    note_limits,
    place_of,
    text_of,
)
from poc_gate.repository.code.python_tools import note_tool_lists
from poc_gate.repository.code.python_values import Scopes, dotted_name, environment_call, worth
from poc_gate.repository.noting.notes import INFERRED, STATED, Notes
from poc_gate.repository.noting.signals import HostSeen, Ref
from poc_gate.repository.tables.calls.call import Call
from poc_gate.repository.tables.calls.methods import CLOUD_CLIENTS, METHODS
from poc_gate.repository.tables.calls.table import call_named
from poc_gate.repository.tables.egress import PROVIDER_HOSTS, provider_of_key
from poc_gate.repository.tables.models import (
    has_organisation,
    is_hosted,
    read_model_name,
    role_of_key,
    role_of_name,
)
from poc_gate.repository.tables.systems import system_of_address

_MODEL_ARGUMENTS = (
    "model",
    "model_name",
    "model_id",
    "modelId",
    "azure_deployment",
    "deployment_name",
    "engine",
    "model_type",
    "deployment",
    "repo_id",
    "pretrained_model_name_or_path",
    "model_name_or_path",
    "model_path",
    "ai_model_id",
    "model_uri",
)
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
_HTTP = re.compile(
    r"^(?:requests|httpx|session|client|http|aiohttp|self\.\w*(?:client|session|http)\w*|_?\w*(?:client|session))\.(?:get|post|put|delete|patch|request|stream)$"
)
_LOADS_PICKLE = re.compile(r"^(?:pickle|joblib|cloudpickle|dill)\.load$")
_LOADS_MODEL = re.compile(
    r"^mlflow\.(?:\w+\.)?load_model$|^tf\.keras\.models\.load_model$|^keras\.models\.load_model$|^tensorflow\.keras\.models\.load_model$"
)
_TRAINS = re.compile(r"(?:^|\.)(?:fit|backward)$|^(?:xgboost|lightgbm)\.train$")
_LEARNS = frozenset(
    {"sklearn", "xgboost", "lightgbm", "catboost", "torch", "tensorflow", "keras", "prophet", "statsmodels"}
)
_MODEL_WORD = re.compile(r"(?i)model|classifier|regressor|pipeline|predictor|estimator|lin_reg|booster")
_ENGINES = {"vllm": "vllm", "llama.cpp": "llama.cpp", "transformers": "transformers", "ollama": "llama.cpp"}


def full_name(node: ast.AST, scopes: Scopes) -> str:
    """Return the dotted name of an expression with the module's imports resolved."""
    name = dotted_name(node)
    head, dot, rest = name.partition(".")
    return f"{scopes.imports[head]}{dot}{rest}" if head in scopes.imports else name


def note_reference(dotted: str, place: Place, notes: Notes, *, used: bool = False) -> None:
    """Note a class that is imported or derived from: deriving from a store or a model is using it."""
    call = call_named(dotted)
    if call is None or dotted.count(".") < 1:
        return
    name = dotted.rpartition(".")[2]
    if used and call.kind == "source":
        notes.system(call.what, place, how="used", direction=call.direction, note=f"derives from {name}")
    for technique in call.techniques if call.kind != "source" or used else ():
        notes.technique(technique, f"uses {name}", place, weight=3 if used or call.default == "import" else 1)


def note_call(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note what one call says: by its full name, by the end of its chain, and by its arguments' names."""
    name = full_name(node.func, scopes)
    method = next((METHODS[end] for end in _ends(name) if "." in end and end in METHODS), None)
    call = method or (call_named(name) if "." in name else None)
    if call is None and isinstance(node.func, ast.Attribute):
        call = next((METHODS[end] for end in _ends(name) if end in METHODS), None)
    if call is not None:
        _note_known(call, node, scopes, notes, place, name)
    elif name.endswith((".client", ".resource", ".create_client")) and (
        "boto" in name or "session" in name.lower()
    ):
        _note_cloud(node, scopes, notes, place)
    elif name.rpartition(".")[2] in {"create_engine", "create_async_engine", "engine_from_config"}:
        _note_engine(node, scopes, notes, place)
    elif _HTTP.match(name) and node.args:
        address = worth(
            node.args[1] if name.endswith(".request") and len(node.args) > 1 else node.args[0], scopes
        )
        if isinstance(address.value, str) and address.value.startswith("http"):
            notes.host(address.value, f"{name} calls it", place, sure=STATED)
    elif (role := role_of_key(name.rpartition(".")[2])) and role not in {"speech", "image"}:
        _note_agents_model(node, scopes, notes, place, role=role)
    elif _LOADS_PICKLE.match(name) or _LOADS_MODEL.match(name):
        _note_loaded(name, node, notes, place)
    if _TRAINS.search(name) and _LEARNS & {path.partition(".")[0] for path in scopes.imports.values()}:
        notes.technique("training", f"{name} trains a model", place)
    note_arguments(node, name, call, scopes, notes)
    note_tool_lists(node, scopes, notes, place, name)


def _ends(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[-count:]) for count in (4, 3, 2, 1) if count < len(parts)]


def _note_known(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, name: str) -> None:
    short = _shown(name)
    for technique in call.techniques:
        notes.technique(technique, f"calls {short}", place)
    provider = _provider(call, node, scopes, notes, place)
    if call.kind == "model":
        _note_model(call, provider, node, scopes, notes, place, short)
    elif call.kind == "source":
        region = text_of(node, ("region_name", "region", "location"), scopes)
        notes.system(
            call.what, place, how="used", direction=call.direction, region=region, note=f"{short} is called"
        )
    elif call.kind == "host":
        _note_provider(provider, f"{short} is made", place, notes)
    elif call.kind == "tool":
        notes.tool(short, call.what, "a tool of the library", place)
        _note_provider(call.provider, f"{short} asks it", place, notes)
    elif call.kind == "approval":
        notes.approval(_approved(node), place)
    elif call.kind == "technique":
        _note_agents_model(node, scopes, notes, place)


def _shown(name: str) -> str:
    """Return the class of a class method, the method otherwise: `PGVectorStore` of `PGVectorStore.from_params`."""
    parts = name.split(".")
    named = next((part for part in reversed(parts) if part[:1].isupper()), "")
    return named or parts[-1]


def _approved(node: ast.Call) -> str:
    for keyword in node.keywords:
        if keyword.arg == "interrupt_on" and isinstance(keyword.value, ast.Dict):
            keys = [key.value for key in keyword.value.keys if isinstance(key, ast.Constant)]
            return ",".join(str(key) for key in keys) or "*"
    return "*"


def _note_agents_model(
    node: ast.Call, scopes: Scopes, notes: Notes, place: Place, *, role: str = "chat"
) -> None:
    """Note the model that an agent is made with, where it is given by name."""
    for keyword in node.keywords:
        if keyword.arg in {"model", "llm"}:
            found = worth(keyword.value, scopes)
            if isinstance(found.value, str):
                notes.model(found.value, place_of(found.node, place), role=role, weight=3)


def _note_model(  # noqa: PLR0913, PLR0917 - parts of one call
    call: Call, provider: str, node: ast.Call, scopes: Scopes, notes: Notes, place: Place, short: str
) -> None:
    argument = argument_of(node, _MODEL_ARGUMENTS) or (
        node.args[0] if call.first == "model" and node.args else None
    )
    found = worth(argument, scopes)
    role, hosting = call.what, ""
    if short == "pipeline" and call.provider == "transformers":
        task = worth(node.args[0] if node.args else argument_of(node, ("task",)), scopes).value
        role = {"text-generation": "chat", "text-classification": "classifier", "sentiment-analysis": "classifier", "automatic-speech-recognition": "speech", "zero-shot-classification": "classifier", "summarization": "chat", "text2text-generation": "chat", "image-classification": "vision", "object-detection": "vision", "feature-extraction": "embedding", "ner": "classifier", "token-classification": "classifier"}.get(str(task), "other")  # fmt: skip
        notes.technique("llm" if role == "chat" else "classic-ml", f"{task} pipeline", place)
    if provider in _ENGINES or provider == "huggingface":
        hosting = "self"
    elif is_hosted(provider):
        hosting = "hosted"
    note = f"given to {short}"
    at = place_of(found.node, place)
    if isinstance(found.value, str) and _is_name(found.value, argument):
        notes.model(found.value, at, role=role, provider=provider, hosting=hosting, weight=3, note=note) if read_model_name(found.value) else _note_unlisted(found.value, at, role, provider, hosting, notes, note)  # fmt: skip
    if found.ref is not None:
        notes.model(found.ref, place, role=role, provider=provider, hosting=hosting, weight=3, note=note)
    elif found.value is None and argument is None and call.provider:
        notes.model(
            Ref("name", ""), place, role=role, provider=provider, hosting=hosting, weight=1, note=note
        )
    engine = _ENGINES.get(provider, "")
    if engine and role == "chat":
        notes.fact("model.engine", engine, place, sure=INFERRED)
    if not any(keyword.arg is None for keyword in node.keywords) and "." not in _method(node):
        _note_provider(provider, f"{short} asks it", place, notes)
    if role == "chat":
        note_limits(node, scopes, notes)


def _method(node: ast.Call) -> str:
    """Return a dotted name where a method of a client is called: the client decides who is asked."""
    name = dotted_name(node.func)
    return name if any(name.endswith(f".{end}") for end in METHODS) else ""


def _is_name(value: str, argument: ast.AST | None) -> bool:
    return bool(value) and argument is not None and len(value) <= 120 and " " not in value


def _note_unlisted(  # noqa: PLR0913, PLR0917 - parts of one model
    value: str, at: Place, role: str, provider: str, hosting: str, notes: Notes, note: str
) -> None:
    """Note a model of no known family that a known library is given: the library says that it is a model."""
    if "{" in value or "://" in value or value.startswith((".", "/")):
        return
    if has_organisation(value) or is_hosted(provider):
        from poc_gate.repository.noting.signals import ModelSeen

        role = role_of_name(value) or role or "chat"
        notes.signals.models.append(ModelSeen(role, value, provider, hosting, at, notes.reader, notes.standing, INFERRED, 3, note))  # fmt: skip


def _provider(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> str:
    """Return who is really asked: an address or a key given with the call says more than the class."""
    address = text_of(node, _ADDRESS_ARGUMENTS, scopes)
    if call.kind in {"model", "host"} and address:
        notes.host(address, "its address is given with the call", place)
        return _provider_of_host(address) or ("" if call.provider in {"openai", ""} else call.provider)
    key = argument_of(node, ("api_key", "openai_api_key"))
    looked_up = environment_call(key) if key is not None else None
    if call.provider == "openai" and looked_up and argument_of(node, _ADDRESS_ARGUMENTS) is not None:
        return provider_of_key(looked_up[0]) or ""
    if call.provider == "openai" and argument_of(node, _ADDRESS_ARGUMENTS) is not None:
        return ""
    return call.provider


def _provider_of_host(address: str) -> str:
    for provider, host in PROVIDER_HOSTS.items():
        if host.lstrip("*.") in address:
            return provider
    return ""


def _note_provider(provider: str, why: str, place: Place, notes: Notes) -> None:
    host = PROVIDER_HOSTS.get(provider, "")
    if host:
        notes.signals.hosts.append(HostSeen(host, why, place, notes.reader, notes.standing, INFERRED))


def _note_cloud(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    service = worth(node.args[0] if node.args else argument_of(node, ("service_name",)), scopes).value
    call = CLOUD_CLIENTS.get(str(service))
    if call is None:
        return
    region = text_of(node, ("region_name",), scopes).replace("auto", "")
    if call.kind == "source":
        notes.system(
            call.what, place, how="used", direction=call.direction, region=region, note=f"client of {service}"
        )
    elif call.kind == "host":
        _note_provider(call.provider, f"client of {service}", place, notes)
        if region:
            notes.fact("model.region", region, place)
    for technique in call.techniques:
        notes.technique(technique, f"client of {service}", place)


def _note_engine(node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    address = worth(node.args[0] if node.args else argument_of(node, ("url",)), scopes)
    system = system_of_address(address.value) if isinstance(address.value, str) else ""
    notes.system(system or "sql-database", place, how="used", note="SQLAlchemy's engine is made")
    if not system and address.ref is not None:
        notes.need(address.ref.name, place) if address.ref.kind == "env" else None


def is_loading(node: ast.AST, scopes: Scopes) -> bool:
    """Say whether an expression reads an object from a pickle."""
    return isinstance(node, ast.Call) and bool(_LOADS_PICKLE.match(full_name(node.func, scopes)))


def _note_loaded(name: str, node: ast.Call, notes: Notes, place: Place) -> None:
    """Note a model that is read from a file: classic, and in a format that can run code where it is a pickle."""
    shown = ast.unparse(node)[:200] if len(node.args) < 5 else ""
    if not _MODEL_WORD.search(shown.partition("(")[2]) and "mlflow" not in name:
        return
    notes.technique("classic-ml", f"{name} reads a model", place)
    registered = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if isinstance(registered, str) and registered.startswith("models:/"):
        notes.fact("model.artifact", registered, place)
        version = registered.rpartition("/")[2]
        notes.flag(
            "model.alias_floating", place, value=not version.isdigit(), note=f"the registry's {version}"
        )
    if _LOADS_PICKLE.match(name):
        notes.flag("model.safe_format", place, value=False, note=f"{name} reads it; a pickle can run code")
