"""What one answer may be long and take, what a target's options say, and what several readers of one read add up to."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.bulk_reads import read_in_parallel
from poc_gate.inputs.connect.drivers import bounded_answers
from poc_gate.inputs.connect.drivers.bounded_answers import MOST_ANSWER, AnswerBudget
from poc_gate.inputs.connect.interface import (
    Bulk,
    Call,
    Limits,
    Link,
    Secret,
    Server,
    Session,
    SourceError,
    Target,
    whole_number,
)


class _Link(Link):
    def call(self, number: int) -> Call:
        return Call()

    def close(self) -> None:
        """Nothing is open."""

    def abort(self) -> None:
        """Nothing hangs."""


class _Plain(Session):
    """A source that reads in bulk by one reader, and nothing else."""

    def connect(self) -> Link:
        return _Link()

    def prepare(self, link: Link) -> Server:
        return Server()

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        return Bulk(most_bytes, 3, 0.5, "a read")


class _Shared(_Plain):
    """The same, shared among readers."""

    def bulk_part(self, link: Link, most_bytes: int, reader: int, readers: int) -> Bulk | None:
        return Bulk(most_bytes + reader, 3, 0.5, f"part {reader} of {readers}")


def test_an_answer_is_counted_to_its_last_byte_and_begun_anew():
    budget = AnswerBudget(100, 5.0)
    budget.count(100)
    with pytest.raises(SourceError, match="the answer is longer than 100 bytes"):
        budget.count(1)
    budget.begin()
    budget.count(100)
    budget.begin(most_bytes=7)
    with pytest.raises(SourceError, match="the answer is longer than 7 bytes"):
        budget.count(8)
    assert AnswerBudget(0, 5.0).most_bytes == AnswerBudget(1, 5.0).most_bytes == 1
    assert AnswerBudget(10**9, 5.0).most_bytes == MOST_ANSWER == 16_777_216


def test_an_answer_ends_with_its_own_seconds(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(bounded_answers.time, "monotonic", lambda: now[0])
    budget = AnswerBudget(100, 5.0)
    for given, last in (({}, 105.0), ({"seconds": 0.5}, 100.5)):
        now[0] = 100.0
        budget.begin(**given)
        now[0] = last
        budget.count(1)
        now[0] = last + 0.01
        with pytest.raises(TimeoutError, match="timed out"):
            budget.count(1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("-1", None),
        ("1.0", None),
        ("", None),
        ("\u0665", None),
    ],
)
def test_a_whole_number_has_eighteen_digits_at_most(text, number):
    assert whole_number(text) == number


def test_an_option_is_a_whole_number_or_told_short():
    target = Target("x", options={"a": "7", "b": "z" * 50})
    assert (target.whole("a", 3), target.whole("c", 3), target.option("c", "d"), target.port) == (
        7,
        3,
        "d",
        0,
    )
    with pytest.raises(SourceError) as told:
        target.whole("b", 3)
    assert str(told.value) == f"the probe option 'b' must be a whole number, not {'z' * 40!r}"


def test_what_nobody_counted_is_none_and_a_secret_is_not_shown():
    assert (Call().bytes, Call().rows) == (0, 0)
    assert "hunter" not in repr(Secret("u", "hunter22"))
    assert Limits() == Limits(rate=10.0, connections=4, bytes=256_000_000, wall=120.0, timeout=5.0)


def test_a_source_whose_read_is_not_shared_is_read_by_the_only_reader_alone():
    plain, link = _Plain(), _Link()
    assert plain.readers == 1
    assert plain.bulk_part(link, 9, 0, 1) == plain.bulk(link, 9)
    assert plain.bulk_part(link, 9, 0, 2) is None
    assert plain.bulk_part(link, 9, 1, 2) is None
    assert read_in_parallel(plain, 90, 2) is None


def test_several_readers_add_up_and_the_time_is_that_of_all_of_them():
    found = read_in_parallel(_Shared(), 90, 3)
    assert found is not None
    assert (found.bytes, found.rows) == (30 + 31 + 32, 9)
    assert found.method == "3 streams at once, each: part 0 of 3"
    assert 0.0 <= found.seconds < 5.0
