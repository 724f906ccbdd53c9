"""A checkout -> what it leaves off by default, whatever kind of switch it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from poc_gate.inputs.repository.files.files_at_hand import texts_of
from poc_gate.inputs.repository.files.off.behind_returns import behind_returns
from poc_gate.inputs.repository.files.off.chosen_cases import chosen_cases
from poc_gate.inputs.repository.files.off.chosen_classes import chosen_classes
from poc_gate.inputs.repository.files.off.constructs import constructs_off
from poc_gate.inputs.repository.files.off.installer_parts import installer_parts
from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.off.other_arms import other_arms
from poc_gate.inputs.repository.files.off.other_cases import other_cases
from poc_gate.inputs.repository.files.off.plugins.grouped_tools import grouped_tools
from poc_gate.inputs.repository.files.off.plugins.loaded_packs import loaded_packs
from poc_gate.inputs.repository.files.off.plugins.plugins_by_name import plugins_by_name
from poc_gate.inputs.repository.files.off.plugins.unnamed_servers import unnamed_servers
from poc_gate.inputs.repository.files.off.records_off import records_off
from poc_gate.inputs.repository.files.off.side_routes import side_routes
from poc_gate.inputs.repository.files.off.unbuilt_clients import unbuilt_clients
from poc_gate.inputs.repository.files.off.unset_stores import unset_stores
from poc_gate.inputs.repository.files.off.unset_traces import unset_traces
from poc_gate.inputs.repository.files.off.variants import variants
from poc_gate.inputs.repository.files.walk import WalkedFile

_EXAMPLE = re.compile(
    r"(?i)(?:^|/)(?:\.env(?:[._-][\w.-]+)?|[\w-]*\.?env[._-](?:example|sample|template|dist))$"
)
_LARGEST = 64 << 10
_MOST = 40


def find_off(
    texts: Sequence[tuple[str, str]], files: Sequence[WalkedFile], tools: Mapping[str, Collection[int]]
) -> list[Off]:
    """Return the lines that count only where somebody turns something on.

    Args:
        texts: Code and what starts it, with their paths.
        files: All files of the checkout.
        tools: Where tools are, by file and line.
    """
    paths = [file.path for file in files]
    examples = [file for file in files if _EXAMPLE.search(file.path) and file.size <= _LARGEST]
    environments = list(texts_of(examples[:_MOST], largest=_LARGEST))
    groups = grouped_tools(texts, tools) if tools else []
    return [
        *groups,
        *unnamed_servers(texts, files, tools),
        *plugins_by_name(texts, tools),
        *loaded_packs(texts, paths),
        *constructs_off(texts, paths),
        *installer_parts(texts, paths),
        *chosen_classes(texts),
        *chosen_cases(texts),
        *records_off(texts),
        *variants(texts, environments, paths),
        *unset_stores(texts, environments),
        *unset_traces(texts, environments),
        *unbuilt_clients(texts, files, environments),
        *side_routes(texts),
        *behind_returns(texts),
        *other_arms(texts, environments),
        *other_cases(texts, environments),
    ]
