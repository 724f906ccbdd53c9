"""Sampled times against what queueing theory and the log-normal distribution say of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.load.path_model import ModelStation, RequestPath, Station
from poc_gate.flow.formulas.load.simulation import sample_times
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

TENTH = Station("db", "source", 0.1, 0.1)
"""A station whose calls take a tenth of a second each."""
MODEL = ModelStation(
    BatchServer(Network(16e9, 8e9, 32, kv_per_token=131072.0), Hardware(3.35e12, 989e12, vendor="nvidia", link="fast"), "server", 64.0),
    3.0, Lengths(1000.0, 300.0), Lengths(4000.0, 900.0), Lengths(1000.0, 300.0),
)  # fmt: skip
MANY = 100_000


def drawn(
    *stations: Station | ModelStation,
    load: float = 1.0,
    seed: int = 1,
    together: bool = False,
    fixed: float = 0.0,
):
    groups = (stations,) if together else tuple((station,) for station in stations)
    return sample_times(RequestPath(groups, fixed=fixed), load, requests=MANY, seed=seed)


def shares(times) -> dict[float, float]:
    """Return how often each value comes, of a few."""
    values, counts = np.unique(np.round(times, 6), return_counts=True)
    return {float(value): float(count) / len(times) for value, count in zip(values, counts, strict=True)}


@pytest.mark.parametrize(
    ("stations", "together", "whole"),
    [
        ((TENTH,), False, 0.3),
        ((TENTH, TENTH._replace(p50=0.4, p99=0.4)), False, 0.7),
        ((TENTH, TENTH._replace(p50=0.4, p99=0.4)), True, 0.6),
        ((TENTH._replace(calls=3.0, sequential=3.0),), False, 0.5),
        ((TENTH._replace(calls=6.0, sequential=2.0),), False, 0.4),
        ((TENTH._replace(calls=0.2, sequential=0.2),), False, 0.3),
        ((TENTH._replace(p50=0.0, p99=0.0),), False, 0.2),
        ((TENTH._replace(p99=0.05),), False, 0.3),
    ],
)  # fmt: skip
def test_constant_times_add_up(stations: tuple[Station, ...], together: bool, whole: float) -> None:
    """One after the other they add up, side by side the slowest counts, and what is fixed comes on top."""
    found = drawn(*stations, together=together, fixed=0.2)
    assert np.allclose(found, whole, rtol=1e-6)


def test_a_time_is_log_normal_through_its_median_and_its_tail() -> None:
    """z(0.99) = 2.3263: sigma = ln 4 / 2.3263 = 0.59592, mean = 0.1 e^(sigma^2 / 2), quartile = 0.1 e^(-0.67449 sigma)."""
    found = drawn(Station("db", "source", 0.1, 0.4))
    assert np.quantile(found, [0.25, 0.5, 0.99]) == pytest.approx([0.06690, 0.1, 0.4], rel=0.02)
    assert found.mean() == pytest.approx(0.1 * math.exp(0.59592**2 / 2), rel=0.01)


@pytest.mark.parametrize(
    ("load", "servers", "waits", "mean"),
    [
        (5.0, 1.0, 0.5, 0.05),
        (8.0, 1.0, 0.8, 0.2),
        (10.0, 2.0, 1 / 3, 0.1 / 3 / 2),
    ],
)
def test_waits_follow_the_queue(load: float, servers: float, waits: float, mean: float) -> None:
    """M/D/1 waits rho s / 2 (1 - rho) in the mean, and rho of all wait; Erlang C of two servers at one erlang is 1/3, the mean half of M/M/2's s/3."""
    waited = drawn(TENTH._replace(servers=servers), load=load) - 0.1
    assert (waited > 1e-6).mean() == pytest.approx(waits, rel=0.02)
    assert waited.mean() == pytest.approx(mean, rel=0.03)
    longest = waited[waited > 1e-6]
    assert np.quantile(longest, [0.5, 0.9]) == pytest.approx(
        [longest.mean() * math.log(2), longest.mean() * math.log(10)], rel=0.03
    )


def test_every_call_that_passes_the_cache_loads_the_station() -> None:
    """Two calls a request of which the cache answers a quarter: 10/3 requests a second are 5 calls, half of what it can do."""
    station = TENTH._replace(servers=1.0, calls=2.0, sequential=2.0, cache_hit=0.25, cache_time=0.01)
    hit = shares(drawn(station, load=10 / 3))
    assert hit[0.02] == pytest.approx(1 / 16, rel=0.05)
    assert hit[0.11] == pytest.approx(
        2 * 0.25 * 0.75 * 0.5, rel=0.05
    )  # one hit, and one call that does not wait
    assert hit[0.2] == pytest.approx((0.75 * 0.5) ** 2, rel=0.05)
    assert drawn(station, load=6.66) is not None
    assert drawn(station, load=6.67) is None


def test_calls_at_once_take_the_slowest_of_a_round() -> None:
    """Two rounds of two calls, each missing every other time: a round of two hits comes once in four."""
    found = shares(drawn(TENTH._replace(calls=4.0, sequential=2.0, cache_hit=0.5)))
    assert found == {
        0.0: pytest.approx(1 / 16, rel=0.05),
        0.1: pytest.approx(6 / 16, rel=0.02),
        0.2: pytest.approx(9 / 16, rel=0.02),
    }


def test_an_overloaded_station_has_no_times() -> None:
    assert drawn(TENTH._replace(servers=1.0), load=10.0) is None
    assert drawn(TENTH, TENTH._replace(servers=1.0), load=10.0) is None
    assert drawn(TENTH, load=1e6) is not None
    assert drawn(MODEL, load=1e4) is None


def test_the_model_is_drawn_from_its_own_time() -> None:
    spread = MODEL.spread(1.0)
    assert spread is not None
    assert np.quantile(drawn(MODEL), [0.5, 0.99]) == pytest.approx(
        [spread.quantile(0.5), spread.quantile(0.99)], rel=0.03
    )


def test_the_same_seed_gives_the_same_numbers() -> None:
    station = Station("db", "source", 0.1, 0.4)
    assert (drawn(station, seed=7) == drawn(station, seed=7)).all()
    assert (drawn(station, seed=7) != drawn(station, seed=8)).any()
