"""Providers that the pilot asks -> who serves each of its models."""

from __future__ import annotations

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.models.main_model import runs_an_engine
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.marks import ELSEWHERE, OF_A_CLASS
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.marks.key_marks import ASKS_WHOEVER
from poc_gate.inputs.repository.tables.models import is_hosted, provider_of_name

_SERVES = {
    "azure-openai": {"openai"}, "azure-apim": {"openai"}, "vertex-ai": {"google", "anthropic", "mistral"}, "azure-ai": {"openai", "mistral", "cohere", "deepseek", "xai"},
    "bedrock": {"anthropic", "mistral", "cohere", "deepseek", "bedrock"},
}  # fmt: skip
"""Cloud -> whose models it serves; the others serve anybody's."""
_CLOUDS = frozenset(
    {
        "bedrock",
        "azure-openai",
        "azure-ai",
        "azure-apim",
        "vertex-ai",
        "openrouter",
        "databricks",
        "snowflake",
    }
)
"""Providers that serve models of others."""
MAKERS = frozenset({"openai", "anthropic", "google", "cohere", "mistral", "deepseek", "xai", "perplexity"})
"""Providers that serve models of their own alone."""
ANSWERS = frozenset({"openai", "azure-openai", "azure-ai", "azure-apim", "anthropic", "google", "vertex-ai", "bedrock", "cohere", "mistral", "groq", "huggingface-router"})  # fmt: skip
"""Providers whose models answer people."""
_ALONE = frozenset({"cloudflare", "fireworks", "databricks"})
"""Providers whose names for models nobody else takes, such as `@cf/meta/llama-3.1-8b-instruct`."""
_OF_OTHERS = frozenset({"groq", "together", "fireworks", "deepinfra", "cerebras", "sambanova", "novita", "hyperbolic", "openrouter"})  # fmt: skip
"""Providers that serve the open weights of others under names of their own."""


def providers_asked(ground: Ground) -> set[str]:
    """Return the providers that code, keys or resources show, names of models left aside."""
    by_host = {host: provider for provider, host in PROVIDER_HOSTS.items()}
    found = {
        by_host[one.host]
        for one in ground.signals.hosts
        if one.host in by_host and ground.counts(one.standing) and not one.off
    }
    if asks_azure_alone(ground):
        found.discard("openai")  # the key is one for Azure, whatever it is called
    named = {one.provider for one in ground.signals.models if not isinstance(one.name, str) or one.provider != provider_of_name(one.name)}  # fmt: skip
    asked = {provider for provider in found | named if is_hosted(provider)} | _asked_by_a_database(ground)
    whoever = any(one.name == "litellm" and not one.optional and ground.counts(one.standing) for one in ground.signals.packages)  # fmt: skip
    # LiteLLM asks whoever a name has in front; without that, the name's maker.
    return asked if asked & _CLOUDS or not whoever else set()


def _asked_by_a_database(ground: Ground) -> set[str]:
    """Return Snowflake where statements have it ask a model, and code reaches it."""
    asks = any(one.why == "a database asks a language model" and one.standing is Standing.SERVICE for one in ground.signals.techniques)  # fmt: skip
    reached = {
        one.system for one in ground.signals.systems if one.how == "used" and ground.counts(one.standing)
    }
    return {"snowflake"} & reached if asks else set()


def asks_azure_alone(ground: Ground) -> bool:
    """Say whether code makes clients of Azure OpenAI with the key that is called OpenAI's, and none of OpenAI itself."""
    counted = [one for one in ground.signals.hosts if ground.counts(one.standing)]
    ours = [one.why for one in counted if one.host == PROVIDER_HOSTS["azure-openai"]]
    theirs = [one.why for one in counted if one.host == PROVIDER_HOSTS["openai"]]
    whoever = any(ASKS_WHOEVER.search(one.name) for one in ground.signals.packages if ground.counts(one.standing))  # fmt: skip
    made = any(why.endswith(("is made", "asks it")) for why in ours)
    return made and not whoever and not any(_KEY in why for why in ours) and all(_KEY in why for why in theirs)  # fmt: skip


_KEY = "holds a key"
"""What reasons say that a variable gives."""


def all_served(ground: Ground, asked_of: set[str], seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models, each with who serves it."""
    serves = _serves_weights(ground, asked_of)
    return [_served(one, asked_of, serves) for one in seen]


def _served(one: ModelSeen, asked_of: set[str], serves: str = "") -> ModelSeen:
    """Return a model with who serves it: where only its name suggests a provider that nothing asks, the one that is asked.

    A client of one maker that is given whatever model is chosen does not serve the models of another maker.
    """
    named = provider_of_name(str(one.name))
    if serves and one.role in {"chat", "vision"} and not (named or one.provider or one.hosting):
        return one._replace(provider=serves, hosting="hosted")
    if named in MAKERS and one.provider == "huggingface" and "/" not in str(one.name):
        # No weights of that name are to be had.
        return one._replace(provider=named, hosting="hosted", certainty=Certainty.INFERRED)
    if named in MAKERS and one.provider in MAKERS - {named}:
        return one._replace(provider=named, hosting="hosted")
    if (
        not named
        or named in _ALONE
        or one.provider != named
        or named in asked_of
        or not asked_of
        or one.note.startswith(OF_A_CLASS)
        or (one.hosting == "hosted" and not one.note)
    ):
        return one
    clouds = {cloud for cloud in asked_of & _CLOUDS if named in _SERVES.get(cloud, {named})}
    provider = clouds.pop() if len(clouds) == 1 else ""
    return one._replace(provider=provider, hosting=one.hosting if provider else "")


def _serves_weights(ground: Ground, asked_of: set[str]) -> str:
    """Return the one provider that code makes a client of, where it serves weights of others and nobody else answers."""
    answering = asked_of & (ANSWERS | _OF_OTHERS)
    only = next(iter(answering)) if len(answering) == 1 else ""
    made = any(one.host == PROVIDER_HOSTS.get(only) and one.why.endswith(("asks it", "is made")) and ground.counts(one.standing) for one in ground.signals.hosts)  # fmt: skip
    made |= any(one.name == ELSEWHERE and one.why == PROVIDER_HOSTS.get(only) and ground.counts(one.standing) for one in ground.signals.techniques)  # fmt: skip
    return only if only in _OF_OTHERS and made and not runs_an_engine(ground) else ""
