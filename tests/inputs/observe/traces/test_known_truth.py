"""Traces of known truth: shares, overlap, faults in one hop, sampling, clocks, arrivals are found as they were made."""

from __future__ import annotations

import numpy as np
import pytest
from otlp_spans import CACHE, DB, MODEL, Maker

from poc_gate.model.claim import Provenance
from poc_gate.model.quantity import Quantity


def pilot(count=400, *, seed=3, rerank=20.0, errors=0.0, state="", skew=0.0, gap=1000.0):
    """Requests that call a cache, the database twice, a service of their own, and the model, one after the other."""
    make, draw, truth = Maker(seed), np.random.default_rng(seed), []
    for number in range(count):
        at = number * gap
        times = dict(zip(("cache", "db1", "db2", "rerank", "model"), draw.lognormal(0, 0.4, 5) * (2, 10, 12, rerank, 300), strict=True))  # fmt: skip
        whole = sum(times.values()) + 10
        trace, root = make.request(at, whole, state=state)
        make.span(trace, root, "GET", at + 2, times["cache"], **CACHE)
        make.span(trace, root, "SELECT", at + 3 + times["cache"], times["db1"], **DB)
        make.span(trace, root, "SELECT", at + 4 + times["cache"] + times["db1"], times["db2"], **DB)
        begin = at + 6 + times["cache"] + times["db1"] + times["db2"]
        failed = bool(draw.random() < errors)
        call = make.span(
            trace, root, "POST", begin, times["rerank"], http__request__method="POST", url__full="http://rerank:8000/rerank?key=1",
            http__response__status_code=503 if failed else 200, error=failed,
        )  # fmt: skip
        make.span(
            trace, call, "POST /rerank", begin + 0.5 + skew, times["rerank"] - 1, service="reranker", kind=2,
            http__route="/rerank", http__request__method="POST", error=failed,
        )  # fmt: skip
        make.span(trace, root, "chat m-1", begin + times["rerank"] + 2, times["model"], **MODEL)
        truth.append((times, whole, failed))
    return make, truth


def test_the_request_path_adds_up_to_the_request(see):
    make, truth = pilot()
    seen = see(make.lines())
    shares = [one["share_of_critical_path"] for one in seen.observed.details["hops"]]
    assert sum(shares) == pytest.approx(1, abs=1e-6)
    whole = sum(one for _, one, _ in truth)
    for name, key in (
        ("redis", ("cache",)),
        ("postgresql", ("db1", "db2")),
        ("reranker", ("rerank",)),
        ("m-1", ("model",)),
    ):
        assert seen.hop(name)["share_of_critical_path"] == pytest.approx(
            sum(t[k] for t, _, _ in truth for k in key) / whole, rel=1e-6
        )
    assert seen["observed.unaccounted_share"] == pytest.approx(len(truth) * 10 / whole, rel=1e-6)
    assert seen["sources[postgresql].calls_per_request"] == seen["sources[postgresql].sequential_calls"] == 2
    assert seen["path.mode"] == "series"
    assert seen["monitoring.trace_id"] is True
    assert seen["observed.fan_out"] == 5


def test_percentiles_agree_with_numpy_and_hold_the_truth(see):
    make, truth = pilot(2000)
    seen = see(make.lines())
    # The file keeps nanoseconds.
    times = np.array([int(one * 1e6) / 1e9 for told, _, _ in truth for one in (told["db1"], told["db2"])])
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        one = seen.facts[f"sources[postgresql].{name}"]
        assert one.value.value == pytest.approx(np.quantile(times, share, method="inverted_cdf"), abs=2e-9)
        assert one.low <= one.value.value <= one.high
        assert one.provenance is Provenance.MEASURED
        assert one.samples == 4000
    whole = np.array([int(one * 1e6) / 1e9 for _, one, _ in truth])
    assert seen["observed.p95"] == pytest.approx(np.quantile(whole, 0.95, method="inverted_cdf"), abs=2e-9)


@pytest.mark.parametrize("delay", [50, 500])
def test_a_delay_in_one_hop_is_found_as_that_hop_with_its_share(see, delay):
    before, slow = see(pilot(rerank=20)[0].lines()), see(pilot(rerank=20 + delay)[0].lines())
    changes = {
        one["id"]: slow.hop(one["id"])["share_of_critical_path"] - one["share_of_critical_path"]
        for one in before.observed.details["hops"]
    }
    assert max(changes, key=changes.get) == "reranker"
    assert sum(change > 0 for change in changes.values()) == 1
    truth = pilot(rerank=20 + delay)[1]
    share = sum(t["rerank"] for t, _, _ in truth) / sum(whole for _, whole, _ in truth)
    found = slow.hop("reranker")
    assert found["share_of_critical_path"] == pytest.approx(share, rel=1e-6)
    assert found["share_half_width"] < 0.05


def test_five_percent_of_errors_in_one_hop_are_found_there(see):
    make, truth = pilot(1000, errors=0.05)
    seen = see(make.lines())
    failed = sum(one for _, _, one in truth)
    assert seen.hop("reranker")["errors"] == failed
    assert all(one["errors"] == 0 for one in seen.observed.details["hops"] if one["id"] != "reranker")
    assert seen["sources[postgresql].error_rate"] == 0
    assert seen.facts["sources[postgresql].error_rate"].high < 0.006


def test_calls_that_overlap_are_parallel_and_count_once_on_the_critical_path(see):
    make = Maker()
    for number in range(60):
        trace, root = make.request(number * 500, 110)
        make.span(trace, root, "SELECT", number * 500 + 5, 60, **DB)
        make.span(trace, root, "GET", number * 500 + 5, 100, **CACHE)
    seen = see(make.lines())
    assert seen["path.mode"] == "parallel"
    assert seen.hop("redis")["share_of_critical_path"] == pytest.approx(100 / 110)
    assert seen.hop("postgresql")["share_of_critical_path"] == 0


def test_head_sampling_scales_rates_and_leaves_percentiles(see):
    every, tenth = (
        see(pilot(600, state="ot=th:0")[0].lines()),
        see(pilot(600, state="ot=th:e6666666666666;rv:1")[0].lines()),
    )
    assert tenth["observed.rate"] == pytest.approx(10 * every["observed.rate"], rel=1e-3)
    assert tenth["observed.p95"] == every["observed.p95"]
    assert (
        tenth.facts["observed.rate"].provenance
        is every.facts["observed.rate"].provenance
        is Provenance.MEASURED
    )
    assert "10.00% of the traces were kept by chance" in tenth.told("warning")
    stated = see(
        pilot(600)[0].lines(),
        stated={"monitoring__trace_sampling": "head", "monitoring__trace_sampling_rate": Quantity(0.5)},
    )
    assert stated["observed.rate"] == pytest.approx(2 * every["observed.rate"], rel=1e-3)


@pytest.mark.parametrize(
    ("resource", "share"),
    [({"sampling.probability": 0.25}, 0.25), ({"SampleRate": 4}, 0.25), ({"sampler.type": "probabilistic", "sampler.param": 0.25}, 0.25),
     ({"sampler.type": "const", "sampler.param": 1}, 1.0)],
)  # fmt: skip
def test_what_samplers_write_is_recognised(see, resource, share):
    seen = see(pilot(100)[0].lines(resource=resource))
    assert seen.observed.details["sampling"] == {"mode": "none" if share == 1 else "head", "share": share}


@pytest.mark.parametrize("how", ["recognised", "stated"])
def test_tail_sampling_forbids_percentiles_errors_and_rates(see, how):
    resource = {"tailsampling.policy": "slow"} if how == "recognised" else {}
    stated = {"monitoring__trace_sampling": "tail"} if how == "stated" else {}
    seen = see(pilot(200)[0].lines(resource=resource), stated=stated)
    forbidden = ("p50", "p95", "p99", "error_rate", "rate", "peak_rate", "arrival_cv", "tokens")
    assert not [
        fact for fact in seen.facts if fact.rpartition(".")[2].startswith(forbidden) or "tokens" in fact
    ]
    assert "kept by a rule" in seen.told("limit")
    assert seen["sources[postgresql].calls_per_request"] == 2


def test_unknown_sampling_is_asked_and_makes_rates_imported(see):
    seen = see(pilot(100)[0].lines())
    assert seen.facts["observed.rate"].provenance is Provenance.IMPORTED
    assert "were all traces kept" in seen.told("question")


@pytest.mark.parametrize("skew", [-400.0, 250.0])
def test_a_clock_that_is_off_is_found_and_moves_no_time(see, skew):
    right, off = see(pilot()[0].lines()), see(pilot(skew=skew)[0].lines())
    assert right["observed.clock_skew"] == 0
    assert off["observed.clock_skew"] == pytest.approx(abs(skew) / 1000, rel=0.02)
    assert f"{'ahead of' if skew > 0 else 'behind'} that of answers" in off.told("limit")
    assert off.hop("reranker")["share_of_critical_path"] == pytest.approx(
        right.hop("reranker")["share_of_critical_path"]
    )


@pytest.mark.parametrize(
    ("shape", "least", "most"), [("poisson", 0.9, 1.1), ("even", 0.0, 0.05), ("bursts", 1.8, 6.0)]
)
def test_burstiness_is_that_of_the_arrivals(see, shape, least, most):
    draw, make, at = np.random.default_rng(5), Maker(), 0.0
    for number in range(1500):
        at += {"poisson": draw.exponential(100), "even": 100, "bursts": 1 if number % 20 else 3000}[shape]
        make.request(at, 5)
    cv = see(make.lines(), stated={"monitoring__trace_sampling": "none"}).facts["demand.arrival_cv"]
    assert least <= cv.value.value <= most
    assert cv.provenance is Provenance.MEASURED


def test_three_days_show_load_peak_hour_and_bursts(see):
    draw, make = np.random.default_rng(2), Maker()
    hours = [1] * 8 + [10, 20, 40, 20, 10, 10, 20, 20, 10] + [2] * 7
    for day in range(3):
        for hour, count in enumerate(hours):
            for at in np.sort(draw.uniform(0, 3_600_000, count * 4)):
                make.request((day * 24 + hour) * 3_600_000 + at + 2_000_000, 5)
    seen = see(make.lines(), stated={"monitoring__trace_sampling": "none"})
    per_day = 4 * sum(hours)
    assert seen["demand.pilot_requests_per_day"] * 86_400 == pytest.approx(per_day, rel=0.02)
    assert seen["demand.peak_hour_share"] == pytest.approx(40 / sum(hours), rel=0.2)
    assert seen["demand.burst_factor"] >= 1


def test_a_failed_call_that_is_sent_again_is_a_retry_and_a_timeout_is_one(see):
    make = Maker()
    for number in range(100):
        at = number * 1000
        trace, root = make.request(at, 300)
        if number % 10 == 0:
            make.span(
                trace, root, "SELECT", at + 1, 100, error=True, error__type="asyncpg.QueryTimeoutError", **DB
            )
        make.span(trace, root, "SELECT", at + 150, 50, **DB)
    seen = see(make.lines())
    assert seen["sources[postgresql].retry_rate"] == pytest.approx(10 / 110)
    assert seen["sources[postgresql].timeout_rate"] == pytest.approx(10 / 110)
    assert "retries inside a client library leave no span" in seen.told("limit")


def test_calls_without_a_request_speak_against_joined_ids(see):
    make = Maker()
    for number in range(60):
        make.request(number * 100, 50)
        make.span(make.identity(128), "", "chat m-1", number * 100 + 5, 40, **MODEL)
    seen = see(make.lines())
    assert seen["monitoring.trace_id"] is False
    assert seen["observed.unjoined_share"] == 1


def test_requests_that_fail_with_a_source_are_counted_once_their_last_call_to_it_failed(see):
    """Of 20 requests whose call failed to the end, 15 failed with it; 10 more were saved by a second call."""
    make = Maker()
    for number in range(200):
        at = number * 1000
        fails, retried = number < 20, 20 <= number < 30
        trace, root = make.request(at, 400, error=fails and number % 4 != 0)
        make.span(trace, root, "SELECT", at + 5, 40, error=fails or retried, **DB)
        if retried:
            make.span(trace, root, "SELECT", at + 60, 40, **DB)
    seen = see(make.lines(), sources=("db",), stated={"sources[db].seen_as": ("postgresql",)})
    assert seen["sources[db].failed_through"] == pytest.approx(15 / 20)
    assert seen.facts["sources[db].failed_through"].samples == 20
    assert seen["sources[db].resent_rate"] == 0
    assert seen["sources[db].retry_rate"] == pytest.approx(10 / 210)
