"""A checkout -> what it leaves off by default, whatever kind of switch it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.off.chosen_classes import chosen_classes
from poc_gate.inputs.repository.files.off.constructs import constructs_off
from poc_gate.inputs.repository.files.off.grouped_tools import grouped_tools
from poc_gate.inputs.repository.files.off.installer_parts import installer_parts
from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.off.records_off import records_off


def find_off(
    texts: Sequence[tuple[str, str]], paths: Collection[str], tools: Mapping[str, Collection[int]]
) -> list[Off]:
    """Return the lines that count only where somebody turns something on.

    Args:
        texts: Code and what starts it, with their paths.
        paths: All files of the checkout.
        tools: Where tools are, by file and line.
    """
    groups = grouped_tools(texts, tools) if tools else []
    return [
        *groups,
        *constructs_off(texts, paths),
        *installer_parts(texts, paths),
        *chosen_classes(texts),
        *records_off(texts),
    ]
