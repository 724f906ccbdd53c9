"""Work that is shared among processes gives what it gives in one, also where a process fails."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from poc_gate.base import many_processes
from poc_gate.base.many_processes import in_processes


@pytest.fixture(autouse=True)
def _several_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_processes, "_processors", lambda: 3)


def test_results_come_in_the_order_of_the_items() -> None:
    results = in_processes(list, range(100), least=10, weight=lambda item: item)
    assert [number for part in results for number in part] == list(range(100))
    assert len(results) == 3


def test_parts_cost_about_the_same() -> None:
    results = in_processes(len, [90, 1, 1, 1, 1, 1, 1, 1, 1, 1] * 3, least=10, weight=float)
    assert results == [1, 10, 19] or sum(results) == 30
    assert max(results) < 30


def test_little_work_stays_in_this_process() -> None:
    assert in_processes(lambda part: os.getpid(), range(10), least=10, weight=float) == [os.getpid()]


def test_one_processor_makes_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_processes, "_processors", lambda: 1)
    assert in_processes(lambda part: os.getpid(), range(100), least=10, weight=float) == [os.getpid()]


def test_a_process_that_dies_is_made_up_for() -> None:
    parent = os.getpid()

    def work(part: Sequence[int]) -> int:
        if os.getpid() != parent:
            os._exit(9)
        return sum(part)

    assert sum(in_processes(work, range(100), least=10, weight=lambda item: 1.0)) == sum(range(100))


def test_an_error_comes_out_of_the_parent() -> None:
    def work(part: Sequence[int]) -> int:
        if 99 in part:
            raise ValueError("the last part is bad")
        return len(part)

    with pytest.raises(ValueError, match="the last part is bad"):
        in_processes(work, range(100), least=10, weight=lambda item: 1.0)


def test_what_cannot_be_sent_is_done_again_here() -> None:
    results = in_processes(lambda part: lambda: len(part), range(30), least=10, weight=lambda item: 1.0)
    assert sum(result() for result in results) == 30
