"""Settings that choose who answers, such as `LLM_PROVIDER=ollama` -> models of other providers are left, or asked about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import ModelSeen, SettingSeen
from poc_gate.inputs.repository.tables.models import provider_of_name
from poc_gate.inputs.repository.tables.providers import maker_named
from poc_gate.model.claim import Notice, Place

_WORDS = re.compile(r"[a-z0-9]+")
_CHOOSES = re.compile(
    r"(?i)(?:^|_)(?:llm|chat|embed(?:ding)?s?|ai|genai|openai|rag|agent|inference|generation|answer)_(?:model_)?(?:\w+_)?(?:host|provider|backend)$|^model_(?:host|provider)$|(?:^|_)llm_(?:type|vendor|option|choice|service|source|api|engine)$"
)
"""Settings that say who is asked, such as `CHAT_MODEL_HOST` and `LLM_PROVIDER`."""


def leave_unchosen(ground: Ground, models: list[ModelSeen]) -> tuple[list[ModelSeen], list[Notice]]:
    """Return the models without those of settings called after one provider, where a setting names another.

    Such as `OLLAMA_MODEL` beside `LLM_PROVIDER=azure`: a model of that role must be left then. `OPENAI_MODEL` beside
    `LLM_PROVIDER=ollama` is not the one that answers, whatever else is known; where nothing is, that is a question.
    """
    choices = _choices(ground)
    named = {maker_named(str(one.value)) for one in choices} - {""}
    names = {place: name for name, place in ground.signals.owned}
    names |= {one.place: one.name for one in ground.signals.settings}
    if not named:
        return _without_hosted(models, names) if _is_at_home(choices) else models, []
    makers = {id(one): _maker_of(one, names) for one in models}
    kept = [one for one in models if not makers[id(one)] or makers[id(one)] in named]
    if named <= _LOCAL and _knows(choices):  # what is served at home is nobody's model behind an interface
        shown = all(one.weight < _IN_EFFECT for one in choices)
        kept = [one for one in kept if one.role == "chat" or (shown and one.reader in _BUILT) or maker_named(provider_of_name(str(one.name))) not in _MAKERS - {"mistral", "deepseek", "google"}]  # fmt: skip
        models = [one for one in models if one in kept or one.role == "chat"]
    others = {one.role for one in kept}
    left = [one for one in models if one in kept or one.role not in others]
    first = next(one for one in choices if maker_named(str(one.value)))
    chats = [one for one in left if one.role == "chat"]
    apart = [one for one in chats if _is_of_another(one, names, named)] if _knows(choices) else []
    if not apart:
        return left, []
    gone = {id(one) for one in apart}
    left = [one for one in left if id(one) not in gone]
    if len(apart) < len(chats):
        return left, []
    what = f"which chat model answers is not said: {first.name} is {first.value} ({first.place}), and {apart[0].name} ({apart[0].place}) is for another provider"
    return left, [Notice("question", what, first.place, "write the one that production asks: `model.name`")]


_AT_HOME = re.compile(r"(?i)local|self[-_ ]?hosted|on[-_]?prem(?:ises?)?|in[-_]?house")
"""What a setting that chooses who answers says where the pilot serves its model itself."""


def answers_at_home(ground: Ground) -> bool:
    """Say whether settings choose what the pilot serves itself, and no provider."""
    return _is_at_home(_choices(ground))


def _is_at_home(choices: Collection[SettingSeen]) -> bool:
    return bool(choices) and all(_AT_HOME.fullmatch(str(one.value).strip()) for one in choices)


def _without_hosted(models: list[ModelSeen], names: dict[Place, str]) -> list[ModelSeen]:
    """Return the models without those of settings called after a provider, where another one is served at home."""
    kept = [one for one in models if not _is_of_another(one, names, ())]
    return kept if any(one.role == "chat" for one in kept) else models


_IN_EFFECT = 2
"""Weight of settings that are more than an example of an environment: that shows how developers may run the pilot."""
_BUILT = frozenset({"bicep", "terraform", "cloud-project"})
"""Readers of infrastructure: the models that it deploys are there, whatever an example chooses."""
_LIMITS = ("security.output_cap", "security.input_cap", "model.max_context", "model.call_timeout", "path.stages[model]")  # fmt: skip


def leave_limits_of_others(ground: Ground) -> None:
    """Drop limits under the name of a provider that settings do not choose, such as `ollama_timeout` beside `LLM_PROVIDER=claude`."""
    chosen = chosen_providers(ground)
    names = {place: name for name, place in ground.signals.owned}
    names |= {place: name for _, name, place in ground.signals.constants}
    names |= {one.place: one.name for one in ground.signals.settings}

    def is_of_another(fact: str, place: Place) -> bool:
        makers = set(_makers_in(names.get(place, ""))) if fact.startswith(_LIMITS) else set()
        alike = makers | ({"openai", "azure"} if makers & {"openai", "azure"} else set())
        return bool(makers) and not alike & chosen

    if chosen:
        ground.signals.facts[:] = [
            one for one in ground.signals.facts if not is_of_another(one.fact, one.place)
        ]


def leave_versions_of_others(ground: Ground, main: str) -> None:
    """Drop versions and quotas of deployments of other models than the one that answers; of all models where that is not known."""
    named = ground.signals.of_models
    known = set(named.values())
    if not main and len(known) < 2:
        return
    ground.signals.facts[:] = [one for one in ground.signals.facts if named.get(one.place, main.lower()) == main.lower()]  # fmt: skip


def of_chosen(ground: Ground, chats: list[tuple[ModelSeen, int]]) -> list[tuple[ModelSeen, int]]:
    """Return the chat models of the provider that settings choose; all of them where it is not known whose one of them is."""
    chosen = chosen_providers(ground)
    makers = [maker_named(one.provider) or maker_named(provider_of_name(str(one.name))) for one, _ in chats]
    if not all(makers) and not chosen <= _MAKERS:
        return chats  # a model of no known provider can be the chosen one's
    return [pair for pair, maker in zip(chats, makers, strict=True) if maker in chosen] or chats


_MAKERS = frozenset({"openai", "anthropic", "google", "cohere", "mistral", "deepseek", "xai", "perplexity"})
"""Providers that serve models of their own alone."""


def chosen_providers(ground: Ground) -> frozenset[str]:
    """Return the providers that settings choose to answer; none where that is not known, or where one passes requests on."""
    choices = _choices(ground)
    return frozenset(maker_named(str(one.value)) for one in choices) if _knows(choices) else frozenset()


def _choices(ground: Ground) -> list[SettingSeen]:
    return [
        one
        for one in ground.signals.settings
        if ground.counts(one.standing) and _CHOOSES.search(one.name.replace("__", "_"))
    ]


def _knows(choices: list[SettingSeen]) -> bool:
    """Say whether every setting that chooses who answers names a provider that is known, and none that passes requests on."""
    chosen = [maker_named(str(one.value)) for one in choices if not re.search(r"(?i)embed", one.name)]
    return bool(chosen) and all(chosen) and not set(chosen) & _PASS_ON


def _makers_in(name: str) -> list[str]:
    """Return the providers that a setting's name speaks of, two words before one."""
    words = _WORDS.findall(name.lower().replace("_", " "))
    pairs = ["".join(pair) for pair in itertools.pairwise(words)]
    return [maker for word in (*pairs, *words) if (maker := maker_named(word))]


def _is_of_another(one: ModelSeen, names: dict[Place, str], named: Collection[str]) -> bool:
    """Say whether the setting that gives a model is called after a provider of its own that is not chosen."""
    if one.reader not in {"python", "tree", "settings", "env-file"} or one.place not in names:
        return False
    maker = next(iter(_makers_in(names[one.place])), "")
    alike = {"openai", "azure"} if maker in {"openai", "azure"} else {maker}
    return bool(maker) and not alike & set(named)


_PASS_ON = frozenset({"openrouter", "bedrock", "azure", "databricks", "huggingface", "github-models", "vllm", "together", "groq"})  # fmt: skip
"""Providers whose settings can be called after the maker of the model, or after the protocol that they speak."""


def _maker_of(one: ModelSeen, names: dict[Place, str]) -> str:
    """Return the provider that a model belongs to whatever is chosen: the setting that names it is called after one."""
    if _is_of_ollama(one):
        return "ollama"
    if one.reader not in {"python", "tree", "settings", "env-file"} or one.place not in names:
        return ""
    return next((maker for maker in _makers_in(names[one.place]) if maker in _LOCAL), "")


_LOCAL = frozenset({"ollama", "lmstudio", "docker-models", "foundry-local", "github-models", "llamacpp"})
"""Providers for developers' machines: a setting called after one is for them, whatever production asks."""


def _is_of_ollama(one: ModelSeen) -> bool:
    return (one.provider == "ollama" and not one.note) or one.note.lower().startswith("parameter ollama")
