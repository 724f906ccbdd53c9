"""The guard refuses what does more than read, before any connection, and lets plain reads through."""

from __future__ import annotations

import pytest
from hostile_statements import HOSTILE, PLAIN
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import plan_one
from own_servers import black_hole

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.drivers.sql_guard import refuse_statement


@pytest.mark.parametrize(("dialect", "statement"), HOSTILE)
def test_a_hostile_statement_is_refused(dialect, statement):
    assert refuse_statement(statement, dialect)


@pytest.mark.parametrize(("dialect", "statement"), PLAIN)
def test_a_plain_read_is_let_through(dialect, statement):
    assert refuse_statement(statement, dialect) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "  ",
        "select 1;;select 2",
        "select 1\x00",
        "select other.lower('x')",
        "select * from t -- x",
        "(" * 5000,
        "x" * 30_000,
    ],
)
def test_a_statement_that_cannot_be_trusted_is_refused(statement):
    assert refuse_statement(statement, "postgres")


@given(st.text(max_size=80), st.sampled_from(["postgres", "mysql", "sqlite", "duckdb"]))
@settings(max_examples=80, deadline=None)
def test_any_text_gives_an_answer_not_a_traceback(text, dialect):
    assert all(isinstance(reason, str) and reason for reason in refuse_statement(text, dialect))


def test_a_refused_statement_dials_nothing():
    import psutil

    with black_hole() as port:
        declared = Declaration(
            "x",
            "postgresql",
            url=f"postgresql://r@127.0.0.1:{port}/d",
            options={"query": "delete from claims"},
        )
        plan = plan_one(declared)
        mine = psutil.Process().net_connections("tcp")
        assert not any(one.raddr and one.raddr.port == port for one in mine)
    assert plan.state == "refused"
    assert "DELETE" in plan.reasons[0]


@pytest.mark.parametrize("option", ["table", "key", "time"])
def test_names_of_tables_and_columns_carry_no_sql(option):
    declared = Declaration(
        "x",
        "postgresql",
        url="postgresql://r@127.0.0.1/d",
        options={"table": "t", "key": "k", option: 't"; drop table t --'},
    )
    plan = plan_one(declared)
    assert plan.state == "refused"
    assert "not a plain name" in plan.reasons[0]


COMMENTS = ("comments are refused: a server may run what a parser skips",)


@pytest.mark.parametrize(
    ("dialect", "statement", "reasons"),
    [
        ("mysql", "select id from t # x", COMMENTS),
        ("mysql", "select id from t where a = '#'", ()),
        ("postgres", "select id from t where id = 1 # 2", ()),
        ("postgres", "select (t).a from t", ()),
        ("postgres", "select id + length(b) from t", ()),
        ("postgres", "select bool_and(a) from t", ()),
        ("postgres", "select pg_sleep(1)", ("it calls pg_sleep, not known as pure",)),
        (
            "duckdb",
            "select approx_count_distinct(a) from t",
            ("it calls approx_count_distinct, not known as pure",),
        ),
        ("postgres", f"{'select 1':<20000}", ()),
        ("postgres", f"{'select 1':<20001}", ("the statement is longer than 20,000 characters",)),
    ],
    ids=lambda given: str(given)[:30],
)
def test_what_looks_like_a_fault_in_one_dialect_is_none_in_another(dialect, statement, reasons):
    """`#` begins a comment in MySQL and is a bit operator in PostgreSQL; a function has several names, one of which is known."""
    assert refuse_statement(statement, dialect) == reasons


def test_a_statement_that_does_not_parse_is_told_in_one_short_line():
    (reason,) = refuse_statement(f"select from {'where' * 40}\n((( x y z", "postgres")
    assert reason.startswith("it does not parse as postgres: ")
    assert "\n" not in reason
    (longer,) = refuse_statement("select from where (((", "postgres")
    assert len(longer) == len("it does not parse as postgres: ") + 120
