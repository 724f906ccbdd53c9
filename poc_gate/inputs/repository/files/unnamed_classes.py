"""Classes of C# that hold functions for a model -> the files of those that no other file names, so that no kernel takes them in."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.uses_of_names import texts_beside
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


_FEWEST = 2
"""Files with functions, from which on one that is named shows how others would be."""
