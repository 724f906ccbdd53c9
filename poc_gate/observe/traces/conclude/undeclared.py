"""What requests call, held against a manifest: systems and hosts that it does not list, and listed ones that nobody calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from poc_gate.observe.finds import Finds
from poc_gate.observe.traces.conclude.match_systems import Matches, System, names_of, plain
from poc_gate.observe.traces.conclude.own_hosts import is_inside

_MOST_NAMED = 60

Items = Mapping[str, tuple[str, ...]]


def observe_undeclared(
    systems: Iterable[System], matches: Matches, items: Items, calls: int, requests: int, finds: Finds
) -> None:
    """State the systems that no source and no stage names, the stores among them, and the sources that nothing calls."""
    stages = {plain(one) for one in items.get("path.stages", ())}
    strange = {
        one
        for one in systems
        if one not in matches.source_of
        and one not in matches.open
        and not one.is_own
        and not stages & names_of(one)
    }
    for fact, found, method in (
        ("undeclared_systems", strange, "systems that are called, held against the manifest"),
        ("undeclared_stores", {one for one in strange if one.role == "db"}, "databases, indexes and caches among them"),
    ):  # fmt: skip
        shown = tuple(sorted({one.shown for one in found}))[:_MOST_NAMED]
        finds.observe(f"observed.{fact}", shown, samples=calls, method=method)
    seen = {*matches.source_of.values(), *(one for ids in matches.open.values() for one in ids)}
    unseen = tuple(one for one in items.get("sources", ()) if one not in seen)
    finds.observe("observed.unseen_sources", unseen, samples=requests, method="sources that no request calls")


def observe_egress(
    systems: Iterable[System], sources: Mapping[System, str], items: Items | None, finds: Finds
) -> None:
    """State which hosts outside are called, which of them the list of destinations lacks, and which of the list nobody calls.

    A host that is a source of the manifest is no destination that somebody forgot.
    """
    outside = [one for one in systems if one.host and not one.is_own and not is_inside(one.host)]
    hosts = sorted({one.host for one in outside})
    finds.observe(
        "observed.egress_hosts",
        tuple(hosts[:_MOST_NAMED]),
        samples=len(list(systems)),
        method="hosts that are not private addresses or names of a cluster",
    )
    if items is None or "security.egress" not in items:
        return
    listed = items["security.egress"]
    known = {one.host for one in outside if one in sources}
    names = [plain(one) for one in listed]
    lacking = tuple(
        one for one in hosts if one not in known and not any(name and name in plain(one) for name in names)
    )
    unseen = tuple(
        one for one in listed if not any(plain(one) and plain(one) in plain(host) for host in hosts)
    )
    for fact, found, method in (
        ("undeclared_egress", lacking, "hosts held against `security.egress`"),
        ("unseen_egress", unseen, "`security.egress` held against the hosts that are called"),
    ):
        finds.observe(f"observed.{fact}", found[:_MOST_NAMED], samples=len(hosts), method=method)
