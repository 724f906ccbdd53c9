"""Tools that libraries bring along as functions and modules -> what they do, where their names do not say it; a new one is a row."""

from __future__ import annotations

_OF_STRANDS = {
    "calculator": "reads", "current_time": "reads", "file_read": "reads", "image_reader": "reads", "retrieve": "reads", "think": "reads", "speak": "reads", "stop": "reads",
    "editor": "writes", "file_write": "writes", "http_request": "writes", "journal": "writes", "memory": "writes", "mem0_memory": "writes",
    "slack": "writes", "cron": "writes", "load_tool": "writes", "use_browser": "writes", "browser": "writes",
    "shell": "irreversible", "python_repl": "irreversible", "use_aws": "irreversible", "use_computer": "irreversible", "code_interpreter": "irreversible",
}  # fmt: skip
_BY_PACKAGE = {"strands_tools": _OF_STRANDS}


def effect_of_library_tool(path: str) -> tuple[str, str] | None:
    """Return the effect of a tool by the full name under which it is taken in, and the reason; None for one that no table holds."""
    package, _, rest = path.partition(".")
    effect = _BY_PACKAGE.get(package, {}).get(rest.rpartition(".")[2])
    return (effect, "a tool of the library") if effect else None
