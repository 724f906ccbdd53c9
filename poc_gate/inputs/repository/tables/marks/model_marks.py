"""Marks of models in Rust, PHP and Ruby, and in addresses of any language -> what says the model's name; a new one is one row."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.text.lazy_pattern import lazily


class ModelMark(NamedTuple):
    """How a text names the model that it asks."""

    pattern: re.Pattern[str]
    """With the group `name` for a plain name, `constant` for a library's constant, `variable` for what can change it, and
    `kept` for a name of the program's own that holds it."""
    home: re.Pattern[str]
    """What the file must show for the mark to be of a model."""
    role: str = ""
    provider: str = ""


def _row(pattern: str, home: str, role: str = "", provider: str = "") -> ModelMark:
    return ModelMark(lazily(pattern, re.MULTILINE), lazily(home), role, provider)


_NAME = r"[\"'](?P<name>[\w.:/@-]{2,100})[\"']"
_RUST_HOME = (
    r"\brig(?:_core)?::|\basync_openai\b|\bollama_rs\b|\bgenai::|\banthropic|\bllm\b|chat/completions"
)
_RUST_CONSTANT = r"(?P<constant>[a-z_]+(?:::[a-z_]+)*::[A-Z][A-Z0-9_]{2,60})"
_RUST = (
    _row(rf"\.(?:agent|completion_model|extractor|model)\(\s*(?:\"(?P<name>[\w.:/@-]{{2,100}})\"|{_RUST_CONSTANT})", _RUST_HOME),
    _row(rf"\.embedding_model\w*\(\s*(?:\"(?P<name>[\w.:/@-]{{2,100}})\"|{_RUST_CONSTANT})", _RUST_HOME, "embedding"),
    _row(r"\bmodel:\s*\"(?P<name>[\w.:/@-]{2,100})\"\.(?:to_string|into|to_owned)\(", _RUST_HOME),
)  # fmt: skip
_PHP_HOME = r"(?i)openai|prism|llphant|neuron|anthropic|gemini|mistral|ollama|chat/completions|\bllm\b"
_PHP = (
    _row(rf"[\"'](?:\w*_)?model(?:_\w+)?[\"']\s*=>\s*env\(\s*[\"'](?P<variable>\w+)[\"']\s*,\s*{_NAME}", _PHP_HOME),
    _row(rf"[\"']model[\"']\s*=>\s*{_NAME}", _PHP_HOME),
    _row(rf"->using\(\s*[\w:\\]+\s*,\s*{_NAME}|\$\w*model\w*\s*=\s*{_NAME.replace('name', 'other')}|->model\s*=\s*{_NAME.replace('name', 'third')}", _PHP_HOME),
)  # fmt: skip
_RUBY = (
    _row(
        rf"\b(?:\w+_)?model(?:_name)?(?::|\s*=)\s*{_NAME}",
        r"(?i)openai|ruby_?llm|langchain|anthropic|gemini|ollama|crew_?ai",
    ),
)
_SPOKEN_TO = (
    _row(
        r"/v1/realtime\?(?:[\w=&%.$\{\}-]{1,80}&)?model=(?P<name>[A-Za-z][\w.:-]{2,80})(?=[\"'`&]|$)",
        r"/v1/realtime\?",
        "chat",
    ),
)
"""A model in the address of a connection over which one speaks with it."""
_IN_SQL = (
    _row(
        r"(?i)\bcortex\.(?:try_|ai_)?complete\(\s*\\?[\"'](?:\{(?P<kept>[a-z_]\w{1,60})\}|(?P<name>[a-z][\w.-]{2,80}))\\?[\"']",
        r"(?i)cortex\.(?:try_|ai_)?complete",
        "chat",
        "snowflake",
    ),
    *(
        _row(rf"(?i)\b(?:ai\.|select\s+){asks}\(\s*\\?[\"'](?P<name>[a-z][\w.:/-]{{2,80}})\\?[\"']", asks, role, provider)
        for asks, role, provider in (
            ("ollama_(?:generate|chat_complete)", "chat", "ollama"),
            ("openai_chat_complete", "chat", "openai"),
            ("anthropic_generate", "chat", "anthropic"),
            ("cohere_chat_complete", "chat", "cohere"),
            ("(?:ollama_embed|embedding_ollama)", "embedding", "ollama"),
            ("(?:openai_embed|embedding_openai)", "embedding", "openai"),
            ("(?:voyageai_embed|embedding_voyageai)", "embedding", "voyage"),
        )
    ),
    *(
        _row(r"(?i)^[ \t,(]*model\s*=\s*N?'(?P<name>[a-z][\w.:-]{2,80})'", rf"(?i)\bapi_format\s*=\s*N?'{spoken}'", "embedding", provider)
        for spoken, provider in (("azure openai", "azure-openai"), ("openai", "openai"), ("ollama", "ollama"))
    ),  # `CREATE EXTERNAL MODEL` of SQL Server and Azure SQL
)  # fmt: skip
"""A model that a statement in SQL asks within the warehouse, or by the functions of pgai; a text that is put together keeps its name apart."""
MODELS_IN_CODE = (*_SPOKEN_TO, *_IN_SQL)
MODEL_MARKS = {
    ".sql": _IN_SQL,
    ".rs": (*_RUST, *_SPOKEN_TO),
    ".php": (*_PHP, *_SPOKEN_TO),
    ".rb": (*_RUBY, *_SPOKEN_TO),
    **dict.fromkeys((".ts", ".tsx", ".js", ".mjs", ".py", ".go", ".java", ".kt", ".cs"), MODELS_IN_CODE),
}
"""Ending of a file in small letters -> the marks of its language."""
