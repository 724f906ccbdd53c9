"""Code and what starts it -> which stores it also writes, where settings only show that they are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_FILLS = re.compile(
    r"(?m)^[^#\n]*?(?:\bfeast[\"', \t]+materialize|\.materialize(?:_incremental)?\(|\.write_to_online_store\()"
)
_PUSHES = re.compile(r"(?m)^[^#\n]*?\bdvc[\"', \t]+push\b(?![\w.-])")
_LOGS = re.compile(r"(?m)^[ \t]*(?:[\w.]*log\w*\.\w+|print|echo)[ \t(].*$")
_PUTS = re.compile(r"\.(?:hset|hmset|setex|psetex|mset|zadd|lpush|rpush|sadd|xadd)\(|\.set\(")


def fills_features(texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether something that runs puts features into the online store of a feature store."""
    return any("materialize" in text or "write_to_online_store" in text for _, text in texts) and _any(_FILLS, texts)  # fmt: skip


def pushes_data(texts: Sequence[tuple[str, str]]) -> bool:
    """Say whether something that runs pushes data or models to where DVC keeps them."""
    return _any(_PUSHES, [(path, text) for path, text in texts if "dvc" in text and "push" in text])


def puts_values(texts: Sequence[tuple[str, str]], files: Collection[str]) -> bool:
    """Say whether one of some files of code, which have a client of a store of keys and values, puts any there."""
    return _any(_PUTS, [(path, text) for path, text in texts if path in files])


def _any(pattern: re.Pattern[str], texts: Sequence[tuple[str, str]]) -> bool:
    return any(pattern.search(_LOGS.sub("", text)) for _, text in texts)
