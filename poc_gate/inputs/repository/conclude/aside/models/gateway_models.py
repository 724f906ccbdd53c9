"""Models of a program that has only the AI SDK -> its gateway serves them, whoever made them.

Source: AI SDK documentation, "Global provider" (version 5 and later, 2025).
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.models import has_organisation, provider_of_name
from poc_gate.inputs.repository.tables.packages import package_named

_SDK = "ai"
_NO_PROVIDERS = re.compile(r"@ai-sdk/(?:gateway|react|rsc|svelte|vue|angular|provider|provider-utils|ui-utils|devtools|mcp)$")  # fmt: skip
"""Packages of the AI SDK that ask no provider themselves."""
_ASKS = re.compile(
    r"(?i)^(?:@ai-sdk/|@langchain/|@openrouter/|[\w@/-]*-ai-provider)|^(?:openai|langchain|llamaindex)$"
)


def through_the_gateway(ground: Ground, seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models, those that scripts name served by the gateway of the AI SDK where no other way to a provider is there."""
    if not _has_only_the_sdk(ground):
        return seen
    return [
        one._replace(provider="vercel-gateway", hosting="hosted")
        if one.reader == "tree" and _is_by_name(one)
        else one
        for one in seen
    ]


def _is_by_name(one: ModelSeen) -> bool:
    """Say whether only a model's name tells who serves it, or only its maker stands before it: `moonshotai/kimi-k2`."""
    if one.provider:
        return one.provider == provider_of_name(str(one.name))
    return not one.hosting and has_organisation(str(one.name))


def _has_only_the_sdk(ground: Ground) -> bool:
    """Say whether the AI SDK is the only package that asks language models."""
    names = {one.name for one in ground.signals.packages if ground.counts(one.standing)}
    if _SDK not in names:
        return False
    rows = {name: package_named(name) for name in names - {_SDK} if not _NO_PROVIDERS.match(name)}
    return not any(_ASKS.match(name) or (row is not None and "llm" in row.techniques) for name, row in rows.items())  # fmt: skip
