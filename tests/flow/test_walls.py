"""Composition, walls and levers: against sampling, and the properties that must always hold."""

from __future__ import annotations

import math
from itertools import pairwise

import flow_pilots as pilots
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.flow.derive_facts import Deriver, derive_facts
from poc_gate.flow.formulas.load.composition import compose
from poc_gate.flow.formulas.load.load_walls import first_break, holds_at
from poc_gate.flow.formulas.load.path_model import RequestPath, Station
from poc_gate.flow.formulas.load.simulation import sample_times
from poc_gate.flow.formulas.load.spread import constant, fitted, in_series, mixture, slowest, slowest_of
from poc_gate.flow.span import Span
from poc_gate.flow.walls.hops import data_path
from poc_gate.flow.walls.levers import Bounds, find_lever, find_pair
from poc_gate.flow.walls.wall import find_walls
from poc_gate.model.fact import FactTree
from poc_gate.model.quantity import Quantity

NOISE = 0.02
"""Thinning a distribution to 25 points moves a quantile by up to 2 %."""

STATIONS = st.builds(
    lambda p50, ratio, servers: Station("x", "source", p50, p50 * ratio, servers=float(servers)),
    st.floats(0.002, 0.3), st.floats(1.2, 8.0), st.integers(1, 16),
)  # fmt: skip


def named(stations: list[Station]) -> list[Station]:
    """Return the stations with ids of their own."""
    return [Station(f"s{i}", s.kind, s.p50, s.p99, servers=s.servers) for i, s in enumerate(stations)]


def wall(path: RequestPath, promise: float) -> float:
    """Return the load of the first wall."""
    found = first_break(path, {"slo.p95": promise})
    assert found is not None
    return found.load


def test_series_and_maximum_agree_with_sampling():
    stations = tuple(Station(f"s{i}", "source", 0.01 * (i + 1), 0.08 * (i + 1)) for i in range(6))
    for path in (RequestPath(tuple((s,) for s in stations)), RequestPath((stations,))):
        found, drawn = compose(path, 0.0).spread, sample_times(path, 0.0, requests=200_000, seed=7)
        assert found is not None
        assert drawn is not None
        drawn.sort()
        for share, slack in ((0.5, 0.02), (0.95, 0.03), (0.99, 0.08)):
            assert found.quantile(share) == pytest.approx(drawn[int(share * 200_000)], rel=slack)


def test_the_same_seed_gives_the_same_numbers():
    path = RequestPath(((Station("a", "source", 0.01, 0.1, servers=2.0),),))
    first, second = (sample_times(path, 50.0, requests=1000, seed=3) for _ in range(2))
    assert first is not None
    assert (first == second).all()


def test_fitted_goes_through_its_quantiles():
    spread = fitted(0.02, 0.2, 0.08)
    for share, time in ((0.5, 0.02), (0.95, 0.08), (0.99, 0.2)):
        assert spread.quantile(share) == pytest.approx(time, rel=0.08)


def test_mixtures_and_maxima_keep_their_weight():
    both = mixture([(0.6, constant(0.001)), (0.4, fitted(0.1, 0.4))])
    assert sum(both.weights) == pytest.approx(1.0)
    assert both.quantile(0.3) == pytest.approx(0.001)
    assert slowest([constant(2.0), constant(1.0)]).quantile(0.5) == 2.0
    assert slowest_of(fitted(0.1, 0.4), 100).quantile(0.5) > fitted(0.1, 0.4).quantile(0.97)
    assert in_series([constant(1.0), constant(2.0)]).values == (3.0,)


def test_timeouts_and_retries_bound_a_call():
    once = Station("a", "source", 0.1, 1.0, timeout=0.3, retries=1)
    assert once.service().quantile(0.999) <= 0.6
    assert once.service().quantile(0.5) == pytest.approx(0.1, rel=0.1)


@settings(max_examples=40, deadline=None)
@given(st.lists(STATIONS, min_size=2, max_size=5), st.floats(1.1, 3.0), st.booleans())
def test_removing_a_station_never_moves_the_wall_nearer(stations, slack, parallel):
    every = named(stations)
    fewer = every[:-1]
    paths = [RequestPath((tuple(s),) if parallel else tuple((x,) for x in s)) for s in (every, fewer)]
    rest = compose(paths[0], 0.0).spread
    assert rest is not None
    promise = rest.quantile(0.95) * slack
    assert wall(paths[1], promise * (1 + NOISE)) >= wall(paths[0], promise) * (1 - NOISE)


@settings(max_examples=40, deadline=None)
@given(st.lists(STATIONS, min_size=1, max_size=4), st.floats(1.1, 3.0), st.integers(1, 8))
def test_adding_capacity_never_moves_the_wall_nearer(stations, slack, more):
    every = named(stations)
    first = every[0]
    wider = [
        Station(first.id, first.kind, first.p50, first.p99, servers=(first.servers or 1) + more),
        *every[1:],
    ]
    paths = [RequestPath(tuple((x,) for x in s)) for s in (every, wider)]
    rest = compose(paths[0], 0.0).spread
    assert rest is not None
    promise = rest.quantile(0.95) * slack
    assert wall(paths[1], promise * (1 + NOISE)) >= wall(paths[0], promise) * (1 - NOISE)


@settings(max_examples=15, deadline=None)
@given(st.floats(500, 6000), st.floats(1.05, 4.0))
def test_longer_context_never_helps(prompt, factor):
    base = {"demand__in_tokens_p50": 400.0, "slo__p95": 60.0, "slo__p99": 90.0}
    short = pilots.assistant("a", demand__in_tokens_p95=prompt, **base)
    long = pilots.assistant("a", demand__in_tokens_p95=prompt * factor, **base)
    for name in ("flow.wall.load", "flow.concurrency.max", "flow.replica.capacity", "flow.decode.ceiling"):
        pair = [Deriver(tree).find(name)[0].value.value for tree in (short, long)]
        assert pair[1] <= pair[0] * (1 + NOISE), name
    pair = [Deriver(tree).find("flow.ttft.likely")[0].value.value for tree in (short, long)]
    assert pair[1] >= pair[0]


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6))
def test_more_replicas_never_move_the_wall_nearer(replicas, more):
    few = pilots.assistant("a", target__replicas=float(replicas))
    many = pilots.assistant("a", target__replicas=float(replicas + more))
    loads = [Deriver(tree).find("flow.wall.load")[0].value.value for tree in (few, many)]
    assert loads[1] >= loads[0] * (1 - NOISE)


def test_a_source_less_in_the_pilot_never_moves_its_wall_nearer():
    three, two = pilots.assistant("a", "b", "c"), pilots.assistant("a", "b")
    loads = [Deriver(tree).find("flow.wall.load")[0].value.value for tree in (three, two)]
    assert loads[1] >= loads[0] * (1 - NOISE)


def test_walls_come_in_order_and_name_their_station():
    tree = pilots.assistant("a", "b")
    facts = {**tree.facts, "sources[b].servers": pilots.fact("sources[b].servers", 1.0)}
    picture = find_walls(FactTree(facts, tree.items))[0]
    assert picture.axis == "req/s"
    loads = [w.load for w in picture.walls]
    assert len(loads) == 4
    assert loads == sorted(loads)
    assert picture.walls[0].low <= loads[0] <= picture.walls[0].high
    times = [point.p95 for point in picture.points if point.p95 is not None]
    assert all(after >= before * (1 - NOISE) for before, after in pairwise(times))
    assert "first bottleneck appears at" in picture.sentence


def test_a_promise_broken_without_load_is_a_wall_at_zero():
    picture = find_walls(pilots.assistant("a", slo__p95=0.05))[0]
    assert picture.walls[0].load == 0.0
    assert "even without load" in picture.walls[0].cause
    assert picture.walls[0].station == "model"


def test_cost_and_corpus_have_walls_where_they_are_declared():
    axes = {picture.axis: picture for picture in find_walls(pilots.rich_trees()[0])}
    assert set(axes) == {"req/s", "cost", "corpus"}
    batch = {picture.axis: picture for picture in find_walls(pilots.rich_trees()[2])}
    assert set(batch) == {"volume", "accelerators"}
    assert batch["volume"].walls[0].load == pytest.approx(1e6 * 1.25, rel=0.01)
    assert batch["accelerators"].walls[0].load == math.floor(0.98 * 3e10 / (7 * 146.6e6 / 0.323 * 0.9))
    assert axes["corpus"].walls[0].station == "re-indexing" or axes["corpus"].walls[0].low is not None
    assert axes["cost"].walls[0].load > 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"demand__requests_per_day": 0.0}, "zero"),
        ({"target__replicas": 0.0}, "target.replicas"),
        ({"sources[a]__p99": 0.001}, "not in order"),
        ({"sources[a]__servers": 0.0}, ""),
        ({"demand__requests_per_day": 1e12 / 86400}, ""),
        ({"machine__accelerators__memory_total": 1e9}, ""),
        ({"sources[a]__p50": 0.0, "sources[a]__p99": 0.0}, ""),
    ],
)
def test_absurd_inputs_get_a_clear_answer(changes, words):
    tree = pilots.assistant("a", **changes)
    found = derive_facts(tree).get("flow.wall.load")
    headroom = derive_facts(tree).get("flow.wall.headroom")
    if words:
        assert words in (found.why_unknown or headroom.why_unknown)
    else:
        assert found.value is not None
    find_walls(tree)
    data_path(tree)


def test_a_trillion_requests_stand_beyond_the_wall():
    tree = pilots.assistant("a", demand__requests_per_day=1e12 / 86400)
    assert Deriver(tree).find("flow.wall.headroom")[0].value.value < 1e-4
    assert "overload" in Deriver(tree).find("flow.latency.p99")[0].why_unknown
    assert Deriver(tree).find("flow.concurrency.needed")[0].value.value > 1e4


def test_the_busiest_hop_binds_or_is_not_separable():
    tree = pilots.assistant("a", "b")
    facts = {**tree.facts, "sources[b].servers": pilots.fact("sources[b].servers", 1.0)}
    facts["sources[b].p50"] = pilots.fact("sources[b].p50", 0.3)
    facts["sources[b].p99"] = pilots.fact("sources[b].p99", 0.9)
    hops = data_path(FactTree(facts, tree.items))
    assert [hop.title for hop in hops if hop.binding] == ["source b"]
    assert sum(hop.binding for hop in data_path(tree)) > 1
    assert data_path(FactTree({})) == ()


def test_a_lever_is_moved_to_where_the_answer_flips():
    tree = pilots.assistant("a")

    def fits(changed: FactTree) -> bool:
        found = derive_facts(changed, wanted=frozenset({"flow.device_memory.free_share"}))
        return found.get("flow.device_memory.free_share").value.value >= 0.9

    lever = find_lever(tree, "target.count", fits)
    assert lever.needed == Quantity(4.0)
    assert fits(pilots.assistant("a", target__count=4.0))
    assert not fits(pilots.assistant("a", target__count=3.0))
    none = find_lever(tree, "model.planned_concurrency", fits)
    assert none.needed is None
    assert none.note


def test_bounds_and_flags_of_levers():
    tree = pilots.tree({"oversight.review_share": 0.5, "retrieval.incremental": False})
    half = find_lever(tree, "oversight.review_share", lambda t: t.get("oversight.review_share").value.value >= 0.9,
                      bounds=Bounds(0.0, 1.0))  # fmt: skip
    assert half.needed.value == pytest.approx(0.9, rel=0.01)
    beyond = find_lever(tree, "oversight.review_share", lambda t: t.get("oversight.review_share").value.value > 1.0,
                        bounds=Bounds(0.0, 1.0))  # fmt: skip
    assert beyond.needed is None
    turned = find_lever(tree, "retrieval.incremental", lambda t: t.get("retrieval.incremental").value is True)
    assert turned.needed is True


def test_a_pair_helps_where_no_single_lever_may_go_far_enough():
    tree = pilots.tree({"cost.gpu_hour": 1.0, "cost.host_hour": 1.0})
    names = ("cost.gpu_hour", "cost.host_hour")
    limits = dict.fromkeys(names, Bounds(1.0, 3.0))

    def product(changed: FactTree) -> bool:
        return changed.get(names[0]).value.value * changed.get(names[1]).value.value >= 4.0

    assert find_lever(tree, names[0], product, bounds=limits[names[0]]).needed is None
    pair = find_pair(tree, names, product, bounds=limits)
    assert pair is not None
    assert pair[0].needed.value * pair[1].needed.value == pytest.approx(4.0, rel=0.01)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.floats(0.01, 100.0)] * 3), st.tuples(*[st.floats(0.01, 100.0)] * 3))
def test_span_arithmetic_holds_every_true_value(left, right):
    a, b = (Span(sorted(v)[1], min(v), max(v)) for v in (left, right))
    for made, plain in (
        (a + b, a.low + b.high),
        (a - b, a.high - b.low),
        (a * b, a.low * b.low),
        (a / b, a.high / b.low),
    ):
        assert made.low - 1e-9 <= plain <= made.high + 1e-9
        assert made.low <= made.likely <= made.high


def test_an_agents_steps_call_the_model_one_after_the_other():
    once = pilots.assistant("a")
    agent = {**once.facts, "pilot.uses": pilots.fact("pilot.uses", ("llm", "retrieval", "agent"))}
    steps = {**agent, "agent.steps_typical": pilots.fact("agent.steps_typical", 5.0)}
    known = [Deriver(FactTree(facts, once.items)) for facts in (once.facts, steps)]
    medians = [d.find("flow.latency.p50")[0].value.value for d in known]
    assert 4 * medians[0] < medians[1] < 7 * medians[0]
    capacities = [d.find("flow.replica.capacity")[0].value.value for d in known]
    assert capacities[1] == pytest.approx(capacities[0] / 5, rel=0.01)
    missing = Deriver(FactTree(agent, once.items)).find("flow.latency.p50")[0]
    assert "agent.steps_typical" in missing.why_unknown


def test_a_model_on_the_host_decodes_at_the_measured_bandwidth_and_needs_a_stated_time():
    facts = {
        **pilots.assistant("a").facts,
        "machine.memory.read_all": pilots.fact("machine.memory.read_all", 2e11),
    }
    facts |= {"target.device": pilots.fact("target.device", "cpu"), "model.engine": pilots.fact("model.engine", "cpu"),
              "machine.memory.total": pilots.fact("machine.memory.total", 128 * 2.0**30)}  # fmt: skip
    deriver = Deriver(FactTree(facts, {"sources": ("a",)}))
    assert deriver.find("flow.decode.bound_single")[0].value.value == pytest.approx(2e11 / 16.06e9)
    assert deriver.find("flow.memory.host_required")[0].value is not None
    assert "model.time_per_call" in deriver.find("flow.latency.p99")[0].why_unknown


@settings(max_examples=40, deadline=None)
@given(st.lists(STATIONS, min_size=1, max_size=4), st.floats(1.3, 5.0))
def test_a_path_holds_below_its_wall_and_not_beyond(stations, slack):
    path = RequestPath(tuple((s,) for s in named(stations)))
    unloaded = compose(path, 0.0).spread
    assert unloaded is not None
    promises = {"slo.p95": unloaded.quantile(0.95) * slack}
    load = wall(path, promises["slo.p95"])
    assert holds_at(path, promises, load * 0.97)
    assert not holds_at(path, promises, load * 1.03)
    limited = path._replace(limits=(("quota", load / 2.0, "the quota is used up"),))
    assert not holds_at(limited, promises, load * 0.97)


def test_what_an_owner_or_a_provider_allows_is_a_hop():
    tree = pilots.assistant("a", model__quota_requests=4.0)
    tolerated = {**tree.facts, "sources[a].tolerated_rate": pilots.fact("sources[a].tolerated_rate", 2.5)}
    hops = {hop.id: hop for hop in data_path(FactTree(tolerated, tree.items))}
    assert hops["a"].capacity == 2.5
    assert any("tolerates" in note for note in hops["a"].assumptions)
    assert hops["request-quota"].utilisation == pytest.approx(hops["request-quota"].demand / 4.0)


def test_a_layer_split_over_more_devices_than_there_are_is_no_speed():
    tree = pilots.assistant("a", model__tensor_parallel=8.0)
    for name in (
        "flow.decode.ceiling",
        "flow.decode.bound_single",
        "flow.ttft.floor",
        "flow.concurrency.needed",
        "flow.wall.load",
    ):
        found = Deriver(tree).find(name)[0]
        assert found.value is None, name
        assert "model.tensor_parallel is 8 and target.count 1" in found.why_unknown, name
