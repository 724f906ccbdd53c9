"""Units of what is computed, plain data that is read as what it is compared with, and the words of what is refused."""

from __future__ import annotations

import pytest

from poc_gate.judge.expression.compile_expression import compile_expression
from poc_gate.judge.expression.values import (
    ANY,
    DATE,
    FLAG,
    NUMBER,
    TEXT,
    ExpressionError,
    Failure,
    Unknown,
    ValueType,
    list_of,
)

BYTES, SECONDS, RATE = ValueType("number", "B"), ValueType("number", "s"), ValueType("number", "req/s")
NAMES = {
    "need": BYTES, "slow": SECONDS, "rate": RATE, "share": NUMBER, "yes": FLAG, "other": FLAG, "word": TEXT,
    "hosting": ValueType("text", choices=("self", "hosted", "none")), "tested": DATE, "times": list_of(SECONDS),
    "words": list_of(ValueType("text", choices=("llm", "agent"))), "data": ANY,
}  # fmt: skip
DATA = {
    "n": 3, "half": 0.5, "on": True, "text": "12 min", "list": [1, 2], "stamp": "2026-11-02T10:00:00Z", "none": None,
    "times": ["1 s", "3 s"], "few": {"a": 1}, "big": 1e300, "fits": 9.9e299, "long": "x" * 45, "word": "self",
}  # fmt: skip
VALUES = {
    "need": 6e9, "slow": 2.0, "rate": 5.0, "share": 0.5, "yes": True, "other": False, "word": "abc", "hosting": "self",
    "tested": "2026-11-22", "times": (1.0, 3.0), "words": ("llm",), "data": DATA,
}  # fmt: skip


def value_of(source: str, **values: object) -> object:
    return compile_expression(source, NAMES).evaluate({**VALUES, **values}, today="2026-11-22")


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("need / (3 GB/s)", SECONDS),
        ("slow * (3 GB/s)", BYTES),
        ("rate * slow", ValueType("number", "req")),
        ("need / need", NUMBER),
        ("need * share", BYTES),
        ("need / 2", BYTES),
        ("slow + 3 s", SECONDS),
        ("need % 1 GB", BYTES),
        ("-slow", SECONDS),
        ("0 + slow", SECONDS),
        ("slow - 0", SECONDS),
        ("yes ? 0 : slow", SECONDS),
        ("max(0, slow)", SECONDS),
        ("min(slow, 0, 2 s)", SECONDS),
        ("sum(times)", SECONDS),
        ("max([0 s].filter(x, x > 1 s))", SECONDS),
        ("times[0]", SECONDS),
        ("words[0]", ValueType("text", choices=("llm", "agent"))),
        ("times.map(x, x * 3 GB/s)", list_of(BYTES)),
        ("times.filter(x, x > 1 s)", list_of(SECONDS)),
        ("age(tested)", SECONDS),
        ("size(words)", NUMBER),
        ("data.n + 1", NUMBER),
        ("data.n + data.half", NUMBER),
        ("-data.n", NUMBER),
        ("data.n * 3 s", SECONDS),
        ("[data.n, 1]", list_of(NUMBER)),
        ("[1, data.n]", list_of(NUMBER)),
        ("data.n == data.half", FLAG),
        ("data.n", ANY),
    ],
)
def test_units_are_computed(source: str, wanted: ValueType) -> None:
    found = compile_expression(source, NAMES).type
    assert (found.kind, found.unit, found.choices) == (wanted.kind, wanted.unit, wanted.choices)
    assert (found.element and (found.element.kind, found.element.unit)) == (
        wanted.element and (wanted.element.kind, wanted.element.unit)
    )


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("data.n < data.half", False),
        ("data.half < data.n", True),
        ("data.n == data.half", False),
        ("data.n != data.half", True),
        ("data.n + data.half", 3.5),
        ("data.n - data.half", 2.5),
        ("data.n / data.half", 6.0),
        ("data.on && yes", True),
        ("data.on ? 1 : 2", 1.0),
        ("!data.on", False),
        ("-data.n", -3.0),
        ("data.word == hosting", True),
        ("data.word in words", False),
        ("1 in data.list", True),
        ("7 in data.list", False),
        ("sum(data.list.map(x, x * 2))", 6.0),
        ("data.times.all(x, x >= 1 s)", True),
        ("data.list.exists(x, x > 1.5)", True),
        ("max(data.n, 1)", 3.0),
        ("min(4, data.n)", 3.0),
        ("size(data.few)", 1.0),
        ("size(data.word)", 4.0),
        ("size(data.list)", 2.0),
        ("data.list[0]", 1),
        ("data['list'][1]", 2),
        ("times[0]", 1.0),
        ("[5, 6][0]", 5.0),
        ("age(data.stamp) == 20 d", True),
        ("age(tested)", 0.0),
        ("data.fits > 1", True),
        ("true", True),
        ("false", False),
        ("yes == true", True),
        ("other == false", True),
    ],
)
def test_plain_data_is_read_as_what_it_is_compared_with(source: str, wanted: object) -> None:
    found = value_of(source)
    assert found == wanted
    assert isinstance(found, bool) is isinstance(wanted, bool)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("data.list[2]", "there is no 2.0"),
        ("data.list[0.5]", "there is no 0.5"),
        ("data.list[-1]", "there is no -1.0"),
        ("times[2] > 1 s", "there is no 2.0"),
        ("data.list.a", "there is no 'a'"),
        ("data[0]", "there is no 0.0"),
        ("data.none", "there is no 'none'"),
        ("data.big > 1", "the number is too large"),
        ("data.big * 1", "the number is too large"),
        ("data.long && yes", f"{'x' * 40!r} is not true or false"),
        ("age(data.long) > 1 d", f"{'x' * 40!r} is not a valid date"),
        ("data.list[0].all(x, x > 1)", "it is not a list"),
        ("size(data.n)", "it has no size"),
        ("max(data.few.map(x, 1)) > 1", "it is not a list"),
        ("max([].map(x, 1))", "max of an empty list"),
        ("share / (share - share)", "division by zero"),
        ("1e200 * 1e200", "the result is too large"),
        ("-1e200 * 1e200 * 1e200", "the result is too large"),
    ],
)
def test_what_cannot_be_computed_is_said_in_words(source: str, reason: str) -> None:
    assert value_of(source) == Failure(reason)


def test_a_flag_in_plain_data_is_no_number() -> None:
    assert isinstance(value_of("data.on > 0"), Failure)
    assert isinstance(value_of("data.on * 2"), Failure)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("need + 1 B > need * share", {"need", "share"}),
        ("sum(times) > 0", {"times"}),
        ("max(times) > slow", {"times", "slow"}),
        ("max(slow, need / (1 GB/s))", {"slow", "need"}),
        ("[slow, 1 s][0] > 0", {"slow"}),
        ("times.map(x, x + slow).all(y, y > 0)", {"times"}),
        ("yes && other", {"yes", "other"}),
        ("yes ? slow : 1 s", {"yes"}),
        ("age(tested)", {"tested"}),
        ("data.n > share", {"data", "share"}),
    ],
)
def test_everything_that_is_missing_is_named(source: str, names: set[str]) -> None:
    assert compile_expression(source, NAMES).evaluate({}, today="2026-11-22") == Unknown(frozenset(names))


@pytest.mark.parametrize(
    ("source", "offset", "what", "step"),
    [
        ("neeabcf > 1 B", 0, "unknown name 'neeabcf'", "did you mean 'need'?"),
        ("ages(tested) > 1 d", 0, "unknown function 'ages'", "did you mean 'age'?"),
        ("sizabcd(words) > 1", 0, "unknown function 'sizabcd'", "did you mean 'size'?"),
        ("slow(1) > 1", 0, "unknown function 'slow'", "known: all, exists, filter, map, age, has, max, min, size, sum"),
        ("hosting == 'selabcd'", 11, "'selabcd' is not one of the possible values", "did you mean 'self'?"),
        ("'zz' == hosting", 0, "'zz' is not one of the possible values", "one of self, hosted, none"),
        ("'zz' in words", 0, "'zz' is not one of the possible values", "one of llm, agent"),
        ("yes == slow", 4, "true or false does not go with a time", ""),
        ("yes && [1]", 7, "true or false is needed here, not a list of numbers", ""),
        ("[] && yes", 0, "true or false is needed here, not an empty list", ""),
        ("sum(words)", 0, "sum needs a list of numbers, not a list of texts", ""),
        ("max(slow, rate)", 0, "units differ: a time and a request rate", "write the limit or number with its unit, such as `30 s`"),
        ("max(data.text, 3 s)", 0, "units differ: a plain number or a share such as 99.9 % and a time", "write the limit or number with its unit, such as `30 s`"),
        ("max(yes, 1)", 4, "a plain number or a share such as 99.9 % is needed here, not true or false", ""),
        ("yes * 2", 0, "a plain number or a share such as 99.9 % is needed here, not true or false", ""),
        ("-word", 1, "a plain number or a share such as 99.9 % is needed here, not a text", ""),
        ("slow in yes", 8, "a list is needed here, not true or false", ""),
        ("need.a", 5, "a size in bytes has no parts", "only plain data has keys"),
        ("times.a", 6, "a list of numbers has no parts", "only plain data has keys"),
        ("times['a']", 6, "a plain number or a share such as 99.9 % is needed here, not a text", ""),
        ("word.all(x, yes)", 0, "a list is needed here, not a text", ""),
        ("times.all(x, times.all(x, yes))", 23, "the name 'x' is taken", ""),
        ("times.all(a, times.all(b, times.all(c, yes)))", 32, "more than 2 loops inside each other", ""),
        ("'2026-2-30' > tested", 0, "'2026-2-30' is not a valid date", "write it as 2026-12-01"),
        ("age('today')", 4, "a date is needed here, not a text", ""),
        ("has(yes && other)", 0, "has asks whether a name or a key is there", ""),
        ("has(size(words))", 0, "has asks whether a name or a key is there", ""),
        ("size(words, times)", 0, "size takes one argument, not 2", ""),
        ("age()", 0, "age takes one argument, not 0", ""),
    ],
)  # fmt: skip
def test_it_is_refused_in_words(source: str, offset: int, what: str, step: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source, NAMES)
    assert (caught.value.offset, caught.value.what, caught.value.next_step) == (offset, what, step)


@pytest.mark.parametrize(
    ("names", "step"),
    [
        ({}, "known names: none; put texts in quotes"),
        ({"b": FLAG, "a": FLAG}, "known names: a, b; put texts in quotes"),
    ],
)
def test_a_word_near_nothing_is_told_what_is_known(names: dict[str, ValueType], step: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression("zzz", names)
    assert caught.value.next_step == step


def test_another_type_than_the_wanted_one_is_refused_at_the_start() -> None:
    for wanted in (SECONDS, NUMBER, TEXT):
        with pytest.raises(ExpressionError, match="is needed here, not a size") as caught:
            compile_expression("(need)", NAMES, wanted=wanted)
        assert caught.value.offset == 0
    assert compile_expression("need", NAMES, wanted=BYTES).type == BYTES
