"""What one set of facts comes to at either end: the numbers of the first look, worked out by hand or by the station's own formulas."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.serving.cache_room import least_memory, room_for_cache
from poc_gate.flow.reading.model_station import batching_station
from poc_gate.flow.walls.first_answers import carried_numbers, first_numbers
from poc_gate.model.fact import Fact, FactTree

PEAK = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "demand.burst_factor": 4.0}
"""4 req/s in the peak, of one on average."""
LENGTHS = {name: value for name, value in pilots.DEMAND.items() if "tokens" in name}
"""Means of 1,953.3 and 202.5 tokens."""
SERVED = {
    **PEAK,
    **LENGTHS,
    **pilots.MODEL,
    **pilots.MACHINE,
    "pilot.uses": ("llm",),
    "model.engine_version": "0.10.0",
    "model.precision": "bf16",
}
SOURCE = {
    "sources[s].p50": 0.1,
    "sources[s].p99": 0.1,
    "sources[s].calls_per_request": 1.0,
    "sources[s].servers": 1.0,
}
"""10 req/s saturate it."""
HOSTED = {
    **PEAK, **LENGTHS, "pilot.uses": ("llm",), "model.hosting": "hosted", "model.time_per_call": 2.0, "model.time_per_call_p99": 4.0,
}  # fmt: skip
S = {"sources": ("s",)}


def tree_of(stated, loose=None, **items: tuple[str, ...]):
    tree = pilots.tree({name: value for name, value in stated.items() if value is not None}, **items)
    facts = dict(tree.facts)
    for name, (low, high) in (loose or {}).items():
        facts[name] = Fact(name, facts[name].value, facts[name].provenance, low=low, high=high)
    return FactTree(facts, tree.items)


def numbers(stated, end="likely", loose=None, **items: tuple[str, ...]):
    return first_numbers(tree_of(stated, loose, **items), end)


VIEW = Deriver(tree_of(SERVED)).view()
STATION = batching_station(VIEW)


def test_what_a_served_model_comes_to():
    found = numbers(SERVED)
    assert (found.peak, found.replicas, found.needed) == (pytest.approx(4.0), 2.0, 16.06e9)
    assert found.tokens_per_s == pytest.approx(4 * 2155.77, rel=1e-4)
    assert found.tokens_per_day == pytest.approx(86400 * 2155.77, rel=1e-4)
    assert found.each == (3500 + 400) * 131072
    assert found.capacity == 80 * 2.0**30
    assert found.served == pytest.approx(STATION.highest_rate())
    assert (found.wall, found.station) == (found.served, "model")
    assert found.cause == f"the language model takes at most {found.served:.3g} requests a second"
    flight = STATION.server.in_flight(2.0, STATION.mean)
    assert found.first_token == pytest.approx(
        STATION.server.time_to_first(flight, 2.0, STATION.p95, STATION.mean)
    )
    cache, least = room_for_cache(VIEW)[0], least_memory(VIEW)
    assert (found.cache, found.least_memory) == (cache.likely, least.likely)
    assert found.room == pytest.approx(cache.likely / found.each)
    carried = carried_numbers(tree_of(SERVED), "likely")
    assert (carried.peak, carried.room, carried.served) == (found.peak, found.room, found.served)


def test_the_ends_of_a_served_model():
    """1.8 times as much or as little throughput, first tokens of 0.6 to 2.5 times the prediction, the ends of memory."""
    cache, least, likely = room_for_cache(VIEW)[0], least_memory(VIEW), numbers(SERVED)
    ends = {"better": (1.8, 0.6, cache.high, least.low), "worse": (1 / 1.8, 2.5, cache.low, least.high)}
    for end, (rate, token, room, memory) in ends.items():
        found = numbers(SERVED, end)
        assert found.served == pytest.approx(likely.served * rate)
        assert found.wall == pytest.approx(likely.wall * rate)
        assert found.first_token == pytest.approx(likely.first_token * token)
        assert (found.cache, found.least_memory) == (room, memory)
        assert found.room == pytest.approx(room / found.each)
        carried = carried_numbers(tree_of(SERVED), end)
        assert (carried.room, carried.served) == (found.room, found.served)
    loose = {"model.weight_bytes": (8e9, 32e9)}
    assert [numbers(SERVED, end, loose).needed for end in ("better", "likely", "worse")] == [
        8e9,
        16.06e9,
        32e9,
    ]


def test_a_call_that_was_timed_narrows_what_is_served():
    """One run of the pilot itself is within 0.85 to 1.2 of its speed."""
    alone = STATION.server.time(1.0, 0.0, STATION.p50, STATION.p50)
    timed = {**SERVED, "model.time_per_call": 2 * alone, "model.time_per_call_p99": 4 * alone}
    for end, around in (("better", 1.2), ("likely", 1.0), ("worse", 0.85)):
        assert numbers(timed, end).served == pytest.approx(STATION.highest_rate() * around / 2)
    assert numbers({**SERVED, "model.time_per_call": 0.0}).served == pytest.approx(STATION.highest_rate())
    short = {**timed, "model.time_per_call": 0.5}
    assert numbers(short).served == pytest.approx(STATION.highest_rate() * alone / 0.5)


def test_requests_that_an_engine_admits_cap_the_room():
    assert numbers({**SERVED, "model.max_concurrency": 3.0}).room == 3.0
    heads = {**SERVED, "target.count": 16.0, "model.tensor_parallel": 16.0}
    found = numbers(heads)
    assert found.room == pytest.approx(found.cache / (found.each * 2))
    none = numbers({**SERVED, "flow.kv.bytes_per_sequence": 0.0})
    assert none.room is None
    assert numbers({**SERVED, "flow.kv.bytes_per_sequence": 0.5}).room is not None


def test_first_tokens_of_a_model_that_overloads_or_has_no_load():
    alone = STATION.server.time_to_first(1.0, 0.0, STATION.p95, STATION.mean)
    for more in (
        {"demand.burst_factor": 1000.0},
        {"demand.burst_factor": None},
        {"demand.burst_factor": 0.0},
    ):
        assert numbers({**SERVED, **more}).first_token == pytest.approx(alone)
    little = STATION.server.time_to_first(
        STATION.server.in_flight(0.75, STATION.mean), 0.75, STATION.p95, STATION.mean
    )
    assert numbers({**SERVED, "demand.burst_factor": 1.5}).first_token == pytest.approx(little)
    agent = {**SERVED, "pilot.uses": ("llm", "agent"), "agent.steps_typical": 2.0}
    flight = STATION.server.in_flight(4.0, STATION.mean)
    assert numbers(agent).first_token == pytest.approx(
        STATION.server.time_to_first(flight, 4.0, STATION.p95, STATION.mean)
    )


@pytest.mark.parametrize(
    ("more", "calls", "tokens"),
    [
        ({}, 1.0, 2155.77),
        ({"pilot.uses": ("llm", "agent"), "agent.steps_typical": 3.0}, 3.0, 2155.77),
        ({"pilot.uses": ("llm", "agent"), "agent.steps_typical": 0.5}, 1.0, 2155.77),
        ({"pilot.uses": ("llm", "agent")}, 1.0, 2155.77),
        ({"agent.steps_typical": 3.0}, 1.0, 2155.77),
        ({"demand.in_tokens_p95": None}, 1.0, 1800 + 202.51),
        ({"demand.in_tokens_p50": None}, 1.0, 3500 + 202.51),
        ({"demand.in_tokens_p95": 900.0}, 1.0, 1800 + 202.51),
        ({"demand.in_tokens_p50": None, "demand.in_tokens_p95": None}, 1.0, None),
        ({"demand.out_tokens_p50": None, "demand.out_tokens_p95": None}, 1.0, None),
    ],
)
def test_tokens_of_a_day(more, calls, tokens):
    found = numbers({**HOSTED, **more})
    assert found.tokens_per_day == (
        None if tokens is None else pytest.approx(86400 * calls * tokens, rel=1e-4)
    )
    assert found.tokens_per_s == (None if tokens is None else pytest.approx(4 * calls * tokens, rel=1e-4))
    silent = numbers({**HOSTED, **more, "demand.requests_per_day": None})
    assert (silent.tokens_per_day, silent.tokens_per_s, silent.peak) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "wall", "station"),
    [
        ({**HOSTED, **SOURCE}, 10.0, "s"),
        ({**HOSTED, **SOURCE, "model.quota_requests": 5.0}, 5.0, "model"),
        ({**HOSTED, **SOURCE, "model.quota_tokens": 2155.77 * 3}, 3.0, "token quota"),
        (
            {
                **PEAK,
                **LENGTHS,
                "pilot.uses": ("llm",),
                "model.hosting": "hosted",
                "model.quota_tokens": 2155.77 * 3,
            },
            3.0,
            "token quota",
        ),
        ({**SERVED, **SOURCE}, 10.0, "s"),
        ({**SERVED, **SOURCE, "sources[s].servers": 1000.0}, None, "model"),
        ({**SERVED, **SOURCE, "sources[s].awaited": False}, None, "model"),
        ({**HOSTED, **SOURCE, "sources[s].awaited": False}, None, ""),
    ],
)
def test_the_first_part_that_gives_way(stated, wall, station):
    found = numbers(stated, **S)
    assert found.station == station
    wanted = STATION.highest_rate() if station == "model" and wall is None else wall
    assert found.wall == (None if wanted is None else pytest.approx(wanted, rel=1e-4))


def test_steps_of_an_agent_use_a_quota_up_and_a_stage_may_be_the_model():
    agent = {
        **HOSTED,
        "pilot.uses": ("llm", "agent"),
        "agent.steps_typical": 2.0,
        "model.time_per_call": None,
        "model.quota_tokens": 2155.77 * 6,
    }
    assert numbers(agent).wall == pytest.approx(3.0, rel=1e-4)
    staged = numbers(SERVED, "better", path__stages=("generate",))
    assert staged.wall == pytest.approx(1.8 * STATION.highest_rate())


def test_the_ends_of_the_parts():
    loose = {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}
    for end, wall in (("better", 20.0), ("likely", 10.0), ("worse", 5.0)):
        assert numbers({**HOSTED, **SOURCE}, end, loose, **S).wall == pytest.approx(wall)
    promised = {**HOSTED, **SOURCE, "slo.p95": 0.01}
    assert numbers(promised, **S).wall == 0.0


def test_parts_that_cannot_be_described_are_left_out_by_name():
    broken = {"sources[s].p50": 0.1, "pilot.uses": ("retrieval", "llm"), "model.hosting": "hosted"}
    found = numbers(broken, **S, path__stages=("x",))
    assert found.left_out == ("source s", "stage x", "search in the index", "model")
    staged = numbers({**broken, "path.stages[x].source": "s"}, **S, path__stages=("x",))
    assert staged.left_out == ("stage x", "search in the index", "model")
    ml = numbers({"pilot.uses": ("classic-ml",), "model.hosting": "none"})
    assert ml.left_out == ("model",)
    assert numbers({"pilot.uses": ("batch",)}).left_out == ()
    assert numbers({}).left_out == ()


COST = {**HOSTED, "cost.in_token": 1e-6, "cost.out_token": 0.0}


def test_what_a_month_costs_as_far_as_it_has_a_price():
    """1,800 tokens a request at a millionth each, 2,629,800 s a month."""
    found = numbers(COST)
    assert (found.cost_month, found.unpriced) == (pytest.approx(0.0018 * 2629800), ())
    missing = numbers({**COST, "cost.in_token": None})
    assert (missing.cost_month, missing.unpriced) == (None, ("cost.in_token",))
    fixed = numbers({**COST, "cost.in_token": None, "cost.fixed_month": 100.0})
    assert fixed.cost_month == pytest.approx(100.0)
    assert numbers({**COST, "cost.in_token": None, "cost.fixed_month": 0.5}).cost_month == pytest.approx(0.5)
    free = {**COST, "pilot.uses": ("llm", "retrieval"), "cost.retrieval_per_request": 0.0}
    assert numbers(free).cost_month == pytest.approx(0.0018 * 2629800)
    hours = numbers({**COST, "cost.in_token": None, "cost.host_hour": 0.001, "target.replicas": 2.0})
    assert hours.cost_month == pytest.approx(0.002 * 2629800)
    assert numbers({**COST, "demand.requests_per_day": None}).cost_month is None
    nobody = numbers({"cost.fixed_month": 100.0})
    assert (nobody.cost_month, nobody.unpriced) == (None, ())
