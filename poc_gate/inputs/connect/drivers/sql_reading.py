"""A source's probe options -> the few SQL texts that poc-gate may send, and one session for every SQL system.

All texts are built here from checked names, or are the user's own SELECT after the guard has read it.
"""

from __future__ import annotations

import random
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from poc_gate.inputs.connect.declared.renewals import MOST_TIMES, Renewals
from poc_gate.inputs.connect.drivers.sql_guard import refuse_statement
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
)

SQL_OPTIONS = (
    ProbeOption(
        "query", "One SELECT to measure; `:key` stands for a sampled key", "select * from p where id = :key"
    ),
    ProbeOption("table", "Table to look up rows in and to read in bulk", "public.policies"),
    ProbeOption("key", "Indexed column of that table, for lookups by sampled keys", "policy_id"),
    ProbeOption("time", "Column with the time a row was written, for freshness", "updated_at"),
    ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
)

MOST_KEYS = 500
_MOST_BULK_ROWS = 100_000
_BULK_S = 10.0
_ROW_BYTES = 1024
"""Estimate for the plan where nothing is known of a row."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*(?:\.[A-Za-z_][A-Za-z0-9_$]*){0,2}")
_KEY = re.compile(r"(?<![:\w]):key\b")


class Dialect(Struct, frozen=True):
    """What differs between SQL systems."""

    name: str
    """As sqlglot spells it."""
    quote: str
    marker: str
    """Placeholder of the driver: `%s` or `?`."""
    age: str
    """Expression of the age in seconds of `{time}`, by the server's clock; empty where the client computes it."""


class SqlPlan(Struct, frozen=True):
    """The texts for one source; an empty one is not sent."""

    lookup: str
    keys: str
    newest: str
    renewals: str
    bulk: str
    needs_key: bool = False


def quoted(name: str, quote: str) -> str:
    """Return a checked name of a table or column in quotes, part by part."""
    return ".".join(f"{quote}{part}{quote}" for part in name.split("."))


def sql_check(target: Target, dialect: Dialect) -> tuple[str, ...]:
    """Return every reason to refuse the source's options, before any connection."""
    found = [
        f"the probe option {name!r} is not a plain name of a {what}: {target.option(name)!r}"
        for name, what in (("table", "table"), ("key", "column"), ("time", "column"), ("vector", "column"))
        if target.option(name) and not _NAME.fullmatch(target.option(name))
    ]
    if target.option("query"):
        found += [
            f"the query is refused: {reason}"
            for reason in refuse_statement(target.option("query"), dialect.name)
        ]
        if _KEY.search(target.option("query")) and not (target.option("table") and target.option("key")):
            found.append("the query asks for :key; name `table` and `key` to sample it from")
    return tuple(found)


def plan_sql(target: Target, dialect: Dialect) -> SqlPlan:
    """Return the texts for one source whose options were checked."""
    table = quoted(target.option("table"), dialect.quote) if target.option("table") else ""
    key = quoted(target.option("key"), dialect.quote) if target.option("key") else ""
    stamp = quoted(target.option("time"), dialect.quote) if target.option("time") else ""
    lookup = target.option("query")
    if not lookup and table and key:
        lookup = f"select * from {table} where {key} = :key"  # noqa: S608 - names are checked and quoted
    needs_key = bool(_KEY.search(lookup))
    age = dialect.age.format(time=f"max({stamp})") if dialect.age else f"max({stamp})"
    each = dialect.age.format(time=stamp) if dialect.age else stamp
    last = f"select {each} from {table} where {stamp} is not null order by {stamp} desc limit {MOST_TIMES}"  # noqa: S608 - names are checked and quoted
    return SqlPlan(
        lookup=lookup,
        keys=f"select {key} from {table} limit {20 * MOST_KEYS}" if needs_key else "",  # noqa: S608 - names are checked and quoted
        newest=f"select {age} from {table}" if table and stamp else "",  # noqa: S608 - names are checked and quoted
        renewals=last if table and stamp else "",
        bulk=f"select * from {table} limit {_MOST_BULK_ROWS}" if table else "",  # noqa: S608 - names are checked and quoted
        needs_key=needs_key,
    )


def sql_intent(target: Target, dialect: Dialect) -> Intent:
    """Return what is going to be asked of one source."""
    plan = plan_sql(target, dialect)
    missing = (
        ""
        if plan.lookup
        else "no query is named: add `probe: {table: ..., key: ...}` or `probe: {query: ...}`"
    )
    return Intent(plan.lookup, _ROW_BYTES, plan.newest, plan.renewals, missing=missing)


def prepared(statement: str, marker: str) -> tuple[str, int]:
    """Return a text in the driver's spelling, and how often it asks for the key."""
    if marker == "%s":
        statement = statement.replace("%", "%%")
    return _KEY.subn(marker, statement)


def row_bytes(row: Iterable[Any]) -> int:
    """Return about how many bytes the values of one row take; the values are not kept."""
    return sum(_value_bytes(value) for value in row)


def _value_bytes(value: Any) -> int:
    if isinstance(value, str | bytes | bytearray | memoryview):
        return len(value)
    if value is None:
        return 0
    return 8 if isinstance(value, int | float) else len(str(value))


class SqlLink(Link, ABC):
    """One connection to an SQL system."""

    def __init__(self, plan: SqlPlan, dialect: Dialect, keys: Sequence[Any]) -> None:
        """Prepare the lookup; `keys` are shared by all connections of the session."""
        self._statement, self._marks = prepared(plan.lookup, dialect.marker)
        self._keys = keys

    @abstractmethod
    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Run one text and return all of its rows."""

    @abstractmethod
    def stream(self, statement: str) -> Iterable[Any]:
        """Run one text and yield its rows as they arrive, without holding all of them."""

    def call(self, number: int) -> Call:
        """Run the lookup with the key of that number."""
        key = self._keys[number % len(self._keys)] if self._keys else None
        found = self.rows(self._statement, (key,) * self._marks)
        return Call(bytes=sum(row_bytes(row) for row in found), rows=len(found))


class SqlSession(Session):
    """One SQL source; the systems differ in how they connect and describe themselves."""

    dialect: Dialect

    def __init__(self, target: Target) -> None:
        """Plan the texts; nothing is sent."""
        self.target = target
        self.plan = plan_sql(target, self.dialect)
        self.keys: list[Any] = []

    @abstractmethod
    def describe(self, link: SqlLink) -> Server:
        """Return what the server says of itself; raises RefusedError for rights that go too far."""

    def prepare(self, link: Link) -> Server:
        """Describe the server and sample the keys of lookups; they stay in memory and go to no report."""
        assert isinstance(link, SqlLink)
        server = self.describe(link)
        if self.plan.needs_key:
            found = [row[0] for row in link.rows(self.plan.keys) if row[0] is not None]
            if not found:
                raise SourceError("the table contains no key to look up", kind="empty")
            chosen = random.Random(0).sample(found, min(MOST_KEYS, len(found)))  # noqa: S311 - a sample, no secret
            self.keys += chosen
        notes = {"keys sampled": str(len(self.keys)), "floor (select 1)": f"{self._floor(link):.6f} s"}
        return Server(server.version, server.replica_lag, {**server.notes, **notes})

    def _floor(self, link: SqlLink) -> float:
        """Return the least time of a query that reads nothing: the network and the protocol."""
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            link.rows("select 1")
            times.append(time.perf_counter() - begun)
        return min(times)

    def newest(self, link: Link) -> Newest | None:
        """Return the age of the newest row, where a time column is declared and asking is cheap."""
        assert isinstance(link, SqlLink)
        if not self.plan.newest:
            return None
        self.refuse_costly(link, self.plan.newest)
        value = link.rows(self.plan.newest)[0][0]
        if value is None:
            raise SourceError("the table contains no row with a time", kind="empty")
        return Newest(self.age_of(value), self.plan.newest)

    def renewals(self, link: Link) -> Renewals | None:
        """Return the times of the newest rows, where a time column is declared and asking is cheap."""
        assert isinstance(link, SqlLink)
        if not self.plan.renewals:
            return None
        self.refuse_costly(link, self.plan.renewals)
        ages = tuple(self.age_of(row[0]) for row in link.rows(self.plan.renewals))
        return Renewals(ages, self.plan.renewals)

    def refuse_costly(self, link: SqlLink, statement: str) -> None:
        """Raise SourceError when the server's own estimate says that a text would read too much."""

    def age_of(self, value: Any) -> float:
        """Return the age in seconds from what the newest query gave."""
        return float(value)

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        """Return one bounded read of the table."""
        assert isinstance(link, SqlLink)
        if not self.plan.bulk:
            return None
        begun, size, count = time.perf_counter(), 0, 0
        for row in link.stream(self.plan.bulk):
            size += row_bytes(row)
            count += 1
            if size >= most_bytes or time.perf_counter() - begun > _BULK_S:
                break
        return Bulk(size, count, time.perf_counter() - begun, self.plan.bulk)
