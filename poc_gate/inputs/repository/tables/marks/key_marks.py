"""Names of variables -> the provider or service whose key one holds, or that it says where the pilot itself is found."""

from __future__ import annotations

import re

_KEYS = (
    ("azure-openai", r"AZURE_?OPENAI(?!COM)\w*"),
    ("azure-ai", r"AZURE_?AI"),
    ("anyscale", r"ANYSCALE"),
    ("huggingface-hub", r"HUGGINGFACE|HUGGINGFACEHUB|HF"),
    ("databricks", r"DATABRICKS"),
    ("bing", r"BING(?:_SEARCH)?(?:_V7)?"),
    ("hubspot", r"HUBSPOT"),
    ("telegram", r"TELEGRAM(?:_BOT)?"),
    ("discord", r"DISCORD(?:_BOT)?"),
    ("openai", r"OPENAI(?:COM)?"),
    ("anthropic", r"ANTHROPIC|CLAUDE"),
    ("google", r"GOOGLE(?:_GENAI|_AI|_GEMINI)?|GEMINI"),
    ("cohere", r"COHERE|CO"),
    ("mistral", r"MISTRAL(?:AI)?"),
    ("groq", r"GROQ"),
    ("together", r"TOGETHER(?:_?AI)?"),
    ("fireworks", r"FIREWORKS(?:_?AI)?"),
    ("deepseek", r"DEEPSEEK"),
    ("xai", r"XAI|GROK"),
    ("openrouter", r"OPENROUTER"),
    ("replicate", r"REPLICATE(?:_API)?"),
    ("baseten", r"BASETEN"),
    ("perplexity", r"PERPLEXITY(?:AI)?|PPLX"),
    ("voyage", r"VOYAGE(?:AI)?"),
    ("jina", r"JINA(?:AI)?"),
    ("nvidia", r"NVIDIA|NIM|NGC"),
    ("cerebras", r"CEREBRAS"),
    ("elevenlabs", r"ELEVENLABS|ELEVEN"),
    ("deepgram", r"DEEPGRAM"),
    ("assemblyai", r"ASSEMBLYAI"),
    ("cartesia", r"CARTESIA"),
    ("rime", r"RIME"),
    ("hume", r"HUME(?:_AI)?"),
    ("speechmatics", r"SPEECHMATICS"),
    ("gladia", r"GLADIA"),
    ("soniox", r"SONIOX"),
    ("daily", r"DAILY(?=_API_KEY$)"),
    ("tavus", r"TAVUS"),
    ("tavily", r"TAVILY"),
    ("serper", r"SERPER"),
    ("serpapi", r"SERPAPI|SERP"),
    ("brave-search", r"BRAVE(?:_SEARCH)?"),
    ("exa", r"EXA"),
    ("firecrawl", r"FIRECRAWL"),
    ("openweathermap", r"OPENWEATHERMAP|OPENWEATHER"),
    ("langsmith", r"LANGSMITH|LANGCHAIN"),
    ("langfuse", r"LANGFUSE(?:_SECRET|_PUBLIC)?"),
    ("wandb", r"WANDB"),
    ("comet", r"COMET(?:_?ML)?"),
    ("neptune", r"NEPTUNE"),
    ("pinecone", r"PINECONE"),
    ("mem0", r"MEM0"),
    ("e2b", r"E2B"),
    ("llamacloud", r"LLAMA_CLOUD|LLAMA_PARSE|LLAMACLOUD"),
    ("unstructured", r"UNSTRUCTURED"),
    ("github", r"GITHUB|GH"),
    ("slack", r"SLACK(?:_BOT|_APP)?"),
    ("stripe", r"STRIPE(?:_SECRET)?"),
    ("twilio", r"TWILIO(?:_AUTH)?"),
    ("sendgrid", r"SENDGRID"),
    ("resend", r"RESEND"),
    ("notion", r"NOTION"),
    ("polygon", r"POLYGON(?:_IO)?"),
    ("finnhub", r"FINNHUB"),
    ("alphavantage", r"ALPHA_?VANTAGE"),
    ("pylon", r"PYLON"),
    ("zhipu", r"ZHIPU(?:AI)?|GLM"),
    ("dashscope", r"DASHSCOPE|QWEN"),
    ("moonshot", r"MOONSHOT|KIMI"),
    ("deepinfra", r"DEEPINFRA"),
    ("ai21", r"AI21"),
)
"""Provider or service -> how variables that hold its key begin."""
_TRACED = re.compile(
    r"^(?:LANGSMITH_(?:PROJECT|TRACING|ENDPOINT)|LANGCHAIN_TRACING(?:_V2)?|LANGCHAIN_PROJECT)$"
)
"""Variables that are only of use to whoever sends traces to LangSmith."""
_KEY = re.compile(
    "^(?:"
    + "|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_KEYS))
    + r")_(?:API_?)?(?:KEY|TOKEN|PAT)$"
)
_OWN = re.compile(
    r"(?i)^(?:next_public_|vite_|react_app_|public_|nextauth_|kc_)?(?:app|site|web|public|own|server|backend|frontend|deploy(?:ment|ed)?)_?(?:url|uri|host(?:name)?|domain|origin|base_url|address)$|^(?:kc_|virtual_|public_)host(?:name)?(?:_url|_admin(?:_url)?)?$|^nextauth_url$|^hostname$|^(?:n8n_editor_base|proxy_base|webui|gf_server_root)_url$"
)
"""Variables that say where the pilot itself is found."""
_HOOKS = re.compile(r"^(?:\w+_)?(?P<of>SLACK|DISCORD)(?:_\w+)?_WEB_?HOOK(?:_UR[LI])?$")
"""Variables that hold the address of a web hook, which is a secret of its own."""
_HOOKED = {"SLACK": "slack's web hooks", "DISCORD": "discord"}


def is_own_address(variable: str) -> bool:
    """Say whether a variable says where the pilot itself is found, such as `APP_URL`."""
    return _OWN.match(variable) is not None


def provider_of_key(variable: str) -> str:
    """Return the provider or service whose key an environment variable holds, or an empty text."""
    if _TRACED.match(variable):
        return "langsmith"
    if hook := _HOOKS.match(variable.upper()):
        return _HOOKED[hook["of"]]
    match = _KEY.match(
        variable.upper().removeprefix("APP_").removeprefix("VITE_").removeprefix("NEXT_PUBLIC_")
    )
    return _KEYS[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""


ASKS_WHOEVER = re.compile(
    r"litellm|aisuite|pydantic-ai|dspy|crewai|autogen|ag2|agno|smolagents|strands|camel-ai|openrouter|instructor"
)
"""Packages that look keys up by themselves, and ask whichever provider has one."""
