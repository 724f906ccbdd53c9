"""A value under the name of a secret -> whether it is a literal secret, a weak default, or nothing of the kind."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from enum import Enum

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.harmless_tokens import has_expired, is_public


class Strength(Enum):
    """How much a value looks like a secret that somebody must change."""

    NONE = 0
    """A reference, a placeholder, a name, or a value of the program itself."""
    EXPIRED = 1
    """A signed token whose time is over: it opens nothing any more."""
    WEAK = 2
    """A default that everybody knows or a word: of a local service, seldom worth an attack."""
    STRONG = 3


_REFERENCE = lazily(
    r"(?i)^(?:--[a-z]|\{[\w\"']+\s?:|`?\$|\{\{|\{%|<|%[({\w]|@|&|!|env[:.(]|file:|cmd:|vault:|ref\+|secretref|secret://|keyvault|arn:|projects/|ssm:|op://|sops:|enc\[|encrypted:|\[|\(|~/|\.{1,2}/|/)"
    r"|\{[A-Za-z_][\w.\[\]'\"()!:-]{0,80}\}|\$\{|\{\{|\}\}|\$\(|#\{|<%|^[a-z_][\w.]*\(|^[a-z_]\w*(?:\.\w+)+(?:[\[(].*)?$|process\.env|os\.environ|getenv|secrets?\.|^\w+\[|^\.[A-Za-z]\w*(?:\.\w+)+$|^data\.|^var\.|^local\.|^module\.|^\*[a-z_]+(?:[-_.][a-z0-9]+){0,8}$"
)
_PLACEHOLDER = lazily(
    r"(?i)^(?:\*+|x+|\.+|-+|_+|#+|0+|1+|n/?a|none|null|nil|undefined|true|false|yes|no|on|off|string|str|text|any|required|optional|default|unset|empty|todo|tbd)$"
    r"|^(?:true|false|yes|no|on|off|pass|fail|passed|failed)(?:[/|](?:true|false|yes|no|on|off|pass|fail|passed|failed))+$"
    r"|x{4,}|\*{3,}|[\u2022\u25cf]{2,}|\u2026|\.{3}|change[-_ ]?(?:me|it|this)|place[-_ ]?holder|your[-_ ]?|insert[-_ ]|replace|example|sample|dummy|fake|mock|redacted|masked|removed|hidden"
    r"|to[-_ ]be[-_ ]|(?<![a-z0-9])set[-_ ](?:as|in|by|via|through|with|from)[-_ ]|(?<![a-z0-9])(?:as|in|from)[-_ ](?:an?[-_ ])?env(?:ironment)?[-_ ]|fill[-_ ]?(?:in|me)|put[-_ ]|enter[-_ ]|paste[-_ ]|goes[-_ ]here|here$|\bnot[-_ ]?(?:set|used|needed|required|real|a[-_ ]real)|^my[-_]|^some[-_]|^test[-_ ]?"
    r"|^(?:[\w.-]+/)+[\w.-]*\.(?:md|txt|json|ya?ml|py|sh|toml|csv|log|html|xml|pem|crt|env)$|^__(?-i:[A-Z][A-Z0-9_]*)__$|^(?-i:[A-Z][A-Z_]+_[A-Z_]+)=$|(?:must|should)[-_]be[-_]|at[-_]least[-_]\d|^the[-_]?(?:token|key|secret|pass(?:word)?)$|^(?:tu|su|votre|deine?|ihre?|sua|seu)[-_](?!\w*\d)\w"
    r"|^[a-z]{2,}(?:/[a-z_-]{2,})+$|[-_]test$|^no[-_]?(?:key|token|op)|^sk-(?:no|fake|test|dummy|xxx|\.\.\.)|^<|>$|^lorem|^(?:invalid|wrong|bad|expired)[-_]|^foo|^bar$|^baz$|unused|ignored|^n\.a\.?$|1234567|11223344|aabbcc|abcdef(?:gh|0|1)|^[a-z]{1,3}$"
)
_RULES = lazily(
    r"(?:bail|required|nullable|sometimes|filled|present|prohibited|string|confirmed|integer|numeric)(?:_\w+)?(?:\|[a-z_]+(?::[^|\s]{0,60})?){1,12}"
)
"""What a form checks a field by: `nullable|string|max:255`."""
_SAID_UNSAFE = lazily(
    r"(?i)(?:dev(?:elopment)?|test(?:ing)?|local|demo)[-_ ]?only|not[-_ ](?:so[-_ ])?secure|\binsecure|(?:^|[-_])(?:dev|ci|e2e)[-_](?:[a-z]{1,12}[-_]){0,2}(?:secret|key|token|pass(?:word|wd)?|pwd)(?![a-z0-9])"
    r"|(?:secret|key|token|pass(?:word|wd)?|pwd)[-_]dev(?![a-z0-9])|(?:min|at[-_]least)[-_]?\d+[-_]?char"
    r"|abc[-_]123|not[-_ ](?:for|in)[-_ ]prod|do[-_ ]?not[-_ ]use|(?:^|[-_])test[-_](?:secret|key|token|password)|[-_]123456$"
)
"""Values that say of themselves that they protect nothing."""
_PAIRS = lazily(r"(?i)(?:^|;)\s*(?:password|pwd|accountkey|sharedaccesskey|sharedsecret)\s*=([^;]*)")
"""The secret parts of a connection string, which is pairs with semicolons between them."""
_DEFAULTS = frozenset(
    [
        "postgres",
        "postgresql",
        "password",
        "passw0rd",
        "p@ssw0rd",
        "admin",
        "admin123",
        "administrator",
        "root",
        "toor",
        "guest",
        "minio",
        "minioadmin",
        "minio123",
        "minio_admin",
        "mysql",
        "mariadb",
        "redis",
        "mongo",
        "mongodb",
        "rabbitmq",
        "neo4j",
        "elastic",
        "elasticsearch",
        "opensearch",
        "grafana",
        "airflow",
        "mlflow",
        "prefect",
        "jupyter",
        "user",
        "username",
        "user123",
        "secret",
        "secretkey",
        "supersecret",
        "letmein",
        "welcome",
        "qwerty",
        "default",
        "docker",
        "dev",
        "development",
        "local",
        "localhost",
        "public",
        "private",
        "test",
        "testing",
        "test123",
        "tester",
        "demo",
        "pass",
        "pwd",
        "pass123",
        "password1",
        "password123",
        "123",
        "1234",
        "12345",
        "123456",
        "1234567",
        "12345678",
        "abc123",
        "clickhouse",
        "langfuse",
        "weaviate",
        "qdrant",
        "milvus",
        "chroma",
        "keycloak",
        "superset",
        "metabase",
        "app",
        "application",
        "service",
        "server",
        "client",
        "database",
        "db",
        "data",
        "vector",
        "rag",
        "agent",
        "api",
        "key",
        "token",
        "myscalekey",
        "nosecret",
        "empty",
        "ollama",
        "openai",
        "vllm",
        "huggingface",
        "lm-studio",
        "lmstudio",
        "fake-key",
        "anything",
        "changeit",
        "mypassword",
        "mysecret",
        "mysecretpassword",
        "postgrespassword",
        "example",
        "sql",
        "sa",
        "system",
        "manager",
        "oracle",
        "tiger",
        "scott",
        "pgvector",
        "vectordb",
        "llamaindex",
        "langchain",
        "llama",
        "pgadmin",
    ]
)
"""Passwords that images and tutorials ship for everybody."""
_NAME_LIKE = lazily(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:[-_.][a-z][a-z0-9]*)+|[a-z]+(?:[A-Z][a-z]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)*"
)
"""Names of variables, settings, Kubernetes objects and classes: words without a digit run among them."""
_NAME_WITH_SIZE = lazily(
    r"[a-z]{2,}(?:[-_.][a-z]{2,}){2,}[-_.]v?\d{1,4}(?:\.\d{1,3})?(?:px|r?em|ms|s|pt|x|k|m|gb|mb)?"
)
"""At least three words and one size or version behind them, as pages name what they keep: `font-mono-char-width-0.7rem`."""
_UNIT = lazily(
    r"(?:[\w-]+\.)*[A-Za-z][\w-]*:\d{2,5}(?:,[\w.-]+:\d{2,5})*|\d+(?:\.\d+)?\s*[a-zA-Z%]{0,4}|\d{1,4}(?:[-:./]\d{1,4}){1,5}\S{0,8}|v?\d+(?:\.\d+)+\S{0,8}"
)
"""Hosts with their ports, numbers, quantities, dates, addresses and versions."""
_SPECIAL = lazily(r"[!@#$%^&*+=?~]")
_KEY_LENGTH, _PASSWORD_LENGTH = 16, 7
_KEY_BITS = 3.0
"""Shannon entropy per character from which a key under a key's name counts."""


def entropy(text: str) -> float:
    """Return the Shannon entropy of a text in bits per character."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values()) if text else 0.0


def is_placeholder_value(value: str) -> bool:
    """Say whether a value stands for a secret without being one: a reference, or words that ask to be replaced."""
    plain = value.strip()
    return len(plain) < 4 or bool(_REFERENCE.search(plain) or _PLACEHOLDER.search(plain) or _RULES.fullmatch(plain))  # fmt: skip


def judge_value(name: str, value: str, *, password: bool) -> Strength:
    """Return how much a value under a name looks like a literal secret.

    `password` is true for names of passwords, which people choose, and false for keys and tokens, which machines do.
    """
    plain = value.strip()
    if plain.count("=") > 1 and ";" in plain:
        parts = [judge_value(name, part, password=password) for part in _PAIRS.findall(plain)]
        return max(parts, key=lambda part: part.value, default=Strength.NONE)
    if is_placeholder_value(plain) or "://" in plain or any(map(str.isspace, plain)) or len(plain) > 512:
        return Strength.NONE
    behind = _plain_text_of(plain)
    hidden = _hidden_password(plain, behind, password=password)
    if hidden is not None:
        return judge_value(name, hidden, password=True)
    small = behind.lower()
    weak = _as_default(plain, small, password=password)
    if weak is not None:
        return weak
    if is_public(plain) or _same_word(name, small) or _UNIT.fullmatch(plain) or len(set(plain)) < 4:
        return Strength.NONE
    return _password(plain) if password else _key(plain)


def _as_default(plain: str, small: str, *, password: bool) -> Strength | None:
    """Return what a value is worth that says of itself, or that everybody knows, to protect nothing."""
    if has_expired(plain):
        return Strength.EXPIRED
    if _SAID_UNSAFE.search(plain):
        return Strength.WEAK
    if small in _DEFAULTS or small.strip("0123456789!@#_-") in _DEFAULTS:
        return Strength.WEAK if password or len(plain) < _KEY_LENGTH else Strength.NONE
    return None


def _hidden_password(plain: str, behind: str, *, password: bool) -> str | None:
    """Return the password that a base64 value hides: all of its text, or what comes after `user:`; None where it hides none."""
    if behind == plain:
        return None
    if password or is_placeholder_value(behind) or _SAID_UNSAFE.search(behind):
        return behind
    user, _, chosen = behind.partition(":")
    return chosen if chosen and user.isidentifier() else None


def _plain_text_of(plain: str) -> str:
    """Return the text behind a base64 value, as Kubernetes writes secrets, or the value itself where it is none."""
    if len(plain) % 4 or not (plain.endswith("=") or len(plain) >= _KEY_LENGTH):
        return plain
    try:
        text = base64.b64decode(plain, validate=True).decode("ascii")
    except ValueError:
        return plain
    return text.strip() if text.isprintable() else plain


def _password(plain: str) -> Strength:
    kinds = sum(bool(re.search(pattern, plain)) for pattern in (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]"))
    if (
        len(plain) <= _PASSWORD_LENGTH
        or plain.isalpha()
        or (_NAME_LIKE.fullmatch(plain) and not _SPECIAL.search(plain))
        or kinds < 2
    ):
        return Strength.WEAK
    return Strength.STRONG


def _key(plain: str) -> Strength:
    digits, letters = sum(map(str.isdigit, plain)), sum(map(str.isalpha, plain))
    named = _NAME_LIKE.fullmatch(plain) or _NAME_WITH_SIZE.fullmatch(plain)
    if len(plain) < _KEY_LENGTH or named or entropy(plain) < _KEY_BITS:
        return Strength.NONE
    if digits < 2 or not letters or plain.count(".") > 2 or plain.count("/") > 3:
        return Strength.NONE
    return Strength.STRONG


def _same_word(name: str, small: str) -> bool:
    """Say whether a value only repeats the name: `api_key=api_key`, `password: db-password`."""
    plain_name, plain_value = (re.sub(r"[^a-z0-9]", "", text.lower()) for text in (name, small))
    return plain_value == plain_name or (plain_name.endswith(plain_value) and plain_value.isalpha())
