"""Classes of Python whose methods are tools -> those that no code makes or names, where others are tools."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from poc_gate.inputs.repository.files.reach.uncalled_functions import Lines

_CLASS = re.compile(r"(?m)^class (?P<name>\w+)\b")
_ENDS = re.compile(r"(?m)^[^\s#)\"']")
_FINDS = re.compile(r"import_module\(|getmembers\(|iter_modules|walk_packages|__subclasses__|spec_from_file_location|parent_directory|from_directory|import_string|pkg_resources|entry_points\(")  # fmt: skip
"""What finds classes by names that no file spells out."""
_TAKES_IN = re.compile(
    r"(?m)^[ \t]*(?:from[ \t][^\n(]+import[ \t]*(?:\([^)]*\)|[^\n]*)|import[ \t][^\n]*|#[^\n]*|__all__[^\[\n]*\[[^\]]*\])"
)
"""What only takes a name in or hands it on, and remarks."""


def unused_plugins(texts: Sequence[tuple[str, str]], tools: Mapping[str, Collection[int]]) -> list[Lines]:
    """Return the classes that hold some tools, given by file and line, and whose name no text writes again but to take it in.

    None where the code finds classes by itself, where there is too much to look through, and where no tool would be left.
    """
    code = dict(texts)
    held = [one for path, lines in tools.items() if path in code for one in _around(path, code[path], lines)]
    if not held or "" in code or any(_FINDS.search(text) for path, text in texts if path.endswith(".py")):
        return []
    bare = [_TAKES_IN.sub("", text) if path.endswith(".py") else text for path, text in texts]
    idle = [one for one in held if _times_written(one.name, bare) == 1]
    left = {(one.file, line) for one in idle for line in range(one.first, one.last + 1)}
    return idle if any((path, line) not in left for path, lines in tools.items() for line in lines) else []


def _times_written(name: str, texts: Sequence[str]) -> int:
    word = re.compile(rf"\b{name}\b")
    return sum(len(word.findall(text)) for text in texts if name in text)


def _around(path: str, text: str, lines: Collection[int]) -> Iterator[Lines]:
    """Yield the classes at a file's own level in which one of some lines stands."""
    for match in _CLASS.finditer(text):
        first = text.count("\n", 0, match.start()) + 1
        end = _ENDS.search(text, match.end())
        last = text.count("\n", 0, end.start()) if end else text.count("\n") + 1
        if any(first < line <= last for line in lines):
            yield Lines(match["name"], path, first, last)
