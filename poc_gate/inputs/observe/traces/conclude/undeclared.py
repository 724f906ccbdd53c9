"""What requests call, held against a manifest: systems and hosts that it does not list, and listed ones that nobody calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces.conclude.match_systems import (
    Matches,
    System,
    names_of,
    plain,
    surely_differs,
)
from poc_gate.inputs.observe.traces.conclude.own_hosts import is_inside
from poc_gate.model.claim import Value
from poc_gate.text.destination_names import names_destination

_MOST_NAMED = 60
_MOST_ASKED = 8
"""Questions of one kind; the facts name the rest."""

Items = Mapping[str, tuple[str, ...]]


def observe_undeclared(
    systems: Iterable[System], matches: Matches, items: Items, values: Mapping[str, Value], looked: tuple[int, int], finds: Finds
) -> None:  # fmt: skip
    """State the systems that no source and no stage names, the stores among them, and the sources that nothing calls.

    A store that could be a source that nothing calls is a question; one that can be none of them was forgotten. `looked` are
    the calls and the requests that were seen.
    """
    calls, requests = looked
    stages = {plain(one) for one in items.get("path.stages", ())}
    strange = {
        one
        for one in systems
        if one not in matches.source_of
        and one not in matches.open
        and not one.is_own
        and not stages & names_of(one)
    }
    seen = {*matches.source_of.values(), *(one for ids in matches.open.values() for one in ids)}
    unseen = tuple(one for one in items.get("sources", ()) if one not in seen)
    could_be = {
        one: tuple(source for source in unseen if not surely_differs(one, source, values)) for one in strange
    }
    for fact, found, method in (
        ("undeclared_systems", strange, "systems that are called, compared with the manifest"),
        ("undeclared_stores", {one for one in strange if one.role == "db"}, "databases, indexes and caches among them"),
        ("forgotten_stores", {one for one in strange if one.role == "db" and not could_be[one]}, "those that can be none of the listed sources"),
    ):  # fmt: skip
        shown = tuple(sorted({one.shown for one in found}))[:_MOST_NAMED]
        finds.observe(f"observed.{fact}", shown, samples=calls, method=method)
    finds.observe("observed.unseen_sources", unseen, samples=requests, method="sources that no request calls")
    for one in sorted(strange, key=lambda one: one.shown)[:_MOST_ASKED]:
        if could_be[one]:
            finds.ask(
                f"{one.shown} is called and no source names it; it could be {_either(could_be[one])}, which nothing that was seen calls",
                f"write `seen_as: [{one.host or one.part or one.system}]` at the one that it is, or list it under `sources:`",
            )


def _either(names: Sequence[str]) -> str:
    """Return names as alternatives, the first few of many."""
    more = f" or one of {len(names) - _MOST_ASKED} more" if len(names) > _MOST_ASKED else ""
    return " or ".join(names[:_MOST_ASKED]) + more


def observe_egress(
    systems: Iterable[System], sources: Mapping[System, str], items: Items | None, finds: Finds
) -> None:
    """State which hosts outside are called, which of them the list of destinations lacks, and which of the list nobody calls.

    A host that is a source of the manifest is not a destination that somebody forgot.
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
    lacking = tuple(
        one for one in hosts if one not in known and not any(names_destination(name, one) for name in listed)
    )
    unseen = tuple(one for one in listed if not any(names_destination(one, host) for host in hosts))
    for fact, found, method in (
        ("undeclared_egress", lacking, "hosts compared with `security.egress`"),
        ("unseen_egress", unseen, "`security.egress` compared with the hosts that are called"),
    ):
        finds.observe(f"observed.{fact}", found[:_MOST_NAMED], samples=len(hosts), method=method)
    if unseen:
        for host in lacking[:_MOST_ASKED]:
            finds.ask(
                f"{host} is called and `security.egress` lacks it; it could be {_either(unseen)}, which nothing that was seen calls",
                f"give the destination that it is an id that is in its host name, or list {host} under `security.egress`",
            )


def ask_about_tools(strange: Sequence[str], unseen: Sequence[str], finds: Finds) -> None:
    """Ask which listed tool one is that was called under another name, where listed ones were not called."""
    for one in strange[:_MOST_ASKED] if unseen else ():
        finds.ask(
            f"the tool {one} is called and `agent.tools` lacks it; it could be {_either(unseen)}, which nobody calls",
            f"write {one} under `agent.tools`, in place of the one that it is",
        )
