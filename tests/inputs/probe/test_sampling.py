"""Samples -> figure and grade: bounds, order, and what each disturbance does to the grade."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_gate.inputs.probe.host.disturbance import Disturbance
from poc_gate.inputs.probe.sampling import grade, median_rank, quantile, summarise, until_narrow

samples = st.lists(st.floats(1e-9, 1e12), min_size=1, max_size=60).map(tuple)


@given(samples, st.booleans(), st.randoms())
def test_a_summary_orders_its_figures_and_forgets_the_order_of_samples(values, higher, shuffler):
    summary = summarise(values, higher_is_better=higher)
    assert summary.low <= summary.median <= summary.high
    assert summary.minimum <= summary.median <= summary.maximum
    assert summary.best == (max(values) if higher else min(values))
    assert summary.spread >= 0
    mixed = list(values)
    shuffler.shuffle(mixed)
    assert summarise(tuple(mixed), higher_is_better=higher) == summary


@given(samples)
def test_quantiles_agree_with_the_standard_library(values):
    ordered = tuple(sorted(values))
    assert quantile(ordered, 0.5) == pytest.approx(statistics.median(values), rel=1e-9)
    if len(values) > 1:
        assert quantile(ordered, 0.25) == pytest.approx(
            statistics.quantiles(values, n=4, method="inclusive")[0], rel=1e-6
        )


@pytest.mark.parametrize(("count", "rank"), [(1, 0), (5, 0), (6, 0), (9, 1), (20, 5), (100, 39)])
def test_the_rank_is_the_tabulated_one_of_the_sign_test(count: int, rank: int):
    assert median_rank(count) == rank
    if count >= 6:
        tail = sum(math.comb(count, k) for k in range(rank + 1)) * 0.5**count
        assert 1 - 2 * tail >= 0.95


def test_the_interval_holds_the_true_median_of_skewed_samples():
    source, hits = random.Random(5), 0
    for _ in range(200):
        drawn = tuple(10.0 - source.expovariate(2.0) for _ in range(8))
        summary = summarise(drawn, higher_is_better=True)
        hits += summary.low <= 10.0 - math.log(2) / 2.0 <= summary.high
    assert hits >= 190


QUIET = (100.0, 99.0, 98.5, 99.5, 99.2, 98.8)


def test_samples_are_taken_until_their_interval_is_narrow_or_the_most_is_reached():
    calm = iter([100.0] * 50)
    assert len(until_narrow(lambda: next(calm), 5, 40, higher_is_better=False)) == 5
    wild = iter([1.0, 9.0] * 50)
    assert len(until_narrow(lambda: next(wild), 5, 40, higher_is_better=False)) == 40
    settling = iter([90.0] + [100.0 + n % 2 for n in range(60)])
    assert 5 < len(until_narrow(lambda: next(settling), 5, 40, higher_is_better=False)) < 40


def test_one_busy_cpu_of_many_spoils_what_needs_them_all():
    seen = Disturbance(foreign=1.0, cpus=64, known=True)
    quiet = summarise(QUIET, higher_is_better=True)
    assert grade(quiet, seen, higher_is_better=True, threads=64)[0] == "C"
    assert grade(quiet, seen, higher_is_better=True, threads=1)[0] == "A"
    light = Disturbance(foreign=0.4, cpus=64, known=True)
    assert grade(quiet, light, higher_is_better=True, threads=64)[0] == "B"
    pair = Disturbance(foreign=0.04, cpus=2, known=True)
    assert grade(quiet, pair, higher_is_better=True, threads=2)[0] == "A"


@pytest.mark.parametrize(
    ("values", "seen", "letter", "words"),
    [
        (QUIET, Disturbance(cpus=2, known=True), "A", ""),
        (QUIET, Disturbance(steal=0.03, cpus=2, known=True), "B", "steal"),
        (QUIET, Disturbance(steal=0.3, cpus=2, known=True), "C", "steal"),
        (QUIET, Disturbance(foreign=0.2, cpus=2, known=True), "B", "other work"),
        (QUIET, Disturbance(foreign=1.0, cpus=2, known=True), "C", "other work"),
        (QUIET, Disturbance(foreign=1.0, cpus=64, known=True), "A", ""),
        (QUIET, Disturbance(), "B", "no CPU accounts"),
        (QUIET, Disturbance(throttled=3, cpus=2, known=True), "C", "quota"),
        (QUIET, Disturbance(throttled=3, foreign=0.2, cpus=2, known=True), "C", "quota"),
        ((100.0, 92.0, 91.0, 92.0, 93.0, 92.0), Disturbance(cpus=2, known=True), "B", "best slice"),
        ((100.0, 60.0, 55.0, 50.0, 61.0, 58.0), Disturbance(cpus=2, known=True), "C", "best slice"),
    ],
)
def test_grades(values, seen, letter, words):
    found = grade(summarise(values, higher_is_better=True), seen, higher_is_better=True)
    assert found[0] == letter
    assert words in found[1]
    inverse = tuple(1 / value for value in values)
    assert grade(summarise(inverse, higher_is_better=False), seen, higher_is_better=False)[0] == letter
