"""A checkout -> what it leaves off by default, whatever kind of switch it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.off.constructs import constructs_off
from poc_gate.inputs.repository.files.off.grouped_tools import grouped_tools
from poc_gate.inputs.repository.files.off.installer_parts import installer_parts
from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.walk import WalkedFile


def find_off(files: Sequence[WalkedFile], tools: Mapping[str, Collection[int]]) -> list[Off]:
    """Return the lines that count only where somebody turns something on; `tools` says where tools are."""
    texts = [(path, text) for path, text in texts_beside(files, (), code_alone=False) if path]
    groups = grouped_tools(texts, tools) if tools else []
    paths = [file.path for file in files]
    return [*groups, *constructs_off(texts, paths), *installer_parts(texts, paths)]
