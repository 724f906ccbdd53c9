"""How statements are read, by the table of operators that CEL publishes, and the bounds that docs/expressions.md names."""

from __future__ import annotations

from itertools import product

import pytest

from poc_gate.judge.expression.compile_expression import compile_expression
from poc_gate.judge.expression.syntax import Node, parse
from poc_gate.judge.expression.values import FLAG, ExpressionError, ValueType

LEVELS = {
    **dict.fromkeys(["*", "/", "%"], 3),
    **dict.fromkeys(["+", "-"], 4),
    **dict.fromkeys(["==", "!=", "<", "<=", ">", ">=", "in"], 5),
    "&&": 6,
    "||": 7,
}
"""Precedence of the binary operators, 1 binds closest; all are left-associative (language definition of CEL, "Syntax")."""


def shape(node: Node) -> object:
    return (node.kind, node.value, *map(shape, node.children))


def shape_of(source: str) -> object:
    return shape(parse(source))


@pytest.mark.parametrize(("first", "second"), list(product(LEVELS, LEVELS)))
def test_two_operators_bind_as_in_cel(first: str, second: str) -> None:
    source = f"a {first} b {second} c"
    if LEVELS[first] == LEVELS[second] == 5:
        with pytest.raises(ExpressionError, match="cannot be chained") as caught:
            parse(source)
        assert caught.value.offset == source.rindex(f" {second} ") + 1
    elif LEVELS[second] < LEVELS[first]:
        assert shape_of(source) == shape_of(f"a {first} (b {second} c)")
    else:
        assert shape_of(source) == shape_of(f"(a {first} b) {second} c")


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("-a * b", "(-a) * b"),
        ("!a && b", "(!a) && b"),
        ("-a.b", "-(a.b)"),
        ("!a[0]", "!(a[0])"),
        ("--a", "-(-a)"),
        ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
        ("a ? b ? c : d : e", "a ? (b ? c : d) : e"),
        ("a || b ? c : d", "(a || b) ? c : d"),
        ("a < b ? c : d || e", "(a < b) ? c : (d || e)"),
        ("size(a) + b", "(size(a)) + b"),
        ("a.size(b)", "size(a, b)"),
        ("a[0][1].b", "((a[0])[1]).b"),
        ("(a)", "a"),
    ],
)
def test_other_forms_bind_as_in_cel(source: str, meant: str) -> None:
    assert shape_of(source) == shape_of(meant)


def accepted(source: str) -> bool:
    try:
        parse(source)
    except ExpressionError:
        return False
    return True


@pytest.mark.parametrize(
    "of",
    [
        lambda levels: "-" * (levels - 1) + "1",
        lambda levels: "(" * (levels - 1) + "1" + ")" * (levels - 1),
        lambda levels: "[" * levels + "]" * levels,
        lambda levels: "1" + " + 1" * (levels - 1),
        lambda levels: "a" + ".a" * (levels - 1),
        lambda levels: "a ? a : " * (levels - 1) + "a",
    ],
    ids=["signs", "parentheses", "lists", "sums", "parts", "choices"],
)
def test_sixty_four_levels_are_the_deepest(of: object) -> None:
    assert accepted(of(64))  # type: ignore[operator]
    assert not accepted(of(65))  # type: ignore[operator]


def test_what_lies_side_by_side_is_not_deep() -> None:
    assert accepted(f"[{', '.join(['(1)'] * 100)}]")
    assert accepted(f"min({', '.join(['a ? 1 : 2'] * 100)})")


def test_what_came_before_does_not_let_parentheses_go_deeper() -> None:
    assert accepted(f"[{'(1), ' * 100}{'(' * 62}1{')' * 62}]")
    assert not accepted(f"[{'(1), ' * 100}{'(' * 64}1{')' * 64}]")


def test_four_thousand_and_ninety_six_bytes_are_the_longest() -> None:
    assert accepted("yes".ljust(4096))
    for source in ("yes".ljust(4097), "'" + "é" * 2048 + "'"):
        with pytest.raises(ExpressionError, match="longer than 4096 bytes") as caught:
            parse(source)
        assert caught.value.offset == 0


@pytest.mark.parametrize(
    ("source", "offset", "what"),
    [
        ("'a' 'in' b", 4, "expected the end"),
        ("a '+' b", 2, "expected the end"),
        ("a == '(' b ')'", 9, "expected the end"),
        ("'[' 1 ']'", 4, "expected the end"),
        ("a in in", 5, "expected a value"),
        ("a ? b", 5, "expected ':', found the end"),
        ("a.1", 1, "expected the end"),
        ("a[1", 3, "expected ']'"),
        ("f(a b)", 4, "expected ','"),
        ("é", 0, "'é' (U+00E9) is not part"),
        ("a ==  §", 6, "'§' (U+00A7) is not part"),
        (r"x == 'ab\q'", 8, "\\q is unknown"),
    ],
)
def test_it_is_refused_where_it_goes_wrong(source: str, offset: int, what: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.what.startswith(what)
    assert caught.value.offset == offset


def test_a_unit_ends_where_its_meaning_ends() -> None:
    """`GB/s` is one unit; what follows the slash and is no unit is a name, and a slash with spaces divides."""
    names = {"slow": ValueType("number", "s"), "s": ValueType("number", "s")}
    for source, value, unit in (
        ("12 GB/slow", 6e10, "B/s"), ("12 GB/s", 12e9, "B/s"), ("12 GB / s", 6e9, "B/s"),
        ("3 TFLOP/s", 3e12, "flop/s"), ("50 % ", 0.5, "1"), ("50 % 30", 20.0, "1"), ("50 % slow", None, ""),
    ):  # fmt: skip
        if value is None:
            with pytest.raises(ExpressionError, match="units differ"):
                compile_expression(source, names)
            continue
        found = compile_expression(source, names)
        assert found.evaluate({"slow": 0.2, "s": 2.0}) == pytest.approx(value)
        assert found.type.unit == unit
    assert compile_expression("3 in [3, 4]", names, wanted=FLAG).evaluate({}) is True
