"""The place of a value in a file -> the names that the code gives it: that of a setting, of what is made with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.tables.settings import words_of
from poc_gate.model.claim import Place

_NAMED = re.compile(r"(?<![\w$.])[\"']?([A-Za-z_$][\w$-]{1,60})[\"']?\??\s{0,20}(?::\s{0,20}[\w\[\]<>. |,]{1,60}?)?\s{0,20}(?:(?<![=!<>])=(?![=>])|:(?!:))")  # fmt: skip
"""A name before what it is given: `title_model = `, `responseModel: `, `summary_llm: BaseChatModel = `."""
_FUNCTION = re.compile(r"(?:\bdef|\bfunction\*?|\bfn|\bfunc(?:\s+\([^)]*\))?)\s+([A-Za-z_]\w*)|\bconst\s+(\w+)\s*=\s*(?:async\s*)?\(")  # fmt: skip
_SAYS_NOTHING = frozenset({
    "model", "models", "model_name", "model_id", "name", "id", "default", "value", "llm", "client", "deployment", "engine", "repo_id", "str",
    "string", "return", "type", "config", "options", "params", "body", "json", "data", "result", "response", "completion", "res", "resp", "stream",
})  # fmt: skip
"""Names that do not say what a model is for."""
_HIGH = 60
"""Lines above a value in which the names of what is around it are looked for."""


def called_at(place: Place, file: TextFile) -> str:
    """Return the nearest names that say what a value is for, in small letters: the setting, what is made with it."""
    return " ".join(_names(place, file))


def _names(place: Place, file: TextFile) -> Iterator[str]:
    if place.file != file.path:
        return
    line = file.lines[place.line - 1] if 0 < place.line <= len(file.lines) else ""
    before = line[: max(0, place.column - 1)]
    yield from _speaking(before)
    depth = len(line) - len(line.lstrip())
    for at in range(place.line - 2, max(-1, place.line - _HIGH), -1):
        text = file.lines[at]
        inner = len(text) - len(text.lstrip())
        if not text.strip() or inner >= depth or len(text) > 400:
            continue
        depth = inner
        function = _FUNCTION.search(text)
        if function is not None:
            return
        yield from _speaking(text)


def _speaking(text: str) -> Iterator[str]:
    """Yield the names in front of something given, the nearest first, without those that say nothing."""
    for match in reversed(list(_NAMED.finditer(text))):
        words = words_of(match[1])
        if words not in _SAYS_NOTHING:
            yield words
