"""What stages may take and what a single part takes at least, by hand: Q8, a sum of budgets and the union bound."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, number

STAGES = {
    "path.stages[a].budget": 0.2, "path.stages[a].quantile": 0.995, "path.stages[b].budget": 0.1, "path.stages[b].quantile": 0.999,
    "flow.movement.time": 0.05,
}  # fmt: skip
AB = {"path.stages": ("a", "b")}
SERVED = {
    "pilot.uses": ("llm",),
    "model.hosting": "hosted",
    "model.time_per_call_p99": 3.0,
    "sources[s].p99": 0.5,
}
S = {"sources": ("s",)}


def test_budgets_add_up_with_movement():
    assert number("flow.latency.budget_sum", STAGES, **AB) == pytest.approx(0.35)
    found = derived("flow.latency.budget_sum", STAGES, **AB)
    assert found.formula == "a 200 ms + b 100 ms + movement 50 ms = 350 ms"


def test_late_calls_that_the_quantiles_allow():
    """0.5 % and 0.1 % of late calls against the one percent that a p99 allows: 0.6."""
    found = derived("flow.latency.budget_quantile_slack", STAGES, **AB)
    assert found.value.value == pytest.approx(0.6)
    assert found.formula == "sum(1 - quantile) / (1 - 0.99) = 0.006 / 0.01 = 0.6"


def test_what_a_stage_lacks_is_named():
    for gone in ("budget", "quantile"):
        some = {name: value for name, value in STAGES.items() if name != f"path.stages[b].{gone}"}
        for fact in ("flow.latency.budget_sum", "flow.latency.budget_quantile_slack"):
            assert derived(fact, some, **AB).inputs == (f"path.stages[b].{gone}",)
    assert derived("flow.latency.budget_sum", STAGES).inputs == ("path.stages",)


@pytest.mark.parametrize(
    ("more", "wanted", "part"),
    [
        ({}, 3.0, "model"),
        ({"sources[s].p99": 4.0}, 4.0, "s"),
        ({"sources[s].p99": 4.0, "sources[s].awaited": False}, 3.0, "model"),
        ({"sources[s].p99": 4.0, "sources[s].hedged": True}, 3.0, "model"),
        ({"sources[s].p99": 4.0, "sources[s].hedged": False}, 4.0, "s"),
        ({"sources[s].p99": 4.0, "sources[s].calls_per_request": 0.9}, 3.0, "model"),
        ({"sources[s].p99": 4.0, "sources[s].calls_per_request": 1.0}, 4.0, "s"),
        ({"sources[s].p99": 4.0, "sources[s].cache_hit": 0.1}, 3.0, "model"),
        ({"sources[s].p99": 4.0, "sources[s].cache_hit": 0.0}, 4.0, "s"),
        ({"sources[s].p99": 4.0, "sources[s].timeout": 3.5}, 3.5, "s"),
        ({"sources[s].p99": 4.0, "sources[s].timeout": 0.0}, 4.0, "s"),
        ({"sources[s].p99": 4.0, "sources[s].timeout": 0.7, "model.hosting": "none"}, 0.7, "s"),
        ({"sources[s].p99": 4.0, "sources[s].timeout": 5.0}, 4.0, "s"),
        ({"observed.p99": 7.0}, 7.0, "whole requests in traces"),
        ({"observed.p99": 2.0}, 3.0, "model"),
        ({"model.hosting": "none"}, 0.5, "s"),
        ({"pilot.uses": ("retrieval",)}, 0.5, "s"),
        ({"pilot.uses": ("classic-ml",)}, 3.0, "model"),
        ({"pilot.uses": ("agent",)}, 3.0, "model"),
    ],
)
def test_no_p99_is_below_that_of_one_part(more, wanted, part):
    found = derived("flow.latency.floor", {**SERVED, **more}, **S)
    assert (found.value.value, found.formula.split(" alone")[0]) == (pytest.approx(wanted), f"p99 of {part}")


def test_a_stage_counts_unless_it_stands_for_another():
    stated = {**SERVED, "path.stages[x].p99": 5.0}
    both = {"sources": ("s",), "path.stages": ("x",)}
    assert number("flow.latency.floor", stated, **both) == 5.0
    assert number("flow.latency.floor", {**stated, "path.stages[x].timeout": 4.5}, **both) == 4.5
    named = {**SERVED, "path.stages[x].source": "s"}
    assert number("flow.latency.floor", named, **both) == 3.0
    assert number("flow.latency.floor", {**named, "path.stages[x].p99": 5.0}, **both) == 5.0
    unknown = derived("flow.latency.floor", SERVED, **both)
    assert (unknown.inputs, unknown.low) == (("path.stages[x].p99",), 3.0)


def test_what_is_unknown_leaves_the_largest_that_is_known():
    part = derived(
        "flow.latency.floor",
        {name: v for name, v in SERVED.items() if name != "model.time_per_call_p99"},
        **S,
    )
    assert (part.inputs, part.low) == (("model.time_per_call_p99",), 0.5)
    none = derived("flow.latency.floor", {"model.hosting": "hosted"})
    assert (set(none.inputs), none.low) == ({"sources", "pilot.uses"}, None)
    nothing = derived("flow.latency.floor", {"pilot.uses": (), "model.hosting": "none"}, sources=())
    assert (nothing.value.value, nothing.formula) == (0.0, "no part takes time that is stated")
    without = derived("flow.latency.floor", {"pilot.uses": ("batch",), "observed.p99": 2.0})
    assert (without.inputs, without.low) == (("sources",), 2.0)


def test_what_is_known_bounds_the_sum_and_the_slack():
    """Without the second stage 250 ms are left, and of its quantile anything from all to none may be late."""
    low, high = bounds("flow.latency.budget_sum", STAGES, "path.stages[b].budget", **AB)
    assert (low, high) == (pytest.approx(0.25), pytest.approx(86400.25))
    low, high = bounds("flow.latency.budget_quantile_slack", STAGES, "path.stages[b].quantile", **AB)
    assert (low, high) == (pytest.approx(0.5), pytest.approx(100.5))


def test_a_stage_named_like_the_model_or_the_search_stands_for_it():
    for name in ("generate", "search"):
        stages = {"sources": ("s",), "path.stages": (name,)}
        assert number("flow.latency.floor", SERVED, **stages) == 3.0
