"""Pace of a whole path: simulated pilots of a known pace are found out, and loads that were held out are inside what was predicted."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest

from poc_gate.flow.formulas.load.composition import compose
from poc_gate.flow.formulas.load.load_walls import first_break
from poc_gate.flow.formulas.load.path_calibration import Measured, calibrate_path, paced
from poc_gate.flow.formulas.load.path_model import RequestPath, Station

P50, P99, SERVERS = 0.05, 0.20, 2
SIGMA = math.log(P99 / P50) / 2.3263
PATH = RequestPath(((Station("model", "model", P50, P99, servers=SERVERS, low=0.93, high=1.8),),))
CAPACITY = SERVERS / (P50 * math.exp(SIGMA**2 / 2))
"""Requests per second at a pace of one."""


def simulated(load: float, pace: float, seed: int, requests: int = 400) -> Measured:
    """Return what a queue of the true pace shows: Poisson arrivals, log-normal service, first come first served."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / load, requests))
    services = pace * P50 * np.exp(SIGMA * rng.standard_normal(requests))
    free, times = [0.0] * SERVERS, []
    for arrived, service in zip(arrivals, services, strict=True):
        start = max(arrived, heapq.heappop(free))
        heapq.heappush(free, start + service)
        times.append(start + service - arrived)
    return Measured(load, requests, float(np.quantile(times, 0.5)), float(np.quantile(times, 0.95)))


def predicted(path: RequestPath, load: float, share: float, end: str) -> float:
    spread = compose(path, load, end=end).spread
    return math.inf if spread is None else spread.quantile(share)


@pytest.mark.parametrize("pace", [0.7, 1.0, 1.3, 1.6])
def test_a_pilot_of_a_known_pace_is_found_out(pace):
    seen = [simulated(share * CAPACITY / pace, pace, 7, 4000) for share in (0.2, 0.4, 0.6)]
    found = calibrate_path(PATH, seen)
    assert found is not None
    low, high = found.ends(found.tested)
    assert low <= pace <= high
    assert found.pace == pytest.approx(pace, rel=0.15)
    assert high / low < 2


def test_held_out_steps_are_inside_the_predicted_interval():
    """Of 60 pilots whose calls get up to 1.5 times as slow with load, the third step is predicted from the first two."""
    rng = np.random.default_rng(16)
    inside, widths = [], []
    for seed in range(60):
        first, growth = rng.uniform(0.95, 1.3), rng.uniform(0.0, 0.5)
        loads = [share * CAPACITY / (first * (1 + growth)) for share in (0.3, 0.5, 0.75)]
        paces = [first * (1 + growth * share) for share in (0.3, 0.5, 0.75)]
        *known, held = [
            simulated(load, pace, 100 * seed + at)
            for at, (load, pace) in enumerate(zip(loads, paces, strict=True))
        ]
        found = calibrate_path(PATH, known)
        assert found is not None
        path = paced(PATH, found.pace, *found.ends(held.load))
        for share, time in ((0.5, held.p50), (0.95, held.p95)):
            inside.append(
                predicted(path, held.load, share, "low") <= time <= predicted(path, held.load, share, "high")
            )
        low, high = found.ends(held.load)
        widths.append(high / low)
    print(
        f"{sum(inside)} of {len(inside)} held-out percentiles inside; the pace is {np.median(widths):.2f} wide"
    )
    assert sum(inside) / len(inside) >= 0.95
    assert np.median(widths) < 2


def test_the_likely_prediction_follows_the_steps():
    seen = [simulated(share * CAPACITY, 1.4, 3, 4000) for share in (0.2, 0.4)]
    found = calibrate_path(PATH, seen)
    assert found is not None
    promised = {"slo.p95": 0.6}
    truth = first_break(paced(PATH, 1.4), promised)
    before, after = first_break(PATH, promised), first_break(paced(PATH, found.pace), promised)
    assert abs(after.load - truth.load) < 0.3 * abs(before.load - truth.load)


def test_beyond_the_tested_load_the_high_end_moves_out_and_the_low_end_stays():
    found = calibrate_path(PATH, [simulated(0.3 * CAPACITY, 1.1, 5, 4000)])
    assert found is not None
    ends = [found.ends(times * found.tested) for times in (0.5, 1.0, 2.0, 4.0, 40.0)]
    assert len({low for low, _ in ends}) == 1
    highs = [high for _, high in ends]
    assert highs == sorted(highs)
    assert highs[-1] == highs[-2] == pytest.approx(1.8)


def test_without_times_nothing_is_calibrated_and_two_steps_that_quarrel_widen():
    assert calibrate_path(PATH, []) is None
    assert calibrate_path(PATH, [Measured(1.0, 100.0, None, None)]) is None
    assert calibrate_path(PATH, [Measured(1.0, 100.0, 1e-6, None)]) is None
    slow, fast = Measured(1.0, 4000.0, 2.0 * P50, None), Measured(2.0, 4000.0, 0.6 * P50, None)
    alike, apart = calibrate_path(PATH, [slow, slow]), calibrate_path(PATH, [slow, fast])
    assert alike is not None
    assert apart is not None
    assert apart.calibration.deviation > 1.5 * alike.calibration.deviation
