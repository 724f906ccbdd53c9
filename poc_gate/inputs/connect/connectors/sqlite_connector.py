"""SQLite files: standard library, opened read-only, every write refused by the authoriser."""

from __future__ import annotations

import sqlite3
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
from poc_gate.inputs.connect.interface import Connector, Intent, Server, Target
from poc_gate.inputs.connect.newest_age import newest_age
from poc_gate.text.existing_path import is_file_there

_DIALECT = Dialect("sqlite", '"', "?", "")
_ALLOWED = frozenset([sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, 33])
"""Actions of the authoriser; 33 is SQLITE_RECURSIVE, which the module does not name before Python 3.12."""


def _authorise(action: int, _first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _check(target: Target) -> tuple[str, ...]:
    found = list(sql_check(target, _DIALECT))
    if not is_file_there(target.path):
        found.append(f"{target.path or 'the address'} is not a file: write url: sqlite:///path/to/file.db")
    return tuple(found)


def _intend(target: Target) -> Intent:
    return sql_intent(target, _DIALECT)


class _Link(SqlLink):
    """One handle on the file."""

    def __init__(self, session: _Session) -> None:
        super().__init__(session.plan, _DIALECT, session.keys)
        target = session.target
        uri = f"{Path(target.path).resolve().as_uri()}?mode=ro"
        self.connection = sqlite3.connect(
            uri, uri=True, timeout=target.limits.timeout, check_same_thread=False
        )
        self.connection.set_authorizer(_authorise)
        self._until = 0.0
        self._timeout = target.limits.timeout
        self.connection.set_progress_handler(lambda: time.monotonic() > self._until, 10_000)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        self._until = time.monotonic() + self._timeout
        return self.connection.execute(statement, parameters).fetchall()

    def stream(self, statement: str) -> Iterable[Any]:
        self._until = time.monotonic() + 60
        yield from self.connection.execute(statement)

    def close(self) -> None:
        self.connection.close()

    def abort(self) -> None:
        """Interrupt the statement that runs."""
        self.connection.interrupt()


class _Session(SqlSession):
    """One file."""

    dialect = _DIALECT
    errors = (sqlite3.Error,)

    def connect(self) -> _Link:
        return _Link(self)

    def describe(self, link: SqlLink) -> Server:
        del link
        size = Path(self.target.path).stat().st_size
        return Server(f"SQLite {sqlite3.sqlite_version}", None, {"file size": f"{size:,} B"})

    def age_of(self, value: Any) -> float:
        return newest_age(value, time.time())


CONNECTOR = Connector(
    name="sqlite",
    summary="SQLite files: lookups by sampled keys or your own SELECT",
    systems=("sqlite", "sqlite3"),
    schemes=("sqlite",),
    options=SQL_OPTIONS,
    locks=(
        "one SELECT, parsed, with functions known to be pure",
        "the file is opened with mode=ro",
        "an authoriser that permits reading only",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="sqlite",
    modules=("sqlglot",),
    is_local=True,
)
