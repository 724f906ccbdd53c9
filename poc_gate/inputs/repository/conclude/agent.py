"""Tools and approvals that were seen -> the agent's tools with their effect, and what people are asked about."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.files.standing import Standing, holds_tools
from poc_gate.inputs.repository.noting.signals import ToolSeen
from poc_gate.inputs.repository.reading import Certainty, FoundTool
from poc_gate.model.claim import Notice

_ORDER = ("reads", "unknown", "writes", "irreversible")
MOST_TOOLS = 200


def conclude_tools(ground: Ground) -> tuple[FoundTool, ...]:
    """Return each tool once, by name; the place where its code stands says what it does."""
    best: dict[str, ToolSeen] = {}
    renamed = {one.function for one in ground.signals.tools if one.function and ground.counts(one.standing)}
    renamed -= {one.name for one in ground.signals.tools if one.function}
    for one in ground.signals.tools:
        beside = one.standing is Standing.SUPPORT and not holds_tools(one.place.file)
        told = one.name in renamed and not one.why.startswith("its code")
        unasked = one.once_given and one.function not in ground.signals.handed
        if beside or told or unasked or not ground.counts(one.standing):
            continue
        known = best.get(one.name)
        if known is None or (_ORDER.index(one.effect), one.why.startswith("its code")) > (_ORDER.index(known.effect), known.why.startswith("its code")):  # fmt: skip
            best[one.name] = one
    approved = {name for names, _, standing in ground.signals.approvals if ground.counts(standing) for name in names.split(",") if name != "*"}  # fmt: skip
    approved |= {one.name for one in ground.signals.tools if one.approved and ground.counts(one.standing)}
    return tuple(
        FoundTool(
            one.name, one.effect, one.why, one.approved or one.name in approved, one.place, one.reader, Certainty.INFERRED
        )
        for one in list(best.values())[:MOST_TOOLS]
    )  # fmt: skip


def ask_approvals(ground: Ground, tools: Sequence[FoundTool]) -> list[Notice]:
    """Return a question where the code stops for a person and does not say before which tools."""
    if not tools or any(tool.approved_by_person for tool in tools):
        return []
    stops = [place for names, place, standing in ground.signals.approvals if names == "*" and standing <= Standing.SERVICE]  # fmt: skip
    if not stops:
        return []
    what = f"agent.human_approval is not said: the code stops for a person ({stops[0]})"
    return [Notice("question", what, stops[0], "list the tools that wait for a person under `agent.human_approval`")]  # fmt: skip
