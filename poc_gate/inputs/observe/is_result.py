"""A file that a manifest names -> whether it is the result of a run, by its name first and its first bytes then."""

from __future__ import annotations

from pathlib import Path

from poc_gate.errors import InvalidInputError

_HINTS = frozenset({"", "evaluation"})
"""Kinds of manifest keys that may name a result; all others name what a person wrote."""
_WRITTEN = (
    ".lock",
    ".toml",
    ".md",
    ".markdown",
    ".mdx",
    ".in",
    ".yaml",
    ".yml",
    ".safetensors",
    ".gguf",
    ".html",
    ".pdf",
)
"""Endings of what no machine writes as a result of a run."""


def is_result(path: Path, shown: str, hint: str = "") -> bool:
    """Say whether a file that a manifest names is the result of a run; one that cannot be opened is none."""
    if hint not in _HINTS or shown.lower().endswith(_WRITTEN):
        return False
    from poc_gate.inputs.observe.read_observed import find_observer

    try:
        observer = find_observer(path, shown)
    except InvalidInputError:
        return False
    return observer is not None and hint in ("", observer.group)
