"""Values of many pilots and days: what is not stated takes no room in a file, and nothing is counted that was not."""

from __future__ import annotations

import msgspec
import pytest

from poc_gate.model.many import portfolio, record, run_history
from poc_gate.model.many.portfolio import Overview, Portfolio
from poc_gate.model.many.record import FigureRange, Record
from poc_gate.model.many.run_history import Kept

SLIM = (
    Portfolio, portfolio.Row, portfolio.Cause, portfolio.Hold, portfolio.Shared, record.FigureRange, record.Open, record.Demand, record.Waived,
    record.Figure, record.Machine, record.Record, run_history.Kept, run_history.Change,
)  # fmt: skip
STAND_INS = {"peak": FigureRange(), "mean": FigureRange()}


def bare(kind: type[msgspec.Struct]) -> msgspec.Struct:
    """Return a value of which only what must be stated is stated."""
    given = {}
    for field in msgspec.structs.fields(kind):
        if field.required:
            plain = {dict: {}, tuple: (), str: "x", float: 1.0, int: 1}
            begun = str(field.type).removeprefix("<class '").partition("[")[0].removesuffix("'>")
            named = {one.__name__: value for one, value in plain.items()}
            given[field.name] = STAND_INS.get(field.name, named.get(begun, "x"))
    return kind(**given)


@pytest.mark.parametrize("kind", SLIM, ids=lambda kind: kind.__name__)
def test_what_is_not_stated_is_not_written(kind):
    required = {field.name for field in msgspec.structs.fields(kind) if field.required}
    assert set(msgspec.to_builtins(bare(kind))) == required


def test_a_record_inside_a_run_is_as_slim():
    held = Record("p", "pilot", "GO", "", "", "1", {}, (), {})
    written = msgspec.to_builtins(Kept("2026-11-28", "", "p", held))
    assert set(written["record"]) == {
        "pilot",
        "stage",
        "word",
        "label",
        "sentence",
        "tool",
        "packs",
        "areas",
        "states",
    }


def test_of_an_overview_that_says_nothing_nothing_is_counted():
    held = Portfolio("2026-11-28", "1", {}, {}, (), {}, ())
    found = Overview(held, {}, (), None, (), (), ())
    assert (found.costed, found.cost_month, found.turns, found.capacity) == (0, {}, (), ())
