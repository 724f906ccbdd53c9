"""Tools that libraries bring along as functions and modules -> what they do, where their names do not say it; a new one is a row."""

from __future__ import annotations

_OF_STRANDS = {
    "calculator": "reads", "current_time": "reads", "file_read": "reads", "image_reader": "reads", "retrieve": "reads", "think": "reads", "speak": "reads", "stop": "reads",
    "editor": "writes", "file_write": "writes", "http_request": "writes", "journal": "writes", "memory": "writes", "mem0_memory": "writes",
    "slack": "writes", "cron": "writes", "load_tool": "writes", "use_browser": "writes", "browser": "writes",
    "shell": "irreversible", "python_repl": "irreversible", "use_aws": "irreversible", "use_computer": "irreversible", "code_interpreter": "irreversible",
}  # fmt: skip
_OF_CLAUDE = {
    "Read": "reads", "Glob": "reads", "Grep": "reads", "LS": "reads", "WebFetch": "reads", "WebSearch": "reads", "NotebookRead": "reads", "BashOutput": "reads",
    "Write": "writes", "Edit": "writes", "MultiEdit": "writes", "NotebookEdit": "writes", "TodoWrite": "writes",
    "Bash": "irreversible", "KillShell": "irreversible", "Task": "unknown",
}  # fmt: skip
"""Tools that Claude Code brings along. Source: reference of the Claude Agent SDK, "Tool input and output types" (2026)."""
_BY_PACKAGE = {"strands_tools": _OF_STRANDS}
_OF_SQL = {
    "sql_db_query": "unknown",
    "sql_db_schema": "reads",
    "sql_db_list_tables": "reads",
    "sql_db_query_checker": "reads",
}
_OF_FILES = {
    "ls": "reads",
    "read_file": "reads",
    "glob": "reads",
    "grep": "reads",
    "write_file": "writes",
    "edit_file": "writes",
}
_KITS: dict[tuple[str, str], dict[str, str]] = {
    ("deepagents", "create_deep_agent"): {"write_todos": "writes", **_OF_FILES, "task": "unknown"},
    ("deepagents", "async_create_deep_agent"): {"write_todos": "writes", **_OF_FILES, "task": "unknown"},
    ("deepagents", "FilesystemMiddleware"): _OF_FILES,
    ("langchain", "TodoListMiddleware"): {"write_todos": "writes"},
    ("langchain", "create_sql_agent"): _OF_SQL,
    ("langchain_community", "create_sql_agent"): _OF_SQL,
    ("langchain_community", "SQLDatabaseToolkit"): _OF_SQL,
}  # fmt: skip
"""Package and what makes several tools at once -> the names under which a model sees them, with what they do.

Source: reference of deepagents, `create_deep_agent`; documentation of LangChain, "SQLDatabaseToolkit" and "To-do list" (2026).
"""


def tools_of_kit(path: str) -> dict[str, str]:
    """Return the tools that one call of a library brings along, by the full name of what is called, with their effects."""
    package, _, rest = path.partition(".")
    return _KITS.get((package, rest.rpartition(".")[2]), {})


def effect_of_library_tool(path: str) -> tuple[str, str] | None:
    """Return the effect of a tool by the full name under which it is taken in, and the reason; None for one that no table holds."""
    package, _, rest = path.partition(".")
    effect = _BY_PACKAGE.get(package, {}).get(rest.rpartition(".")[2])
    return (effect, "a tool of the library") if effect else None


def effect_in_a_coding_agent(name: str) -> tuple[str, str] | None:
    """Return the effect of a tool that Claude Code brings along, by its name, and the reason; None for others."""
    effect = _OF_CLAUDE.get(name)
    return (effect, "a tool of the library") if effect else None
