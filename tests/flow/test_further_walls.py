"""Walls in cost, corpus, volume of a run and accelerators, each worked out by hand."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.retrieval import flat_index_bytes
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.walls.against_plan import against_plan
from poc_gate.flow.walls.batch_walls import feeding_wall, window_wall
from poc_gate.flow.walls.further_walls import corpus_wall, cost_wall
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree
from poc_gate.model.verdict import Wall

MONTH = 2629800.0
"""Seconds of a twelfth of 365.25 days."""
PRICED = {
    "pilot.uses": ("llm",), "model.hosting": "hosted", "cost.in_token": 1e-6, "cost.out_token": 0.0, "demand.in_tokens_p50": 1000.0,
    "demand.out_tokens_p50": 1.0, "demand.requests_per_day": 1.0, "flow.demand.peak_rate": 2.0, "cost.currency": "EUR",
}  # fmt: skip
"""A tenth of a cent for each request: 2,629.80 EUR a month at one request a second."""
CAP = {**PRICED, "cost.monthly_cap": 2 * 0.001 * MONTH}


def view_of(stated, loose=None):
    tree = pilots.tree({name: value for name, value in stated.items() if value is not None})
    facts = dict(tree.facts)
    for name, (low, high) in (loose or {}).items():
        facts[name] = Fact(name, facts[name].value, facts[name].provenance, low=low, high=high)
    return Deriver(FactTree(facts, tree.items)).view()


def missing(build, stated):
    with pytest.raises(CannotDeriveError) as raised:
        build(view_of(stated))
    return raised.value.missing or raised.value.why


@pytest.mark.parametrize(
    ("more", "walls", "sentence"),
    [
        ({}, [("monthly cap", 2.0)], "At 172,800 requests a day, the monthly cap of 5,260 EUR is used up."),
        (
            {"cost.budget_12m": 1.5 * 0.001 * MONTH * 12}, [("budget", 1.5), ("monthly cap", 2.0)],
            "At 129,600 requests a day, the budget of 3,945 EUR a month is used up.",
        ),
        ({"cost.fixed_month": 0.5 * 0.001 * MONTH}, [("monthly cap", 1.5)], "At 129,600 requests a day, the monthly cap of 5,260 EUR is used up."),
        (
            {"cost.fixed_month": 6000.0}, [("monthly cap", 0.0)],
            "A month without a single request already costs more than the monthly cap of 5,260 EUR.",
        ),
        ({"cost.monthly_cap": 1e9}, [], "No declared cap or budget is reached within a thousand times the load."),
        ({"cost.monthly_cap": 999 * 0.001 * MONTH}, [("monthly cap", 999.0)], None),
        ({"cost.monthly_cap": 1050 * 0.001 * MONTH}, [], None),
        (
            {"demand.requests_per_day": 0.01, "cost.monthly_cap": 0.02 * 0.001 * MONTH}, [("monthly cap", 0.02)],
            "At 1,728 requests a day, the monthly cap of 53 EUR is used up.",
        ),
        ({"value.value_per_request": 0.001}, [("monthly cap", 2.0)], None),
        (
            {"value.value_per_request": 0.0005}, [("value per request", 1.0), ("monthly cap", 2.0)],
            "A request costs 0.001 EUR at the planned load and is worth 0.0005 EUR.",
        ),
        ({"value.value_per_request": 0.0011}, [("monthly cap", 2.0)], None),
        ({"cost.monthly_cap": 0.0, "cost.budget_12m": 12 * 2 * 0.001 * MONTH}, [("budget", 2.0)], None),
        ({"cost.monthly_cap": 0.5, "cost.fixed_month": 1.0}, [("monthly cap", 0.0)], None),
    ],
)  # fmt: skip
def test_the_load_at_which_money_runs_out(more, walls, sentence):
    picture = cost_wall(view_of({**CAP, **more}))
    assert [(wall.station, wall.load, wall.low, wall.high) for wall in picture.walls] == [
        (name, pytest.approx(load), pytest.approx(load), pytest.approx(load)) for name, load in walls
    ]
    assert sentence in (None, picture.sentence)


def test_the_curve_of_cost_is_held_against_the_tightest_limit():
    """At the planned load half of the cap, at a tenth less 5 % of it; the axis runs over 14 fifths of a decade."""
    picture = cost_wall(view_of({**CAP, "cost.budget_12m": 12 * 0.004 * MONTH}))
    found = {round(point.load, 4): point.utilisation for point in picture.points}
    assert len(found) == 14
    assert found[1.0] == pytest.approx(0.5)
    assert found[10.0] == pytest.approx(5.0)
    assert (picture.axis, picture.axis_unit, picture.today, picture.planned) == ("cost", "req/s", 1.0, 1.0)
    for pilot, today in ((0.25, 0.25), (3.0, 1.0)):
        assert cost_wall(view_of({**CAP, "demand.pilot_requests_per_day": pilot})).today == today


def test_a_curve_of_cost_needs_a_limit_and_a_load():
    asked = ("cost.budget_12m", "cost.monthly_cap")
    for gone in ({"cost.monthly_cap": None}, {"cost.monthly_cap": 0.0}, {"demand.requests_per_day": 0.0}):
        assert missing(cost_wall, {**CAP, **gone}) == asked


CORPUS = {
    "retrieval.vectors": 1e6, "retrieval.dims": 100.0, "retrieval.bytes_per_element": 4.0, "retrieval.index": "flat",
    "retrieval.replicas": 1.0, "demand.corpus_growth_12m": 2.0, "flow.vector_index.capacity": 12 * flat_index_bytes(1e6, 100, 4).likely,
}  # fmt: skip
"""Room for six times the index of a million vectors, in two copies."""


def test_the_corpus_at_which_an_index_fills_its_memory():
    picture = corpus_wall(view_of(CORPUS))
    (wall,) = picture.walls
    one = flat_index_bytes(1e6, 100, 4)
    ends = (6e6 * one.likely / one.high, 6e6 * one.likely / one.low)
    assert (wall.load, wall.low, wall.high) == pytest.approx((6e6, *ends))
    assert (wall.station, picture.today, picture.planned) == ("index memory", 1e6, 2e6)
    shown = "The index with all copies fills its memory at 6 million vectors, 6 times today's corpus and 3 times the plan."
    assert picture.sentence == shown
    found = {round(point.load): point.utilisation for point in picture.points}
    assert len(found) == 14
    assert (found[1000000], found[10000000]) == (pytest.approx(1 / 6), pytest.approx(10 / 6))
    assert picture.points[-1].load == pytest.approx(1e6 * 10 ** (13 / 6))
    assert corpus_wall(view_of({**CORPUS, "demand.corpus_growth_12m": None})).planned == 1e6


def test_a_corpus_is_refreshed_in_time():
    """Indexing that takes a quarter of the interval takes all of it for four times the vectors."""
    picture = corpus_wall(view_of({**CORPUS, "flow.reindex.duty": 0.25}))
    assert [(wall.station, wall.load) for wall in picture.walls] == [
        ("re-indexing", 4e6),
        ("index memory", pytest.approx(6e6)),
    ]
    later = corpus_wall(view_of({**CORPUS, "flow.reindex.duty": 0.1}))
    assert [wall.station for wall in later.walls] == ["index memory", "re-indexing"]
    assert len(corpus_wall(view_of({**CORPUS, "flow.reindex.duty": 0.0})).walls) == 1
    assert (
        missing(corpus_wall, {**CORPUS, "retrieval.vectors": 0.0})
        == "retrieval.vectors is 0: there is no corpus to scale"
    )
    tiny = corpus_wall(view_of({**CORPUS, "retrieval.vectors": 1.0}))
    assert tiny.today == 1.0


RUN = {
    "pipeline.window": 14400.0, "pipeline.items_per_run": 1e6, "pipeline.upstream_ready_p95": 1800.0, "pipeline.run_p95": 7200.0,
    "demand.growth_12m": 1.5,
}  # fmt: skip


def test_the_volume_at_which_a_run_no_longer_ends_in_its_window():
    """12,600 s are left of the window, in which a run of 7,200 s for a million records handles 1.75 million."""
    picture = window_wall(view_of(RUN, {"pipeline.window": (9000.0, 16200.0)}))
    (wall,) = picture.walls
    assert (wall.load, wall.low, wall.high) == pytest.approx((1.75e6, 1e6, 2e6))
    assert (picture.today, picture.planned, wall.station) == (1e6, 1.5e6, "batch window")
    assert wall.cause == "the run no longer ends inside the window of 4 h"
    shown = (
        "The run no longer ends inside the window of 4 h at 1.75 million records, 1.8 times today's volume;"
    )
    assert picture.sentence == f"{shown} the plan of 1.5 million may already exceed it."
    found = {round(point.load): point.utilisation for point in picture.points}
    assert len(found) == 14
    assert (found[1000000], found[10000000]) == (pytest.approx(9000 / 14400), pytest.approx(73800 / 14400))
    assert picture.assumptions == ("the run's time grows with the volume",)


@pytest.mark.parametrize(
    ("more", "walls", "planned"),
    [
        ({"demand.corpus_growth_12m": 3.0}, [("batch window", 1.75e6)], 3e6),
        ({"demand.growth_12m": None}, [("batch window", 1.75e6)], 1e6),
        ({"pipeline.upstream_ready_p95": None}, [("batch window", 2e6)], 1.5e6),
        ({"pipeline.upstream_ready_p95": 20000.0}, [("batch window", 0.0)], 1.5e6),
        ({"pipeline.run_p95": None, "pipeline.items_rate": 100.0}, [("batch window", 1.26e6)], 1.5e6),
        (
            {"pipeline.items_rate": 347.2, "pipeline.refresh": 3600.0},
            [("pipeline", 1249920.0), ("batch window", 1.75e6)],
            1.5e6,
        ),
        (
            {"pipeline.items_rate": 500.0, "pipeline.refresh": 3600.0},
            [("batch window", 1.75e6), ("pipeline", 1.8e6)],
            1.5e6,
        ),
        ({"pipeline.items_rate": 500.0, "pipeline.refresh": 0.0}, [("batch window", 1.75e6)], 1.5e6),
        (
            {"pipeline.items_rate": 4e6, "pipeline.refresh": 0.5},
            [("batch window", 1.75e6), ("pipeline", 2e6)],
            1.5e6,
        ),
        ({"pipeline.refresh": 3600.0}, [("batch window", 1.75e6)], 1.5e6),
        ({"pipeline.run_p95": 0.5, "pipeline.items_per_run": 1.0}, [("batch window", 25200.0)], 1.5),
    ],
)
def test_what_else_bounds_a_run(more, walls, planned):
    """Handled at 347.2 records a second, 1,249,920 of an hour never drain."""
    picture = window_wall(view_of({**RUN, **more}))
    assert [(wall.station, wall.load) for wall in picture.walls] == [
        (name, pytest.approx(load)) for name, load in walls
    ]
    assert picture.planned == planned


def test_a_run_without_time_window_or_upstream():
    nothing = "a run without records or time has no volume to scale"
    for gone in ("pipeline.run_p95", "pipeline.items_per_run"):
        assert missing(window_wall, {**RUN, gone: 0.0}) == nothing
    assert {point.utilisation for point in window_wall(view_of({**RUN, "pipeline.window": 0.0})).points} == {
        float("inf")
    }
    assert (
        window_wall(view_of({**RUN, "pipeline.window": 0.5, "pipeline.upstream_ready_p95": 0.0}))
        .points[2]
        .utilisation
        == 14400.0
    )
    late = window_wall(view_of({**RUN, "pipeline.upstream_ready_p95": 20000.0})).walls[0]
    assert (late.low, late.high) == (0.0, 0.0)
    view = view_of({**RUN, "pipeline.upstream_ready_p95": None})
    assert "the upstream data is ready when the window opens" in window_wall(view).assumptions[0]
    assert view.trace.weakest is Provenance.ASSUMED


def test_accelerators_that_a_store_feeds():
    fed = {"training.accelerators": 8.0, "flow.ingest.accelerators_fed": 5.0, "flow.ingest.have": 3e10}
    picture = feeding_wall(view_of(fed, {"flow.ingest.accelerators_fed": (4.0, 6.0)}))
    (wall,) = picture.walls
    assert (wall.load, wall.low, wall.high, picture.today, picture.planned) == (5.0, 4.0, 6.0, 8.0, 8.0)
    assert (
        picture.sentence
        == "The store's 30 GB/s feed 5 accelerators at the wanted utilisation; 8 are planned."
    )
    found = [point.utilisation for point in picture.points]
    assert len(found) == 14
    assert (found[4], found[12]) == (pytest.approx(1.6), pytest.approx(16.0))
    one = feeding_wall(view_of({**fed, "training.accelerators": 0.5}))
    assert one.points[4].load == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("load", "low", "planned", "said"),
    [
        (4e6, 3e6, 5e6, ", 2 times today's corpus and less than the 5 million planned."),
        (5e6, 5e6, 5e6, ", 2.5 times today's corpus and 1 times the plan."),
        (6e6, 4e6, 5e6, ", 3 times today's corpus; the plan of 5 million may already exceed it."),
        (6e6, 5e6, 5e6, ", 3 times today's corpus and 1.2 times the plan."),
        (6e6, None, 5e6, ", 3 times today's corpus and 1.2 times the plan."),
        (6e6, 1e6, 2e6, ", 3 times today's corpus."),
    ],
)
def test_a_wall_against_todays_and_the_planned_amount(load, low, planned, said):
    wall = Wall(load, low, None, "s", "it is full")
    assert (
        against_plan(wall, 2e6, planned, ("corpus", "vectors"))
        == f"It is full at {load / 1e6:g} million vectors{said}"
    )
