"""The numbers of load steps and of the rules that stop one, each worked out by hand."""

from __future__ import annotations

import re
import time

import pytest

from poc_gate.inputs.connect.interface import Call, Limits, Link, Server, Session
from poc_gate.inputs.connect.load.abort_rules import AbortRules
from poc_gate.inputs.connect.load.load_steps import (
    LoadStep,
    _summarised,
    calls_of,
    is_interrupted,
    rate_and_calls,
    run_steps,
)
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
    many = _summarised(1, run(record(0, 999.0), *(record(n, float(n)) for n in range(1, 181))))
    assert many.service_p95 == pytest.approx(171.0)


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


class Still(Session):
    """A source without a server: each call takes some seconds and brings some bytes; connections are counted."""

    def __init__(self, took: float = 0.001, size: int = 10) -> None:
        """Keep how long a call takes and what it brings."""
        self.took, self.size, self.opened = took, size, 0

    def connect(self) -> Link:
        """Count one more connection."""
        self.opened += 1
        return _StillLink(self)

    def prepare(self, link: Link) -> Server:
        """Say nothing about itself."""
        return Server()


class _StillLink(Link):
    def __init__(self, source: Still) -> None:
        self.source = source

    def call(self, number: int) -> Call:
        time.sleep(self.source.took)
        return Call(self.source.size)

    def close(self) -> None:
        pass


def stepped(source: Still, *steps: int, service: float = 0.001, **limits: float) -> tuple[list[LoadStep], list[tuple[str, float]]]:  # fmt: skip
    told: list[tuple[str, float]] = []
    bounds = Limits(
        **{"rate": 2000.0, "connections": 16, "bytes": 10**6, "wall": 10.0, "timeout": 2.0} | limits
    )
    found = run_steps(source, steps, bounds, service=service, seed=1, tell=lambda *words: told.append(words))
    return list(found), told


def test_each_step_opens_as_many_connections_and_sends_its_calls():
    source = Still()
    made, told = stepped(source, 1, 3)
    assert [(step.concurrency, step.calls, step.failed, step.stopped) for step in made] == [
        (1, 24, 0, ""),
        (3, 36, 0, ""),
    ]
    assert source.opened == 4
    assert told
    for words, share in told:
        flying, done, planned = map(int, re.findall(r"\d+", words))
        assert share == pytest.approx(((flying == 3) + done / planned) / 2)
        assert planned == {1: 24, 3: 36}[flying]


@pytest.mark.parametrize(
    ("concurrency", "service", "wall", "planned"),
    [
        (1, 0.1, 60.0, (10.0, 24)),
        (4, 0.1, 60.0, (40.0, 48)),
        (4, 0.01, 60.0, (50.0, 48)),
        (1, 0.0, 60.0, (50.0, 24)),
        (1, 0.1, 2.0, (10.0, 20)),
        (1, 0.1, 1.99, (10.0, 19)),
        (1, 100.0, 2.0, (0.01, 1)),
    ],
)
def test_calls_are_planned_as_fast_as_keeps_so_many_in_flight_within_rate_and_wall(
    concurrency, service, wall, planned
):
    """By Little's law: four in flight of 100 ms each are 40 a second; the budget allows 50."""
    limits = Limits(rate=50.0, wall=wall)
    assert rate_and_calls(concurrency, service, limits) == pytest.approx(planned)


@pytest.mark.parametrize(("steps", "planned"), [((1,), {6}), ((1, 1), {3})])
def test_steps_share_the_wall(steps, planned):
    """One call in flight of 0.1 s each: six in 0.6 s, three in half of it."""
    _, told = stepped(Still(), *steps, service=0.1, wall=0.6)
    assert {int(words.split()[-2]) for words, _ in told if words.startswith("1 in flight")} >= planned


def test_the_next_step_goes_by_what_the_last_one_took_and_by_the_bytes_that_are_left():
    slow, _ = stepped(Still(took=0.02), 1, 1, service=0.002)
    assert slow[1].seconds >= 0.9 * 23 * 0.02, "24 calls, one every 20 ms"
    _, told = stepped(Still(), 1, 1, service=0.05, wall=1.0)
    assert {int(words.split()[-2]) for words, share in told if share > 0.5} == {24}, (
        "not ten, as 20 a second would be"
    )
    heavy, _ = stepped(Still(size=100), 1, 1, bytes=3000)
    assert (heavy[0].calls, heavy[1].calls) == (24, 6)
    assert "budget of 600 bytes" in heavy[1].stopped
    ended, _ = stepped(Still(size=100), 1, 1, bytes=1000)
    assert [step.calls for step in ended] == [10]


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


def test_a_reference_is_a_tenth_of_the_plan():
    """Of 1,000 calls the first hundred, looked at again from two hundred on."""
    assert feed(AbortRules(1000), *[0.1] * 100, *[0.31] * 110) == [200, 210]
    assert feed(AbortRules(1000), *[0.1] * 100, *[0.31] * 60, *[0.1] * 90) == [200], (
        "of the last hundred sixty are slow"
    )


def test_only_the_last_calls_count():
    """What was slow once and is fast again is no strain: of the last twenty none is slow at the sixtieth call."""
    assert feed(AbortRules(100), *[0.1] * 20, *[0.31] * 20, *[0.1] * 20) == [40]
    lags = AbortRules(100)
    stops = [bool(lags.ended(0.1 if n < 20 else 0.41, lag=0.2 if n < 20 else 0.0)) for n in range(40)]
    assert stops[-1], "the machine's own lag of the first calls is over"
    later = AbortRules(100)
    calls = [(0.1 if n < 40 else 0.41, 0.2 if n < 45 else 0.0) for n in range(60)]
    assert [n for n, (took, lag) in enumerate(calls, 1) if later.ended(took, lag=lag)] == [60]
