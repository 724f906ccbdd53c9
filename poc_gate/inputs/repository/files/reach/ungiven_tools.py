"""Functions of Python that a bare decorator makes tools -> those that no list of an agent's names, where lists name most of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.names.import_lines import without_imports
from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside, written
from poc_gate.inputs.repository.files.walk import WalkedFile
from poc_gate.text.plain_words import PlainWords

_MARKED = re.compile(r"(?m)^@(?:strands\.)?(?:tool|function_tool)\b(?:\((?:[^()]|\([^()]*\))*\))?[ \t]*\n(?:async )?def (?P<name>\w+)\(")  # fmt: skip
_FINDS = re.compile(r"load_tools_from_directory|getmembers|import_module\(\s*(?![\"'][\w.]+[\"']\s*[,)])|iter_modules|spec_from_file_location|globals\(\)|__dict__\.(?:items|values)|\bin (?:vars|dir)\(|vars\([^)\n]*\)\.|isinstance\([^)\n]*Tool\b")  # fmt: skip
"""What finds tools by names that no list spells out, in the folder of its file."""
_SPEAKS = re.compile(r"(?i)tools?(?![a-z])")
_EXPORTS = re.compile(r"(?m)^__all__\s*(?::[^=\n]+)?\+?=\s*[\[(][^\])]*[\])]")
_LOADED = re.compile(r"(?:^|/)tools/")
"""Folders that Strands loads by itself."""
_REMARKS = re.compile(r"(?m)(?:^|(?<=\s))#[^\n]*$")
_FEWEST = 3
"""Tools that lists name, and for each that none does, from which on it is clear that agents are given them so."""


def ungiven_tools(
    files: Sequence[WalkedFile], tools: Mapping[str, Collection[str]]
) -> frozenset[tuple[str, str]]:
    """Return those of some tools, function by file, that no code writes again: `(path, function)`."""
    if not tools:
        return frozenset()
    beside = texts_beside(files, (), code_alone=False)
    read = [(path, text) for path, text in beside if path.endswith(".py")]
    finders = {path.rpartition("/")[0] for path, text in read if _FINDS.search(text) and _SPEAKS.search(text)}
    if any(not folder for folder in finders):
        return frozenset()
    bare = [_EXPORTS.sub("", _REMARKS.sub("", without_imports(text))) for _, text in beside]
    marked = {(path, match["name"]) for path, text in read for match in _MARKED.finditer(text) if match["name"] in tools.get(path, ())}  # fmt: skip
    marked = {one for one in marked if not any(one[0].startswith(f"{folder}/") for folder in finders)}
    words = PlainWords({name for _, name in marked})
    handed = {name for text in bare if marked for name, at in written(words, text) if not (_CALLED.match(text, at + len(name)) or _LOGGED.search(text[max(0, at - 40) : at]))}  # fmt: skip
    packages = {file.path.rpartition("/")[0] for file in files if file.path.endswith("/__init__.py")}
    left = {one for one in marked if one[1] not in handed and not _is_handed_whole(one[0], bare, packages)}
    return frozenset(left) if _FEWEST <= len(marked - left) >= _FEWEST * len(left) else frozenset()


_CALLED = re.compile(r"\s*\(")
"""Behind the name of a function that is defined or called there, and not handed on."""


_LOGGED = re.compile(
    r"(?:^|[._])(?:log|logger|trace|track|record|emit)(?:_\w+)?\(\s*[\"']$|\.(?:debug|info|warning|error)\(\s*[\"']$"
)
"""Before a name that only a log is told: `events.log_event("find", seconds)`."""


def _is_handed_whole(path: str, texts: Sequence[str], packages: Collection[str]) -> bool:
    """Say whether code speaks of a module as a whole, which an agent may be given: `tools=[weather]`."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".py")
    whole = re.compile(rf"(?<![\w.\"'/]){re.escape(stem)}(?![\w\"'/]|\.py)")
    return (bool(_LOADED.search(path)) and folder not in packages) or any(stem in text and whole.search(_IMPORTS.sub("", text)) for text in texts)  # fmt: skip


_IMPORTS = re.compile(r"(?m)^[ \t]*(?:from|import)\b[^\n]*$")
