"""Methods of Python that embed texts -> those that nothing calls: a client that can embed is not yet a search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_METHOD = re.compile(r"(?m)^(?P<indent>[ \t]+)(?:async )?def (?P<name>[a-z]\w*)\(")
_EMBEDS = re.compile(r"embed")
_BY_A_LIBRARY = re.compile(r"^a?embed(?:_(?:query|documents?|text|texts))?$|^_|^get_(?:text|query)_embedding")
"""Methods that a library calls by what they are named."""
_LOOKS_UP = re.compile(r"getmembers\(|getattr\(\s*self\b")


def in_uncalled_methods(
    texts: Mapping[str, str], lines: Mapping[str, Sequence[int]]
) -> frozenset[tuple[str, int]]:
    """Return those of some lines, by file, that stand in a method called after embedding which no code calls or hands on."""
    found = {(path, line): name for path, numbers in lines.items() for line, name in _around(texts.get(path, ""), numbers)}  # fmt: skip
    if not found or any(_LOOKS_UP.search(texts[path]) for path in lines if path in texts):
        return frozenset()
    used = {name for name in set(found.values()) if _is_used(name, texts)}
    return frozenset(place for place, name in found.items() if name not in used)


def _around(text: str, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield each line with the method that it stands in, where that is called after embedding."""
    methods = [(text.count("\n", 0, one.start()) + 1, one) for one in _METHOD.finditer(text)]
    rows = text.split("\n")
    for line in numbers:
        before = [one for first, one in methods if first <= line]
        if not before or line > len(rows):
            continue
        name, indent = before[-1]["name"], before[-1]["indent"]
        inside = rows[line - 1].startswith(indent) and rows[line - 1][len(indent) : len(indent) + 1].isspace()
        if inside and _EMBEDS.search(name) and not _BY_A_LIBRARY.search(name):
            yield line, name


def _is_used(name: str, texts: Mapping[str, str]) -> bool:
    """Say whether any code writes a method's name besides its definition and the names of spans and logs, which are texts."""
    word = re.compile(rf"(?<!def ){name}\b(?!\s*[\"'])")
    return any(name in text and word.search(text) for text in texts.values())
