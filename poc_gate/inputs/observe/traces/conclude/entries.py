"""Places where requests come in -> the one whose requests are the pilot's, and what is said about the others."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.traces import attribute_names as names
from poc_gate.inputs.observe.traces.totals.trace_totals import EntryTotals, TraceTotals
from poc_gate.model.claim import Value

KEY = "monitoring.trace_entry"
_WORTH_ASKING = 0.1

Name = tuple[str, str]
"""Service and name of an entry."""


def main_entry(
    totals: TraceTotals, values: Mapping[str, Value], finds: Finds
) -> tuple[Name, EntryTotals] | None:
    """Return the entry that the manifest names, else the one that most time is spent for; None where there is no request.

    Checks of health and pages of a framework are not requests of the pilot.
    """
    counted = {key: entry for key, entry in totals.entries.items() if not is_health(key[1])}
    if not counted:
        return None
    stated = str(values.get(KEY) or "").strip().lower()
    if stated:
        named = [key for key in counted if stated in (key[1].lower(), f"{key[0]} {key[1]}".lower())]
        if named:
            return named[0], counted[named[0]]
        shown = ", ".join(sorted({key[1] for key in counted})[:8])
        finds.warn(f"no request enters at {stated!r}, which `{KEY}` names; there are: {shown}")
    calling = {key: entry for key, entry in counted.items() if entry.with_calls} or counted
    weight = {key: sum(entry.lengths) for key, entry in calling.items()}
    first = max(sorted(calling), key=weight.__getitem__)
    others = [key for key in weight if key != first and weight[key] > _WORTH_ASKING * sum(weight.values())]
    if others:
        listed = ", ".join(f"{key[1]} ({counted[key].requests:,})" for key in sorted(others)[:6])
        finds.ask(
            f"requests enter at several places; counted are those of {first[1]} ({counted[first].requests:,}), not {listed}",
            f"write `trace_entry: {first[1]}`, or the right one, under `monitoring:`",
        )
    return first, calling[first]


def is_health(name: str) -> bool:
    """Say whether an entry is a check of health, or a page that a framework offers of itself."""
    path = name.partition(" ")[2] or name
    return path.rstrip("/").lower().endswith(names.HEALTH_NAMES) or name.upper().startswith("OPTIONS ")
