"""The shared subset means what Google's CEL means: the same value, or no value on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.judge.expression.compile_expression import compile_expression
from poc_gate.judge.expression.values import FLAG, NUMBER, TEXT, ValueType, list_of

cel = pytest.importorskip("cel_expr_python.cel", reason="Google's CEL has no wheel for this platform")

OURS = {
    "a": NUMBER, "b": NUMBER, "gone": NUMBER, "p": FLAG, "q": FLAG, "lost": FLAG, "s": TEXT, "t": TEXT,
    "xs": list_of(NUMBER), "words": list_of(ValueType("text")),
}  # fmt: skip
_NUMBER = st.sampled_from(["a", "b", "gone", "0.0", "1.0", "2.5", "-3.0", "100.0"])
_FLAG = st.sampled_from(["p", "q", "lost", "true", "false"])
_TEXT = st.sampled_from(["s", "t", "'x'", '"yes"'])


def numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, st.sampled_from("+-*"), inner)
    return st.one_of(
        both.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(_FLAG, inner, inner).map(lambda parts: f"({parts[0]} ? {parts[1]} : {parts[2]})"),
        inner.map(lambda part: f"(-({part}))"),
        st.sampled_from(["double(size(xs))", "xs[0]", "xs[9]"]),
    )


NUMBERS = st.recursive(_NUMBER, numbers, max_leaves=6)


def comparisons() -> st.SearchStrategy[str]:
    relation = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    compared = st.tuples(NUMBERS, relation, NUMBERS)
    return st.one_of(
        compared.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(_TEXT, st.sampled_from(["==", "!="]), _TEXT).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        _TEXT.map(lambda part: f"({part} in words)"),
        NUMBERS.map(lambda part: f"({part} in [1.0, 2.5, b])"),
        st.tuples(st.sampled_from(["all", "exists"]), relation, NUMBERS).map(
            lambda parts: f"xs.{parts[0]}(v, v {parts[1]} {parts[2]})"
        ),
        NUMBERS.map(lambda part: f"(size(xs.filter(v, v > {part})) == size(xs))"),
        NUMBERS.map(lambda part: f"xs.map(v, v * {part}).exists(w, w > a)"),
    )


def statements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, st.sampled_from(["&&", "||"]), inner)
    return st.one_of(
        both.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        inner.map(lambda part: f"!{part}"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} ? {parts[1]} : {parts[2]})"),
    )


STATEMENTS = st.recursive(_FLAG | comparisons(), statements, max_leaves=8)
_FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.fixture(scope="module")
def env() -> object:
    number, flag, text = cel.Type.DOUBLE, cel.Type.BOOL, cel.Type.STRING
    kinds = {
        "a": number,
        "b": number,
        "gone": number,
        "p": flag,
        "q": flag,
        "lost": flag,
        "s": text,
        "t": text,
    }
    lists = {"xs": cel.Type.List(number), "words": cel.Type.List(text)}
    return cel.NewEnv(variables={**kinds, **lists})


@settings(max_examples=600)
@given(
    source=STATEMENTS,
    numbers_=st.tuples(_FINITE, _FINITE),
    flags=st.tuples(st.booleans(), st.booleans()),
    xs=st.lists(st.floats(-9, 9), max_size=4),
    words=st.lists(st.sampled_from(["x", "yes", "no"]), max_size=3),
)
def test_a_statement_means_the_same(
    env: object,
    *,
    source: str,
    numbers_: tuple[float, float],
    flags: tuple[bool, bool],
    xs: list[float],
    words: list[str],
) -> None:
    data = dict(zip("abpq", (*numbers_, *flags), strict=True)) | {
        "s": "x",
        "t": "no",
        "xs": xs,
        "words": words,
    }
    ours = compile_expression(source.replace("double(size(xs))", "size(xs)"), OURS, wanted=FLAG)
    mine = ours.evaluate({**data, "xs": tuple(xs), "words": tuple(words)})
    theirs = env.compile(source).eval(data=data)  # type: ignore[attr-defined]
    if theirs.type() == cel.Type.BOOL:
        assert mine is theirs.value(), source
    else:
        assert not isinstance(mine, bool), source
