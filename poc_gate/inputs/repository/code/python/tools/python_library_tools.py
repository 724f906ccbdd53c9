"""A tool of a library in Python -> the name under which lists of tools write it."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=16)
def is_wrapped(short: str, text: str) -> bool:
    """Say whether a tool of a library is called by the pilot's own code, which makes it a part of another tool."""
    kept = kept_as(short, text)
    return bool(kept) and bool(re.search(rf"\b{kept}\.(?:a?invoke|a?run|_run)\(", text))


@lru_cache(maxsize=16)
def kept_as(short: str, text: str) -> str:
    """Return the name that a tool of a library is kept under, which lists of tools write; empty where there is none."""
    made = re.search(rf"(\w+)\s*=\s*(?:\w+\.)*{re.escape(short)}\(", text)
    return made[1] if made else ""
