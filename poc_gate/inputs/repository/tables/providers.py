"""Words in the names of files and folders -> the provider of models that they are called after."""

from __future__ import annotations

import re

_MAKERS = {
    "openai": ("openai", "oai", "gpt", "chatgpt"), "azure": ("azure", "azureopenai", "aoai"), "anthropic": ("anthropic", "claude"),
    "google": ("google", "gemini", "vertex", "vertexai", "googleai", "palm", "googlegenai"), "bedrock": ("bedrock", "sagemaker"), "cohere": ("cohere",),
    "mistral": ("mistral", "mistralai"), "groq": ("groq",), "together": ("together", "togetherai"), "fireworks": ("fireworks", "fireworksai"),
    "deepseek": ("deepseek",), "xai": ("xai", "grok"), "openrouter": ("openrouter",), "replicate": ("replicate",), "perplexity": ("perplexity",),
    "ollama": ("ollama",), "huggingface": ("huggingface", "hf"), "voyage": ("voyage", "voyageai"), "jina": ("jina", "jinaai"), "nvidia": ("nvidia", "nim"),
    "watsonx": ("watsonx",), "dashscope": ("dashscope", "qwen", "tongyi"), "zhipu": ("zhipu", "zhipuai", "chatglm"), "moonshot": ("moonshot", "kimi"),
    "vllm": ("vllm",), "lmstudio": ("lmstudio",), "llamacpp": ("llamacpp",), "cerebras": ("cerebras",), "sambanova": ("sambanova",), "deepinfra": ("deepinfra",),
    "novita": ("novita",), "siliconflow": ("siliconflow",), "upstage": ("upstage",), "nebius": ("nebius",), "databricks": ("databricks",),
    "github-models": ("githubmodels",), "docker-models": ("dockermodels",), "foundry-local": ("foundrylocal",),
    "elevenlabs": ("elevenlabs",), "deepgram": ("deepgram",), "assemblyai": ("assemblyai",), "cartesia": ("cartesia",), "minimax": ("minimax",),
}  # fmt: skip
_BY_WORD = {word: maker for maker, words in _MAKERS.items() for word in words}


def maker_named(word: str) -> str:
    """Return the provider that a word means, or an empty text."""
    return _BY_WORD.get(word.lower().replace("-", "").replace("_", ""), "")


_REGION = re.compile(r"[a-z]{2,}-[a-z]+(?:-[a-z]+)*-?\d|[a-z]{4,}\d?")


def is_region(text: str) -> bool:
    """Say whether a text can be the name of a cloud's region, and not a word that stands for one."""
    return bool(_REGION.fullmatch(text)) and text not in {"auto", "global", "region"}
