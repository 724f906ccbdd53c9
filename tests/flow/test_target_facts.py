"""Whether the machine is the planned one, whether data stays where it may, how busy servers may be."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import derived

from poc_gate.flow.facts.target_facts import allowed_utilisation

MACHINE = {"machine.kind": "measured", "machine.fingerprint": "a", "target.fingerprint": "b"}


def test_two_fingerprints_are_compared_or_the_missing_one_is_named():
    found = derived("flow.machine.matches", MACHINE)
    assert (found.value, found.formula) == (False, "measured a, planned b")
    for name in ("machine.fingerprint", "target.fingerprint"):
        some = {key: value for key, value in MACHINE.items() if key != name}
        assert derived("flow.machine.matches", some).inputs == (name,)


@pytest.mark.parametrize(
    ("stated", "items", "shown"),
    [
        ({"purpose.allowed_regions": ("eu",)}, {}, "outside eu: s in us-1, e in ap-1, model m in cn-1, the service in af-1"),
        ({"purpose.allowed_regions": ("eu", "us", "ap", "cn", "af")}, {}, "outside eu, us, ap, cn, af: none"),
        ({"purpose.regions": ("us", "ap", "cn")}, {}, "outside us, ap, cn: the service in af-1"),
        ({"purpose.allowed_regions": ("eu",), "target.region": ""}, {"models": ()}, "outside eu: s in us-1, e in ap-1"),
    ],
)  # fmt: skip
def test_places_outside_are_named(stated, items, shown):
    places = {
        "sources[s].region": "us-1", "security.egress[e].region": "ap-1", "models[m].region": "cn-1", "target.region": "af-1",
    }  # fmt: skip
    lists = {"sources": ("s",), "security__egress": ("e",), "models": ("m",), **items}
    found = derived("flow.regions.outside", {**places, **stated}, **lists)
    assert found.formula == shown
    assert found.value.value == shown.count(" in ")


def test_places_nobody_stated_are_asked_for():
    allowed = {"purpose.allowed_regions": ("eu",), "sources[s].region": "eu"}
    assert derived("flow.regions.outside", allowed, sources=("s",)).inputs == ("security.egress",)
    assert derived("flow.regions.outside", allowed, security__egress=()).inputs == ("sources",)
    lists = {"sources": ("s", "t"), "security__egress": ("e",)}
    asked = derived("flow.regions.outside", allowed, **lists).inputs
    assert asked == ("sources[t].region", "security.egress[e].region")
    assert derived("flow.regions.outside", {}, **lists).inputs == ("purpose.allowed_regions",)


@pytest.mark.parametrize(
    ("stated", "items", "complete"),
    [
        ({"security.egress_listed": False}, {"security__egress": ("e",)}, False),
        ({"security.egress_listed": True}, {}, True),
        ({}, {"security__egress": ("e",)}, True),
        ({}, {}, None),
    ],
)
def test_a_list_of_destinations_is_complete_unless_denied(stated, items, complete):
    assert derived("flow.egress.complete", stated, **items).value is complete


def test_servers_may_be_as_busy_as_erlang_c_allows():
    """Mean wait over service of one server is u / (1 - u), of two u^2 / (1 - u^2): 7/3 at 0.7 and at the root of 0.7."""
    for servers, load in ((1, 0.7), (2, 0.7**0.5), (4, 0.9), (100, 0.9)):
        assert allowed_utilisation(servers) == pytest.approx(load, abs=1e-12)


def test_the_busiest_station_sets_the_load():
    for servers, shown in ((1.0, "1 servers"), (2.0, "2 servers"), (3.0, "3 servers")):
        one = {
            **pilots.source("a", servers=servers),
            "demand.requests_per_day": 1.0,
            "demand.peak_hour_share": 1 / 24,
        }
        path = {
            **one,
            "demand.burst_factor": 2.0,
            "pilot.uses": ("classic-ml",),
            "model.hosting": "none",
            "path.mode": "series",
        }
        found = derived("flow.utilisation.allowed", path, sources=("a",))
        assert found.formula.startswith(f"Erlang C: {shown} wait 2.33 service times at ")
        assert found.formula.endswith(", never beyond 90%")
        idle = {**path, **pilots.source("b", servers=40.0)}
        for order in (("a", "b"), ("b", "a")):
            assert derived("flow.utilisation.allowed", idle, sources=order).formula == found.formula


def test_nodes_are_the_teams_unless_the_platform_is_serverless():
    for platform, ours in (("serverless", False), ("kubernetes", True)):
        found = derived("flow.target.nodes_ours", {"target.platform": platform})
        assert (found.value, found.formula, found.assumptions) == (ours, f"the platform is {platform}", ())
    silent = derived("flow.target.nodes_ours", {})
    assert (silent.value, silent.formula, len(silent.assumptions)) == (True, "the platform is not stated", 1)
