"""Ingest, checkpoints, windows and backlogs, each worked out by hand: Q6 and Q20; training speed by its formula's ends."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

from poc_gate.flow.formulas.movement import training_rate

STEP = {
    "training.batch_size": 8.0,
    "training.sample_bytes": 1e8,
    "training.step_time": 0.4,
    "training.accelerators": 4.0,
}
"""8 samples of 100 MB in 0.4 s: 2 GB/s for each accelerator at full use, 8 GB/s for four."""
STORES = (
    "machine.storage.read_sequential_streams", "machine.storage.read_sequential", "training.read_rate", "target.storage_read",
)  # fmt: skip


def test_bytes_that_keep_accelerators_busy():
    found = derived("flow.ingest.need", {**STEP, "training.utilisation_needed": 0.9})
    assert found.value.value == pytest.approx(7.2e9)
    assert found.formula.endswith(" x 0.9 x 4 = 7.2 GB/s")
    none = derived(
        "flow.ingest.need", {**STEP, "training.utilisation_needed": 0.9, "training.step_time": 0.0}
    )
    assert none.why_unknown == "training.step_time is 0 s: a step takes time"
    rates = {name: 10.0 - place for place, name in enumerate(STORES)}
    for place, _ in enumerate(STORES):
        assert number("flow.ingest.have", {name: rates[name] for name in STORES[place:]}) == 10.0 - place


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"flow.ingest.have": 4e9}, 0.5),
        ({"flow.ingest.have": 8e9}, 1.0),
        ({"flow.ingest.have": 1e11}, 1.0),
        ({"flow.ingest.have": 0.5}, 0.4 / 6.4e9),
        ({"flow.ingest.have": 4e9, "training.utilisation": 0.93}, 0.93),
    ],
)
def test_reading_runs_ahead_of_computing(more, wanted):
    """3.2 GB a step of all four: 0.8 s from 4 GB/s, half of which they compute."""
    assert number("flow.accelerator.utilisation", {**STEP, **more}) == pytest.approx(wanted)


def test_the_ends_of_a_utilisation():
    loose = {"flow.ingest.have": (2e9, 1.6e10)}
    assert ends("flow.accelerator.utilisation", {**STEP, "flow.ingest.have": 4e9}, loose) == pytest.approx(
        (0.5, 0.25, 1.0)
    )
    shown = derived("flow.accelerator.utilisation", {**STEP, "flow.ingest.have": 4e9}).formula
    assert shown == "step / max(step, read) = 400 ms / max(.., 800 ms)"
    dead = derived("flow.accelerator.utilisation", {**STEP, "flow.ingest.have": 0.0})
    assert dead.why_unknown == "flow.ingest.have is 0: the store delivers nothing"


def test_accelerators_that_a_store_feeds():
    """98 % of 9 GB/s are 4.9 times 1.8: four; steps of one sample reach 90 %."""
    stated = {**STEP, "training.utilisation_needed": 0.9, "flow.ingest.have": 9e9}
    assert ends("flow.ingest.accelerators_fed", stated) == (4.0, 3.0, 5.0)
    assert derived("flow.ingest.accelerators_fed", stated).formula.endswith(" per accelerator) = 4")
    none = derived("flow.ingest.accelerators_fed", {**stated, "training.step_time": 0.0})
    assert none.why_unknown == "training.step_time is 0 s: a step takes time"
    single = {**stated, "training.batch_size": 1.0, "training.sample_bytes": 8e8, "flow.ingest.have": 9.9e9}
    assert number("flow.ingest.accelerators_fed", single) == 4.0


def test_checkpoints_hold_fourteen_bytes_a_parameter_and_stall():
    """110 GB at 2 GB/s are 55 s, of every 1,800."""
    assert number("flow.checkpoint.bytes", {"model.parameters": 8e9}) == 112e9
    stated = {
        "training.checkpoint_bytes": 1.1e11,
        "training.write_rate": 2e9,
        "training.checkpoint_interval": 1800.0,
    }
    found = derived("flow.checkpoint.stall_share", stated)
    assert (found.value.value, found.formula.endswith(" = 0.0306")) == (pytest.approx(55 / 1800), True)


MODEL = {
    "model.parameters": 8e9, "machine.accelerators.compute_half": 9.89e14, "training.sequence_tokens": 4096.0, "target.device": "h100",
    "training.recompute": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "compute", "formula"),
    [
        ({}, 9.89e14, {}),
        ({"training.compute_precision": "fp8"}, 9.89e14 * 2 * 0.98, {}),
        ({"training.compute_precision": "fp4"}, 9.89e14 * 4 * 0.6, {}),
        ({"training.compute_precision": "fp32"}, 9.89e14 / 2, {}),
        ({"training.compute_precision": "bf16"}, 9.89e14, {}),
        ({"training.recompute": True}, 9.89e14, {"recomputed": True}),
        ({"training.sequence_tokens": 65536.0}, 9.89e14, {"tokens": 65536.0}),
        ({"model.active_parameters": 1e9}, 9.89e14, {"active": 1e9}),
    ],
)
def test_tokens_that_one_device_trains(more, compute, formula):
    """By the rate of its number format; attention stays in half precision."""
    asked = {"tokens": 4096.0, "recomputed": False, "active": 0.0, "half": 9.89e14, **formula}
    wanted = training_rate(8e9, compute, **asked)
    bound = (
        9.89e14
        * {"fp8": 2, "fp4": 4, "fp32": 0.5}.get(more.get("training.compute_precision"), 1)
        / (6 * asked["active"] if asked["active"] else 4.8e10)
    )
    found = ends("flow.training.rate", {**MODEL, **more})
    assert found == pytest.approx((wanted.likely, wanted.low, min(wanted.high, bound)))
    assert derived("flow.training.rate", {**MODEL, **more}).formula.endswith(f"at most {bound:,.0f}")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"model.active_parameters": 1e9}, "few mixtures of experts"),
        ({"model.active_parameters": 0.5}, "few mixtures of experts"),
        ({"model.active_parameters": 8e9}, ""),
        ({"model.active_parameters": 0.0}, ""),
        ({"target.device": "mi300x"}, "NVIDIA's devices only"),
        ({"model.parameters": 9.9e8}, "models below a billion"),
        ({"model.parameters": 1e9}, ""),
        ({"training.sequence_tokens": 32768.0}, ""),
        ({"training.sequence_tokens": 32769.0}, "sequences beyond 32,768 tokens"),
    ],
)
def test_where_training_was_not_measured(more, said):
    found = derived("flow.training.rate", {**MODEL, **more}).outside
    assert (said in found) if said else found == ""


def test_the_ends_of_a_training_rate():
    """What devices of other makers reach begins at 0.6 of the low end; a rate that may be half takes the low end with it."""
    rate, low, high = ends("flow.training.rate", MODEL)
    assert ends("flow.training.rate", {**MODEL, "target.device": "mi300x"}) == pytest.approx(
        (rate, 0.6 * low, high)
    )
    loose = {"machine.accelerators.compute_half": (9.89e14 / 2, 9.89e14 * 1.01)}
    assert ends("flow.training.rate", MODEL, loose) == pytest.approx(
        (rate, low / 2, min(high * 1.01, 9.89e14 / 4.8e10))
    )
    bound = {**MODEL, "machine.accelerators.compute_half": 1e9, "training.sequence_tokens": 1.0}
    assert ends("flow.training.rate", bound)[2] <= 1e9 / 4.8e10
    idle = {**MODEL, "model.active_parameters": 0.0}
    assert ends("flow.training.rate", idle) == (rate, low, high)
    tiny = {**MODEL, "model.active_parameters": 0.5}
    assert derived("flow.training.rate", tiny).formula.endswith(f"at most {9.89e14 / 3:,.0f}")
    more = {**MODEL, "model.active_parameters": 1.6e10}
    assert derived("flow.training.rate", more).formula.endswith(f"at most {9.89e14 / 4.8e10:,.0f}")


DRAIN = {
    "pipeline.outage_tolerated": 14400.0, "pipeline.items_per_run": 1e6, "pipeline.refresh": 4000.0, "pipeline.items_rate": 350.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "time"),
    [
        ({}, 36000.0),
        ({"pipeline.items_rate": 250.0}, float("inf")),
        ({"pipeline.items_rate": 250.5}, 14400 * 250 / 0.5),
        ({"pipeline.items_rate": 100.0}, float("inf")),
        ({"pipeline.refresh": 0.5, "pipeline.items_per_run": 125.0}, 36000.0),
    ],
)
def test_a_backlog_drains_by_what_is_left_over(more, time):
    """250 arrive and 350 are handled a second: an outage of 4 h takes 10."""
    found = derived("flow.backlog.drain", {**DRAIN, **more})
    assert found.value.value == pytest.approx(time)
    assert found.formula.startswith(
        "the backlog never drains" if time == float("inf") else "outage x arriving"
    )
    assert "state how often" in derived("flow.backlog.drain", {**DRAIN, "pipeline.refresh": 0.0}).why_unknown


WINDOW = {"pipeline.window": 14400.0, "pipeline.upstream_ready_p95": 1800.0, "pipeline.run_p95": 7200.0}


@pytest.mark.parametrize(
    ("more", "now", "later"),
    [
        ({"demand.growth_12m": 1.5}, 0.625, 0.875),
        ({"demand.growth_12m": 1.5, "demand.corpus_growth_12m": 2.0}, 0.625, 1.125),
        (
            {
                "demand.growth_12m": 1.5,
                "pipeline.run_p95": None,
                "pipeline.items_per_run": 1e6,
                "pipeline.items_rate": 200.0,
            },
            6800 / 14400,
            9300 / 14400,
        ),
    ],
)
def test_the_share_of_the_window_that_a_run_uses(more, now, later):
    stated = {name: value for name, value in {**WINDOW, **more}.items() if value is not None}
    assert number("flow.window.finish_share", stated) == pytest.approx(now)
    assert number("flow.window.finish_share_12m", stated) == pytest.approx(later)


def test_what_a_window_lacks_bounds_it():
    """Of a run that begins when nobody knows the run alone takes half of the window."""
    shown = derived("flow.window.finish_share", WINDOW).formula
    assert shown == "(upstream ready 30 min + run 2 h) / window 4 h = 0.625"
    grown = derived("flow.window.finish_share_12m", {**WINDOW, "demand.growth_12m": 1.5}).formula
    assert grown == "(upstream ready 30 min + run x 1.5 3 h) / window 4 h = 0.875"
    late = "pipeline.upstream_ready_p95"
    assert bounds("flow.window.finish_share", WINDOW, late)[0] == pytest.approx(0.5)
    assert bounds("flow.window.finish_share_12m", {**WINDOW, "demand.growth_12m": 1.5}, late)[
        0
    ] == pytest.approx(0.75)
