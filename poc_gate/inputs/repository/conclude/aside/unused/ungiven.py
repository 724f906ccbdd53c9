"""Tools that no agent is given, beside others that agents are -> they are asked about, not stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals, ToolSeen
from poc_gate.model.claim import Notice


def functions_of_tools(signals: Signals) -> dict[str, set[str]]:
    """Return the functions of Python that are tools of the service, by file."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in signals.tools:
        if one.reader == "python" and one.standing is Standing.SERVICE:
            found[one.place.file].add(_function(one))
    return found


def leave_ungiven(signals: Signals, ungiven: Collection[tuple[str, str]]) -> None:
    """Take back those tools; ask about each."""
    left = [one for one in signals.tools if (one.place.file, _function(one)) in ungiven]
    signals.tools[:] = [one for one in signals.tools if (one.place.file, _function(one)) not in ungiven]
    for one in left:
        what = f"{one.name} ({one.place}) is marked as a tool, and no agent's list of tools names it"
        signals.questions.append(Notice("question", what, one.place, "add it under `agent.tools` if an agent may call it"))  # fmt: skip


def _function(one: ToolSeen) -> str:
    return one.function or one.name
