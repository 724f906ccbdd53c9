"""The name that a file gives a model -> who serves it, and the role that it plays."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.inputs.repository.tables.models import (
    is_hosted,
    is_without_sound,
    provider_of_name,
    read_model_name,
    role_of_name,
    weights_of,
    writes_text_alone,
)

_GATEWAYS = frozenset({"vercel-gateway", "openrouter", "litellm", "livekit"})
"""They serve models of others: what a name begins with says whose, not who is asked."""
_BY_MAKER = frozenset({"vercel-gateway"})
"""Of them those that are asked for a model by its maker and its name: `openai/gpt-5`."""

_TAG = re.compile(r"[a-z][a-z0-9._-]{2,40}(?::[\w.-]{1,40})?")
"""How Ollama calls its models: `gemma`, `qwen2.5:7b`."""
_SIZED = re.compile(
    r"[a-z][a-z0-9._-]{1,40}:(?:latest|e?\d{1,3}(?:x\d{1,2})?(?:\.\d{1,2})?[bm](?:-(?!cloud)[a-z0-9._]{1,20}){0,4})"
)
"""Names with a size behind a colon, as only Ollama's library has them: `granite3.2:8b`; `gpt-oss:120b-cloud` runs elsewhere."""
_BY_COLON = re.compile(r"[a-z_-]+:[^/]")
"""How a name begins that says itself who is asked: `openai:gpt-4o`; before a slash often only whose model it is stands."""
_OF_SENSES = frozenset({"speech", "vision", "image"})
"""Roles that a setting's name gives, and that a model of plain text cannot play."""
_SCREENS = re.compile(r"(?i)(?:^|/)(?:guardrails?|moderations?|moderator)(?:\.\w+$|/)")
"""Files and folders that screen what is asked and answered: a model in them is not the one that answers."""


class NamedModel(NamedTuple):
    """A model as its name shows it."""

    name: str
    role: str
    provider: str
    hosting: str
    is_file: bool = False
    """Whether the name is that of a file of weights."""
    safe: bool | None = None
    """Whether the format of that file can run no code; None where that is not known."""


def is_tag_of_ollama(name: str) -> bool:
    """Say whether Ollama may call a model so: `mistral`, `moondream`, `qwen2.5:7b`."""
    return _TAG.fullmatch(name) is not None


def named_model(name: str, path: str, *, role: str, provider: str, hosting: str) -> NamedModel | None:
    """Return what a name and the file that it stands in say of a model; None where it does not name one."""
    by_ollama = (name, "ollama") if provider == "ollama" and is_tag_of_ollama(name) else None
    found = read_model_name(name) or by_ollama
    if not found:
        return None
    weights = weights_of(name)
    given, (name, named) = name, found
    role = _role(name, path, role)
    if weights is not None:
        return NamedModel(name, role, "", "self", is_file=True, safe=weights[1])
    if not hosting and is_hosted(named) and _BY_COLON.match(given):
        hosting = "hosted"
    if provider in _BY_MAKER and "/" in given:
        name = given  # the gateway itself takes the maker before the slash for a part of the name
    if not (provider or named) and _SIZED.fullmatch(name):
        return NamedModel(name, role, "ollama", hosting or "self")
    provider = provider if provider in _GATEWAYS else named or provider or provider_of_name(name)
    return NamedModel(name, role, provider, hosting)


def _role(name: str, path: str, given: str) -> str:
    """Return the role of a model by its name, before the one that it is given, and by the file that names it."""
    by_name = role_of_name(name)
    role = "embedding" if given == "embedding" and by_name == "classifier" else by_name or given
    if (role in _OF_SENSES and writes_text_alone(name)) or (role == "speech" and is_without_sound(name)):
        role = "chat"
    return "guardrail" if role in {"", "chat"} and _SCREENS.search(path) else role
