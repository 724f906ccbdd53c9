"""Packages of Python that act only where code takes them in -> those that any code does."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import module_of, texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile


def packages_imported(files: Sequence[WalkedFile], names: Collection[str]) -> frozenset[str]:
    """Return those of some packages that code takes in; all of them where there is too much to look through."""
    read = texts_beside(files, names, code_alone=True) if names else []
    if any(not path for path, _ in read):
        return frozenset(names)
    texts = [text for path, text in read if path.endswith(".py")]
    marks = {name: re.compile(rf"(?m)^[ \t]*(?:from|import)[ \t]+{module_of(name)}\b") for name in names}
    return frozenset(name for name, mark in marks.items() if not texts or any(map(mark.search, texts)))
