"""A file of Python -> its text without the names that it takes in, which only a later line uses."""

from __future__ import annotations

import re

_IMPORTS = re.compile(
    r"(?m)^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\((?:(?!\bas\b)[^()])*\)|(?:(?!\bas\b)[\w ,\t]|\\\n)+)(?=[ \t]*(?:#|$))"
)


def without_imports(text: str) -> str:
    """Return a text without imports of names that keep their names; one under another name may be a use of it."""
    return _IMPORTS.sub("", text)
