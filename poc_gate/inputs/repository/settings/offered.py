"""A key of a settings file -> whether it is in effect: it stands below a provider that is not chosen, or in a section that is off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from poc_gate.inputs.repository.files.chosen_section import is_unlike_the_choice
from poc_gate.inputs.repository.files.foreign_yaml import Node
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.providers import maker_named

_CHOOSES = re.compile(r"(?i)(?:default_?|llm_?|active_?|ai_?|chat_?|model_?)?provider")
_ENABLES = ("enabled", "enable")


def is_offered(path: tuple[str, ...], document: Node) -> bool:
    """Say whether a setting stands below one of several providers that is not chosen.

    Such as `providers.voyage.model`, `embedder_ollama.model`, and `AI.OpenAi.ChatModel` beside `AI.Provider: Ollama`.
    """
    for at, (part, inner) in enumerate(pairwise(path)):
        maker = maker_named(inner)
        if part.lower() == "providers" and maker:
            return maker != _provider_chosen(document, path[:at])
    for at, part in enumerate(path[:-1]):
        base, _, last = part.rpartition("_")
        holder = holder_of(document, path[:at])
        if base and maker_named(last) and base in holder.entries():
            return True
        maker = maker_named(part)
        if maker and _sections(holder) > 1:
            chosen = _provider_chosen(document, path[:at])
            if chosen and maker not in _alike(chosen):
                return True
            if _is_passed_over(part, holder, document):
                return True
        if is_unlike_the_choice(part, holder):
            return True
    return False


_SELECTS = re.compile(
    r"(?i)(?:text|chat|completion|embedding|generator|generation|model|llm|ai)\w*(?:type|provider|service|backend)s?"
)
"""Entries that name the section in effect, wherever the file has them: `TextGeneratorType: AzureOpenAIText`."""
_FEWEST_SECTIONS = 3


def _is_passed_over(section: str, holder: Node, document: Node) -> bool:
    """Say whether a section stands among those of several providers, and the entries that select some name others, or none."""
    beside = holder.entries()
    if _sections(holder) < _FEWEST_SECTIONS or not beside[section].entries():
        return False
    chosen: set[str] = set()
    selects = False
    for path, node in document.walk():
        at = [key for key in path[-2:] if _SELECTS.fullmatch(key)]
        if at and isinstance(node.value, str):
            selects = True
            chosen.add(node.value.lower())
    named = {name.lower() for name in beside} & chosen
    return selects and section.lower() not in chosen and bool(named or chosen == {""})


def _sections(holder: Node) -> int:
    """Return how many entries of an object are sections of one provider each."""
    return len({maker_named(key) for key, inner in holder.entries().items() if inner.entries()} - {""})


def _alike(chosen: str) -> frozenset[str]:
    """Return the providers whose sections a choice can mean: `openai` is also said of the one in the cloud."""
    return frozenset({"openai", "azure"}) if chosen == "azure" else frozenset({chosen})


_BASE = re.compile(r"base[-_]?url", re.IGNORECASE)
_FALLS_BACK = re.compile(r"\$\{\w+:([^}]*)\}")
_HERE = re.compile(r"https?://(?:localhost|127\.0\.0\.1|host\.docker\.internal|[\w-]+)(?::\d+)?(?:/|$)")


def mark_asked_elsewhere(document: Node, models: list[ModelSeen], since: int) -> None:
    """Mark the models of sections for OpenAI's protocol that are given another address: somebody else serves them, or the pilot itself."""
    nodes = [(path, node) for path, node in document.walk() if path]
    for path, node in nodes:
        text = _FALLS_BACK.sub(r"\1", node.text())
        ours = _BASE.fullmatch(path[-1]) and ".".join(path[:-1]).lower().endswith("ai.openai")
        if not ours or not text.startswith("http") or "api.openai.com" in text:
            continue
        places = {one.place for inner, one in nodes if inner[: len(path) - 1] == path[:-1]}
        hosting = "self" if _HERE.match(text) else "hosted"
        models[since:] = [
            one._replace(provider="", hosting=hosting) if one.place in places and one.provider == "openai" else one
            for one in models[since:]
        ]  # fmt: skip


def is_off(path: tuple[str, ...], document: Node) -> bool:
    """Say whether a setting stands in a section that says of itself that it is off: `enabled: false`."""
    for at in range(1, len(path)):
        section = holder_of(document, path[:at])
        if any(_of(section, key).value is False for key in _ENABLES):
            return True
    return _is_switched_off(path[-1].lower(), holder_of(document, path[:-1]).entries())


_SWITCH = re.compile(r"(?:use|enable)_(?P<what>\w+)|(?P<of>\w+)_enabled?")
_MOST_BESIDE, _FEWEST_WORDS = 200, 3


def _is_switched_off(name: str, beside: Mapping[str, Node]) -> bool:
    """Say whether an entry beside a setting turns off what it is called after: `ltm_top_k` beside `use_long_term_memory: false`."""
    if len(beside) > _MOST_BESIDE:
        return False
    for key, inner in beside.items():
        match = _SWITCH.fullmatch(key.lower()) if inner.value is False else None
        what = (match["what"] or match["of"]) if match is not None else ""
        words = what.split("_")
        initials = "".join(word[:1] for word in words) if len(words) >= _FEWEST_WORDS else what
        if what and name.startswith((f"{what}_", f"{initials}_")):
            return True
    return False


def _of(section: Node, key: str) -> Node:
    """Return the entry of a section, its name written as YAML or as .NET writes it."""
    return section.at(key) or section.at(key.capitalize())


def _provider_chosen(document: Node, path: tuple[str, ...]) -> str:
    """Return the provider that an entry beside the list of providers names, such as `default_provider: google`."""
    holder = holder_of(document, path)
    named = [holder.at(key).text() for key in holder.entries() if _CHOOSES.fullmatch(key)]
    return maker_named(named[0]) if len(named) == 1 else ""


def holder_of(document: Node, path: tuple[str, ...]) -> Node:
    """Return the object that the keys of a path lead to."""
    for key in path:
        document = document.at(key)
    return document
