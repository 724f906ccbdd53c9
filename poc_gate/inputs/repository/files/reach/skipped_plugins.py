"""Plug-ins whose names begin with an underscore -> those that their loader passes over."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile

_PLUGIN = re.compile(r"(?:^|/)_(?!_)(?P<stem>\w+)\.py$")
_LOADS = re.compile(r"import_module|spec_from_file_location|exec_module|iter_modules")
_SKIPS = re.compile(r"\.startswith\(\s*[\"']_[\"']\s*\)")


def skipped_plugins(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some files that begin with an underscore and that no other file imports, where code that loads files passes such over."""
    marked = {path: f"_{match['stem']}" for path in paths if (match := _PLUGIN.search(path))}
    if not marked:
        return frozenset()
    texts = [(path, text) for path, text in texts_beside(files, marked.values(), code_alone=True) if path.endswith(".py")]  # fmt: skip
    if not any(_LOADS.search(text) and _SKIPS.search(text) for _, text in texts):
        return frozenset()

    def is_imported(path: str) -> bool:
        word = re.compile(rf"\b(?:import|from)\b[^\n]*(?<!\w){re.escape(marked[path])}\b")
        return any(other != path and word.search(text) for other, text in texts)

    return frozenset(path for path in marked if not is_imported(path))
