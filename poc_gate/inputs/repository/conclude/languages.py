"""The languages of a checkout -> a question where most of the code is in one that is read by marks alone, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.noting.backends import FACES
from poc_gate.model.claim import Notice, Place

_READ = frozenset({"py", "ipynb", "ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "vue", "svelte", "java", "go", "cs"})  # fmt: skip
_MARKED = {
    "php": "PHP", "rs": "Rust", "rb": "Ruby", "scala": "Scala", "kt": "Kotlin", "ex": "Elixir", "r": "R", "jl": "Julia", "cpp": "C++", "cc": "C++",
    "swift": "Swift",
}  # fmt: skip
"""Ending -> language of which known libraries are looked for by their marks in the text."""
_UNREAD = {"dart": "Dart", "lua": "Lua", "pl": "Perl", "clj": "Clojure", "hs": "Haskell", "fs": "F#", "vb": "Visual Basic", "erl": "Erlang", "zig": "Zig"}  # fmt: skip
_FEWEST = 8
"""Files of a language from which a checkout is written in it."""


def ask_language(paths: Iterable[str]) -> list[Notice]:
    """Return a question where most files of the service's code are of one language that has no syntax tree here."""
    counts: Counter[str] = Counter()
    for path in paths:
        ending = path.lower().rpartition(".")[2]
        known = ending in _READ or ending in _MARKED or ending in _UNREAD
        if known and standing_of(path) is Standing.SERVICE and not path.lower().startswith(FACES):
            counts["" if ending in _READ else _MARKED.get(ending) or _UNREAD[ending]] += 1
    name, count = max(((name, count) for name, count in counts.items() if name), key=lambda one: one[1], default=("", 0))  # fmt: skip
    if count < _FEWEST or count * 2 <= counts.total():
        return []
    how = "is not read" if name in _UNREAD.values() else "is searched for marks of known libraries alone"
    what = f"most of the code is {name} ({count:,} of {counts.total():,} files), which {how}: models, stores and tools may be missing"
    return [Notice("question", what, Place("the repository"), "write what is missing into pilot.yaml")]
