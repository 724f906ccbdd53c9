"""A user's own SELECT against PostgreSQL's catalogue -> refused where names mean what a parser cannot see.

`t.name` is a column, or a call of the function `name` with a whole row: only the server knows which. A function or an
operator of the database's own may bear the name of a pure one, and a type of its own brings functions along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from poc_gate.inputs.connect.interface import RefusedError

Rows = Callable[[str, Sequence[Any]], list[Any]]
_COLUMNS = """
select a.attname::text, n.nspname = 'pg_catalog' or t.typtype in ('e', 'd') or exists (
    select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass and d.objid = t.oid and d.deptype = 'e'),
    n.nspname = 'pg_catalog'
from pg_catalog.pg_attribute a
join pg_catalog.pg_type t on t.oid = a.atttypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where a.attrelid = pg_catalog.to_regclass(%s) and not a.attisdropped"""
_FUNCTIONS = """
select distinct p.proname::text from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname <> 'pg_catalog' and p.proname::text = any(%s) and not exists (
    select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')"""
_CASTS = """
select pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null) from pg_catalog.pg_cast c
join pg_catalog.pg_proc p on p.oid = c.castfunc
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname <> 'pg_catalog' and not exists (
    select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
limit 1"""
_OPERATORS = """
select distinct o.oprname::text from pg_catalog.pg_operator o
join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
where n.nspname <> 'pg_catalog' and not exists (
    select 1 from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass and d.objid = o.oid and d.deptype = 'e')
limit 1000"""


def refuse_by_catalogue(rows: Rows, statement: str) -> None:
    """Raise RefusedError for a statement that calls something of the database's own; an empty one passes."""
    if not statement:
        return
    from sqlglot import exp, parse_one

    tree: Any = parse_one(statement.replace(":key", "0"), read="postgres")
    columns: dict[str, set[str]] = {}
    own_types: set[str] = set()
    casts = rows(_CASTS, ())
    views = {view.alias for view in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if not table.db and table.name in views:
            continue
        name = ".".join(part.sql(dialect="postgres") for part in table.parts)
        listed = rows(_COLUMNS, (name,))
        columns.setdefault(table.alias_or_name, set()).update(row[0] for row in listed)
        # A cast of the database's own may begin at an enumeration or a domain, which bring no functions otherwise.
        own_types |= {row[0] for row in listed if not (row[2] if casts else row[1])}
    made = {alias.alias for alias in tree.find_all(exp.Alias)}
    known = set().union(*columns.values(), made)
    for column in tree.find_all(exp.Column):
        held = columns.get(column.table, known) | (
            {column.name} & made if column.table not in columns else set()
        )
        if column.table and column.name != "*" and _folded(column) not in held:
            raise RefusedError(
                f"{column.sql()} is not a column of that table, so the server may take it for a call"
            )
        if not column.table and column.name in columns and _folded(column) not in known:
            raise RefusedError(
                f"{column.sql()} is a whole row, for which casts and operators of the database's own may stand in"
            )
        if _folded(column) in own_types:
            raise RefusedError(
                f"{column.sql()} is of a type of the database's own, which brings functions along"
            )
    if any(tree.find_all(exp.Dot)):
        raise RefusedError("the query takes a part of a value by a dot, which the server may take for a call")
    if casts and any(tree.find_all(exp.Cast)):
        raise RefusedError(
            f"the database has a cast of its own, {casts[0][0]} to {casts[0][1]}; the query casts"
        )
    _refuse_own_names(rows, statement, tree)


def _refuse_own_names(rows: Rows, statement: str, tree: Any) -> None:
    from sqlglot import exp

    if any(kind.this == exp.DataType.Type.USERDEFINED for kind in tree.find_all(exp.DataType)):
        raise RefusedError("the query casts to a type of the database's own, which brings functions along")
    names = {
        name.lower() for call in tree.find_all(exp.Func) for name in (*call.sql_names(), call.name) if name
    }
    found = rows(_FUNCTIONS, (sorted(names),)) if names else []
    if found:
        raise RefusedError(
            f"the database has a function {found[0][0]} of its own; the query calls one of that name"
        )
    for row in rows(_OPERATORS, ()):
        if row[0] in statement:
            raise RefusedError(f"the database has an operator {row[0]} of its own; the query holds that sign")


def _folded(column: Any) -> str:
    """Return a name as the server reads it: in small letters unless it is quoted."""
    name: str = column.name
    return name if column.this.args.get("quoted") else name.lower()
