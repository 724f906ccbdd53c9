"""Constants of code, and fields of classes of settings -> how often the code of the service and of its scripts writes each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.names.import_lines import without_imports
from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside, written
from poc_gate.inputs.repository.files.standing import Standing, standing_of
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.text.plain_words import PlainWords

_GIVEN = re.compile(r"[\"'`]?\s*(?:=(?!=)|:(?!:)|\?\s*:|\{\s*(?:get|set|init)\b)")
"""Behind a name that gets its value there: `NAME = 3`, `NAME: 3`, `"NAME": 3`, `NAME { get; set; }`."""
_RUN = re.compile(r"\??\.execute\b")
"""Behind a tool of JavaScript or TypeScript that code runs by itself, which gives it to no model."""
_TAKES_IN = re.compile(r"(?m)^import\b[^;\"'`()=]{0,1500}?\bfrom[ \t\n]*[\"'][^\"'\n]+[\"']")
"""A line of JavaScript or TypeScript that takes in names, which uses none of them."""
_LOOKS_UP = re.compile(r"(?:getenv|environ(?:\.get)?|\benv(?:\.\w+)?)\s*[(\[]\s*[\"']$|\benv\.$")
"""Before the name of an environment variable, which is not the constant of that name."""
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_OF_SETTINGS = frozenset({"config", "configuration", "conf", "settings", "setting", "options", "params"})
"""Words in the names of classes of settings that the attribute which holds one lacks: `EmbeddingConfig`, `config.embedding`."""


def uses_of_constants(files: Sequence[WalkedFile], names: Collection[str]) -> dict[str, int]:
    """Return how often the code of the service and of its scripts writes each name without giving it a value there."""
    if not names:
        return {}
    words = PlainWords(names)
    found: Counter[str] = Counter()
    fields = {name: pattern for name in names if (pattern := _of_a_field(name)) is not None}
    for path, text in (*texts_beside(files, names, code_alone=True), *_in_packages(files, names)):
        read = without_imports(text) if path.endswith(".py") else _TAKES_IN.sub("", text)
        found.update(
            name
            for name, at in written(words, read)
            if not _GIVEN.match(read, at + len(name))
            and not _RUN.match(read, at + len(name))
            and not _LOOKS_UP.search(read[max(0, at - 24) : at])
        )
        small = read.lower() if fields else ""
        found.update(name for name, pattern in fields.items() if _field_of(name) in small and pattern.search(read))  # fmt: skip
    return {name: found[name] for name in names}


def _field_of(name: str) -> str:
    return f".{name.rpartition('.')[2]}".lower()


def _of_a_field(name: str) -> re.Pattern[str] | None:
    """Return how a field of a class of settings is read from what holds one, `EmbeddingConfig.model_name` as `config.embedding.model_name`."""
    owner, dot, field = name.partition(".")
    words = [word.lower() for word in _WORD.findall(owner)]
    kept = [word for word in words if word not in _OF_SETTINGS]
    if not dot or not kept or len(kept) == len(words):
        return None
    return re.compile(
        rf"(?i)(?<![a-z0-9]){'_?'.join(map(re.escape, kept))}s?(?:_?(?:{'|'.join(sorted(_OF_SETTINGS))}))?\.{re.escape(field)}\b(?!\s*=[^=])"
    )


def _in_packages(files: Sequence[WalkedFile], names: Collection[str]) -> list[tuple[str, str]]:
    """Return the texts of packages of Python that are called as folders of notebooks are, such as `research`."""
    packages = {file.path.rpartition("/")[0] for file in files if file.path.endswith("/__init__.py")}
    inside = [
        file
        for file in files
        if file.path.rpartition("/")[0] in packages and standing_of(file.path) is Standing.NOTEBOOK
    ]
    return texts_beside(inside, names, code_alone=True, worst=Standing.NOTEBOOK)
