"""The call in Python that makes a model or asks it -> who is really asked: a provider, a gateway, a host."""

from __future__ import annotations

import ast
import re

from poc_gate.inputs.repository.code.python.values.python_arguments import argument_of, text_of
from poc_gate.inputs.repository.code.python.values.python_dotted_names import dotted_name
from poc_gate.inputs.repository.code.python.values.python_environment import environment_call
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.code.python.values.python_values import worth
from poc_gate.inputs.repository.noting.marks import ELSEWHERE, MAY_BE_ITSELF
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.tables.calls.call import Call
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.marks.key_marks import provider_of_key
from poc_gate.model.claim import Place

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


_AZURE_BY_MODULE = re.compile(
    r"\bopenai\.api_type\s*=\s*[\"']azure|\bopenai\.api_base\s*=\s*f?[\"'][^\"'\n]*\.openai\.azure\.com"
)
"""How the first version of OpenAI's library is told to ask Azure."""
_SAYS_ADDRESS = re.compile(r"[\"']base_url[\"']\s*\]?\s*[:=]")


def unpacks(node: ast.Call) -> bool:
    """Say whether a call is given a dictionary of arguments, which can hold an address."""
    return any(keyword.arg is None for keyword in node.keywords)


def provider_of_call(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> str:
    """Return who is really asked: an address or a key given with the call says more than the class."""
    if call.provider == "google" and worth(argument_of(node, ("vertexai",)), scopes).value is True:
        return "vertex-ai"
    address = text_of(node, _ADDRESS_ARGUMENTS, scopes) if call.provider != "databricks" else ""
    if call.kind in {"model", "host"}:
        _note_who_is_asked(call, node, scopes, notes, place)
    if call.kind in {"model", "host"} and address:
        notes.host(address, "its address is given with the call", place)
        return _provider_of_host(address) or ("" if call.provider in {"openai", ""} else call.provider)
    if call.provider == "openai":
        return _provider_of_protocol(call, node, scopes, notes)
    if call.provider == "azure-openai" and _is_a_gateway(argument_of(node, _ADDRESS_ARGUMENTS), scopes):
        return "azure-apim"
    return call.provider


def _note_who_is_asked(call: Call, node: ast.Call, scopes: Scopes, notes: Notes, place: Place) -> None:
    """Note whether a client asks somebody else for sure, or may ask its provider: its address can be missing."""
    host = PROVIDER_HOSTS.get(call.provider, "")
    argument = argument_of(node, _ADDRESS_ARGUMENTS)
    if asks_another(call, node, scopes, notes):
        notes.technique(ELSEWHERE, host, place, weight=1)
        return
    found = worth(argument, scopes)
    missing = found.value is None and found.ref is not None and found.ref.kind == "env"
    if host and (missing if argument is not None else unpacks(node)):
        notes.technique(MAY_BE_ITSELF, host, place, weight=1)


def asks_another(call: Call, node: ast.Call, scopes: Scopes, notes: Notes) -> bool:
    """Say whether a client of a provider is given somebody else's address: a plain one, or what a variable must hold."""
    argument = argument_of(node, _ADDRESS_ARGUMENTS)
    host = PROVIDER_HOSTS.get(call.provider, "")
    if argument is None or call.provider not in _AT_ONE_HOST or not host:
        return False
    found = worth(argument, scopes)
    if isinstance(found.value, str):
        return found.value.startswith("http") and host not in found.value
    name = found.ref.name if found.ref is not None and found.ref.kind == "env" else ""
    return bool(name) and notes.file.shows(re.compile(rf"\benviron\[\s*[\"']{re.escape(name)}[\"']\s*\]"))


_AT_ONE_HOST = frozenset({"openai", "anthropic", "google", "cohere", "mistral", "groq", "together", "fireworks", "deepseek", "xai", "perplexity", "voyage"})  # fmt: skip
"""Providers with one address for everybody, whose clients can be given another."""


_HANDED_CLIENTS = ("async_client", "openai_client", "async_openai_client")
"""Arguments with which a model is handed the client that asks."""


def _provider_of_protocol(call: Call, node: ast.Call, scopes: Scopes, notes: Notes) -> str:
    """Return who is asked in OpenAI's protocol, which many speak; empty where an address decides that is not plain."""
    if call.kind == "model" and argument_of(node, _HANDED_CLIENTS) is not None:
        return ""  # a client that is made elsewhere decides who is asked
    if (given := _given_provider(node, scopes)) is not None:
        return given
    if argument_of(node, _ADDRESS_ARGUMENTS) is not None:
        key = argument_of(node, ("api_key", "openai_api_key"))
        looked_up = environment_call(key) if key is not None else None
        return (provider_of_key(looked_up[0]) or "") if looked_up else ""
    if notes.file.shows(_AZURE_BY_MODULE):
        return "azure-openai"
    hidden = call.kind == "host" and unpacks(node) and notes.file.shows(_SAYS_ADDRESS)
    return "" if hidden else call.provider


_GATEWAY = re.compile(r"(?i)(?:^|_)(?:apim|api_?management)(?:_|$)")


def _is_a_gateway(address: ast.expr | None, scopes: Scopes) -> bool:
    """Say whether a call is given the address of a gateway for interfaces, by the name of the variable: `APIM_ENDPOINT`."""
    ref = worth(address, scopes).ref if address is not None else None
    return ref is not None and bool(_GATEWAY.search(ref.name))


def _given_provider(node: ast.Call, scopes: Scopes) -> str | None:
    """Return the provider that a model of Pydantic AI is given: `provider=DeepSeekProvider(...)`; None where none is."""
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
