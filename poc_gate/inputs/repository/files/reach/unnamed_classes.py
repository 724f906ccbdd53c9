"""Tools that none takes in: classes of C# and of Python that no other file names, and prompts in folders that no code loads."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile

_CLASS = re.compile(r"(?m)^[^\S\n]*(?:(?:public|internal|private|sealed|static|partial|abstract|file)\s+)*(?:class|record|struct)\s+(\w+)")  # fmt: skip
_REMARKS = re.compile(r"(?m)^[^\S\n]*//.*$")
_FINDS = re.compile(r"FromAssembly|\.GetTypes\(|GetExportedTypes|DefinedTypes|\.Assembly\b.{0,80}(?:Where|Scan)|Scan\(")  # fmt: skip
"""What finds classes by itself, without their names."""


def unnamed_classes(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of C# none of whose classes another file names, where the classes of others are named.

    None where the code looks classes up by itself.
    """
    asked = {path for path in paths if path.endswith(".cs")}
    if len(asked) < _FEWEST:
        return frozenset()
    texts = {path: text for path, text in texts_beside(files, asked, code_alone=True) if path.endswith(".cs")}
    if not asked <= texts.keys() or any(_FINDS.search(text) for text in texts.values()):
        return frozenset()
    bare = {path: _REMARKS.sub("", text) for path, text in texts.items()}
    unnamed: set[str] = set()
    for path in asked:
        classes = _CLASS.findall(texts[path])
        named = re.compile(rf"\b(?:{'|'.join(map(re.escape, classes))})\b") if classes else None
        if named and not any(named.search(text) for other, text in bare.items() if other != path):
            unnamed.add(path)
    return frozenset(unnamed) if len(unnamed) < len(asked) else frozenset()


_LOADS = re.compile(r"PromptDirectory|SkillFromDirectory|PluginFromDirectory|parent_directory|from_directory|import_semantic|FromPromptYaml")  # fmt: skip


def unloaded_prompts(files: Sequence[WalkedFile]) -> frozenset[str]:
    """Return the settings of functions that are prompts in a folder (`skprompt.txt`), where no code loads such folders."""
    homes = {file.path.rpartition("/")[0] for file in files if file.path.endswith("/skprompt.txt")}
    beside = frozenset(f"{home}/config.json" for home in homes)
    if not beside or any(_LOADS.search(text) for _, text in texts_beside(files, ["x"], code_alone=True)):
        return frozenset()
    return beside


_FEWEST = 2
"""Files with functions, from which on one that is named shows how others would be."""


_KEEPS_TOOLS = re.compile(r"\bself\.\w*tools\w*\[[\"']")
_OF_PYTHON = re.compile(r"(?m)^class (\w+)")
_NOTES = re.compile(r"(?m)^[^\S\n]*#.*$")


def unnamed_boxes(texts: Mapping[str, str], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files of Python whose classes keep tools in a table, and that no other file names where it names others."""
    boxes = {path: _OF_PYTHON.findall(texts[path]) for path in paths if path in texts and _KEEPS_TOOLS.search(texts[path])}  # fmt: skip
    if len(boxes) < _FEWEST:
        return frozenset()
    unnamed: set[str] = set()
    for path, classes in boxes.items():
        words = [*classes, path.rpartition("/")[2].removesuffix(".py")]
        named = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
        near = (
            text for other, text in texts.items() if other != path and any(word in text for word in words)
        )
        if not any(named.search(_NOTES.sub("", text)) for text in near):
            unnamed.add(path)
    return frozenset(unnamed) if len(unnamed) < len(boxes) else frozenset()
