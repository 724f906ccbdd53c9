"""Tools that were named after the variable that holds them -> their names, by the keys under which a model is given them."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.repository.code.effects import effect_of_tool
from poc_gate.inputs.repository.noting.signals import Signals, ToolSeen


def held_tools(signals: Signals) -> frozenset[str]:
    """Return the variables and constants by which alone tools are known."""
    return frozenset(one.held for one in signals.tools if one.held)


def name_by_keys(signals: Signals, keys: Mapping[str, str]) -> None:
    """Give tools the names under which they are handed on; their effect follows where a name decides it."""
    signals.tools[:] = [_named(one, keys[one.held]) if one.held in keys else one for one in signals.tools]


def _named(one: ToolSeen, name: str) -> ToolSeen:
    if name == one.name:
        return one
    effect, why = effect_of_tool(name)
    if effect == "unknown" or not one.why.startswith(("by its name", "neither its name")):
        effect, why = one.effect, one.why
    return one._replace(name=name, effect=effect, why=why)
