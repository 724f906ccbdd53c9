"""What load tests say beside what was predicted, layers split with the host, and limits of throughput."""

from __future__ import annotations

import re

import flow_pilots as pilots
import pytest
from derived_one import derived, ends, number

from poc_gate.flow.formulas.speed.fitted_constants import KINDS

SPLIT = {
    "model.device_layers": 24.0,
    "model.layers": 32.0,
    "model.device_tokens_per_s": 80.0,
    "model.host_tokens_per_s": 8.0,
}


def test_layers_on_the_host_set_the_pace():
    """Three quarters at 80 tokens a second and one at 8: 0.75 / 80 + 0.25 / 8 = 0.0406 s, 24.6 tokens a second at most."""
    bound = 1 / (0.75 / 80 + 0.25 / 8)
    likely, low, high = ends("flow.offload.rate", SPLIT)
    assert likely == pytest.approx(bound * KINDS["offload"]["reach"])
    assert 0.4 * bound < low < likely < high <= bound
    shown = derived("flow.offload.rate", SPLIT).formula
    assert shown == f"75% of the layers at 80 tok/s, the rest at 8 tok/s: at most {high:.4g} tok/s"
    whole = {**SPLIT, "model.device_layers": 40.0}
    assert ends("flow.offload.rate", whole) == pytest.approx((80.0, 76.0, 80.0))
    assert derived("flow.offload.rate", whole).formula.startswith("100% of the layers")
    for name in ("model.device_tokens_per_s", "model.host_tokens_per_s"):
        assert "says nothing about a split" in derived("flow.offload.rate", {**SPLIT, name: 0.0}).why_unknown
        assert derived("flow.offload.rate", {**SPLIT, name: 0.5}).value is not None


PATH = {
    "demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "demand.burst_factor": 4.0, "pilot.uses": (), "slo.p95": 5.0,
    "sources[s].p50": 0.5, "sources[s].p99": 1.0, "sources[s].calls_per_request": 1.0, "sources[s].servers": 20.0,
    "path.cross_region_hops": 0.0,
}  # fmt: skip
STEP = {
    "of_model": False, "open_loop": True, "rate": 4.0, "served_rate": 4.0, "requests": 400.0, "p50": 1.0, "p95": 2.0, "error_rate": 0.0,
}  # fmt: skip


def path_with(*steps: dict[str, object], **changes: object):
    stated = {**PATH, **{name.replace("__", "."): value for name, value in changes.items()}}
    for number_, step in enumerate(steps):
        stated |= {
            f"load_test.steps[{number_}].{field}": value
            for field, value in {**STEP, **step}.items()
            if value is not None
        }
    return stated, {"sources": ("s",), "load_test__steps": tuple(str(n) for n in range(len(steps)))}


def test_a_path_beside_its_prediction():
    """A p95 of 0.5 x 2^(1.6449 / 2.3263) = 0.816 s was predicted and one of 2 s measured; the median twice its 0.5 s."""
    stated, items = path_with({})
    predicted = derived("flow.calibration.predicted", stated, **items)
    assert predicted.value.value == pytest.approx(0.816, rel=0.02)
    assert predicted.formula == "95th percentile of whole requests at 4 req/s, before calibration"
    measured = derived("flow.calibration.measured", stated, **items)
    assert (measured.value.value, measured.formula) == (
        2.0,
        "95th percentile of whole requests at 4 req/s, measured",
    )
    factor = derived("flow.calibration.factor", stated, **items)
    assert 1.5 < factor.value.value < 2.45
    assert factor.formula.startswith("measured / predicted 95th percentile of whole requests: 2.")
    missed = derived("flow.calibration.missed", stated, **items)
    assert missed.value is True
    assert missed.formula.startswith("95th percentile of whole requests: predicted 8")
    assert missed.formula.endswith(" ms, measured 2e+03 ms")


def test_eight_points_are_shown_and_an_overload_is_said():
    stated, items = path_with(
        *({"rate": 1.0 + number_ / 10, "served_rate": 1.0 + number_ / 10} for number_ in range(10))
    )
    shown = derived("flow.calibration.factor", stated, **items).formula
    assert shown.count(", ") == 7
    full, items = path_with({}, sources_s__servers=None)
    full |= {"sources[s].servers": 1.0}
    found = derived("flow.calibration.predicted", full, **items)
    assert found.why_unknown == "at 4 req/s an overload had been predicted"


def test_what_no_test_shows_is_asked_for():
    for steps in ((), ({"of_model": True},)):
        stated, items = path_with(*steps)
        for name in ("predicted", "measured", "factor", "missed"):
            assert derived(f"flow.calibration.{name}", stated, **items).inputs == ("load_test.rate",)
    stated, items = path_with({"p95": 9.0})
    assert derived("flow.tested.holds", stated, **items).inputs == ("load_test.rate",)
    assert number("flow.tested.breaks", stated, **items) == 4.0
    stated, items = path_with({})
    held = derived("flow.tested.holds", stated, **items)
    assert (held.value.value, held.formula) == (4.0, "every promise was kept at 4 req/s")
    assert derived("flow.tested.breaks", stated, **items).inputs == ("load_test.rate",)


SERVED = {
    **pilots.MODEL,
    **pilots.MACHINE,
    **pilots.DEMAND,
    "pilot.uses": ("llm",),
    "model.engine_version": "0.10.0",
}


def test_a_server_beside_its_prediction():
    step = {
        "of_model": True,
        "tpot": 0.012,
        "p50": 2.4,
        "p95": None,
        "in_tokens": 1800.0,
        "out_tokens": 180.0,
    }
    stated, items = path_with(step)
    predicted = derived("flow.calibration.predicted", {**SERVED, **stated, "pilot.uses": ("llm",)}, **items)
    likely = predicted.value.value
    assert (predicted.low, predicted.high) == pytest.approx((0.6 * likely, 2.5 * likely))
    assert predicted.formula == "time per token at 4 req/s, before calibration"
    one = derived(
        "flow.calibration.predicted",
        {**SERVED, **stated, "pilot.uses": ("llm",), "target.replicas": 1.0},
        **items,
    )
    assert one.value.value > likely
    timed = {
        **SERVED,
        **stated,
        "pilot.uses": ("llm",),
        "model.time_per_call": 1.0,
        "model.time_per_call_p99": 2.0,
    }
    assert derived("flow.calibration.predicted", timed, **items).inputs == ("load_test.rate",)


def rates(name, **more: object):
    return ends(
        f"flow.serving.{name}", {**SERVED, **{key.replace("__", "."): value for key, value in more.items()}}
    )


def test_no_engine_exceeds_what_the_devices_compute():
    """989 Tflop/s over 2 x 8.03e9 flop a token: 61,582 tokens a second; twice that on two devices."""
    assert rates("rate_limit")[0] == pytest.approx(9.89e14 / 1.606e10)
    assert rates("rate_limit", target__count=2.0, model__tensor_parallel=2.0) == pytest.approx(
        (2 * 9.89e14 / 1.606e10,) * 3
    )
    open_ = rates("rate_limit", target__count=2.0)
    assert open_ == pytest.approx((2 * 9.89e14 / 1.606e10, 9.89e14 / 1.606e10, 2 * 9.89e14 / 1.606e10))


def test_a_static_batch_and_one_of_its_size():
    one, many = (rates("batch_rate", model__planned_concurrency=size)[0] for size in (1.0, 16.0))
    assert one < many < 16 * one
    assert rates("batch_rate", model__planned_concurrency=0.5)[0] == pytest.approx(one)
    staged = rates(
        "batch_rate", target__count=4.0, model__pipeline_parallel=4.0, model__planned_concurrency=16.0
    )[0]
    assert staged > 1.5 * many
    alone = rates(
        "batch_rate", target__count=4.0, model__pipeline_parallel=4.0, model__planned_concurrency=1.0
    )[0]
    assert alone == pytest.approx(one)
    shown = derived("flow.serving.batch_rate", {**SERVED, "model.planned_concurrency": 16.0})
    seconds = re.search(r"16 x 400 tok / ([\d.]+) s from", shown.formula)
    assert seconds is not None
    assert shown.value.value == pytest.approx(6400 / float(seconds[1]), rel=0.01)
    two = rates(
        "batch_rate", target__count=4.0, model__pipeline_parallel=4.0, model__planned_concurrency=2.0
    )[0]
    assert two > 1.2 * rates("batch_rate", model__planned_concurrency=2.0)[0]


def test_a_saturated_replica_holds_what_fits():
    most = rates("saturated_rate")[0]
    assert most > rates("batch_rate", model__planned_concurrency=4.0)[0]
    assert rates("saturated_rate", model__kv_utilisation=0.5)[0] < most
    unknown = {name: value for name, value in SERVED.items() if name != "machine.accelerators.compute_half"}
    assert number("flow.serving.batch_rate", unknown) > 0.0
    assert number("flow.serving.saturated_rate", unknown) > 0.0
    limit = derived("flow.serving.rate_limit", unknown)
    assert limit.inputs == ("machine.accelerators.compute_half",)
    small = derived("flow.serving.saturated_rate", {**SERVED, "machine.accelerators.memory_total": 1e9})
    assert small.why_unknown == "the weights leave no memory for a single sequence"
    assert derived("flow.serving.saturated_rate", SERVED).formula.startswith(
        "as many requests as memory holds: 400 tok every "
    )
