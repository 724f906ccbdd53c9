"""The numbers of load steps and of the rules that stop one, each worked out by hand."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.interface import Call
from poc_gate.inputs.connect.load.abort_rules import AbortRules
from poc_gate.inputs.connect.load.load_steps import _summarised, calls_of, is_interrupted
from poc_gate.inputs.connect.load.open_loop import INTERRUPTED, Record, Run


def record(
    number: int, took: float, *, lag: float = 0.0, error: str = "", rows: int = 0, **parts: float
) -> Record:
    sent = number + lag
    return Record(number, float(number), float(number), sent, sent + took, error, Call(10, rows, dict(parts)))


def run(*records: Record, seconds: float = 10.0, stopped: str = "") -> Run:
    return Run(records, len(records), stopped, seconds, 1.0, 700, ())


@pytest.mark.parametrize(("concurrency", "calls"), [(1, 24), (2, 24), (3, 36), (16, 192)])
def test_twelve_calls_for_each_one_in_flight_and_twenty_four_at_least(concurrency, calls):
    assert calls_of(concurrency) == calls


def test_a_step_by_hand():
    """The first call of each of two connections is not counted among the times, but among the calls."""
    calls = [
        record(0, 5.0),
        record(1, 5.0),
        record(2, 1.0),
        record(3, 2.0),
        record(4, 3.0),
        record(5, 9.0, error="closed"),
    ]
    step = _summarised(2, run(*calls))
    assert step.in_flight == pytest.approx((5 + 5 + 1 + 2 + 3 + 9) / 10)
    assert (step.calls, step.failed, step.seconds) == (6, 1, 10.0)
    assert (step.offered_per_s, step.served_per_s) == (pytest.approx(0.6), pytest.approx(0.5))
    assert step.service_p50 == pytest.approx(2.0)
    assert step.service_p95 is None, "fewer than 24 calls"
    assert (step.first_token_p50, step.per_token_p50) == (None, None)
    assert step.stopped == ""


def test_where_only_first_calls_were_answered_they_count():
    step = _summarised(4, run(record(0, 5.0), record(1, 7.0)))
    assert step.service_p50 == pytest.approx(6.0)


def test_a_percentile_of_twenty_four_calls_is_the_second_longest():
    """The smallest of which 95 % are no longer: ceil(0.95 x 24) = 23rd; of 40 the 38th."""
    step = _summarised(1, run(record(0, 99.0), *(record(n, float(n)) for n in range(1, 25))))
    assert step.service_p95 == pytest.approx(23.0)
    more = _summarised(1, run(record(0, 99.0), *(record(n, float(n)) for n in range(1, 41))))
    assert more.service_p95 == pytest.approx(38.0)


def test_tokens_and_their_times_are_medians_of_the_calls_that_have_them():
    calls = [
        record(0, 1.0),
        *(record(n, 1.0, rows=n, first_token=n / 10, per_token=n / 100) for n in (1, 2, 6)),
        record(7, 1.0),
    ]
    step = _summarised(1, run(*calls))
    assert step.first_token_p50 == pytest.approx(0.2)
    assert step.per_token_p50 == pytest.approx(0.02)
    assert step.out_tokens_p50 == pytest.approx(1.5), "rows of 1, 2, 6 and 0"


@pytest.mark.parametrize(("lag", "limited"), [(0.0, False), (0.25, False), (0.26, True)])
def test_a_client_that_is_late_by_a_tenth_of_a_call_is_the_limit(lag, limited):
    calls = [record(n, 2.5, lag=lag) for n in range(5)]
    assert _summarised(1, run(*calls)).client_limited is limited


def test_a_step_without_calls_or_time_has_no_figures():
    step = _summarised(1, run(seconds=0.0, stopped=INTERRUPTED))
    assert (step.in_flight, step.offered_per_s, step.served_per_s) == (0.0, 0.0, 0.0)
    assert (step.calls, step.failed, step.service_p50, step.out_tokens_p50) == (0, 0, None, None)
    assert not step.client_limited
    assert is_interrupted(step)
    short = _summarised(1, run(record(0, 0.1), seconds=0.5))
    assert (short.offered_per_s, short.served_per_s) == (2.0, 2.0)
    assert short.in_flight == pytest.approx(0.2)


def feed(rules: AbortRules, *services: float, lag: float = 0.0) -> list[int]:
    """Return after which calls the rules say to stop."""
    return [number for number, service in enumerate(services, 1) if rules.ended(service, lag=lag)]


def test_three_errors_in_a_row_stop_and_an_answer_between_does_not_count():
    rules = AbortRules(1000)
    assert [bool(rules.ended(0.1, error)) for error in ("x", "x", "", "x", "x", "x")] == [False] * 5 + [True]
    assert AbortRules(1000).ended(0.1, "busy")


def test_one_error_in_twenty_stops_from_forty_calls_on():
    """Two errors in forty are 5 %; two in thirty-nine say nothing yet, two in forty-one are less."""
    for last, stops in ((39, False), (40, True), (41, False)):
        rules = AbortRules(1000)
        rules.ended(0.1, "x")
        feed(rules, *[0.1] * (last - 2))
        assert bool(rules.ended(0.1, "x")) is stops, last


def test_a_source_three_times_as_slow_as_at_first_stops():
    """The first tenth, twenty calls at least, is the reference; every tenth call the last twenty are looked at."""
    assert feed(AbortRules(100), *[0.1] * 20, *[0.31] * 20) == [40]
    assert feed(AbortRules(100), *[0.1] * 20, *[0.3] * 30) == []
    assert feed(AbortRules(300), *[0.1] * 30, *[0.31] * 40) == [60, 70]
    assert feed(AbortRules(100), *[0.1] * 25, *[0.31] * 11) == []
    assert feed(AbortRules(100), *[0.1] * 25, *[0.31] * 20) == [40]
    assert feed(AbortRules(100), *[0.1] * 19, *[0.2] * 1, *[0.31] * 10) == []


def test_ten_milliseconds_and_three_lags_of_the_machine_are_noise():
    assert feed(AbortRules(100), *[0.004] * 20, *[0.0139] * 20) == []
    assert feed(AbortRules(100), *[0.004] * 20, *[0.0141] * 20) == [40]
    assert feed(AbortRules(100), *[0.1] * 20, *[0.41] * 20, lag=0.104) == []
    assert feed(AbortRules(100), *[0.1] * 20, *[0.41] * 20, lag=0.1) == [40]


def test_the_reason_names_both_medians():
    rules = AbortRules(100)
    said = [rules.ended(service) for service in [*[0.1] * 20, *[0.4] * 20]][-1]
    assert "0.1 s" in said
    assert "0.4 s" in said
