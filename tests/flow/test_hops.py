"""The data path: what a request and a second ask of each hop, what it gives, which hop binds, worked out by hand."""

from __future__ import annotations

import flow_pilots as pilots
import pytest

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.formulas.speed.fitted_constants import FAMILIES
from poc_gate.flow.reading.model_station import batching_station
from poc_gate.flow.walls.hops import data_path
from poc_gate.model.fact import Fact, FactTree

PEAK = {"demand.requests_per_day": 1.0, "demand.peak_hour_share": 1 / 24, "demand.burst_factor": 4.0}
"""4 req/s in the peak."""
SOURCE = {
    **PEAK,
    "sources[s].p50": 0.1,
    "sources[s].p99": 0.1,
    "sources[s].calls_per_request": 2.0,
    "sources[s].servers": 2.0,
}
"""Two calls of 0.1 s on two servers, which take 20 calls a second."""
S = {"sources": ("s",)}
X = {"path__stages": ("x",)}


def hops(stated, loose=None, **items: tuple[str, ...]):
    tree = pilots.tree({name: value for name, value in stated.items() if value is not None}, **items)
    facts = dict(tree.facts)
    for name, (low, high) in (loose or {}).items():
        facts[name] = Fact(name, facts[name].value, facts[name].provenance, low=low, high=high)
    return {hop.id: hop for hop in data_path(FactTree(facts, tree.items))}


def figures(hop):
    return hop.per_request, hop.demand, hop.capacity, hop.utilisation


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, (2.0, 8.0, 20.0, 0.4)),
        ({"sources[s].cache_hit": 0.5, "sources[s].cache_p50": 0.0}, (1.0, 4.0, 20.0, 0.2)),
        ({"sources[s].tolerated_rate": 10.0}, (2.0, 8.0, 10.0, 0.8)),
        ({"sources[s].tolerated_rate": 20.0}, (2.0, 8.0, 20.0, 0.4)),
        ({"sources[s].tolerated_rate": 30.0}, (2.0, 8.0, 20.0, 0.4)),
        ({"sources[s].servers": None, "sources[s].tolerated_rate": 10.0}, (2.0, 8.0, 10.0, 0.8)),
        ({"sources[s].servers": None}, (2.0, 8.0, None, None)),
        ({"sources[s].servers": 0.0}, (2.0, 8.0, 0.0, float("inf"))),
        ({"sources[s].servers": 0.05}, (2.0, 8.0, 0.5, 16.0)),
        ({"sources[s].cache_hit": 1.0, "sources[s].cache_p50": 0.0}, (0.0, 0.0, None, None)),
        ({"sources[s].calls_per_request": 0.5}, (0.5, 2.0, 20.0, 0.1)),
    ],
)
def test_a_source_is_asked_what_its_cache_does_not_answer(more, wanted):
    hop = hops({**SOURCE, **more}, **S)["s"]
    assert figures(hop) == tuple(None if one is None else pytest.approx(one) for one in wanted)
    tolerates = any("owner tolerates" in note for note in hop.assumptions)
    assert tolerates is (wanted[2] == 10.0)


def test_the_ends_of_a_source():
    """Calls that may take half or twice as long: a fifth of what it gives, or four fifths; two follow one another."""
    hop = hops(SOURCE, {"sources[s].p50": (0.05, 0.1), "sources[s].p99": (0.1, 0.2)}, **S)["s"]
    assert (hop.utilisation_low, hop.utilisation, hop.utilisation_high) == pytest.approx((0.2, 0.4, 0.8))
    assert hop.time_per_request == pytest.approx(0.2)
    assert (hop.kind, hop.title, hop.unit) == ("source", "source s", "req/s")


def test_stages_of_their_own_are_hops():
    stage = {**SOURCE, "path.stages[x].p50": 0.2, "path.stages[x].p99": 0.2, "path.stages[x].capacity": 16.0}
    assert figures(hops(stage, **S, **X)["x"]) == pytest.approx((1.0, 4.0, 16.0, 0.25))
    assert set(hops({**stage, "path.stages[x].source": "s"}, **S, **X)) == {"s"}
    assert set(hops({**SOURCE, "sources[s].p99": 0.01}, **S)) == set()


@pytest.mark.parametrize(
    ("stated", "id_", "wanted", "time"),
    [
        ({"path.bytes_per_request": 1e6, "path.network_bandwidth": 8e6}, "network", (1e6, 4e6, 8e6, 0.5), 0.125),
        ({"path.bytes_per_request": 1e6, "path.network_bandwidth": 0.5}, "network", (1e6, 4e6, 0.5, 8e6), 2e6),
        ({"target.bytes_to_device": 1e9, "machine.accelerators.h2d_pageable": 1e10, "target.device": "h100", "target.replicas": 2.0},
         "link", (1e9, 4e9, 2e10, 0.2), 0.1),
        ({"target.bytes_to_device": 0.5, "machine.accelerators.h2d_pageable": 1e10, "target.device": "h100"}, "link", (0.5, 2.0, 1e10, 2e-10), 5e-11),
        ({"model.quota_requests": 8.0}, "request-quota", (1.0, 4.0, 8.0, 0.5), None),
        ({"flow.ingest.need": 2e9, "flow.ingest.have": 8e9}, "storage", (2e9, 2e9, 8e9, 0.25), None),
    ],
)  # fmt: skip
def test_links_quotas_and_stores(stated, id_, wanted, time):
    hop = hops({**PEAK, **stated})[id_]
    assert figures(hop) == pytest.approx(wanted)
    assert hop.time_per_request == (None if time is None else pytest.approx(time))
    assert hop.utilisation_low == hop.utilisation == hop.utilisation_high


def test_hops_that_ask_or_give_nothing():
    idle = {
        **PEAK,
        "target.bytes_to_device": 0.0,
        "machine.accelerators.h2d_pageable": 1e10,
        "target.device": "h100",
    }
    assert hops(idle) == {}
    dead = hops({**PEAK, "path.bytes_per_request": 1e6, "path.network_bandwidth": 0.0})["network"]
    assert (dead.utilisation, dead.time_per_request) == (float("inf"), None)
    assert data_path(pilots.tree({})) == ()


TOKENS = {
    "model.quota_tokens": 1e4,
    **{
        f"demand.{kind}_tokens_p{share}": size
        for kind, size in (("in", 1000.0), ("out", 200.0))
        for share in (50, 95)
    },
}


@pytest.mark.parametrize(
    ("burst", "each"), [(4.0, 1327.4), (0.0, 1200.0), (0.5, 1200 + 1.6449 * (60 * 0.5 * 1.44e6) ** 0.5 / 30)]
)
def test_a_quota_of_tokens_is_asked_for_the_busiest_minute(burst, each):
    """240 requests of 1,200 tokens and 1.6449 x sqrt(240 x 1,200^2) = 30,579 more; without load the mean of a request."""
    hop = hops({**PEAK, **TOKENS, "demand.burst_factor": burst})["token-quota"]
    assert hop.per_request == pytest.approx(each, rel=1e-4)
    assert hop.demand == pytest.approx(each * burst, rel=1e-4)
    assert hop.capacity == 1e4


SERVED = {
    **{name: value for name, value in pilots.DEMAND.items() if "tokens" in name}, **PEAK, **pilots.MODEL, **pilots.MACHINE,
    "pilot.uses": ("llm",), "model.engine_version": "0.10.0", "model.hidden_size": 4096.0,
    "machine.accelerators.peer_bandwidth": 4.5e11,
}  # fmt: skip


def test_the_devices_of_a_served_model():
    """Means of 1,953.3 and 202.5 tokens, 131,072 bytes of cache each, 16.06e9 bytes of weights that a full batch shares."""
    station = batching_station(Deriver(pilots.tree(SERVED)).view())
    most, reach, found = station.server.most, FAMILIES["loaded"]["reach"], hops(SERVED)
    memory = found["device-memory"]
    assert memory.per_request == pytest.approx(202.51 * (16.06e9 / most + 2054.5 * 131072), rel=1e-4)
    assert memory.capacity == pytest.approx(2 * 3.35e12 * reach)
    assert memory.utilisation_low == pytest.approx(memory.utilisation * reach)
    assert memory.utilisation_high == pytest.approx(memory.utilisation * 1.8)
    assert memory.assumptions[-1].startswith(("weights are shared by", "not separable"))
    compute = found["device-compute"]
    flop = 2 * 8.03e9 * (1953.26 + 202.51) + 2 * 32 * 4096 * 1953.26**2
    assert compute.per_request == pytest.approx(flop, rel=1e-4)
    assert compute.time_per_request == pytest.approx(station.server.prompt_time(1953.26), rel=1e-4)
    assert compute.capacity == pytest.approx(
        2 * (2 * 8.03e9 * 1953.26 + 2 * 32 * 4096 * 1953.26**2) / compute.time_per_request, rel=1e-4
    )
    cache = found["kv-capacity"]
    assert cache.capacity == 2 * most
    assert cache.per_request == pytest.approx(2 * most / station.highest_rate())
    assert cache.time_per_request == pytest.approx(station.server.time(1.0, 0.0, station.mean, station.mean))
    for hop in (compute, cache):
        assert (
            hop.utilisation / hop.utilisation_low,
            hop.utilisation_high / hop.utilisation,
        ) == pytest.approx((1.8, 1.8))
    assert "interconnect" not in found


def test_devices_that_share_layers_exchange_every_token():
    """Twice per layer, half of 4,096 values of 2 bytes there and back: 524,288 bytes a token of 32 layers on two devices."""
    two = {**SERVED, "target.count": 2.0, "model.tensor_parallel": 2.0}
    link = hops(two)["interconnect"]
    assert link.per_request == pytest.approx((1953.26 + 202.51) * 524288, rel=1e-4)
    assert link.capacity == pytest.approx(2 * 4.5e11)
    assert link.utilisation_high == pytest.approx(2 * link.utilisation)
    memory, alone = hops(two)["device-memory"], hops(SERVED)["device-memory"]
    assert memory.capacity == pytest.approx(2 * alone.capacity)
    four = hops({**SERVED, "target.count": 4.0, "model.tensor_parallel": 4.0})["interconnect"]
    assert four.per_request == pytest.approx(1.5 * link.per_request)


def test_a_model_that_does_not_fit_or_is_not_served_here():
    none = hops({**SERVED, "machine.accelerators.memory_total": 1e9})
    assert none["kv-capacity"].per_request == float("inf")
    assert none["device-memory"].per_request == pytest.approx(202.51 * (16.06e9 + 2054.5 * 131072), rel=1e-4)
    hosted = hops({**SERVED, "model.hosting": "hosted", "model.quota_requests": 8.0})
    assert set(hosted) == {"request-quota"}
    slow = hops({**SERVED, "demand.out_tokens_p50": 20000.0, "demand.out_tokens_p95": 30000.0})["kv-capacity"]
    assert 1.0 < slow.per_request < float("inf")


def marked(*sources: tuple[str, float | None, float]):
    """Return titles and notes of hops by source: name, servers, and how much longer its calls may take."""
    stated, loose = dict(PEAK), {}
    for name, servers, longer in sources:
        stated |= {key.replace("[s]", f"[{name}]"): value for key, value in SOURCE.items() if "[s]" in key}
        stated[f"sources[{name}].servers"] = servers
        loose[f"sources[{name}].p50"] = (0.1 / longer, 0.1)
        loose[f"sources[{name}].p99"] = (0.1, 0.1 * longer)
    found = hops(stated, loose, sources=tuple(name for name, *_ in sources))
    return {name: (hop.binding, hop.assumptions[-1:]) for name, hop in found.items()}


UNKNOWN = ("capacity unknown: it may be the limit; state or measure it",)
BESIDE = ("not separable from source a: a load test that saturates one of them would decide",)


def test_the_hop_that_binds_and_those_that_cannot_be_told_from_it():
    """40 % against 20 %: alone where both are sure, not separable where the second may take twice as long."""
    assert marked(("a", 2.0, 1.0), ("b", 4.0, 1.0)) == {"a": (True, ()), "b": (False, ())}
    assert marked(("a", 2.0, 1.0), ("b", 4.0, 2.0)) == {"a": (True, ()), "b": (True, BESIDE)}
    assert marked(("a", 2.0, 1.5), ("b", 4.0, 1.4)) == {"a": (True, ()), "b": (True, BESIDE)}
    assert marked(("a", 2.0, 1.3), ("b", 4.0, 1.4)) == {"a": (True, ()), "b": (False, ())}
    assert marked(("b", 4.0, 1.0), ("a", 2.0, 1.0), ("c", None, 1.0)) == {
        "b": (False, ()),
        "a": (True, ()),
        "c": (False, UNKNOWN),
    }
    assert {note for _, note in marked(("a", None, 1.0)).values()} != {UNKNOWN}


def test_a_hop_without_demand_is_not_asked_for():
    silent = hops(
        {**SOURCE, "sources[s].cache_hit": 1.0, "sources[s].cache_p50": 0.0, "model.quota_requests": 8.0}, **S
    )["s"]
    assert UNKNOWN[0] not in silent.assumptions
    little = hops(
        {**SOURCE, "demand.burst_factor": 0.1, "sources[s].servers": None, "model.quota_requests": 8.0}, **S
    )["s"]
    assert UNKNOWN[0] in little.assumptions
    unused = hops({**SOURCE, "path.bytes_per_request": 0.0, "path.network_bandwidth": 8e6}, **S)
    assert {name: hop.binding for name, hop in unused.items()} == {"s": True, "network": False}
    idle = hops({**SOURCE, "demand.burst_factor": 0.0, "model.quota_requests": 8.0}, **S)
    assert {hop.binding for hop in idle.values()} == {True}
