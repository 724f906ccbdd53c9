"""A statement against PostgreSQL's catalogue: what is a column, what may be a call, each by a catalogue written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from poc_gate.inputs.connect.drivers.sql_catalogue import refuse_by_catalogue
from poc_gate.inputs.connect.interface import RefusedError

TABLES = {
    "t": [
        ("id", True, True),
        ("n", True, True),
        ("Mixed", True, True),
        ("kind", True, False),
        ("pair", False, False),
    ],
    "s.u": [("id", True, True), ("other", True, True)],
    "big": [("n", True, True)],
}
"""Table -> column, whether its type brings no functions along, whether it is one of the system's own."""


class Catalogue:
    """A database's own functions, casts and operators, and every question that was asked."""

    def __init__(
        self, functions: Sequence[str] = (), casts: Sequence[Any] = (), operators: Sequence[str] = ()
    ) -> None:
        """Keep them."""
        self.functions, self.casts, self.operators = functions, list(casts), operators
        self.asked: list[Any] = []

    def rows(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        """Answer one question."""
        self.asked.append(parameters)
        if "pg_attribute" in statement:
            return TABLES.get(parameters[0].replace('"', ""), [])
        if "pg_cast" in statement:
            return self.casts
        if "pg_operator" in statement:
            return [(one,) for one in self.operators]
        return [(one,) for one in self.functions if one in parameters[0]]


def refused(query: str, catalogue: Catalogue | None = None) -> str:
    try:
        refuse_by_catalogue((catalogue or Catalogue()).rows, query)
    except RefusedError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "query",
    [
        "", "select 1", "select id, n from t", "select t.id from t", "select x.id from t as x", "select ID from t", 'select "Mixed" from t',
        "select * from t", "select t.* from t", "select count(*) from t where n = :key", "select n as m from t order by m",
        "select t.id, u.other from t join s.u as u on t.id = u.id", "with v as (select id from t) select id from v",
        "with v as (select id as d from t) select v.d from v", "select kind from t", "select id::int from t", "select id from t where n > 3",
        "select x.m from (select n as m from t) x",
    ],
)  # fmt: skip
def test_plain_reads_pass(query):
    assert refused(query) == ""


NOT_A_COLUMN = "{} is not a column of that table, so the server may take it for a call"
WHOLE_ROW = "{} is a whole row, for which casts and operators of the database's own may stand in"
OWN_TYPE = "{} is of a type of the database's own, which brings functions along"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select t.evil from t", NOT_A_COLUMN.format("t.evil")), ("select x.evil from t as x", NOT_A_COLUMN.format("x.evil")),
        ("select t.other from t join s.u as u on t.id = u.id", NOT_A_COLUMN.format("t.other")),
        ("select n as evil, t.evil from t", NOT_A_COLUMN.format("t.evil")),
        ('select t."ID" from t', NOT_A_COLUMN.format('t."ID"')), ("select t.Mixed from t", NOT_A_COLUMN.format("t.Mixed")),
        ("select v.evil from (select n from t) v", NOT_A_COLUMN.format("v.evil")), ("select lower(t) from t", WHOLE_ROW.format("t")),
        ("select x from t as x", WHOLE_ROW.format("x")), ("select pair from t", OWN_TYPE.format("pair")),
        ("select t.pair from t", OWN_TYPE.format("t.pair")),
        ("with v as (select id from t) select v.evil from v", NOT_A_COLUMN.format("v.evil")),
        ("select (n).evil from t", "the query takes a part of a value by a dot, which the server may take for a call"),
        ("select id::own from t", "the query casts to a type of the database's own, which brings functions along"),
    ],
)  # fmt: skip
def test_what_the_server_may_take_for_a_call_is_refused(query, words):
    assert refused(query) == words


def test_a_name_that_is_a_table_and_a_column_is_a_column():
    TABLES["n"] = [("n", True, True)]
    try:
        assert refused("select n from n") == ""
    finally:
        del TABLES["n"]


def test_functions_of_the_databases_own_are_refused_by_their_names():
    own = Catalogue(functions=["lower"])
    words = "the database has a function lower of its own; the query calls one of that name"
    assert refused("select LOWER(id) from t", own) == words
    assert refused("select upper(id) from t", own) == ""
    assert "upper" in own.asked[-2][0]
    assert own.asked[-2][0] == sorted(own.asked[-2][0])
    assert refused("select id from t", own) == ""


def test_casts_of_the_databases_own_count_where_something_is_cast():
    own = Catalogue(casts=[("text", "kind")])
    words = "the database has a cast of its own, text to kind; the query casts"
    assert refused("select id::int from t", own) == words
    assert refused("select id from t", own) == ""
    assert refused("select kind from t", own) == OWN_TYPE.format("kind"), (
        "an enumeration may be where it begins"
    )


def test_operators_of_the_databases_own_are_refused_by_their_sign():
    own = Catalogue(operators=["<~>", "=="])
    words = "the database has an operator <~> of its own; the query holds that sign"
    assert refused("select id from t where id = '<~>'", own) == words
    assert refused("select id from t where id <> 3", own) == ""


def test_views_of_the_query_are_not_looked_up_and_each_table_once():
    own = Catalogue()
    refuse_by_catalogue(own.rows, "with v as (select id from t) select id from v")
    assert own.asked[:2] == [(), ("t",)]
    own = Catalogue()
    refuse_by_catalogue(own.rows, 'select u.id from s.u as u, s."V" where u.id = :key')
    assert [asked[0] for asked in own.asked if asked and isinstance(asked[0], str)] == ["s.u", 's."V"']
