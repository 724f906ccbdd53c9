"""Distributions, stations and batching servers, each against a sum done by hand or an independent computation."""

from __future__ import annotations

import math
from statistics import NormalDist
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from poc_gate.flow.formulas.load.batching import PIECE, BatchServer, Lengths
from poc_gate.flow.formulas.load.path_model import (
    SATURATED_SPREAD,
    ModelStation,
    RequestPath,
    Station,
    _given_up,
)
from poc_gate.flow.formulas.load.spread import (
    Spread,
    constant,
    delayed_exponential,
    fitted,
    in_series,
    mixture,
    repeated,
    slowest,
    slowest_of,
)
from poc_gate.flow.formulas.speed.engine_model import compute_reached, step_time
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.prompt_phase import prefill_flops
from poc_gate.flow.formulas.speed.shapes import Hardware, Network

COIN = Spread((1.0, 3.0), (0.5, 0.5))
THREE = Spread((1.0, 2.0, 4.0), (0.25, 0.5, 0.25))


def same(found: Spread, values: tuple[float, ...], weights: tuple[float, ...]) -> bool:
    """Say whether a distribution has these points; of equal points the probabilities add up."""
    added: dict[float, float] = {}
    for value, weight in zip(found.values, found.weights, strict=True):
        added[round(value, 9)] = added.get(round(value, 9), 0.0) + weight
    return tuple(added) == pytest.approx(values) and tuple(added.values()) == pytest.approx(weights)


@pytest.mark.parametrize(
    ("share", "time"), [(0.05, 1.0), (0.125, 1.0), (0.3125, 1.5), (0.5, 2.0), (0.6875, 3.0), (0.95, 4.0)]
)
def test_quantiles_lie_on_lines_between_the_middles_of_the_points(share: float, time: float) -> None:
    assert THREE.quantile(share) == pytest.approx(time)
    assert COIN.quantile(0.5) == pytest.approx(2.0)
    assert constant(7.0).quantile(share) == 7.0


def test_a_distribution_is_scaled_and_shifted_with_its_probabilities() -> None:
    assert same(THREE.times(3.0), (3.0, 6.0, 12.0), (0.25, 0.5, 0.25))
    assert same(THREE.later(0.5), (1.5, 2.5, 4.5), (0.25, 0.5, 0.25))


def test_sums_of_two_coins() -> None:
    assert same(in_series([COIN, COIN]), (2.0, 4.0, 6.0), (0.25, 0.5, 0.25))
    assert same(in_series([COIN, constant(10.0)]), (11.0, 13.0), (0.5, 0.5))
    assert same(in_series([constant(10.0), COIN]), (11.0, 13.0), (0.5, 0.5))
    assert in_series([constant(2.0), constant(3.0)]) == constant(5.0)
    assert in_series([]) == constant(0.0)


def test_the_slower_of_two_coins_and_of_several() -> None:
    assert same(slowest([COIN, COIN]), (1.0, 3.0), (0.25, 0.75))
    assert same(
        slowest([Spread((1.0, 2.0), (0.5, 0.5)), Spread((2.0, 3.0), (0.5, 0.5))]), (2.0, 3.0), (0.5, 0.5)
    )
    assert same(slowest([COIN, Spread((0.5, 2.0), (0.2, 0.8))]), (1.0, 2.0, 3.0), (0.1, 0.4, 0.5))
    assert slowest([constant(1.0), constant(5.0), constant(3.0)]) == constant(5.0)
    assert slowest([THREE]) == THREE


def test_the_slower_of_two_that_are_alike_is_the_slowest_of_two() -> None:
    """Two sources with the same figures are one and the same distribution, which must not count twice."""
    one = fitted(0.05, 0.2)
    both = slowest([one, fitted(0.05, 0.2)])
    assert sum(both.weights) == pytest.approx(1.0)
    assert both.mean == pytest.approx(slowest_of(one, 2).mean)
    sigma = math.log(4) / 2.3263
    for share in (0.25, 0.5, 0.95, 0.99):  # P(both < t) = F(t)^2
        truth = 0.05 * math.exp(sigma * NormalDist().inv_cdf(math.sqrt(share)))
        assert both.quantile(share) == pytest.approx(truth, rel=0.03)


@pytest.mark.parametrize(
    ("count", "weights"), [(1.0, (0.5, 0.5)), (0.5, (0.5, 0.5)), (1.5, (0.5**1.5, 1 - 0.5**1.5)), (2, (0.25, 0.75)), (3, (0.125, 0.875))]
)  # fmt: skip
def test_the_slowest_of_many_alike_is_the_power_of_the_distribution(count: float, weights: tuple[float, float]) -> None:  # fmt: skip
    assert same(slowest_of(COIN, count), (1.0, 3.0), weights)


def test_a_mixture_is_each_part_with_its_probability() -> None:
    assert same(mixture([(0.3, constant(1.0)), (0.7, constant(5.0))]), (1.0, 5.0), (0.3, 0.7))
    assert same(mixture([(0.5, COIN), (0.5, constant(9.0))]), (1.0, 3.0, 9.0), (0.25, 0.25, 0.5))
    assert same(mixture([(0.0, constant(1.0)), (1.0, constant(5.0))]), (5.0,), (1.0,))


@pytest.mark.parametrize(("count", "parts"), [(1, 1), (32, 32), (33, 3), (64, 2), (65, 3), (1000, 2)])
def test_many_times_are_added_by_doubling(count: int, parts: int) -> None:
    found = repeated(constant(2.0), count)
    assert len(found) == parts
    assert sum(one.mean for one in found) == pytest.approx(2.0 * count)


def test_thinning_keeps_mean_weight_and_quantiles() -> None:
    """A thousand points in, at most one a cut out; against the percentiles of numpy."""
    drawn = np.sort(np.random.default_rng(5).lognormal(0.0, 0.8, 1000))
    found = mixture([(0.001, constant(float(value))) for value in drawn])
    assert len(found.values) <= 26
    assert sum(found.weights) == pytest.approx(1.0)
    assert found.mean == pytest.approx(drawn.mean())
    for share, within in ((0.1, 0.05), (0.5, 0.02), (0.9, 0.02), (0.99, 0.06)):
        assert found.quantile(share) == pytest.approx(float(np.quantile(drawn, share)), rel=within)


def test_sum_and_maximum_of_two_long_tails_are_those_of_a_simulation() -> None:
    rng = np.random.default_rng(7)
    one, other = fitted(0.05, 0.2), fitted(0.08, 0.1)
    sigma = [math.log(high / low) / 2.3263 for low, high in ((0.05, 0.2), (0.08, 0.1))]
    drawn = [
        low * np.exp(s * rng.standard_normal(400_000)) for low, s in zip((0.05, 0.08), sigma, strict=True)
    ]
    for share in (0.5, 0.95, 0.99):
        summed, longest = float(np.quantile(sum(drawn), share)), float(np.quantile(np.maximum(*drawn), share))
        assert in_series([one, other]).quantile(share) == pytest.approx(summed, rel=0.02)
        assert slowest([one, other]).quantile(share) == pytest.approx(longest, rel=0.02)


def test_a_wait_is_zero_or_exponential() -> None:
    """P(W > t) = p exp(-t p / mean): with p = 0.4 and a mean of 2, the 90th percentile is 5 ln 4."""
    found = delayed_exponential(0.4, 2.0)
    assert found.values[0] == 0.0
    assert found.weights[0] == pytest.approx(0.6)
    assert sum(found.weights) == pytest.approx(1.0)
    assert found.quantile(0.9) == pytest.approx(5 * math.log(4), rel=0.02)
    assert found.mean == pytest.approx(2.0, rel=0.02)


@pytest.mark.parametrize(("probability", "mean"), [(0.0, 5.0), (-0.1, 5.0), (0.5, 0.0), (0.5, -1.0)])
def test_nobody_waits_without_probability_or_without_time(probability: float, mean: float) -> None:
    assert delayed_exponential(probability, mean) == constant(0.0)


def test_a_station_s_time_goes_through_its_quantiles() -> None:
    station = Station("db", "source", 0.010, 0.100, 0.030)
    for factor in (1.0, 2.0):
        found = station.service(factor)
        for share, time in ((0.5, 0.010), (0.95, 0.030), (0.99, 0.100)):
            assert found.quantile(share) == pytest.approx(time * factor, rel=0.06)
    assert Station("db", "source", 0.010, 0.100).service().quantile(0.95) == pytest.approx(
        0.010 * 10 ** (1.6449 / 2.3263), rel=0.02
    )


def _retried(once: Spread, timeout: float, retries: int) -> float:
    """Return the mean of a call that is given up and tried again, by going through the tries one by one."""
    late = sum(w for v, w in zip(once.values, once.weights, strict=True) if v > timeout)
    inside = sum(v * w for v, w in zip(once.values, once.weights, strict=True) if v <= timeout)
    if late < 1:
        return sum(late**k * (inside + (1 - late) * k * timeout) for k in range(retries + 1)) + late ** (retries + 1) * timeout * (retries + 1)  # fmt: skip
    return timeout * (retries + 1)


@pytest.mark.parametrize("retries", [0, 1, 3])
@pytest.mark.parametrize("timeout", [0.001, 0.02, 0.05, 10.0])
def test_a_call_is_given_up_at_its_timeout_and_tried_again(timeout: float, retries: int) -> None:
    station = Station("db", "source", 0.010, 0.100, timeout=timeout, retries=retries)
    once = Station("db", "source", 0.010, 0.100).service()
    found = station.service()
    assert found.mean == pytest.approx(_retried(once, timeout, retries))
    assert sum(found.weights) == pytest.approx(1.0)
    assert max(found.values) <= timeout * (retries + 1) + 1e-12


def test_a_call_that_ends_at_its_timeout_is_in_time() -> None:
    station = Station("db", "source", 0.02, 0.02, timeout=0.02, retries=2)
    assert station.service().quantile(0.5) == pytest.approx(0.02)
    late = Station("db", "source", 0.03, 0.03, timeout=0.02, retries=2)
    assert late.service() == constant(pytest.approx(0.06))


@pytest.mark.parametrize(
    ("hit", "time", "mean"),
    [(0.0, 0.5, 10.0), (0.25, 0.0, 7.5), (0.25, 0.4, 7.5), (1.0, 0.0, 0.0)],
)
def test_a_cache_answers_its_share(hit: float, time: float, mean: float) -> None:
    found = Station("db", "source", 1, 1, cache_hit=hit, cache_time=time).answered(constant(10.0))
    spent = hit * fitted(time, 2 * time).mean if time > 0 and hit > 0 else 0.0
    assert found.mean == pytest.approx(mean + spent)
    if 0 < hit < 1 and time > 0:
        assert fitted(time, 2 * time).quantile(0.99) == pytest.approx(2 * time, rel=0.02)


@pytest.mark.parametrize(
    ("changed", "rate"),
    [
        ({}, None),
        ({"capacity": 100.0}, 100.0),
        ({"capacity": 100.0, "calls": 4.0}, 25.0),
        ({"capacity": 100.0, "calls": 4.0, "cache_hit": 0.5}, 50.0),
        ({"capacity": 100.0, "calls": 0.0}, math.inf),
        ({"capacity": 100.0, "cache_hit": 1.0}, math.inf),
        ({"servers": 3.0}, 30.0),
        ({"servers": 3.0, "capacity": 20.0}, 20.0),
        ({"servers": 30.0, "capacity": 200.0}, 200.0),
    ],
)
def test_a_station_saturates_at_its_capacity_or_its_servers(
    changed: dict[str, float], rate: float | None
) -> None:
    found = Station("db", "source", 0.1, 0.1)._replace(**changed).highest_rate()
    assert found == (rate if rate is None else pytest.approx(rate))


def test_servers_that_take_no_time_never_saturate() -> None:
    assert Station("db", "source", 0.0, 0.0, servers=2.0).highest_rate() == math.inf


def test_lifting_a_limit_keeps_everything_else() -> None:
    path = RequestPath(
        ((Station("db", "source", 1, 2),),), 0.3, 1.7, (("a", 1.0, "x"), ("b", 2.0, "y")), ("assumed",)
    )
    assert path.without_limit("a") == path._replace(limits=(("b", 2.0, "y"),))
    assert path.without_limit("c") == path


NETWORK = Network(16e9, 8e9, 32, kv_per_token=131072.0)
MACHINE = Hardware(3.35e12, 989e12, vendor="nvidia", link="fast")
MEAN = Lengths(1000.0, 300.0)


def server(**changed: Any) -> BatchServer:
    return BatchServer(NETWORK, MACHINE, "server25", 64.0)._replace(**changed)


@pytest.mark.parametrize("pace", [1.0, 1.4])
@pytest.mark.parametrize(
    ("flight", "rate"), [(0.5, 0.0), (1.0, 2.0), (16.0, 5.0), (64.0, 20.0), (3000.0, 10.0)]
)
def test_a_step_reads_or_computes_beside_the_prompts(flight: float, rate: float, pace: float) -> None:
    """max(decode step / (1 - rate x what a prompt takes beyond it), 2 P B / (C (1 - rate x prompt time)))."""
    reached = compute_reached(MACHINE, "server25")
    assert reached is not None
    prompt = pace * prefill_flops(NETWORK, 1000.0) / reached
    alone = pace * step_time(NETWORK, MACHINE, "server25", batch=max(1.0, flight), context=1150.0)
    beside = pace * 2 * 8e9 * flight / reached / (1 - rate * prompt)
    longer = max(0.0, prompt - alone)
    expected = max(alone / (1 - rate * longer), beside)
    assert server(pace=pace).step(flight, rate, MEAN) == pytest.approx(expected)
    assert server(pace=pace).prompt_time(1000.0) == pytest.approx(prompt)
    assert server().prompt_time(1.0) > 0


def test_computing_binds_in_a_batch_of_thousands() -> None:
    reached = compute_reached(MACHINE, "server25")
    assert reached is not None
    found = server().step(1e6, 10.0, Lengths(1000.0, 0.0)._replace(answer=0.0))
    assert found >= 2 * 8e9 * 1e6 / reached / (1 - 10.0 * prefill_flops(NETWORK, 1000.0) / reached)


def test_prompts_that_fill_the_compute_leave_no_step() -> None:
    full = 1.0 / server().prompt_time(1000.0)
    assert server().step(1.0, full, MEAN) == math.inf
    assert server().step(1.0, full * 1.5, MEAN) == math.inf
    assert math.isfinite(server().step(1.0, full * 0.999, MEAN))


@pytest.mark.parametrize("tokens", [0.0, -1.0])
def test_no_prompt_and_no_known_compute_take_no_time(tokens: float) -> None:
    assert server().prompt_time(tokens) == 0.0
    blind = server(hardware=MACHINE._replace(compute=None))
    assert blind.prompt_time(1000.0) == 0.0
    alone = step_time(NETWORK, blind.hardware, "server25", batch=4.0, context=1150.0)
    assert blind.step(4.0, 1e9, MEAN) == pytest.approx(alone)


def test_a_long_prompt_hides_behind_the_reads_of_as_many_steps_as_it_has_pieces() -> None:
    one, long = server(), Lengths(8 * PIECE, 300.0)
    alone = one.step(4.0, 0.0, long)
    longer = one.prompt_time(8 * PIECE) - 8 * alone
    assert longer > 0
    assert one.step(4.0, 0.5, long) == pytest.approx(alone / (1 - 0.5 * longer))
    short = Lengths(10.0, 300.0)
    assert one.step(4.0, 5.0, short) == pytest.approx(one.step(4.0, 0.0, short))


@pytest.mark.parametrize("prompt", [10.0, 1000.0])
def test_an_engine_of_2024_computes_a_prompt_in_a_step_of_its_own(prompt: float) -> None:
    """So every other request waits for the whole of it, and for no less than one reading of the weights."""
    one, mean = server(family="server"), Lengths(prompt, 300.0)
    alone = one.step(4.0, 0.0, mean)
    longer = max(one.prompt_time(prompt), alone)
    assert one.step(4.0, 2.0, mean) == pytest.approx(alone / (1 - 2.0 * longer))
    assert longer > server()._replace(family="server25").interruption(alone, mean)


def test_a_request_waits_half_a_step_and_for_the_prompts_before_it_and_takes_a_step_a_token() -> None:
    one = server()
    step, each = one.step(8.0, 3.0, MEAN), one.prompt_time(1000.0)
    busy = 3.0 * each
    before = 0.5 * busy * each / (1 - busy)
    long, short = Lengths(50_000.0, 10.0), Lengths(1.0, 10.0)
    fixed = KINDS["loaded"]["fixed"]
    assert one.time_to_first(8.0, 3.0, long, MEAN) == pytest.approx(
        fixed + 0.5 * step + before + one.prompt_time(50_000.0)
    )
    assert one.time_to_first(8.0, 3.0, short, MEAN) == pytest.approx(fixed + before + 1.5 * step)
    assert one.time(8.0, 3.0, short, MEAN) == pytest.approx(fixed + before + 11.5 * step)


@pytest.mark.parametrize("share", [0.9, 0.99, 0.999])
def test_requests_in_flight_are_found_close_to_the_highest_rate(share: float) -> None:
    one = server()
    rate = one.highest_rate(MEAN) * share
    flight = one.in_flight(rate, MEAN)
    assert flight is not None
    assert flight == pytest.approx(rate * one.time(flight, rate, MEAN, MEAN), rel=2e-3)


def test_a_server_of_long_answers_takes_less_than_one_a_second() -> None:
    one, long = server(most=2.0), Lengths(1000.0, 30_000.0)
    highest = one.highest_rate(long)
    assert highest == pytest.approx(2.0 / one.time(2.0, highest, long, long), rel=1e-4)
    assert highest < 0.1


@pytest.mark.parametrize("rate", [0.5, 5.0, 12.0])
def test_requests_in_flight_are_rate_times_time(rate: float) -> None:
    """Little's law, as a fixed point; the smallest one, so none lies below."""
    one = server()
    flight = one.in_flight(rate, MEAN)
    assert flight is not None
    assert flight == pytest.approx(rate * one.time(flight, rate, MEAN, MEAN), rel=2e-3)
    below = np.linspace(0.0, flight * 0.98, 50)
    assert all(rate * one.time(float(b), rate, MEAN, MEAN) > b for b in below)


def test_a_full_batch_just_keeps_up_at_the_highest_rate() -> None:
    one = server()
    highest = one.highest_rate(MEAN)
    assert highest * one.time(64.0, highest, MEAN, MEAN) == pytest.approx(64.0, rel=1e-4)
    assert one.in_flight(highest * 0.99, MEAN) is not None
    assert one.in_flight(highest * 1.01, MEAN) is None
    assert server(most=0.5).highest_rate(MEAN) == 0.0
    assert server(most=1.0).highest_rate(MEAN) > 0.0


def station(**changed: object) -> ModelStation:
    return ModelStation(server(), 3.0, MEAN, Lengths(4000.0, 900.0), MEAN)._replace(**changed)


def test_replicas_add_up_and_calls_share_them() -> None:
    one = server().highest_rate(MEAN)
    assert station().highest_rate() == pytest.approx(3 * one)
    assert station(calls=4.0).highest_rate() == pytest.approx(3 * one / 4)
    assert station(calls=0.5).highest_rate() == pytest.approx(3 * one)


def test_the_ends_of_the_highest_rate() -> None:
    highest = station().highest_rate()
    assert station().rate_end("likely") == highest
    assert station().rate_end("low") == pytest.approx(highest * SATURATED_SPREAD)
    assert station().rate_end("high") == pytest.approx(highest / SATURATED_SPREAD)
    assert (station().factor("low", 1.0), station().factor("likely", 1.0), station().factor("high", 1.0)) == (0.6, 1.0, 2.5)  # fmt: skip


@pytest.mark.parametrize(("calls", "factor"), [(1.0, 1.0), (1.0, 2.5), (4.0, 1.0), (0.5, 1.0)])
def test_times_of_requests_spread_from_the_median_to_the_long_ones(calls: float, factor: float) -> None:
    """p50 of the median request, p99 by the log-normal of which the long request is the 95th percentile."""
    rate, several = 6.0, max(1.0, calls)
    each = rate * several / 3.0
    flight = server().in_flight(each, MEAN)
    assert flight is not None
    middle = server().time(flight, each, MEAN, MEAN)
    long = server().time(flight, each, Lengths(4000.0, 900.0), MEAN)
    found = station(calls=calls).spread(rate, factor)
    assert found is not None
    expected = fitted(
        several * middle * factor, several * middle * (long / middle) ** (2.3263 / 1.6449 / math.sqrt(several)) * factor
    )  # fmt: skip
    assert same(found, expected.values, expected.weights)
    assert station(calls=calls).spread(rate) == station(calls=calls).spread(rate, 1.0)


def test_requests_of_one_length_still_spread_by_eight_percent() -> None:
    found = station(p95=MEAN).spread(6.0)
    assert found is not None
    assert found.quantile(0.95) / found.quantile(0.5) == pytest.approx(1.08, rel=0.005)


def test_replicas_that_overload_have_no_time() -> None:
    assert station().spread(station().highest_rate() * 1.05) is None


@pytest.mark.parametrize(
    ("values", "weights", "mean", "variation"),
    [((1.0, 3.0), (0.5, 0.5), 2.0, 0.25), ((0.25, 0.75), (0.5, 0.5), 0.5, 0.25), ((1.0, 2.0, 4.0), (0.25, 0.5, 0.25), 2.25, 6.25 / 2.25**2 - 1), ((0.0,), (1.0,), 0.0, 0.0), ((7.0,), (1.0,), 7.0, 0.0)],
)  # fmt: skip
def test_mean_and_squared_variation(
    values: tuple[float, ...], weights: tuple[float, ...], mean: float, variation: float
) -> None:
    found = Spread(values, weights)
    assert found.mean == pytest.approx(mean)
    assert found.variation == pytest.approx(variation)


@pytest.mark.parametrize("p95", [None, 0.030])
def test_points_lie_on_straight_lines_over_the_normal_deviate(p95: float | None) -> None:
    """The logarithm of the time is a line through p50 and p95, and one through p95 and p99, mirrored below p50."""
    found = fitted(0.010, 0.100, p95)
    z95, z99 = NormalDist().inv_cdf(0.95), NormalDist().inv_cdf(0.99)
    upper = math.log(10) / z99
    inner = math.log(3) / z95 if p95 else upper
    outer = math.log(0.1 / 0.03) / (z99 - z95) if p95 else upper
    ends = np.cumsum(found.weights)
    for value, centre in zip(found.values, ends - np.array(found.weights) / 2, strict=True):
        z = NormalDist().inv_cdf(float(centre))
        line = inner * min(z, z95) + outer * max(0.0, z - z95)
        assert math.log(value / 0.010) == pytest.approx(line, abs=1e-5)
    assert fitted(0.0, 0.5) == constant(0.5)
    assert fitted(0.0, -1.0) == constant(0.0)
    assert fitted(0.2, 0.1).quantile(0.99) == pytest.approx(0.2)


def test_prompts_stretch_the_step_of_a_batch_that_computes() -> None:
    """2 P B / (C (1 - rate x prompt time)) where that is longer than the step by itself."""
    reached = compute_reached(MACHINE, "server25")
    assert reached is not None
    busy = 30.0 * server().prompt_time(1000.0)
    beside = 2 * 8e9 * 3000.0 / reached / (1 - busy)
    lengths = Lengths(1000.0, 0.0)
    cached = server(network=NETWORK._replace(kv_per_token=0.0))
    assert beside > step_time(cached.network, MACHINE, "server", batch=3000.0, context=1000.0)
    assert cached.step(3000.0, 30.0, lengths) == pytest.approx(beside)


@pytest.mark.parametrize(("high", "used"), [(1.25, 1.25), (5.0, SATURATED_SPREAD)])
def test_the_ends_of_a_measured_rate_are_those_of_its_times(high: float, used: float) -> None:
    measured = station(calibration=SimpleNamespace(ends=lambda _rate, _tested: (0.8, high)))
    highest = measured.highest_rate()
    assert measured.rate_end("low") == pytest.approx(highest * used)
    assert measured.rate_end("high") == pytest.approx(highest / used)
    assert (measured.factor("low", 1.0), measured.factor("high", 1.0)) == (0.8, high)


def test_the_ends_of_a_measured_model_are_asked_for_at_the_load_and_the_tested_one() -> None:
    measured = station(calibration=SimpleNamespace(ends=lambda rate, tested: (rate / 10, 1 + rate / 1e3 + tested)), tested=0.25)  # fmt: skip
    highest = measured.highest_rate()
    assert measured.ends(7.0) == pytest.approx((0.7, 1.257))
    assert measured.rate_end("high") == pytest.approx(highest / (1.25 + highest / 1e3))
    assert (measured.id, measured.kind, measured.title) == ("model", "model", "language model")


def test_what_nobody_states_costs_no_time() -> None:
    assert Station("db", "source", 1, 1, cache_hit=1.0).answered(constant(10.0)).mean == 0.0
    assert max(Station("db", "source", 0.01, 0.1, timeout=0.02).service().values) == 0.02
    assert station(calibration=SimpleNamespace(ends=lambda _, tested: (tested, tested))).ends(1.0) == (
        0.0,
        0.0,
    )


def test_a_point_at_the_timeout_is_in_time_and_those_beyond_are_tried_again() -> None:
    """Of 1, 2 and 4 s a quarter is late at 2 s: once more, and given up at 4 s by one in sixteen."""
    found = _given_up(THREE, 2.0, 1)
    assert same(found, (1.0, 2.0, 3.0, 4.0), (0.25, 0.5, 0.0625, 0.1875))


@pytest.mark.parametrize(
    ("kind", "title"), [("source", "source db"), ("stage", "stage db"), ("search", "db")]
)
def test_a_station_is_called_by_what_it_is(kind: str, title: str) -> None:
    assert Station("db", kind, 1, 1).title == title
