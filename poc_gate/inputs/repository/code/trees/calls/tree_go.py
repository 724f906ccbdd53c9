"""Go: names of packages, flags of commands with their defaults, drivers of databases."""

from __future__ import annotations

import re
from typing import Any

from poc_gate.inputs.repository.code.named_values import note_named
from poc_gate.inputs.repository.code.trees.syntax.tree_nodes import place_of, plain_of
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place

_IMPORT = re.compile(r'(?m)^[ \t]*(?:import\s+)?(?P<alias>[a-zA-Z]\w*)\s+"(?P<path>[\w./-]+)"\s*$')
_CALLED = {
    "anthropic-sdk-go": "anthropic",
    "go-openai": "openai",
    "openai-go": "openai",
    "genai": "genai",
    "generative-ai-go": "genai",
    "go-redis": "redis",
    "go-client": "qdrant",
    "telego": "telego",
    "telebot": "telebot",
    "telebot.v3": "telebot",
    "telebot.v4": "telebot",
}
"""Last part of an import's path, versions left aside -> the name that its package has without an alias."""


def aliases_of(text: str) -> dict[str, str]:
    """Return the names that a file gives to packages of the table -> the names that they have by themselves."""
    found: dict[str, str] = {}
    for one in _IMPORT.finditer(text[:20_000]):
        last = re.sub(r"/v\d+$", "", one["path"]).rpartition("/")[2]
        if last in _CALLED:
            found[one["alias"]] = _CALLED[last]
    return found


_DRIVERS = {
    "postgres": "postgresql", "pgx": "postgresql", "pq": "postgresql", "mysql": "mysql", "sqlite3": "sqlite", "sqlite": "sqlite", "libsql": "sqlite",
    "sqlserver": "sqlserver", "mssql": "sqlserver", "godror": "oracle", "oracle": "oracle", "snowflake": "snowflake", "clickhouse": "clickhouse",
    "duckdb": "duckdb", "trino": "trino", "databricks": "databricks", "spanner": "spanner",
}  # fmt: skip
"""Names of drivers of `database/sql` -> the systems that they reach."""
_OPENS = re.compile(
    r"^(?:sql|sqlx|otelsql|dbsql)\.(?:Open|OpenDB|Connect|MustConnect|ConnectContext|MustOpen)$"
)


_FLAGS = re.compile(
    r"(?i)(?:^|\.)\w*flag(?:s|set)?(?:\(\))?\.(?:String|Int|Int64|Float64|Uint)(?P<form>|Var|P|VarP)$"
)
_AT = {"": (0, 1, 3), "Var": (1, 2, 4), "P": (0, 2, 4), "VarP": (1, 3, 5)}
"""By its form, where a flag's name and its default stand, and how many arguments there are."""


def note_flag(callee: str, arguments: Any, file: str, notes: Notes) -> None:
    """Note what a flag of a command has where nobody gives it: `flags.StringVarP(&model, "model", "m", "gpt-4o", "model to ask")`."""
    match = _FLAGS.search(callee) if file.endswith(".go") else None
    at, default, count = _AT[match["form"]] if match else (0, 0, 0)
    if match is None or len(arguments) != count:
        return
    (name, _), (plain, where) = plain_of(arguments[at]), plain_of(arguments[default])
    if isinstance(name, str) and plain:
        note_named(name.replace("-", "_"), plain, place_of(where, file), notes, kind="", local=True)  # fmt: skip


def note_driver(callee: str, arguments: Any, place: Place, notes: Notes) -> None:
    """Note the system that a program in Go opens by the name of its driver: `sql.Open("sqlite3", path)`."""
    if not place.file.endswith(".go") or not _OPENS.match(callee):
        return
    said = next(
        (one for one in (plain_of(argument)[0] for argument in arguments[:2]) if isinstance(one, str)), ""
    )
    if system := _DRIVERS.get(said, ""):
        notes.system(system, place, how="used", note=f"{callee} opens it by its driver")
