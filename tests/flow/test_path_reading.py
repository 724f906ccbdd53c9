"""Stated facts -> the stations of a request, field by field, and what is asked for where they do not give a path."""

from __future__ import annotations

import math

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.load.batching import Lengths
from poc_gate.flow.formulas.load.path_model import Station
from poc_gate.flow.interface import CannotDeriveError
from poc_gate.flow.reading.awaited_calls import cross_region_time
from poc_gate.flow.reading.model_station import (
    PRIOR_HIGH,
    PRIOR_LOW,
    batching_station,
    is_served_language_model,
)
from poc_gate.flow.reading.path_reading import read_path, stands_for
from poc_gate.model.claim import Provenance
from poc_gate.model.fact import Fact, FactTree

ONE = {"pilot.uses": (), "sources[s].p50": 0.02, "sources[s].p99": 0.08, "sources[s].calls_per_request": 3.0}
S = {"sources": ("s",)}
PLAIN = Station("s", "source", 0.02, 0.08, calls=3.0, sequential=3.0)
STAGE = {"pilot.uses": (), "path.stages[x].p50": 0.02, "path.stages[x].p99": 0.08}
X = {"path__stages": ("x",)}
SEARCHED = {"pilot.uses": ("retrieval",), "retrieval.search_p50": 0.01, "retrieval.search_p99": 0.05}
HOSTED = {
    "pilot.uses": ("llm",), "model.hosting": "hosted", "model.time_per_call": 2.0, "model.time_per_call_p99": 6.0,
}  # fmt: skip
OWN = {**HOSTED, "model.hosting": "self", "target.replicas": 3.0, "model.planned_concurrency": 4.0}


def path(stated, loose=None, measured=(), **items: tuple[str, ...]):
    tree = pilots.tree(stated, **items)
    facts = dict(tree.facts)
    for name, (low, high) in (loose or {}).items():
        facts[name] = Fact(name, facts[name].value, facts[name].provenance, low=low, high=high)
    for name in measured:
        facts[name] = Fact(name, facts[name].value, Provenance.MEASURED)
    return read_path(Deriver(FactTree(facts, tree.items)).view())


def weakest(read, stated, **items: tuple[str, ...]):
    """Return the provenance that is left once `read` has read what it needs."""
    view = Deriver(pilots.tree(stated, **items)).view()
    read(view)
    return view.trace.weakest


def ids(stated, **items: tuple[str, ...]):
    return [[station.id for station in group] for group in path(stated, **items).groups]


def refused(stated, **items: tuple[str, ...]):
    with pytest.raises(CannotDeriveError) as raised:
        path(stated, **items)
    return raised.value


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ({}, {}),
        ({"sources[s].p95": 0.05}, {"p95": 0.05}),
        ({"sources[s].p95": 0.02}, {"p95": 0.02}),
        ({"sources[s].p95": 0.08}, {"p95": 0.08}),
        ({"sources[s].p99": 0.02}, {"p99": 0.02}),
        ({"sources[s].servers": 8.0}, {"servers": 8.0}),
        ({"sources[s].capacity": 40.0}, {"capacity": 40.0}),
        ({"sources[s].retries": 2.0}, {"retries": 2.0}),
        ({"sources[s].timeout": 0.5}, {"timeout": 0.5}),
        ({"sources[s].timeout": 1.0}, {"timeout": 1.0}),
        ({"sources[s].timeout": 0.0}, {}),
        ({"sources[s].sequential_calls": 2.0}, {"sequential": 2.0}),
        ({"sources[s].sequential_calls": 5.0}, {}),
        ({"sources[s].calls_per_request": 0.5}, {"calls": 0.5, "sequential": 0.5}),
        ({"sources[s].calls_per_request": 0.5, "sources[s].sequential_calls": 2.0}, {"calls": 0.5, "sequential": 1.0}),
        ({"sources[s].cache_hit": 0.4, "sources[s].cache_p50": 0.001}, {"cache_hit": 0.4, "cache_time": 0.001}),
        ({"sources[s].cache_hit": 1.0, "sources[s].cache_p50": 0.001}, {"cache_hit": 1.0, "cache_time": 0.001}),
        ({"sources[s].cache_hit": 0.0}, {}),
    ],
)  # fmt: skip
def test_a_source_as_a_station(more, changed):
    assert path({**ONE, **more}, **S).groups == ((PLAIN._replace(**changed),),)


def test_the_ends_of_a_source_are_those_of_its_times():
    """A median of 20 ms may be 10, a p99 of 80 ms may be 120; of no time at all there is no ratio."""
    loose = {"sources[s].p50": (0.01, 0.03), "sources[s].p99": (0.07, 0.12)}
    (station,) = path(ONE, loose, **S).stations
    assert (station.low, station.high) == (0.5, pytest.approx(1.5))
    (station,) = path(
        {**ONE, "sources[s].p50": 0.0, "sources[s].p99": 0.0}, {"sources[s].p99": (0.0, 1.0)}, **S
    ).stations
    assert (station.low, station.high) == (1.0, 1.0)
    (station,) = path(
        STAGE, {"path.stages[x].p50": (0.01, 0.03), "path.stages[x].p99": (0.07, 0.12)}, **X
    ).stations
    assert (station.low, station.high) == (0.5, pytest.approx(1.5))


def test_what_a_source_lacks_or_contradicts():
    assert refused({**ONE, "sources[s].cache_hit": 0.5}, **S).missing == ("sources[s].cache_p50",)
    for p95 in (0.01, 0.09):
        why = refused({**ONE, "sources[s].p95": p95}, **S).why
        assert why == (
            f"sources[s].p99 = 0.08 s and p50 = 0.02 s, p95 = {p95:g} s are not in order: one of them is wrong"
        )
    why = refused({**ONE, "sources[s].p99": 0.01}, **S).why
    assert why == "sources[s].p99 = 0.01 s and p50 = 0.02 s are not in order: one of them is wrong"
    found = path(ONE, **S).assumptions
    assert found[0] == "s never queues: neither servers nor capacity is stated"
    for known in ("servers", "capacity"):
        assert not any(
            "never queues" in one for one in path({**ONE, f"sources[s].{known}": 9.0}, **S).assumptions
        )


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ({}, {}),
        ({"path.stages[x].p95": 0.05}, {"p95": 0.05}),
        ({"path.stages[x].servers": 8.0}, {"servers": 8.0}),
        ({"path.stages[x].capacity": 40.0}, {"capacity": 40.0}),
        ({"path.stages[x].cv": 3.0}, {"variation": 9.0}),
        ({"path.stages[x].timeout": 0.5, "path.stages[x].retries": 2.0}, {"timeout": 0.5, "retries": 2.0}),
        ({"path.stages[x].timeout": 1.0}, {"timeout": 1.0}),
        ({"path.stages[x].timeout": 0.0}, {}),
    ],
)
def test_a_stage_as_a_station(more, changed):
    plain = Station("x", "stage", 0.02, 0.08)
    found = path({**STAGE, **more}, **X)
    assert found.groups == ((plain._replace(**changed),),)
    queues = "servers" in changed or "capacity" in changed
    assert any("stage x never queues" in one for one in found.assumptions) is not queues


def test_a_stage_stands_for_a_source_the_search_or_the_model():
    assert path({**ONE, "path.stages[x].source": "s"}, **S, **X).groups == ((PLAIN,),)
    timed = {**ONE, **STAGE, "path.stages[x].source": "s"}
    assert [station.kind for station in path(timed, **S, **X).stations] == ["stage"]
    assert ids(SEARCHED, path__stages=("Vector_Search",)) == [["search"]]
    assert ids(HOSTED, path__stages=("ask-model",)) == [["model"]]
    wrong = refused({**ONE, "path.stages[x].source": "t"}, **S, **X)
    assert "path.stages[x].source names no source: t" in wrong.why
    half = {**ONE, "path.stages[x].source": "s", "path.stages[x].p50": 0.1}
    assert refused(half, **S, **X).missing == ("path.stages[x].p99",)
    assert refused({"pilot.uses": (), "path.stages[x].p50": 0.1}, **X).missing == ("path.stages[x].p99",)
    assert refused({"pilot.uses": (), "path.stages[x].p99": 0.1}, **X).missing == ("path.stages[x].p50",)
    assert refused({"pilot.uses": ()}, **X).missing == ("path.stages[x].p50", "path.stages[x].p99")


def test_a_word_of_an_id_is_enough_and_part_of_a_word_is_not():
    words = frozenset(["model", "vector-search"])
    told = {
        "ask_model": True,
        "ask-model": True,
        "MODEL": True,
        "vector-search": True,
        "remodel": False,
        "asks": False,
    }
    assert {stage: stands_for(stage, words) for stage in told} == told


def test_sources_follow_one_another_or_run_together_and_stages_come_in_their_groups():
    two = {name.replace("[s]", f"[{one}]"): value for one in "ab" for name, value in ONE.items()}
    both = {"sources": ("a", "b")}
    assert refused(two, **both).missing == ("path.mode",)
    assert ids({**two, "path.mode": "series"}, **both) == [["a"], ["b"]]
    assert ids({**two, "path.mode": "parallel"}, **both) == [["a", "b"]]
    assert ids({**two, "sources[b].awaited": False}, **both) == [["a"]]
    assert ids({**two, "sources[b].awaited": False, "path.mode": "parallel"}, **both) == [["a"]]
    assert ids({**two, "path.stages[x].source": "b"}, **both, **X) == [["a"], ["b"]]
    three = {name.replace("[x]", f"[{one}]"): value for one in "xyz" for name, value in STAGE.items()}
    grouped = {
        "path.stages[x].parallel_group": "g",
        "path.stages[z].parallel_group": "g",
        "path.mode": "parallel",
    }
    assert ids({**three, **grouped}, path__stages=("x", "y", "z")) == [["x", "z"], ["y"]]


def test_search_and_model_are_added_unless_a_stage_stands_for_them():
    assert ids({**HOSTED, **SEARCHED, "pilot.uses": ("llm", "retrieval")}) == [["search"], ["model"]]
    for uses, found in ((("classic-ml",), [["model"]]), (("agent",), [["model"]])):
        assert ids({**HOSTED, "pilot.uses": uses, "agent.steps_typical": 1.0}) == found
    assert ids({**ONE, "pilot.uses": ("llm",), "model.hosting": "none"}, **S) == [["s"]]
    assert refused({**ONE, "pilot.uses": ("llm",)}, **S).missing == ("model.hosting",)
    silent = {name: value for name, value in ONE.items() if name != "pilot.uses"}
    assert refused(silent, **S).missing == ("pilot.uses",)
    assert refused({"pilot.uses": ()}).missing == ("sources", "path.stages")


@pytest.mark.parametrize(
    ("more", "loose", "wanted"),
    [
        ({"retrieval.cores": 4.0}, {}, Station("search", "search", 0.01, 0.05, servers=4.0)),
        ({"retrieval.cores": 0.5}, {}, Station("search", "search", 0.01, 0.05, servers=1.0)),
        ({"retrieval.search_p99": 0.01}, {}, Station("search", "search", 0.01, 0.01)),
        ({"retrieval.search_p50": None, "flow.search.time": 0.004}, {"flow.search.time": (0.001, 0.008)},
         Station("search", "search", 0.004, 0.012, low=0.25, high=2.0)),
        ({"retrieval.search_p99": None, "flow.search.time": 0.004}, {}, Station("search", "search", 0.004, 0.012)),
    ],
)  # fmt: skip
def test_a_search_with_its_times_or_as_predicted(more, loose, wanted):
    stated = {name: value for name, value in {**SEARCHED, **more}.items() if value is not None}
    found = path(stated, loose)
    assert found.groups == ((wanted,),)
    assert any("never queues" in one for one in found.assumptions) is (wanted.servers is None)


def test_a_search_without_any_time_asks_for_both():
    for time in ({}, {"flow.search.time": 0.0}):
        asked = refused({"pilot.uses": ("retrieval",), **time}).missing
        assert asked == ("retrieval.search_p50", "retrieval.search_p99")
    wrong = refused({**SEARCHED, "retrieval.search_p99": 0.001}).why
    assert wrong == "retrieval.search_p99 = 0.001 s and p50 = 0.01 s are not in order: one of them is wrong"


@pytest.mark.parametrize(
    ("stated", "fixed"),
    [
        ({}, 0.0),
        ({"path.cross_region_hops": 0.0}, 0.0),
        ({"path.cross_region_hops": 3.0, "path.cross_region_rtt": 0.02}, 0.06),
        ({"path.cross_region_hops": 1.0, "path.cross_region_rtt": 0.02}, 0.02),
        ({"path.cross_region_hops": 2.0, "path.cross_region_distance": 1e6}, 0.02),
    ],
)
def test_calls_across_regions_take_their_round_trips(stated, fixed):
    """Over 1,000 km of fibre a round trip takes 2 x 1e6 m / 2e8 m/s = 10 ms at least."""
    assert path({**ONE, **stated}, **S).fixed == pytest.approx(fixed)
    assert any("no call crosses" in one for one in path({**ONE, **stated}, **S).assumptions) is (not stated)
    assert refused({**ONE, "path.cross_region_hops": 1.0}, **S).missing == ("path.cross_region_distance",)


def test_arrivals_scatter_as_stated_or_at_random():
    assert path({**ONE, "demand.arrival_cv": 3.0}, **S).arrival_variation == 9.0
    at_random = path(ONE, **S)
    assert (at_random.arrival_variation, at_random.assumptions[-1]) == (
        1.0,
        "requests arrive at random (Poisson)",
    )


@pytest.mark.parametrize(
    ("stated", "changed"),
    [
        (HOSTED, {}),
        ({**HOSTED, "model.quota_requests": 10.0}, {"capacity": 10.0, "servers": 6e5}),
        ({**HOSTED, "model.quota_requests": 1e-5}, {"capacity": 1e-5, "servers": 1.0}),
        ({**HOSTED, "model.time_per_call_p99": 2.0}, {"p99": 2.0}),
        (OWN, {"servers": 12.0}),
        ({**HOSTED, "pilot.uses": ("agent",), "agent.steps_typical": 4.4}, {"calls": 4.0, "sequential": 4.0}),
        ({**HOSTED, "pilot.uses": ("agent",), "agent.steps_typical": 0.2}, {"calls": 1.0, "sequential": 1.0}),
    ],
)
def test_a_model_with_a_stated_time_per_call(stated, changed):
    """A quota of 10 req/s refuses and does not queue: 10,000 times the calls that it lets fly."""
    plain = Station("model", "model", 2.0, 6.0)
    found = path(stated)
    assert found.groups == ((plain._replace(**changed),),)
    assert any("the provider never queues" in one for one in found.assumptions) is ("servers" not in changed)


def test_the_ends_of_a_stated_time_per_call():
    """A median of 2 s may be 1, a p99 of 6 s may be 9; what traces of the team's own replicas show grows 1.8 times."""
    loose = {"model.time_per_call": (1.0, 3.0), "model.time_per_call_p99": (5.0, 9.0)}
    assert [(s.low, s.high) for s in path(HOSTED, loose).stations] == [(0.5, 1.5)]
    traced = {**OWN, "observed.requests": 1000.0}
    for measured, more, high in (
        (("model.time_per_call",), {}, 1.8), ((), {}, 1.0), (("model.time_per_call",), {"observed.requests": None}, 1.0),
    ):  # fmt: skip
        stated = {name: value for name, value in {**traced, **more}.items() if value is not None}
        assert [s.high for s in path(stated, measured=measured).stations] == [high]
    grown = path(traced, {"model.time_per_call_p99": (5.0, 9.0)}, ("model.time_per_call",))
    assert [s.high for s in grown.stations] == [pytest.approx(1.8 * 1.5)]
    free = {**OWN, "model.time_per_call": 0.0, "model.time_per_call_p99": 0.0}
    assert [(s.low, s.high) for s in path(free).stations] == [(1.0, 1.0)]
    assert "is below model.time_per_call (2 s)" in refused({**HOSTED, "model.time_per_call_p99": 1.0}).why


def test_a_path_whose_queues_nobody_stated_is_assumed():
    """Whether a station queues, whether a call leaves the region: without a word the answer rests on an assumption."""
    queues = {
        "sources[s].servers": 1.0,
        "path.stages[x].servers": 1.0,
        "retrieval.cores": 1.0,
        "path.cross_region_hops": 0.0,
    }
    whole = {
        **ONE,
        **STAGE,
        **SEARCHED,
        **HOSTED,
        **queues,
        "model.quota_requests": 1.0,
        "pilot.uses": ("llm", "retrieval"),
    }
    assert weakest(read_path, whole, **S, **X) is Provenance.DECLARED
    for name in (*queues, "model.quota_requests"):
        some = {key: value for key, value in whole.items() if key != name}
        assert weakest(read_path, some, **S, **X) is Provenance.ASSUMED, name
    predicted = {**whole, "flow.search.time": 0.01}
    del predicted["retrieval.search_p50"]
    assert weakest(read_path, predicted, **S, **X) is Provenance.ASSUMED


def test_a_route_is_up_to_twice_the_great_circle():
    view = Deriver(pilots.tree({"path.cross_region_hops": 3.0, "path.cross_region_distance": 1e6})).view()
    time, shown = cross_region_time(view)
    assert (time.likely, time.low, time.high) == pytest.approx((0.03, 0.03, 0.06))
    assert shown == "3 calls x 10 ms = 30 ms"


SERVED = {**pilots.MODEL, **pilots.MACHINE, **pilots.DEMAND, "pilot.uses": ("llm",)}


def served(**more: object):
    stated = {**SERVED, **{name.replace("__", "."): value for name, value in more.items()}}
    (found,) = path({name: value for name, value in stated.items() if value is not None}).stations
    return found


def test_replicas_of_a_language_model_with_their_lengths():
    """Means of log-normal lengths: of 1,800 tokens with a p95 of 3,500 (sigma 0.4043) 1,953, of 180 with 400 it is 202.5."""
    found = served(model__engine_version="0.10.0")
    assert (found.p50, found.p95) == (Lengths(1800.0, 180.0), Lengths(3500.0, 400.0))
    assert found.mean == pytest.approx((1953.3, 202.5), abs=0.1)
    assert (found.replicas, found.calls, found.tested, found.calibration) == (2.0, 1.0, 0.0, None)
    assert (found.server.family, found.server.pace, found.low, found.high) == ("loaded", 1.0, 0.6, 2.5)
    assert found.server.most > 1.0
    assert served(model__engine="tensorrt-llm").server.family == "loaded"
    assert served(model__engine="llama.cpp").server.family == "llama.cpp25"
    agent = served(pilot__uses=("llm", "agent"), agent__steps_typical=5.0)
    assert (agent.calls, agent.p50) == (5.0, found.p50)


def test_a_loaded_server_needs_the_compute_rate():
    some = {name: value for name, value in SERVED.items() if name != "machine.accelerators.compute_half"}
    assert refused(some).missing == ("machine.accelerators.compute_half",)


def test_lengths_without_a_median_are_all_as_long_as_the_p95():
    told = "every request is as long as the p95 (medians of the lengths are not stated)"
    for kind, lengths in (("in", (3500.0, 180.0)), ("out", (1800.0, 400.0))):
        view = Deriver(
            pilots.tree({k: v for k, v in SERVED.items() if k != f"demand.{kind}_tokens_p50"})
        ).view()
        assert (batching_station(view).p50, told in view.trace.assumptions) == (Lengths(*lengths), True)
    view = Deriver(pilots.tree(SERVED)).view()
    batching_station(view)
    assert told not in view.trace.assumptions
    assert served(demand__in_tokens_p50=3500.0, demand__out_tokens_p50=400.0).mean == (3500.0, 400.0)
    for kind in ("in", "out"):
        wrong = refused({**SERVED, f"demand.{kind}_tokens_p95": 100.0})
        assert wrong.why == "demand: a p95 length in tokens is below its median: one of them is wrong"


def test_a_model_needs_one_replica_at_least():
    assert served(target__replicas=1.0).replicas == 1.0
    assert (
        refused({**SERVED, "target.replicas": 0.5}).why
        == "target.replicas is below 1: nothing serves the model"
    )


@pytest.mark.parametrize(
    ("more", "is_served"),
    [
        ({}, True),
        ({"model.kind": ""}, True),
        ({"model.kind": "", "pilot.uses": ("classic-ml",)}, False),
        ({"model.kind": "llm", "pilot.uses": ("agent",)}, True),
        ({"model.kind": "classifier"}, False),
        ({"model.hosting": "hosted"}, False),
    ],
)
def test_which_models_are_served_language_models(more, is_served):
    assert is_served_language_model(Deriver(pilots.tree({**SERVED, **more})).view()) is is_served


STEP = {
    "rate": 4.0, "served_rate": 4.0, "tpot": 0.012, "p50": 2.4, "in_tokens": 1800.0, "out_tokens": 180.0, "of_model": True,
    "requests": 4000.0, "duration": 600.0, "error_rate": 0.0, "open_loop": True,
}  # fmt: skip


def test_a_load_test_of_the_server_sets_its_pace():
    stated = {**SERVED, **{f"load_test.steps[1].{field}": value for field, value in STEP.items()}}
    (found,) = path(stated, load_test__steps=("1",)).stations
    assert found.tested == 4.0
    assert found.calibration is not None
    assert found.server.pace == found.calibration.factor.likely != 1.0
    assert found.calibration.prior == pytest.approx(math.log(2.5) / 1.959964)
    assert found.server.hardware.compute is not None
    assert (found.low, found.high) == (PRIOR_LOW, PRIOR_HIGH)
