"""SQL sources: the texts that are planned of a source's options, and what the values of a row count."""

from __future__ import annotations

from typing import Any

import pytest

from poc_gate.inputs.connect.drivers import sql_reading
from poc_gate.inputs.connect.drivers.sql_reading import (
    Dialect,
    SqlLink,
    SqlPlan,
    plan_sql,
    prepared,
    quoted,
    row_bytes,
    sql_check,
    sql_intent,
)
from poc_gate.inputs.connect.interface import Target

AGED = Dialect("postgres", '"', "%s", "age({time})")
BARE = Dialect("sqlite", '"', "?", "")
FULL = {"table": "public.t", "key": "id", "time": "at"}


def test_texts_of_a_table_with_key_and_time():
    assert plan_sql(Target("x", options=FULL), AGED) == SqlPlan(
        lookup='select * from "public"."t" where "id" = :key',
        keys='select "id" from "public"."t" limit 10000',
        newest='select age(max("at")) from "public"."t"',
        renewals='select age("at") from "public"."t" where "at" is not null order by "at" desc limit 10000',
        bulk='select * from "public"."t" limit 100000',
        needs_key=True,
    )
    bare = plan_sql(Target("x", options=FULL), BARE)
    assert bare.newest == 'select max("at") from "public"."t"'
    assert bare.renewals.startswith('select "at" from')


@pytest.mark.parametrize(
    ("options", "given"),
    [
        ({}, ()),
        ({"table": "t"}, ("bulk",)),
        ({"key": "id"}, ()),
        ({"time": "at"}, ()),
        ({"table": "t", "time": "at"}, ("newest", "renewals", "bulk")),
        ({"table": "t", "key": "id"}, ("lookup", "keys", "bulk")),
        ({"query": "select 1"}, ("lookup",)),
        ({"query": "select 1", "table": "t", "key": "id"}, ("lookup", "bulk")),
        ({"query": "select a from t where id = :key", "table": "t", "key": "id"}, ("lookup", "keys", "bulk")),
        ({"query": "select 'a:key' from t"}, ("lookup",)),
    ],
)
def test_a_text_is_sent_only_where_its_parts_are_named(options, given):
    plan = plan_sql(Target("x", options=options), BARE)
    assert (
        tuple(name for name in ("lookup", "keys", "newest", "renewals", "bulk") if getattr(plan, name))
        == given
    )
    assert plan.needs_key is ("keys" in given)


def test_what_is_going_to_be_asked():
    intent = sql_intent(Target("x", options=FULL), BARE)
    assert (intent.bytes_per_call, intent.missing) == (1024, "")
    plan = plan_sql(Target("x", options=FULL), BARE)
    assert (intent.call, intent.freshness, intent.renewals) == (plan.lookup, plan.newest, plan.renewals)
    assert sql_intent(Target("x"), BARE).missing == (
        "no query is named: add `probe: {table: ..., key: ...}` or `probe: {query: ...}`"
    )


@pytest.mark.parametrize(
    ("options", "faults"),
    [
        (FULL, ()),
        ({"table": "a.b.c"}, ()),
        ({"table": "a.b.c.d"}, ("the probe option 'table' is not a plain name of a table: 'a.b.c.d'",)),
        ({"vector": "v;"}, ("the probe option 'vector' is not a plain name of a column: 'v;'",)),
        ({"query": "select 1"}, ()),
        ({"query": "select a from t where i = :key", "table": "t", "key": "i"}, ()),
        *(
            (
                {"query": "select a from t where i = :key", **half},
                ("the query asks for :key; name `table` and `key` to sample it from",),
            )
            for half in ({}, {"table": "t"}, {"key": "i"})
        ),
    ],
)
def test_faults_of_options(options, faults):
    assert sql_check(Target("x", options=options), BARE) == faults


def test_a_statement_that_changes_something_is_refused():
    (fault,) = sql_check(Target("x", options={"query": "delete from t"}), BARE)
    assert fault.startswith("the query is refused: ")


@pytest.mark.parametrize(
    ("statement", "marker", "text", "count"),
    [
        ("select 1 where a = :key or b = :key", "?", "select 1 where a = ? or b = ?", 2),
        ("select 5 % 3 where a = :key", "%s", "select 5 %% 3 where a = %s", 1),
        ("select 5 % 3, a::key, ':keys'", "?", "select 5 % 3, a::key, ':keys'", 0),
    ],
)
def test_a_text_in_the_drivers_spelling(statement, marker, text, count):
    assert prepared(statement, marker) == (text, count)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("abc", 3), (b"abcd", 4), (bytearray(b"ab"), 2), (memoryview(b"abcde"), 5), (None, 0), (7, 8), (7.5, 8), (True, 8),
        ([1, 2], 6),
    ],
)  # fmt: skip
def test_what_a_value_counts(value, size):
    assert row_bytes([value]) == size
    assert row_bytes([value, "xy"]) == size + 2


def test_names_are_quoted_part_by_part():
    assert quoted("a.b", "`") == "`a`.`b`"


def test_a_dialect_that_asks_the_server_for_the_age_takes_its_number():
    class Session(sql_reading.SqlSession):
        dialect = AGED

        def connect(self) -> Any:
            raise NotImplementedError

        def describe(self, link: SqlLink) -> Any:
            raise NotImplementedError

    assert Session(Target("x", options=FULL)).age_of("7.5") == 7.5
