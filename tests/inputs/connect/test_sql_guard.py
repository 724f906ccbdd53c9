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
