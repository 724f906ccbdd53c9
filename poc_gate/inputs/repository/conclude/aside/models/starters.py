"""Models of Spring's settings and code -> those whose provider the build brings along: the others are left from trying them."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import ModelSeen
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.models import provider_of_name

_STARTER = re.compile(r"spring-ai-(?:starter-model-)?(\w[\w-]*?)(?:-spring-boot-starter)?$")
_SETTINGS = re.compile(r"(?:^|/)application(?:-\w+)?\.(?:properties|ya?ml)$")
_PARTS = {
    "anthropic": ("anthropic", "bedrock", "vertex"), "openai": ("openai",), "mistral": ("mistral", "bedrock", "vertex"),
    "google": ("gemini", "google", "genai", "vertex"), "ollama": ("ollama",), "cohere": ("cohere", "bedrock"), "deepseek": ("deepseek", "openai"),
}  # fmt: skip
"""Provider -> parts of the names of the packages that ask it or serve its models."""

_OF_JAVA = (".java", ".kt")
_BY_HOST = {host: provider for provider, host in PROVIDER_HOSTS.items() if provider in _PARTS}


def with_a_starter(ground: Ground, models: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those whose provider no package asks, where a package asks another: names that nothing reaches."""
    brought = {
        match[1]
        for one in ground.signals.packages
        if one.ecosystem == "java" and (match := _STARTER.match(one.name))
    }
    asked = {
        provider
        for provider, parts in _PARTS.items()
        if any(part in name for name in brought for part in parts)
    }
    if not asked:
        return models
    names = {one.name for one in ground.signals.packages if one.ecosystem == "java"}
    reached = {provider for provider, parts in _PARTS.items() if any(part in name for name in names for part in parts)}  # fmt: skip
    reached |= {provider for host, provider in _BY_HOST.items() if any(one.host == host and one.why.endswith(("calls it", "holds its address")) for one in ground.signals.hosts)}  # fmt: skip

    def is_asked(one: ModelSeen) -> bool:
        provider = one.provider or provider_of_name(str(one.name))
        if provider not in _PARTS or provider in asked:
            return True
        return not _SETTINGS.search(one.place.file) and (not one.place.file.endswith(_OF_JAVA) or provider in reached)  # fmt: skip

    return [one for one in models if is_asked(one)]
