"""The engine against sessions that do what a test wants of a source: answer, stall, fail, hang."""

from __future__ import annotations

import itertools
import threading
import time

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
from poc_gate.inputs.connect.load.abort_rules import AbortRules
from poc_gate.inputs.connect.load.arrivals import plan_arrivals
from poc_gate.inputs.connect.load.open_loop import OpenLoop, Run
from poc_gate.inputs.connect.summary.latency_summary import summarise

FAST = Limits(rate=500.0, connections=4, timeout=0.5, wall=20.0, bytes=10**6)


class _Link(Link):
    def __init__(self, session: _Source) -> None:
        self._session = session
        self._broken = threading.Event()

    def call(self, number: int) -> Call:
        session = self._session
        with session.lock:
            session.open += 1
            session.most_open = max(session.most_open, session.open)
        try:
            return session.act(number, self._broken)
        finally:
            with session.lock:
                session.open -= 1

    def close(self) -> None:
        self._session.closed += 1

    def abort(self) -> None:
        self._broken.set()


class _Source(Session):
    """A source that lives in this process: `act` decides what a call does."""

    def __init__(self, act=None) -> None:
        self._act = act or (lambda _number, _broken: Call(bytes=100))
        self.lock = threading.Lock()
        self.open = self.most_open = self.connected = self.closed = 0

    def act(self, number: int, broken: threading.Event) -> Call:
        found: Call = self._act(number, broken)
        return found

    def connect(self) -> Link:
        self.connected += 1
        return _Link(self)

    def prepare(self, link: Link) -> Server:
        return Server()


def _run(source: _Source, count: int = 200, limits: Limits = FAST) -> Run:
    arrivals = plan_arrivals(count, limits.rate, seed=1)
    return OpenLoop(source, arrivals, limits).run([source.connect() for _ in range(limits.connections)])


def test_every_planned_call_is_sent_once_and_every_connection_closed():
    source = _Source()
    run = _run(source)
    assert [record.number for record in run.records] == list(range(200))
    assert run.stopped == ""
    assert run.bytes == 20_000
    assert source.closed == source.connected == 4


def test_connections_never_exceed_the_cap():
    source = _Source(lambda _number, _broken: (time.sleep(0.01), Call())[1])
    run = _run(source, 150)
    assert source.most_open <= 4
    assert any(record.queue_wait > 0 for record in run.records), "an overloaded source makes calls wait"


def test_waiting_for_a_stalled_source_belongs_to_the_response():
    def act(number: int, _broken: threading.Event) -> Call:
        if 50 <= number < 54:
            time.sleep(0.4)
        return Call()

    run = _run(_Source(act), 250)
    responses = sorted(record.response for record in run.records)
    services = sorted(record.service for record in run.records)
    assert responses[-60] > 0.05, "dozens of calls were due while all four connections were busy"
    assert services[-10] < 0.05, "only four calls were slow by their own send"
    assert sum(record.queue_wait > 0.05 for record in run.records) > 40
    assert max(record.wake_up_lag for record in run.records) < 0.4


def test_failed_calls_count_at_the_timeout():
    def act(number: int, _broken: threading.Event) -> Call:
        if number % 50 == 49:
            raise SourceError("no")
        return Call()

    run = _run(_Source(act))
    summary = summarise([run], cold=0, timeout=FAST.timeout, shares=("p50", "p95", "p99"))
    assert summary.error_rate == pytest.approx(0.02)
    assert summary.errors == {"error": 4}
    assert sum(sample >= FAST.timeout for sample in summary.samples) == 4
    assert len(summary.samples) == 200


def test_a_failed_call_gets_a_new_connection():
    def act(number: int, _broken: threading.Event) -> Call:
        if number == 10:
            raise SourceError("reset")
        return Call()

    source = _Source(act)
    _run(source, 60)
    assert source.connected == 5
    assert source.closed == 5


def test_three_errors_in_a_row_end_the_run():
    def act(number: int, _broken: threading.Event) -> Call:
        if number >= 30:
            raise SourceError("down")
        return Call()

    run = _run(_Source(act))
    assert "in a row failed" in run.stopped
    assert len(run.records) < 50


def test_a_busy_source_is_left_alone_at_once():
    def act(number: int, _broken: threading.Event) -> Call:
        if number == 20:
            raise SourceBusyError("429")
        return Call()

    run = _run(_Source(act))
    assert "left alone" in run.stopped
    assert len(run.records) < 40


def test_the_budget_of_bytes_is_never_passed():
    limits = Limits(rate=500.0, connections=1, bytes=1050, timeout=0.5)
    run = _run(_Source(), 100, limits)
    assert run.bytes <= 1050
    assert "bytes" in run.stopped


def test_the_budget_of_time_ends_the_run():
    limits = Limits(rate=20.0, connections=2, wall=0.5, timeout=0.5)
    run = _run(_Source(), 200, limits)
    assert "0.5 s" in run.stopped
    assert len(run.records) < 60


def test_a_call_that_hangs_is_broken_off():
    def act(number: int, broken: threading.Event) -> Call:
        if number == 5:
            broken.wait(30)
            raise SourceError("broken off", kind="timeout")
        return Call()

    limits = Limits(rate=100.0, connections=2, timeout=0.2, wall=20)
    run = _run(_Source(act), 200, limits)
    assert len(run.records) == 200
    assert [record.number for record in run.records if record.error == "timeout"] == [5]


def test_progress_is_told_with_the_responses_so_far():
    source, told = _Source(), []
    arrivals = plan_arrivals(100, 200.0, seed=1)
    OpenLoop(
        source, arrivals, FAST, tell=lambda responses, planned: told.append((len(responses), planned))
    ).run([source.connect()])
    assert told[-1] == (100, 100)


def test_a_source_that_gets_slower_under_load_is_left_alone():
    rules = AbortRules(200)
    assert all(not rules.ended(0.010) for _ in range(100))
    assert any("rose" in rules.ended(0.050) for _ in range(60))


def test_a_machine_that_got_slower_itself_is_no_reason_to_stop():
    rules = AbortRules(200)
    assert not any(rules.ended(0.001, lag=0.0001) for _ in range(100))
    assert not any(rules.ended(0.020, lag=0.010) for _ in range(100))
    assert any("rose" in rules.ended(0.080, lag=0.010) for _ in range(60))


def test_one_stall_is_no_reason_to_stop():
    rules = AbortRules(1000)
    answers = [rules.ended(2.0 if 300 <= number < 304 else 0.005) for number in range(1000)]
    assert not any(answers)


def test_five_percent_errors_are_too_many():
    rules = AbortRules(1000)
    answers = [rules.ended(0.01, "error" if number % 15 == 0 else "") for number in range(200)]
    assert any("calls failed" in answer for answer in answers)


@pytest.mark.parametrize("pattern", ["poisson", "constant"])
def test_arrivals_keep_the_rate_and_can_be_repeated(pattern):
    first = plan_arrivals(500, 25.0, pattern=pattern, seed=4)
    assert first == plan_arrivals(500, 25.0, pattern=pattern, seed=4)
    assert list(first) == sorted(first)
    assert len(first) == 500
    assert first[0] >= 0
    assert first[-1] <= 20.0


def test_poisson_arrivals_have_gaps_of_all_sizes():
    found = plan_arrivals(2000, 100.0, seed=8)
    gaps = [later - earlier for earlier, later in itertools.pairwise(found)]
    mean = sum(gaps) / len(gaps)
    variance = sum((gap - mean) ** 2 for gap in gaps) / len(gaps)
    assert 0.8 < variance**0.5 / mean < 1.2, (
        "the gaps of a Poisson process have a coefficient of variation of 1"
    )
