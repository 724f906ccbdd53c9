"""DuckDB files: opened read-only, without access to other files or the network, configuration locked."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from poc_gate.inputs.connect.drivers.sql_reading import (
    SQL_OPTIONS,
    Dialect,
    SqlLink,
    SqlSession,
    sql_check,
    sql_intent,
)
from poc_gate.inputs.connect.interface import APPLICATION, Connector, Intent, Server, Target
from poc_gate.inputs.connect.newest_age import newest_age
from poc_gate.text.existing_path import is_file_there

_DIALECT = Dialect("duckdb", '"', "?", "")


def _check(target: Target) -> tuple[str, ...]:
    found = list(sql_check(target, _DIALECT))
    if not is_file_there(target.path):
        found.append(
            f"{target.path or 'the address'} is not a file: write url: duckdb:///path/to/file.duckdb"
        )
    return tuple(found)


def _intend(target: Target) -> Intent:
    return sql_intent(target, _DIALECT)


class _Link(SqlLink):
    """One connection; DuckDB shares one open file among all of them."""

    def __init__(self, session: _Session) -> None:
        super().__init__(session.plan, _DIALECT, session.keys)
        self.connection = session.open_connection()

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return list(self.connection.execute(statement, list(parameters)).fetchall())

    def stream(self, statement: str) -> Iterable[Any]:
        cursor = self.connection.execute(statement)
        while rows := cursor.fetchmany(2000):
            yield from rows

    def close(self) -> None:
        self.connection.close()

    def abort(self) -> None:
        """Interrupt the statement that runs."""
        self.connection.interrupt()


class _Session(SqlSession):
    """One file."""

    dialect = _DIALECT

    def __init__(self, target: Target) -> None:
        import duckdb

        super().__init__(target)
        self.errors = (duckdb.Error,)

    def connect(self) -> _Link:
        return _Link(self)

    def open_connection(self) -> Any:
        import duckdb

        config: dict[str, Any] = {
            "enable_external_access": "false",
            "autoload_known_extensions": "false",
            "autoinstall_known_extensions": "false",
            "lock_configuration": "true",
            "threads": "2",
            "custom_user_agent": APPLICATION,
        }
        return duckdb.connect(self.target.path, read_only=True, config=config)

    def describe(self, link: SqlLink) -> Server:
        version = str(link.rows("select version()")[0][0])
        size = Path(self.target.path).stat().st_size
        return Server(f"DuckDB {version}", None, {"file size": f"{size:,} B"})

    def age_of(self, value: Any) -> float:
        return newest_age(value, time.time())


CONNECTOR = Connector(
    name="duckdb",
    summary="DuckDB files: lookups by sampled keys or your own SELECT",
    systems=("duckdb",),
    schemes=("duckdb",),
    options=SQL_OPTIONS,
    locks=(
        "one SELECT, parsed, with functions known to be pure",
        "the file is opened read_only",
        "external access and extensions off, configuration locked",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="duckdb",
    modules=("duckdb", "sqlglot"),
    is_local=True,
)
