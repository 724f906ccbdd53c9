"""Models of Spring's settings -> those whose provider the build brings along: settings of the others are left from trying them."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.noting.signals import ModelSeen

_STARTER = re.compile(r"spring-ai-(?:starter-model-)?(\w[\w-]*?)(?:-spring-boot-starter)?$")
_SETTINGS = re.compile(r"(?:^|/)application(?:-\w+)?\.(?:properties|ya?ml)$")
_PARTS = {
    "anthropic": ("anthropic", "bedrock", "vertex"), "openai": ("openai",), "mistral": ("mistral", "bedrock", "vertex"),
    "google": ("gemini", "google", "genai", "vertex"), "ollama": ("ollama",), "cohere": ("cohere", "bedrock"), "deepseek": ("deepseek", "openai"),
}  # fmt: skip
"""Provider -> parts of the names of the packages that ask it or serve its models."""


def with_a_starter(ground: Ground, models: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those of Spring's settings whose provider no package asks, where a package asks another."""
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
    return [
        one
        for one in models
        if one.provider not in _PARTS or one.provider in asked or not _SETTINGS.search(one.place.file)
    ]
