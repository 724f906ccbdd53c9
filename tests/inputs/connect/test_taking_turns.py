"""Calls by their times, errors by their kind, turns of several sources, and series as a server may send them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

import pytest

from poc_gate.inputs.connect.interface import SourceBusyError, SourceError
from poc_gate.inputs.connect.live.prometheus_series import clean_series
from poc_gate.inputs.connect.load import take_turns as turns
from poc_gate.inputs.connect.load.open_loop import Record, _kind, counted_response
from poc_gate.inputs.connect.load.take_turns import take_turns


@pytest.mark.parametrize(
    ("times", "response", "service", "wait", "lag"),
    [
        ((1.0, 0.5, 1.0, 1.2), 0.2, 0.2, 0.0, 0.0),
        ((1.0, 0.5, 1.1, 1.2), 0.2, 0.1, 0.0, 0.1),
        ((1.0, 1.4, 1.5, 2.0), 1.0, 0.5, 0.4, 0.1),
        ((1.0, 1.0, 1.0, 1.0), 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_a_call_by_its_times(
    times: tuple[float, ...], response: float, service: float, wait: float, lag: float
) -> None:
    """Due, free, sent, done: waiting for a connection belongs to the response, waking up late is the client's fault."""
    record = Record(0, *times)
    assert (record.response, record.service, record.queue_wait, record.wake_up_lag) == pytest.approx(
        (response, service, wait, lag)
    )


@pytest.mark.parametrize(
    ("done", "error", "counts"),
    [(1.2, "", 0.2), (1.2, "timeout", 5.0), (8.0, "timeout", 7.0), (8.0, "", 7.0)],
)
def test_a_failed_call_counts_as_at_least_the_timeout(done: float, error: str, counts: float) -> None:
    assert counted_response(Record(0, 1.0, 1.0, 1.0, done, error), 5.0) == pytest.approx(counts)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (SourceBusyError("429"), "busy"),
        (SourceError("gone", kind="refused"), "refused"),
        (TimeoutError("late"), "timeout"),
        (type("ReadTimeout", (Exception,), {})("late"), "timeout"),
        (OSError("the connection timed out"), "timeout"),
        (OSError("statement timeout"), "timeout"),
        (OSError("reset"), "error"),
    ],
)
def test_an_error_has_a_kind(error: Exception, kind: str) -> None:
    assert _kind(error) == kind


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.now, self.slept = 0.0, []

    def monotonic(self) -> float:
        """Return the moment."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr(turns, "time", held)
    return held


def job(
    name: str, moments: tuple[float, ...], log: list[str], *, stops_at: int | None = None
) -> Generator[float, None, str]:
    for number, moment in enumerate(moments):
        log.append(f"{name}{number}")
        if number == stops_at:
            raise KeyboardInterrupt
        try:
            yield moment
        except KeyboardInterrupt:
            return f"{name} interrupted"
    log.append(f"{name} ends")
    return f"{name} done"


def taken(jobs: list[Generator[float, None, str]]) -> tuple[list[str], list[str]]:
    said: list[str] = []
    found = take_turns(
        jobs,
        unbegun=lambda number: f"{number} unbegun",
        is_interrupted=lambda one: "interrupted" in one,
        announce=said.append,
    )
    return found, said


def test_while_one_waits_for_its_window_another_is_measured(clock: Clock) -> None:
    log: list[str] = []
    now = dt.datetime.now(tz=dt.UTC).astimezone()
    found, said = taken([job("a", (10.0, 20.0), log), job("b", (5.0, 15.0), log)])
    assert found == ["a done", "b done"]
    assert log == ["a0", "b0", "b1", "a1", "b ends", "a ends"]
    assert clock.slept == [5.0, 5.0, 5.0, 5.0]
    assert len(said) == 4
    begins = dt.datetime.strptime(said[0].split()[5], "%H:%M:%S").astimezone()
    ahead = (begins.hour - now.hour) * 3600 + (begins.minute - now.minute) * 60 + begins.second - now.second
    assert 4 <= ahead % 86400 <= 120, "five seconds from when it was said"
    assert said[0].endswith("(in 5 s); Ctrl-C ends here and keeps what there is")


def test_nobody_waits_for_a_moment_that_has_passed(clock: Clock) -> None:
    log: list[str] = []
    assert taken([job("a", (0.0, -5.0), log)]) == (["a done"], [])
    assert clock.slept == []


def test_an_interrupt_reaches_all_that_have_begun(clock: Clock) -> None:
    log: list[str] = []
    jobs = [job("a", (10.0, 20.0), log), job("b", (5.0,), log, stops_at=0), job("c", (1.0,), log)]
    found, said = taken(jobs)
    assert found == ["a interrupted", "1 unbegun", "2 unbegun"]
    assert (clock.slept, said) == ([], [])


def test_what_answers_that_it_was_interrupted_ends_the_others(clock: Clock) -> None:
    log: list[str] = []

    def ending() -> Generator[float, None, str]:
        yield 1.0
        return "interrupted by itself"

    found, _ = taken([ending(), job("b", (500.0,), log), job("c", (0.0,), log)])
    assert found == ["interrupted by itself", "b interrupted", "c done"]
    assert clock.slept == [1.0]


GOOD = {"metric": {"job": "x"}, "values": [[1.0, "2"], [2, "NaN"], [3.5, "+Inf"]]}


@pytest.mark.parametrize(
    ("result", "kept", "left_out"),
    [
        ([GOOD], 1, 0),
        ([GOOD, GOOD], 2, 0),
        ([{"metric": {}, "values": []}], 1, 0),
        ([GOOD, {"metric": {}}], 1, 1),
        ([{"metric": [], "values": []}], 0, 1),
        ([{"metric": {}, "values": {}}], 0, 1),
        (["text", None], 0, 2),
        ("text", 0, 1),
        (None, 0, 0),
        ({}, 0, 0),
        ([], 0, 0),
    ],
)
def test_series_of_another_form_are_left_out_and_counted(result: object, kept: int, left_out: int) -> None:
    found, others = clean_series(result)
    assert (len(found), others) == (kept, left_out)
    if kept and result[0] is GOOD:  # type: ignore[index]
        assert found[0] == GOOD


@pytest.mark.parametrize(
    ("sample", "fits"),
    [
        ([1.0, "2"], True), ([1, "-0.5e3"], True), ([1, "1" * 64], True), ([1, "1" * 65], False), ([1, "two"], False), ([1, 2], False),
        (["1", "2"], False), ([True, "2"], False), ([float("inf"), "2"], False), ([float("nan"), "2"], False), ([1], False), ([1, "2", "3"], False),
        ("12", False), ({"a": 1, "b": 2}, False), (None, False), ([1, ""], False),
    ],
)  # fmt: skip
def test_a_sample_is_a_time_and_a_number_as_text(sample: object, fits: bool) -> None:
    kept, left_out = clean_series([{"metric": {}, "values": [[1, "1"], sample]}])
    assert (len(kept), left_out) == ((1, 0) if fits else (0, 1))


def test_labels_are_bounded_and_clean() -> None:
    many = {f"l{number:03}": "v" for number in range(201)}
    ((held,), _) = clean_series([{"metric": many, "values": []}])
    assert list(held["metric"]) == [f"l{number:03}" for number in range(200)]
    odd = {"long": "x" * 2001, "exact": "y" * 2000, "lone": "a\ud800b", "kind": 7, 8: "eight", "abc": "abcd"}
    ((held,), _) = clean_series([{"metric": odd, "values": []}])
    assert held["metric"] == {
        "long": "x" * 2000,
        "exact": "y" * 2000,
        "lone": "a?b",
        "kind": "",
        "": "eight",
        "abc": "abcd",
    }
    secret = "ghp_" + "a1B2" * 9
    ((held,), _) = clean_series([{"metric": {"token": secret}, "values": []}])
    assert secret not in str(held)
