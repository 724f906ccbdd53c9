"""One SQL text -> every reason why it is not a plain read; parsed, before any connection is made.

A list of what is allowed, not of what is forbidden: one SELECT, of node types that only read, with functions
that are known to be pure. What the parser does not know is refused.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from poc_gate.inputs.connect.drivers.sql_words import PURE_FUNCTIONS, READING_NODES

_COMMENT = re.compile(r"--|/\*|\*/")
_KEY = re.compile(r"(?<![:\w]):key\b")
_LONGEST = 20_000


def refuse_statement(statement: str, dialect: str) -> tuple[str, ...]:
    """Return every reason to refuse a statement in sqlglot's `dialect`; none means one plain SELECT."""
    if not statement.strip():
        return ("the statement is empty",)
    if len(statement) > _LONGEST:
        return (f"the statement is longer than {_LONGEST:,} characters",)
    if (
        "\x00" in statement
        or _COMMENT.search(_outside_quotes(statement))
        or _hash_comment(statement, dialect)
    ):
        return ("comments are refused: a server may run what a parser skips",)
    try:
        trees = _parse(statement, dialect)
    except _parse_errors() as error:
        return (f"it does not parse as {dialect}: {str(error).splitlines()[0][:120]}",)
    if len(trees) != 1 or trees[0] is None:
        return (f"it holds {len(trees)} statements; one is allowed",)
    return _refusals(trees[0])


def _outside_quotes(statement: str) -> str:
    return re.sub(r"'(?:[^']|'')*'", "''", statement)


def _hash_comment(statement: str, dialect: str) -> bool:
    return dialect == "mysql" and "#" in _outside_quotes(statement)


def _parse(statement: str, dialect: str) -> list[Any]:
    import sqlglot

    # The parser warns on what it only keeps as a command; such a statement is refused here anyway.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    return list(sqlglot.parse(_KEY.sub("0", statement), read=dialect))


@cache
def _parse_errors() -> tuple[type[Exception], ...]:
    from sqlglot.errors import SqlglotError

    return (SqlglotError, RecursionError, ValueError)


def _refusals(tree: Any) -> tuple[str, ...]:
    from sqlglot import exp

    if not isinstance(tree, exp.Select | exp.SetOperation | exp.Subquery):
        return (f"it is a {_kind(tree)}, not a SELECT",)
    found: dict[str, None] = {}
    for node in tree.walk():
        reason = _refusal(node)
        if reason:
            found[reason] = None
    return tuple(found)


def _refusal(node: Any) -> str:
    from sqlglot import exp

    if isinstance(node, exp.Select) and node.args.get("into"):
        return "it writes to a table or a file"
    if isinstance(node, exp.Select) and node.args.get("locks"):
        return "it takes locks (FOR UPDATE or FOR SHARE)"
    if isinstance(node, exp.Func) and type(node).__name__ not in READING_NODES:
        names = _function_names(node)
        return "" if names & PURE_FUNCTIONS else f"it calls {min(names)}, not known as pure"
    if type(node).__name__ not in READING_NODES:
        return f"it holds {_kind(node)}, which a plain read does not contain"
    return _misused(node)


def _misused(node: Any) -> str:
    """Return why a node that is part of plain reads is none here."""
    from sqlglot import exp

    if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
        return "it reads from a function or a file instead of a table"
    if isinstance(node, exp.Identifier) and re.search(r"[/\\.*:]", str(node.this)):
        return "it names a file or an address as a table"
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func):
        return "it calls a function of a named schema, not known as pure"
    return ""


def _function_names(node: Any) -> set[str]:
    from sqlglot import exp

    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        return {str(node.this).lower()}
    return {name.lower() for name in node.sql_names()} | {str(node.sql_name()).lower()}


def _kind(node: Any) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()
