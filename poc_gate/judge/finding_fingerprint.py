"""Rule, subject and pack -> a short digest that stays the same when lines move."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=4096)
def fingerprint(rule: str, subject: str, pack: str) -> str:
    """Return 16 hexadecimal digits; place and message are left out on purpose."""
    return hashlib.sha256(f"{pack}\0{rule}\0{subject}".encode()).hexdigest()[:16]
