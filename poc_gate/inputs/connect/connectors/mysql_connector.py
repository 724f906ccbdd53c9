"""MySQL and MariaDB: PyMySQL, READ ONLY transactions, execution time limits, no multiple statements."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Sequence
from typing import Any

from poc_gate.inputs.connect.bulk_reads import BULK_S
from poc_gate.inputs.connect.credentials import LOOPBACK
from poc_gate.inputs.connect.drivers.bounded_answers import MOST_ANSWER, AnswerBudget
from poc_gate.inputs.connect.drivers.sql_reading import (
    SQL_OPTIONS,
    Dialect,
    SqlLink,
    SqlSession,
    sql_check,
    sql_intent,
)
from poc_gate.inputs.connect.interface import (
    APPLICATION,
    Connector,
    Intent,
    ProbeOption,
    RefusedError,
    Server,
    SourceError,
    Target,
)

_DIALECT = Dialect("mysql", "`", "%s", "timestampdiff(microsecond, {time}, now(6)) / 1e6")
_MOST_ROWS = 5_000_000
"""Rows that the server may expect to read for the newest one."""
_POWERS = re.compile(r"\b(ALL PRIVILEGES|SUPER|FILE|SHUTDOWN|SYSTEM_VARIABLES_ADMIN)\b[^;]* ON \*\.\*")
_WRITES = re.compile(r"\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|DROP|CREATE|ALTER)\b")


def _check(target: Target) -> tuple[str, ...]:
    found = list(sql_check(target, _DIALECT))
    if target.secret and not _encrypts(target) and target.host not in LOOPBACK:
        found.append("a credential is not sent without encryption; add `probe: {tls: 'yes'}`")
    if not target.path.strip("/"):
        found.append("the address names no database: mysql://user@host:3306/DATABASE")
    return tuple(found)


def _encrypts(target: Target) -> bool:
    return target.option("tls") == "yes" or bool(target.ca)


def _intend(target: Target) -> Intent:
    return sql_intent(target, _DIALECT)


class _Link(SqlLink):
    """One connection of PyMySQL in a transaction that the server keeps read-only."""

    def __init__(self, session: _Session) -> None:
        super().__init__(session.plan, _DIALECT, session.keys)
        self.most_bytes = session.target.limits.bytes
        self.connection = session.open_connection()
        try:
            self._settle(session.target.limits.timeout)
        except BaseException:
            self.connection.close()
            raise

    def _settle(self, timeout: float) -> None:
        maria = "mariadb" in self.connection.get_server_info().lower()
        limit = (
            f"max_statement_time = {timeout:g}" if maria else f"max_execution_time = {int(timeout * 1000)}"
        )
        for statement in (
            f"set session {limit}",
            f"set session lock_wait_timeout = {max(1, round(timeout))}",
            "set session transaction read only",
        ):
            with self.connection.cursor() as cursor:
                cursor.execute(statement)

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, parameters or None if "%" not in statement else parameters)
            return list(cursor.fetchall())

    def stream(self, statement: str) -> Iterable[Any]:
        from pymysql.cursors import SSCursor

        with self.connection.cursor(SSCursor) as cursor:
            cursor.execute(statement)
            self.connection.budget.begin(2 * self.most_bytes + MOST_ANSWER, BULK_S)
            yield from cursor

    def close(self) -> None:
        if self.connection.open:
            self.connection.close()

    def abort(self) -> None:
        """Shut the socket down under the call that hangs."""
        wire = getattr(self.connection, "_sock", None)
        if wire is not None:
            wire.shutdown(socket.SHUT_RDWR)


class _Session(SqlSession):
    """One database."""

    dialect = _DIALECT

    def __init__(self, target: Target) -> None:
        import pymysql

        super().__init__(target)
        self.errors = (pymysql.Error,)

    def connect(self) -> _Link:
        return _Link(self)

    def open_connection(self) -> Any:
        import pymysql

        target = self.target
        budget = AnswerBudget(target.limits.bytes, target.limits.timeout)

        class Bounded(pymysql.connections.Connection):  # type: ignore[misc]
            """Counts what is read since something was last sent."""

            def _write_bytes(self, data: bytes) -> None:
                budget.begin()
                super()._write_bytes(data)

            def _read_bytes(self, num_bytes: int) -> Any:
                budget.count(num_bytes)
                parts = []
                while num_bytes > 0:
                    part = self._rfile.read1(num_bytes)  # piece by piece, so that a slow answer is noticed
                    if not part:
                        raise SourceError(
                            "the server closed the connection before its answer ended", kind="protocol"
                        )
                    budget.count(0)
                    parts.append(part)
                    num_bytes -= len(part)
                return b"".join(parts)

        Bounded.budget = budget
        return Bounded(
            host=target.host,
            port=target.port or 3306,
            user=(target.secret.user if target.secret else "") or target.option("user") or None,
            password=target.secret.text if target.secret else "",
            database=target.path.strip("/"),
            connect_timeout=max(1, round(target.limits.timeout)),
            read_timeout=max(1, round(target.limits.timeout)),
            write_timeout=max(1, round(target.limits.timeout)),
            program_name=APPLICATION,
            local_infile=False,
            autocommit=True,
            # Without either, PyMySQL would encrypt where the server can and verify nobody.
            ssl=ssl.create_default_context(cafile=target.ca or None) if _encrypts(target) else None,
            ssl_disabled=not _encrypts(target),
        )

    def describe(self, link: SqlLink) -> Server:
        grants = [str(row[0]) for row in link.rows("show grants")]
        powers = _POWERS.search(" ; ".join(grants))
        if powers:
            raise RefusedError(f"the user holds {powers[1]} on everything; use a user that may only read")
        version, most = link.rows("select version(), @@max_connections")[0]
        here = (" ON *.* ", f" ON `{self.target.path.strip('/')}`.")
        writes = any(_WRITES.search(grant) for grant in grants if any(place in grant for place in here))
        role = "may write; a user that may only read is better" if writes else "may only read"
        return Server(
            str(version),
            None,
            {"max_connections": str(most), "role": role, "encryption": self._encryption(link)},
        )

    def _encryption(self, link: SqlLink) -> str:
        found = link.rows("show session status like 'Ssl_version'")
        version = str(found[0][1]) if found else ""
        if _encrypts(self.target) and not version:
            raise RefusedError("the server took the connection without encryption")
        return f"{version}, server verified" if version else "none"

    def refuse_costly(self, link: SqlLink, statement: str) -> None:
        rows = max(
            (int(row[-2] or 0) for row in link.rows(f"explain {statement}") if str(row[-2]).isdigit()),
            default=0,
        )
        if rows > _MOST_ROWS:
            raise SourceError(
                f"the newest row would take a scan of {rows:,} rows; an index on the time column helps"
            )


CONNECTOR = Connector(
    name="mysql",
    summary="MySQL and MariaDB: lookups by sampled keys or your own SELECT",
    systems=("mysql", "mariadb", "aurora-mysql", "percona"),
    schemes=("mysql", "mariadb"),
    options=(
        *SQL_OPTIONS,
        ProbeOption("user", "User to connect as, where the credential holds only a password", "poc_reader"),
        ProbeOption("tls", "`yes` for an encrypted connection to a verified server", "yes"),
    ),
    locks=(
        "one SELECT, parsed, with functions known to be pure; no comments",
        "READ ONLY transactions with execution time limits, multiple statements and LOCAL INFILE off",
        "a user without FILE, SUPER or ALL on everything, checked on connecting",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="mysql",
    modules=("pymysql", "sqlglot"),
    port=3306,
)
