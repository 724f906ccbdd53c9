"""PostgreSQL, and nearest-neighbour search with pgvector: psycopg, extended protocol, read-only transactions."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from poc_gate.inputs.connect.credentials import LOOPBACK
from poc_gate.inputs.connect.drivers.bounded_answers import AnswerBudget
from poc_gate.inputs.connect.drivers.bounded_postgres import bounded_connection
from poc_gate.inputs.connect.drivers.sql_catalogue import refuse_by_catalogue
from poc_gate.inputs.connect.drivers.sql_reading import (
    SQL_OPTIONS,
    Dialect,
    SqlLink,
    SqlPlan,
    SqlSession,
    plan_sql,
    quoted,
    row_bytes,
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

_DIALECT = Dialect("postgres", '"', "%s", "extract(epoch from (now() - {time}))")
_METRICS = {"cosine": "<=>", "l2": "<->", "inner": "<#>"}
_SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_LIBPQ_16 = 160_000
_MOST_COST = 250_000.0
"""PostgreSQL's own cost units; a scan of some ten million rows. An index makes the newest row cost about 1."""
_BATCH_ROWS, _BATCH_BYTES = 2000, 4 * 2**20
"""The most that one fetch of a read in bulk asks for."""
_TOO_POWERFUL = ("pg_execute_server_program", "pg_write_server_files", "pg_read_server_files")
_ROLE = (
    "select rolsuper, rolreplication, rolbypassrls, current_setting('server_version'),"
    " current_setting('max_connections'), current_setting('default_transaction_read_only'),"
    " case when pg_is_in_recovery() then extract(epoch from now() - pg_last_xact_replay_timestamp()) end"
    " from pg_roles where rolname = current_user"
)
_MEMBER = "select rolname from pg_roles where rolname = any(%s) and pg_has_role(current_user, oid, 'member')"
_WRITES = "select has_table_privilege(%s, 'insert, update, delete, truncate')"


def _metric(target: Target) -> str:
    return _METRICS.get(target.option("metric", "cosine"), "")


def _plan(target: Target) -> SqlPlan:
    """Return the texts; a search by sampled vectors where a vector column is named."""
    plan = plan_sql(target, _DIALECT)
    if not target.option("vector") or target.option("query"):
        return plan
    vector, table = quoted(target.option("vector"), '"'), quoted(target.option("table"), '"')
    chosen = quoted(target.option("key"), '"') if target.option("key") else "1"
    top = target.whole("top_k", 10)
    return replace(
        plan,
        lookup=f"select {chosen} from {table} order by {vector} {_metric(target)} :key::vector limit {top}",  # noqa: S608 - names are checked and quoted
        keys=f"select {vector}::text from {table} limit 2000",  # noqa: S608 - the same
        needs_key=True,
    )


def _sslmode(target: Target) -> str:
    """Return what is stated, else full verification, else on this machine whatever the server offers."""
    here = target.host in LOOPBACK and not target.ca
    return target.option("sslmode", "prefer" if here else "verify-full")


def _encryption(target: Target) -> dict[str, Any]:
    """Return libpq's settings: nothing that lies around in the environment or below ~/.postgresql counts."""
    import psycopg

    mode = _sslmode(target)
    found: dict[str, Any] = {"sslmode": mode, "gssencmode": "disable", "sslcert": "", "sslkey": ""}
    if psycopg.pq.version() >= _LIBPQ_16:
        found["sslcertmode"] = "disable"
    if mode.startswith("verify") or target.ca:
        found["sslrootcert"] = target.ca or ssl.get_default_verify_paths().cafile or "system"
    return found


def _check(target: Target) -> tuple[str, ...]:
    found = list(sql_check(target, _DIALECT))
    if target.option("vector") and not target.option("table"):
        found.append("the probe option 'vector' needs `table`")
    if target.option("socket") and target.host not in LOOPBACK:
        found.append(
            "the probe option 'socket' works on this machine only; leave the host out of the address"
        )
    mode = _sslmode(target)
    if mode not in _SSLMODES:
        found.append(f"the probe option 'sslmode' must be one of {', '.join(_SSLMODES)}")
    if target.secret and mode in _SSLMODES[:3] and target.host not in LOOPBACK:
        found.append(
            f"a credential is not sent without encryption; sslmode {mode} allows that, verify-full does not"
        )
    if not _metric(target):
        found.append(f"the probe option 'metric' must be one of {', '.join(_METRICS)}")
    if not target.path.strip("/"):
        found.append("the address names no database: postgresql://user@host:5432/DATABASE")
    return tuple(found)


def _intend(target: Target) -> Intent:
    intent = sql_intent(target, _DIALECT)
    return replace(
        intent, call=_plan(target).lookup, missing="" if target.option("vector") else intent.missing
    )


class _Link(SqlLink):
    """One connection of psycopg; every text goes by the extended protocol, which takes one statement only."""

    def __init__(self, session: _Session) -> None:
        super().__init__(session.plan, _DIALECT, session.keys)
        self.connection = session.open_connection()

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        return list(self.connection.execute(statement, parameters, prepare=True).fetchall())

    def stream(self, statement: str) -> Iterable[Any]:
        with self.connection.transaction(), self.connection.cursor(name="poc_gate") as cursor:
            cursor.execute(statement)
            wanted = 1  # a first row shows how many of its like are a batch that memory holds
            while rows := cursor.fetchmany(wanted):
                mean = sum(row_bytes(row) for row in rows) / len(rows)
                yield from rows
                wanted = max(1, min(_BATCH_ROWS, int(_BATCH_BYTES / max(1.0, mean))))

    def close(self) -> None:
        self.connection.close()

    def abort(self) -> None:
        """Shut the socket down; closing the connection would wait for the server."""
        if self.connection.closed:
            return
        with socket.socket(fileno=os.dup(self.connection.fileno())) as wire:
            wire.shutdown(socket.SHUT_RDWR)


class _Session(SqlSession):
    """One database."""

    dialect = _DIALECT

    def __init__(self, target: Target) -> None:
        import psycopg

        super().__init__(target)
        self.plan = _plan(target)
        self.errors = (psycopg.Error,)

    def connect(self) -> _Link:
        return _Link(self)

    def open_connection(self) -> Any:
        target, milliseconds = self.target, int(self.target.limits.timeout * 1000)
        settings = {
            "default_transaction_read_only": "on",
            "standard_conforming_strings": "on",  # as the guard reads a text
            # As the driver reads values, whatever the server, the database or the role prefer.
            "DateStyle": "ISO",
            "IntervalStyle": "postgres",
            "TimeZone": "UTC",
            "bytea_output": "hex",
            "extra_float_digits": 1,
            "client_min_messages": "warning",
            "statement_timeout": milliseconds,
            "lock_timeout": milliseconds,
            "idle_in_transaction_session_timeout": 60_000,
        }
        # The server's own timeout speaks first.
        budget = AnswerBudget(target.limits.bytes, target.limits.timeout + 1)
        return bounded_connection(budget).connect(
            host=target.option("socket") or target.host,
            port=target.port or 5432,
            dbname=target.path.strip("/"),
            user=(target.secret.user if target.secret else "") or target.option("user") or None,
            # Empty, not absent: libpq would otherwise fill both from the environment and from ~/.pgpass.
            password=target.secret.text if target.secret else "",
            passfile="/dev/null/none",  # a path that cannot exist: libpq warns of anything but a plain file
            hostaddr="",
            **_encryption(target),
            connect_timeout=max(2, round(target.limits.timeout)),
            application_name=APPLICATION,
            client_encoding="UTF8",  # a server without an encoding of its own would hand out bytes
            options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
            autocommit=True,
        )

    def describe(self, link: SqlLink) -> Server:
        row = link.rows(_ROLE)[0]
        powers = ["a superuser"] if row[0] else []
        powers += [member[0] for member in link.rows(_MEMBER, (list(_TOO_POWERFUL),))]
        if powers:
            raise RefusedError(
                f"the role is {' and '.join(powers)}: read-only settings do not bind it; use a role that may only read"
            )
        if row[5] != "on":
            raise RefusedError("the server did not accept read-only transactions")
        refuse_by_catalogue(link.rows, self.target.option("query"))
        notes = {
            "max_connections": str(row[4]),
            "role": self._rights(link),
            "encryption": self._encrypted(link),
        }
        return Server(f"PostgreSQL {row[3]}", float(row[6]) if row[6] is not None else None, notes)

    def _encrypted(self, link: SqlLink) -> str:
        assert isinstance(link, _Link)
        if not link.connection.pgconn.ssl_in_use:
            return "none"
        mode = _sslmode(self.target)
        verified = "server verified" if mode == "verify-full" else f"server not verified (sslmode {mode})"
        return f"TLS, {verified if mode != 'verify-ca' else 'certificate verified, name not (sslmode verify-ca)'}"

    def _rights(self, link: SqlLink) -> str:
        table = self.target.option("table")
        writes = bool(table) and link.rows(_WRITES, (quoted(table, '"'),))[0][0]
        return (
            "may write to the table; a role that may only read is better"
            if writes
            else "cannot write to the table"
        )

    def refuse_costly(self, link: SqlLink, statement: str) -> None:
        plan = link.rows(f"explain (format json) {statement}")[0][0]
        cost = float(plan[0]["Plan"]["Total Cost"])
        if cost > _MOST_COST:
            raise SourceError(
                f"the newest row would cost {cost:,.0f} units to find; an index on the time column helps"
            )


CONNECTOR = Connector(
    name="postgres",
    summary="PostgreSQL: lookups by sampled keys, your own SELECT, or nearest neighbours with pgvector",
    systems=("postgresql", "postgres", "pgvector", "timescaledb", "alloydb", "cockroachdb"),
    schemes=("postgresql", "postgres"),
    options=(
        *SQL_OPTIONS,
        ProbeOption("user", "Role to connect as, where the credential holds only a password", "poc_reader"),
        ProbeOption("socket", "Folder of a socket of this machine, instead of a host", "/var/run/postgresql"),
        ProbeOption("sslmode", "As libpq knows it; default verify-full, on this machine prefer", "require"),
        ProbeOption(
            "vector", "Vector column; the nearest neighbours of sampled vectors are searched", "embedding"
        ),
        ProbeOption("metric", "Distance of that search: cosine, l2 or inner", "cosine"),
        ProbeOption("top_k", "How many neighbours", "10"),
    ),
    locks=(
        "one SELECT, parsed, with functions known to be pure",
        "extended protocol (one statement a message) in read-only transactions with timeouts",
        "a role that is not a superuser and cannot reach files or programs of the server, checked on connecting",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="postgres",
    modules=("psycopg", "sqlglot"),
    port=5432,
)
