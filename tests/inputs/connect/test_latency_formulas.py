"""Records of calls -> the printed figures, each against a sum done by hand."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.interface import Call
from poc_gate.inputs.connect.load.arrivals import plan_arrivals
from poc_gate.inputs.connect.load.open_loop import Record, Run
from poc_gate.inputs.connect.summary.latency_summary import LatencySummary, cold_calls, summarise

ALL = ("p50", "p95", "p99")


def record(number: int, took: float, *, queued: float = 0.0, lag: float = 0.0, error: str = "", **parts: float) -> Record:  # fmt: skip
    """Return one call, due at its number, that a worker took up `queued` later and sent `lag` after that."""
    free, sent = number + queued, number + queued + lag
    return Record(number, float(number), free, sent, sent + took, error, Call(10, parts=dict(parts)))


def summary(*windows: list[Record], cold: int = 0, timeout: float = 9.0, seconds: float = 50.0) -> LatencySummary:  # fmt: skip
    """Return the summary of windows of 50 s in which the process was busy for 10 s and 700 bytes came."""
    runs = [Run(tuple(one), len(one), "", seconds, 10.0, 700, ()) for one in windows]
    return summarise(runs, cold=cold, timeout=timeout, shares=ALL)


@pytest.mark.parametrize(
    ("measured", "cold"), [(0, 20), (100, 20), (400, 20), (430, 22), (1000, 50), (20_000, 1000)]
)
def test_one_call_in_twenty_is_cold_and_twenty_at_the_least(measured: int, cold: int) -> None:
    assert cold_calls(measured) == cold


def test_the_first_calls_of_each_window_are_apart_and_everything_else_is_of_the_rest() -> None:
    windows = [[record(number, took) for number, took in enumerate([0.9, 0.8, *[base] * 48])] for base in (0.2, 0.4)]  # fmt: skip
    found = summary(*windows, cold=2)
    assert found.cold == pytest.approx([0.9, 0.8, 0.9, 0.8])
    assert found.samples == pytest.approx([0.2] * 48 + [0.4] * 48)
    assert (found.service_p50, found.service_p99) == (pytest.approx(0.2), pytest.approx(0.4))
    assert found.maximum == pytest.approx(0.4)
    assert found.windows == 2
    assert found.rate == 1.0  # 100 calls in 100 s, the cold ones too
    assert found.processor_share == 0.2
    assert found.bytes == 1400
    assert found.queue_share == 0.0


def test_failed_calls_count_as_the_timeout_and_by_kind() -> None:
    calls = [
        record(number, 0.1, error=("", "", "refused", "closed", "closed")[number % 5]) for number in range(50)
    ]
    found = summary(calls, timeout=2.0)
    assert found.errors == {"closed": 20, "refused": 10}
    assert list(found.errors) == ["closed", "refused"]
    assert found.error_rate == 0.6
    assert found.maximum == 2.0
    assert found.service_p50 == pytest.approx(0.1)


def test_queueing_and_own_lag_are_apart() -> None:
    calls = [record(number, 0.1, queued=0.5 if number < 15 else 0.0, lag=0.003) for number in range(60)]
    found = summary(calls)
    assert found.queue_share == 0.25
    assert found.lag_p99 == pytest.approx(0.003)
    assert found.service_p99 == pytest.approx(0.1)
    assert found.maximum == pytest.approx(0.603)


@pytest.mark.parametrize(
    ("took", "late", "lag", "limited"),
    [
        (0.020, 100, 0.0019, set()),  # below a tenth of the 21.9 ms that a call takes
        (0.020, 100, 0.0030, {"p50", "p95", "p99"}),
        (0.020, 100, 0.00231, {"p50", "p95", "p99"}),  # above a tenth of the 22.3 ms
        (0.001, 100, 0.00105, {"p50", "p95", "p99"}),
        (0.001, 100, 0.0009, set()),  # below 1 ms
        (0.001, 100, 0.0011, {"p50", "p95", "p99"}),
        (0.020, 3, 0.0200, {"p50", "p95", "p99"}),  # late at p99 condemns all
        (0.020, 1, 0.0200, set()),  # one call of a hundred is beyond p99
    ],
)
def test_percentiles_are_the_clients_above_a_tenth_and_above_a_millisecond(
    took: float, late: int, lag: float, limited: set[str]
) -> None:
    calls = [record(number, took, lag=lag if number < late else 0.0) for number in range(100)]
    assert summary(calls).limited == limited
    assert summary(calls).client_limited is bool(limited)


@pytest.mark.parametrize(("late", "limited"), [(4, set()), (8, {"p95"}), (12, {"p50", "p95"})])
def test_lower_percentiles_are_held_against_the_lag_at_p90(late: int, limited: set[str]) -> None:
    """The slowest 2 % take so long that p99 is not the client's; a tenth of the calls is sent 5 ms late."""
    calls = [
        record(number, 5.0 if number >= 98 else 0.01, lag=0.005 if number < late else 0.0) for number in range(100)
    ]  # fmt: skip
    assert summary(calls).limited == limited


def test_the_median_alone_is_held_against_p90() -> None:
    """A tenth of the p95 is 20 ms, of the median 1 ms: only the median is the client's."""
    calls = [
        record(number, 0.2 if number >= 90 else 0.01, lag=0.005 if number < 20 else 0.0)
        for number in range(100)
    ]
    assert summary(calls).limited == {"p50"}


@pytest.mark.parametrize(
    ("count", "names"),
    [(19, set()), (20, {"p50"}), (71, {"p50"}), (72, {"p50", "p95"}), (367, {"p50", "p95"}), (368, set(ALL))],
)
def test_a_percentile_needs_the_sample_that_can_carry_it(count: int, names: set[str]) -> None:
    """share^n <= 2.5 %: n = 72 for p95, 368 for p99, the least with an upper end of a 95 % interval (order statistics)."""
    assert set(summary([record(number, 0.1) for number in range(count)]).percentiles) == names


def test_percentiles_are_those_of_the_sample() -> None:
    """Of 1 to 400 ms the 200th, 380th and 396th: the nearest ranks of 50, 95 and 99 %."""
    found = summary([record(number, number / 1000) for number in range(1, 401)]).percentiles
    assert [found[name].value for name in ALL] == pytest.approx([0.2, 0.38, 0.396])


def test_a_cold_call_that_failed_counts_as_the_timeout() -> None:
    found = summary(
        [record(0, 0.1, error="refused"), *[record(n, 0.1) for n in range(1, 50)]], cold=2, timeout=2.0
    )
    assert found.cold == pytest.approx((2.0, 0.1))


def test_parts_of_a_call_have_their_own_percentiles() -> None:
    calls = [record(number, 0.5, first=number / 100) for number in range(1, 101)]
    calls.append(record(101, 0.5, rest=0.3))
    parts = summary(calls).parts
    assert parts["first"] == (pytest.approx(0.5), pytest.approx(0.99))
    assert parts["rest"] == (0.3, 0.3)


def test_why_runs_stopped_is_said_once() -> None:
    runs = [Run((record(0, 0.1),), 1, why, 1.0, 0.0, 0, ()) for why in ("slow", "", "slow", "lost")]
    assert summarise(runs, cold=0, timeout=1.0, shares=ALL).stopped == "slow; lost"


def test_cold_calls_alone_are_still_summarised_and_none_at_all_is_an_error() -> None:
    found = summary([record(0, 0.1), record(1, 0.3)], cold=20)
    assert found.samples == pytest.approx([0.1, 0.3])
    with pytest.raises(ValueError, match="no call was sent"):
        summary([])


def test_constant_arrivals_are_evenly_spaced() -> None:
    assert plan_arrivals(4, 2.0, pattern="constant") == (0.0, 0.5, 1.0, 1.5)


def test_poisson_arrivals_fill_the_time_that_the_rate_gives() -> None:
    found = plan_arrivals(4000, 20.0, seed=3)
    assert 0 <= found[0] < 1
    assert 199 < found[-1] <= 200
    assert sum(found) / len(found) == pytest.approx(100, rel=0.03)
    assert found != plan_arrivals(4000, 20.0, seed=4)
    assert plan_arrivals(9, 3.0) == plan_arrivals(9, 3.0, pattern="poisson", seed=0)


@pytest.mark.parametrize(("rate", "pattern", "what"), [(0.0, "poisson", "positive"), (-1.0, "constant", "positive"), (1.0, "bursts", "'bursts'; choose poisson, constant")])  # fmt: skip
def test_what_cannot_be_planned_is_an_error(rate: float, pattern: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        plan_arrivals(3, rate, pattern=pattern)


def test_the_ninety_ninth_of_a_hundred_is_not_the_slowest() -> None:
    calls = [
        record(number, 5.0 if number == 50 else 0.1, lag=0.4 if number == 7 else 0.001)
        for number in range(100)
    ]
    found = summary(calls)
    assert found.service_p99 == pytest.approx(0.1)
    assert found.lag_p99 == pytest.approx(0.001)
    assert found.maximum == pytest.approx(5.001)
