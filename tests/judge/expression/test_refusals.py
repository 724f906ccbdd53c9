"""What is refused before anything is evaluated, where, and with which next step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.judge.expression.compile_expression import Expression, compile_expression
from poc_gate.judge.expression.values import (
    ANY,
    DATE,
    FLAG,
    ExpressionError,
    Failure,
    Unknown,
    ValueType,
    list_of,
)

NAMES = {
    "need": ValueType("number", "B"),
    "slow": ValueType("number", "s"),
    "hosting": ValueType("text", choices=("self", "hosted")),
    "tested": DATE,
    "yes": FLAG,
    "times": list_of(ValueType("number", "s")),
    "content": ANY,
}


@pytest.mark.parametrize(
    ("source", "offset", "what", "step"),
    [
        ("ned > 1 GiB", 0, "unknown name 'ned'", "did you mean 'need'?"),
        ("yes && zzz", 7, "unknown name 'zzz'", "known names"),
        ("sise(times)", 0, "unknown function 'sise'", "did you mean 'size'?"),
        ('__import__("os")', 0, "unknown function '__import__'", "known:"),
        ("need.__class__", 5, "has no parts", "plain data"),
        ("need <= slow", 5, "units differ", ""),
        ("need <= 5", 5, "units differ", ""),
        ("slow + need > 0", 5, "units differ", ""),
        ("need <= 5 Gib", 8, "unknown unit 'Gib'", "did you mean 'GiB'?"),
        ("slow <= 5 parsecs", 8, "unknown unit", ""),
        ('hosting == "slef"', 11, "not one of the possible values", "did you mean 'self'?"),
        ("yes == hosting", 4, "does not go with", ""),
        ("yes && need", 7, "true or false is needed", ""),
        ("!need", 1, "true or false is needed", ""),
        ("yes + yes", 4, "does not work on", ""),
        ('"a" < "b"', 4, "does not work on", ""),
        ("times == times", 6, "does not work on", ""),
        ("need in times", 5, "units differ", ""),
        ("need > 1 B ? 1 : yes", 11, "does not go with", ""),
        ('tested > "2026-02-30"', 9, "not a valid date", "2026-12-01"),
        ("1 < 2 < 3", 6, "cannot be chained", "a < b && b < c"),
        ("times.all(x)", 6, "write all(list, x", ""),
        ("times.all(yes, yes)", 10, "taken", ""),
        ("min()", 0, "one argument", ""),
        ("sum(1, 2)", 0, "one argument", ""),
        ("sum([yes])", 0, "list of numbers", ""),
        ("has(1)", 0, "has asks", ""),
        ("age(need)", 4, "a date is needed", ""),
        ("size(need)", 0, "no size", ""),
        ("(need", 5, "expected ')'", ""),
        ("need >", 6, "expected a value, found the end", ""),
        ("need @ 1", 5, "not part of an expression", ""),
        ("", 0, "found the end", ""),
        ("need need", 5, "expected the end", ""),
        (r"hosting == 'a\x'", 13, "is unknown", ""),
        ("content.", 8, "expected a name", ""),
        ("lambda: 1", 6, "expected the end", ""),
        ("[1, 'a']", 0, "does not go with", ""),
    ],
)
def test_it_is_refused_with_its_place(source: str, offset: int, what: str, step: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source, NAMES)
    assert what in caught.value.what
    assert step in caught.value.next_step
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "source",
    [
        "(" * 3000 + "1" + ")" * 1000,
        "(" * 65 + "1" + ")" * 65,
        "!" * 200 + "yes",
        "-" * 200 + "1",
        "1" + " + 1" * 100,
        "yes" + " ? yes : yes" * 100,
        "[" * 100 + "]" * 100,
        "content" + ".a" * 100,
        "content" + "[0]" * 100,
        "x" * 5000,
        "times.all(a, times.all(b, times.all(c, a + b + c > 0)))",
    ],
)
def test_bombs_are_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(source, NAMES)


def test_the_wanted_type_is_held() -> None:
    with pytest.raises(ExpressionError, match="true or false is needed"):
        compile_expression("need", NAMES, wanted=FLAG)
    with pytest.raises(ExpressionError, match="a time is needed"):
        compile_expression("need", NAMES, wanted=ValueType("number", "s"))


_WORDS = st.sampled_from(
    [
        "need",
        "slow",
        "hosting",
        "tested",
        "yes",
        "times",
        "content",
        "true",
        "false",
        "in",
        "has",
        "size",
        "min",
        "max",
        "sum",
        "all",
        "exists",
        "filter",
        "map",
        "age",
        "x",
        "&&",
        "||",
        "!",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "%",
        "?",
        ":",
        ".",
        "[",
        "]",
        "(",
        ")",
        ",",
        "1",
        "0",
        "2.5",
        "1e9",
        "80",
        "GiB",
        "250",
        "ms",
        "90",
        "%",
        "'self'",
        '"a"',
        "5",
        "req/s",
    ]
)


@settings(max_examples=400)
@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_refused_or_gives_a_value_of_its_type(source: str) -> None:
    try:
        compiled = compile_expression(source, NAMES)
    except ExpressionError as error:
        assert 0 <= error.offset <= len(source)
        return
    for values in _situations():
        _check(compiled, compiled.evaluate(values, today="2026-11-22"))


def _situations() -> list[dict[str, object]]:
    known: dict[str, object] = {
        "need": 3.0, "slow": 0.0, "hosting": "self", "tested": "2026-01-01", "yes": True,
        "times": (1.0, 2.0), "content": {"need": [1, "2 s", None, {"x": True}]},
    }  # fmt: skip
    return [known, {}, {**known, "times": ()}, {**known, "content": None}]


def _check(compiled: Expression, found: object) -> None:
    if isinstance(found, Unknown | Failure) or compiled.type.kind == "any":
        return
    wanted = {"number": float, "flag": bool, "text": str, "date": str, "list": tuple}[compiled.type.kind]
    assert isinstance(found, wanted)
