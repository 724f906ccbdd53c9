"""What a pilot can do by itself: nothing, what can be undone, or what cannot."""

from __future__ import annotations

import re

from poc_gate.flow.interface import CannotDeriveError, DerivedValue, FactView
from poc_gate.model.parts.exposure import FACETS

INPUTS = (
    "pilot.uses", "pilot.use_case_class", "purpose.acts", "agent.tools", "agent.effects", "agent.high_impact_tools",
)  # fmt: skip
_RANK = {value: rank for rank, value in enumerate(FACETS["act"])}
_EFFECT = {"read": "none", "reversible": "reversible", "irreversible": "irreversible"}
_GRAVE = re.compile(
    r"(^|[^a-z])(pay|refund|transfer|purchase|order|buy|sell|trade|charge|delete|drop|remove|erase|cancel|terminate|send|"
    r"publish|post|email|mail|deploy|merge|execute|exec|shell|approve|reject|issue|close)([^a-z]|$)"
)
"""Verbs in a tool's name that speak of what is hard to undo or reaches outsiders."""


def act(view: FactView) -> DerivedValue:
    """Return what the pilot can do without a person: by its tools, and as stated for all else."""
    stated = view.text("purpose.acts")
    tools, grave = view.texts("agent.tools"), view.texts("agent.high_impact_tools")
    loops = _is_agent(view, bool(tools or grave))
    if not loops:
        if not stated:
            raise view.missing("purpose.acts")
        return DerivedValue(stated, "stated; it has no tools")
    if grave:
        return DerivedValue("irreversible", f"tools that are hard to undo: {', '.join(grave)}")
    found = _by_tools(view, tools, graves_stated=grave is not None)
    return found if _RANK[str(found.value)] >= _RANK.get(stated, 0) else DerivedValue(stated, "stated")


def _is_agent(view: FactView, has_tools: bool) -> bool:
    if has_tools or view.text("pilot.use_case_class") == "agent":
        return True
    uses = view.texts("pilot.uses")
    if uses is None:
        raise view.missing("pilot.uses")
    return "agent" in uses


def _by_tools(view: FactView, tools: tuple[str, ...] | None, *, graves_stated: bool) -> DerivedValue:
    """Return the most serious effect of the tools; a name that sounds grave needs its effect stated."""
    if tools is None:
        raise view.missing("agent.tools")
    effects = dict(pair.split("=", maxsplit=1) for pair in view.texts("agent.effects") or () if "=" in pair)
    if unknown := sorted(tool for tool in tools if tool not in effects and _GRAVE.search(_spaced(tool))):
        why = (
            f"{', '.join(unknown)}: the name suggests something that is hard to undo, and no effect is stated"
        )
        raise CannotDeriveError(why, ("agent.effects",))
    if not graves_stated and not set(tools) <= effects.keys():
        raise view.missing("agent.high_impact_tools")
    values = [_EFFECT.get(effects.get(tool, ""), "reversible") for tool in (*tools, *effects)] or ["none"]
    worst = max(values, key=_RANK.__getitem__)
    return DerivedValue(worst, f"most serious effect of {len(tools)} tools = {worst}")


def _spaced(tool: str) -> str:
    """Return a tool's name in small letters with its words apart: `refundCustomer` -> `refund customer`."""
    return re.sub(r"([a-z])([A-Z])", r"\1 \2", tool).casefold()
