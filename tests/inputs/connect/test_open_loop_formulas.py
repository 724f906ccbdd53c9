"""What one call took, by hand, and what the engine does at its limits: no call early, none broken off before its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from poc_gate.inputs.connect.interface import (
    Call,
    Limits,
    Link,
    Server,
    Session,
    SourceBusyError,
    SourceError,
)
from poc_gate.inputs.connect.load import open_loop
from poc_gate.inputs.connect.load.open_loop import OpenLoop, Record, Run, counted_response

Act = Callable[[int, threading.Event], Call]
LIMITS = Limits(rate=500.0, connections=1, timeout=0.2, wall=20.0, bytes=10**6)


class ReadTimeoutError(Exception):
    """As the drivers of several databases call theirs."""


class LostError(Exception):
    """What a driver raises for everything else."""


class _Link(Link):
    def __init__(self, act: Act) -> None:
        self._act, self._broken = act, threading.Event()

    def call(self, number: int) -> Call:
        return self._act(number, self._broken)

    def close(self) -> None:
        self._broken.set()

    def abort(self) -> None:
        self._broken.set()


class _Source(Session):
    """A source whose calls do what a test wants."""

    errors = (ReadTimeoutError, LostError)

    def __init__(self, act: Act) -> None:
        self.act = act

    def connect(self) -> Link:
        return _Link(self.act)

    def prepare(self, link: Link) -> Server:
        return Server()


def run(act: Act, arrivals: tuple[float, ...], limits: Limits = LIMITS) -> Run:
    source = _Source(act)
    return OpenLoop(source, arrivals, limits).run([source.connect() for _ in range(limits.connections)])


@pytest.mark.parametrize(
    ("record", "response", "service", "queue_wait", "lag"),
    [
        (Record(0, 10.0, 9.0, 10.5, 12.0), 2.0, 1.5, 0.0, 0.5),
        (Record(0, 10.0, 11.0, 11.25, 12.0), 2.0, 0.75, 1.0, 0.25),
        (Record(0, 10.0, 10.0, 10.0, 10.0), 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_a_call_is_counted_from_when_it_was_due(record, response, service, queue_wait, lag):
    """Due at 10 s, its worker free at 9 s or at 11 s; what it waited for a worker is the source's, the rest of the delay ours."""
    assert (record.response, record.service, record.queue_wait, record.wake_up_lag) == (
        response,
        service,
        queue_wait,
        lag,
    )


def test_a_failed_call_counts_as_the_timeout_at_least():
    failed = Record(0, 10.0, 9.0, 10.0, 12.0, "error")
    assert counted_response(failed, 5.0) == 5.0
    assert counted_response(failed, 1.5) == 2.0
    assert counted_response(Record(0, 10.0, 9.0, 10.0, 12.0), 5.0) == 2.0


def test_no_call_is_sent_before_it_is_due_and_the_times_are_those_of_the_clock():
    began = time.perf_counter()
    found = run(lambda _number, _broken: Call(), (0.0, 0.05, 0.3, 0.45))
    took = time.perf_counter() - began
    assert all(record.sent >= record.intended for record in found.records)
    assert [later.intended - earlier.intended for earlier, later in pairwise(found.records)] == pytest.approx(
        [0.05, 0.25, 0.15]
    )
    assert 0.45 <= found.seconds <= took
    assert 0.0 <= found.processor_seconds < time.process_time()
    assert found.processor_seconds <= 2.0 * took


def test_a_run_ends_at_its_wall_though_the_next_call_is_far_off():
    limits = Limits(rate=1.0, connections=1, timeout=0.2, wall=0.1, bytes=10**6)
    found = run(lambda _number, _broken: Call(), (0.0, 60.0), limits)
    assert (found.stopped, len(found.records)) == ("the budget of 0.1 s is used up", 1)
    assert found.seconds < 20.0


def test_a_call_within_its_timeout_is_not_broken_off():
    """The timeout is 0.2 s; the engine looks every tenth of a second, and gives half a second more."""

    def act(_number: int, broken: threading.Event) -> Call:
        if broken.wait(0.4):
            raise SourceError("broken off")
        return Call()

    found = run(act, (0.0, 0.4))
    assert [record.error for record in found.records] == ["", ""]


def test_what_is_under_way_at_the_end_of_the_budget_ends_by_itself():
    limits = Limits(rate=1.0, connections=1, timeout=0.2, wall=0.05, bytes=10**6)
    found = run(lambda _number, _broken: (time.sleep(0.4), Call())[1], (0.0, 0.1), limits)
    assert (found.stopped, len(found.records)) == ("the budget of 0.05 s is used up", 1)


def test_a_call_that_never_returns_is_left_behind(monkeypatch):
    monkeypatch.setattr(open_loop, "_GIVE_UP_S", 0.2)
    let_go = threading.Event()
    limits = Limits(rate=1.0, connections=1, timeout=0.1, wall=0.1, bytes=10**6)
    found = run(lambda _number, _broken: (let_go.wait(60.0), Call())[1], (0.0, 0.1), limits)
    let_go.set()
    assert found.stopped == "the budget of 0.1 s is used up; a call never returned and was left behind"
    assert (found.records, found.planned) == ((), 2)
    assert 0.3 <= found.seconds < 20.0


def test_a_run_that_goes_on_is_never_given_up(monkeypatch):
    monkeypatch.setattr(open_loop, "_GIVE_UP_S", 0.2)
    limits = Limits(rate=10.0, connections=1, timeout=0.1, wall=20.0, bytes=10**6)
    found = run(lambda _number, _broken: Call(), tuple(0.1 * number for number in range(9)), limits)
    assert (found.stopped, len(found.records)) == ("", 9)


def test_the_first_five_errors_are_kept_in_words():
    def act(number: int, _broken: threading.Event) -> Call:
        if number % 30 == 29:
            raise SourceError(f"number {number}")
        return Call()

    found = run(act, tuple(0.001 * number for number in range(240)))
    assert found.messages == tuple(f"SourceError: number {30 * number + 29}" for number in range(5))
    assert sum(bool(record.error) for record in found.records) == 8


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(""), "timeout"),
        (ReadTimeoutError(""), "timeout"),
        (LostError("the request timed out"), "timeout"),
        (LostError("statement timeout"), "timeout"),
        (LostError("connection reset"), "error"),
        (OSError("network unreachable"), "error"),
        (SourceError("no", kind="refused"), "refused"),
        (SourceBusyError("429"), "busy"),
    ],
)
def test_kinds_of_errors(error, kind):
    def act(_number: int, _broken: threading.Event) -> Call:
        raise error

    (record,) = run(act, (0.0,)).records
    assert record.error == kind


def test_calls_without_bytes_need_no_budget_and_workers_do_not_keep_the_program_alive():
    limits = Limits(rate=500.0, connections=1, timeout=0.2, wall=20.0, bytes=0)
    daemons = []
    found = run(
        lambda _n, _b: (daemons.append(threading.current_thread().daemon), Call())[1], (0.0, 0.01), limits
    )
    assert (found.stopped, daemons) == ("", [True, True])
