"""The bound of docs/expressions.md on the steps of an evaluation: a turn of a loop pays for every node that it visits."""

from __future__ import annotations

import pytest

from poc_gate.judge.expression import compile_expression as compiling
from poc_gate.judge.expression.compile_expression import Expression, compile_expression
from poc_gate.judge.expression.values import ANY, FLAG, NUMBER, TEXT, Failure, ValueType, list_of

NAMES = {
    "xs": list_of(NUMBER), "words": list_of(ValueType("text")), "word": TEXT, "yes": FLAG, "number": NUMBER,
    "data": ANY,
}  # fmt: skip
VALUES = {"words": ("a",), "word": "a", "yes": True, "number": 2.0, "data": {"a": 1}}


def over(compiled: Expression, turns: int) -> bool:
    found = compiled.evaluate({**VALUES, "xs": (1.0,) * turns, "data": {"a": 1, "many": [1] * turns}})
    return isinstance(found, Failure) and found.reason == "it needs more than 200000 steps"


@pytest.mark.parametrize(
    ("turn", "nodes"),
    [
        ("x", 1),
        ("7", 1),
        ("-x", 2),
        ("!yes", 2),
        ("x + 1", 3),
        ("x * 2 - 1", 5),
        ("x < 2", 3),
        ("yes && x < 2", 5),
        ("word == 'a'", 3),
        ("word in words", 3),
        ("yes ? x : 1", 4),
        ("[x, 1, 2]", 4),
        ("[x, 1][0]", 5),
        ("data.a", 3),
        ("data.a > 1", 5),
        ("has(data.a)", 4),
        ("size(words)", 2),
        ("min(x, 1, 2)", 4),
        ("sum([x, 1])", 4),
        ("words.all(y, y == 'a')", 4),
        ("words.filter(y, yes)", 2),
    ],
)
def test_a_turn_pays_for_its_nodes(monkeypatch: pytest.MonkeyPatch, turn: str, nodes: int) -> None:
    monkeypatch.setattr(compiling, "STEP_BUDGET", 60)
    compiled = compile_expression(f"xs.map(x, {turn})", NAMES)
    inner = 3 if ".all" in turn else 1 if ".filter" in turn else 0
    turns = 60 // (nodes + inner)
    assert not over(compiled, turns)
    assert over(compiled, turns + 1)


def test_two_hundred_thousand_steps_are_the_most() -> None:
    compiled = compile_expression("xs.map(x, -x)", NAMES)
    assert not over(compiled, 100_000)
    assert over(compiled, 100_001)


def test_loops_inside_loops_pay_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of n items n * n turns of the inner body, and n turns of the outer one."""
    monkeypatch.setattr(compiling, "STEP_BUDGET", 10 * 4 + 10 * 10 * 3)
    compiled = compile_expression("xs.all(x, xs.all(y, x <= y))", NAMES)
    assert not over(compiled, 10)
    assert over(compiled, 11)


def test_a_loop_over_plain_data_reads_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "STEP_BUDGET", 60)
    compiled = compile_expression("data.many.map(x, -x)", NAMES)
    assert not over(compiled, 20)
    assert over(compiled, 21)


def test_an_evaluation_changes_nothing_that_it_is_given() -> None:
    given = {**VALUES, "xs": (1.0, 2.0)}
    assert compile_expression("sum(xs.map(x, x * 2))", NAMES).evaluate(given) == 6.0
    assert given == {**VALUES, "xs": (1.0, 2.0)}
