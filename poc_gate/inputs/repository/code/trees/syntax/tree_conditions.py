"""A call, or a file of Java -> the setting without which nothing of it is made."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import text_of
from poc_gate.inputs.repository.files.text_file import TextFile

_SWITCH = re.compile(r"^\s*process\.env\.(\w*(?:ENABLE|USE_|FEATURE)\w*)\s*$")


def switch_of(node: Any) -> str:
    """Return the variable that turns on what a call makes: `process.env.ENABLE_X ? make() : undefined`."""
    parent = node.parent
    if parent is None or parent.type != "ternary_expression":
        return ""
    condition = parent.child_by_field_name("condition")
    match = _SWITCH.match(text_of(condition)) if condition is not None else None
    return match[1] if match else ""


_ON_PROPERTY = re.compile(
    r"@ConditionalOnProperty\s*\(([^()]*)\)\s*(?:@\w+(?:\([^()]*\))?\s*)*public\s+(?:final\s+)?class\b"
)
_NAMED = re.compile(r"(?:name|value)\s*=\s*\"([\w.-]+)\"")
_AS = re.compile(r"havingValue\s*=\s*\"([\w.-]+)\"")


def condition_of_bean(file: TextFile) -> str:
    """Return the setting of Spring without which nothing of a file is made: `vector-store.type=azure-search`; empty for others."""
    found = _ON_PROPERTY.search(file.text) if file.name.endswith(".java") else None
    if found is None or "matchIfMissing = true" in found[1] or "matchIfMissing=true" in found[1]:
        return ""
    name, value = _NAMED.search(found[1]), _AS.search(found[1])
    return f"{name[1]}={value[1]}" if name and value else ""
