"""Promises held against what was seen: exact intervals of published tables, and each answer at its very limit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from poc_gate.inputs.connect.declared.declaration import Declaration
from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.interface import Newest
from poc_gate.inputs.connect.load.open_loop import Record, Run
from poc_gate.inputs.connect.results.promises import Promise, hold_promises, share_interval
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.summary.latency_summary import summarise


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (0, 10, 0.0, 0.3084971),
        (1, 10, 0.0025286, 0.4450161),
        (5, 10, 0.1870860, 0.8129140),
        (10, 10, 0.6915029, 1.0),
        (3, 20, 0.0320709, 0.3789268),
        (0, 100, 0.0, 0.0362167),
        (1, 100, 0.0002531, 0.0544594),
        (100, 100, 0.9637833, 1.0),
    ],
)
def test_exact_intervals_of_shares(hits, count, low, high):
    """As `binom.test` of R prints them; none of n: 1 - 0.025^(1/n)."""
    assert share_interval(hits, count) == pytest.approx((low, high), abs=1e-6)


def observed(calls: int, failed: int = 0, cold: int = 0, took: float = 0.1, stopped: str = "") -> Observed:
    records = tuple(Record(n, 0.0, 0.0, 0.0, took, "closed" if n < failed else "") for n in range(calls))
    run = Run(records, calls, stopped, float(calls), 1.0, 700, ())
    return Observed(latency=summarise([run], cold=cold, timeout=9.0, shares=("p50", "p95", "p99")))


def held(seen: Observed, **declared: object) -> dict[str, Promise]:
    found = hold_promises(Declaration("x", **declared), seen, "a call")  # type: ignore[arg-type]
    return {promise.name: promise for promise in found}


@pytest.mark.parametrize(
    ("failed", "availability", "answer"),
    [
        (0, 1 - 0.0362168, "pass"),
        (0, 1 - 0.0362166, "undetermined"),
        (1, 1 - 0.0002530, "fail"),
        (1, 1 - 0.0002532, "undetermined"),
        (1, 1 - 0.0544595, "pass"),
    ],
)
def test_an_availability_is_held_against_the_whole_interval(failed, availability, answer):
    promise = held(observed(100, failed, cold=20), availability=availability)["availability"]
    assert promise.answer == answer
    assert promise.measured.value == pytest.approx(1 - failed / 100)
    assert promise.declared.value == availability
    assert promise.method == f"{failed} of 100 calls failed: a call"
    assert bool(promise.note) is (answer == "undetermined")


def test_what_a_window_can_show_at_best_is_said():
    promise = held(observed(100, 0), availability=0.9999)["availability"]
    assert promise.note == "this window alone can show 96.4 % at best"


@pytest.mark.parametrize(
    ("failed", "most", "answer"),
    [(0, 0.0362168, "pass"), (0, 0.0362166, "undetermined"), (1, 0.0002530, "fail"), (1, 0.0002532, "undetermined")],
)  # fmt: skip
def test_a_share_of_errors_is_held_against_the_whole_interval(failed, most, answer):
    promise = held(observed(100, failed), error_rate_promised=most)["error_rate_promised"]
    assert (promise.answer, promise.measured.value) == (answer, failed / 100)
    assert promise.note == ("0 % to 3.62 %" if not failed else "0.0253 % to 5.45 %")


def test_a_time_is_held_by_its_percentile():
    seen = observed(400)
    found = held(seen, objectives={"p50": 0.2, "p95": 0.05, "p99": 0.2})
    assert [found[name].answer for name in ("p50", "p95", "p99")] == ["pass", "fail", "pass"]
    assert found["p50"].measured.value == pytest.approx(0.1)
    assert (found["p50"].note, found["p95"].note) == ("", "")
    few = held(observed(100), objectives={"p99": 0.2, "p50": 0.2})
    assert few.keys() == {"p50"}
    stopped = held(observed(400, stopped="interrupted"), objectives={"p50": 0.2})["p50"]
    assert (stopped.answer, stopped.note) == ("undetermined", "interrupted")
    late = replace(seen.latency, limited=frozenset({"p95"}))  # type: ignore[type-var]
    limited = held(Observed(latency=late), objectives={"p50": 0.2, "p95": 0.2})
    assert [limited[name].answer for name in ("p50", "p95")] == ["pass", "undetermined"]
    assert limited["p95"].note == "client-limited: this machine sent too late"


@pytest.mark.parametrize(("age", "answer"), [(60.0, "pass"), (60.1, "fail")])
def test_an_age_is_held_as_it_is_at_this_moment(age, answer):
    seen = Observed(newest=Newest(age, "max(at)"))
    found = held(seen, max_age_needed=60.0, freshness_promised=60.0)
    assert [found[name].answer for name in ("max_age_needed", "freshness_promised")] == [answer, answer]
    assert held(seen) == {}


@pytest.mark.parametrize(
    ("age", "ages", "answer"),
    [
        (110.0, None, "undetermined"),
        (110.1, None, "fail"),
        (0.0, (0.0, 100.0, 200.0, 300.0), "pass"),
        (0.0, (0.0, 100.0, 200.0, 299.0), "undetermined"),
        (0.0, (0.0, 110.0, 220.0, 330.0), "pass"),
        (0.0, (0.0, 110.1, 220.0, 330.0), "fail"),
        (None, (0.0, 100.0, 200.0, 300.0), "undetermined"),
        (None, (0.0, 150.0), "fail"),
        (110.0, (5.0,), "undetermined"),
        (None, (5.0,), None),
        (None, None, None),
    ],
)
def test_a_frequency_may_be_a_tenth_late_and_shows_over_three_periods(age, ages, answer):
    seen = Observed(
        newest=None if age is None else Newest(age, "max(at)"), renewals=None if ages is None else Renewals(ages, "last times")
    )  # fmt: skip
    found = held(seen, refresh=100.0)
    assert (found["refresh"].answer if found else None) == answer


def test_how_many_more_calls_would_decide_is_said():
    """57 of 100 calls are within 0.56 s: 1.96 standard errors of a half are 0.07 at (0.98 / 0.07)^2 = 196 calls."""
    seen = Observed(latency=summarise(
        [Run(tuple(Record(n, 0.0, 0.0, 0.0, (n * 37 % 100) / 100) for n in range(100)), 100, "", 100.0, 1.0, 700, ())],
        cold=0, timeout=9.0, shares=("p50", "p95", "p99"),
    ))  # fmt: skip
    near = held(seen, objectives={"p50": 0.5})["p50"]
    assert near.answer == "undetermined"
    assert near.note == "too close to the objective for any number of calls to decide"
    far = held(seen, objectives={"p50": 0.56})["p50"]
    assert far.answer == "undetermined"
    assert far.note == "96 more needed"


def test_an_age_without_times_and_times_without_an_age():
    seen = Observed(renewals=Renewals((0.0, 100.0), "last times"))
    assert (
        held(seen, refresh=100.0)["refresh"].note
        == "longest silence within 1.67 min; 3 periods in sight would show it"
    )
    enough = Observed(newest=Newest(0.0, "max"), renewals=Renewals((0.0, 100.0, 200.0, 300.0), "last times"))
    assert held(enough, refresh=100.0)["refresh"].note == "longest silence within 5 min"
    late = Observed(newest=Newest(10.0, "max"), renewals=Renewals((10.0, 100.0, 310.0), "last times"))
    assert held(late, refresh=100.0)["refresh"].note == "a silence longer than 1.83 min within 5 min"


def test_a_run_that_takes_its_time_may_be_as_much_later():
    seen = Observed(newest=Newest(130.0, "max(at)"))
    assert held(seen, refresh=100.0, extract_time=20.0)["refresh"].answer == "undetermined"
    assert held(seen, refresh=100.0, extract_time=19.9)["refresh"].answer == "fail"
    assert held(seen, refresh=100.0, extract_time=19.9)["refresh"].measured.value == 130.0
