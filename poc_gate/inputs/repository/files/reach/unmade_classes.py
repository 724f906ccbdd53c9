"""Classes of Python around a model's client -> those of which no code makes an object, and that no code picks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_NO_CODE = re.compile(r"(?m)^[^\S\n]*(?:#|>>>|class\s|from\s|import\s).*$")


def made_classes(texts: Mapping[str, str], names: Collection[str]) -> frozenset[str]:
    """Return those of some classes that code calls, or keeps as a value to be called: `Desk()`, `{"desk": Desk}`, `kind = Desk`."""
    made: set[str] = set()
    for text in texts.values() if names else ():
        near = [name for name in names if name not in made and name in text]
        code = _NO_CODE.sub("", text) if near else ""
        made |= {name for name in near if re.search(rf"\b{name}\(|[\"']\s*:\s*{name}\b|=\s*{name}[ \t]*[,)\n]", code)}  # fmt: skip
    return frozenset(made)
