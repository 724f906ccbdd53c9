"""A server of tools and what lies beside it to show how others take it in -> signals of the server alone."""

from __future__ import annotations

from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import Signals

_BESIDE = ("integrations/", "clients/", "deployments/")
"""Folders at the top that hold, beside a server of tools, how assistants and clouds of others use it."""
_NOTED = ("models", "tools", "techniques", "hosts", "needs", "systems")


def beside_the_server(signals: Signals, paths: list[str]) -> frozenset[str]:
    """Return the files that show how others use a server of tools; none where the server itself lies among them."""
    offers = [one for one in signals.techniques if one.name == "offers" and one.standing is Standing.SERVICE]
    if not offers or all(one.place.file.startswith(_BESIDE) for one in offers):
        return frozenset()
    return frozenset(path for path in paths if path.startswith(_BESIDE))


def leave_users(signals: Signals, beside: frozenset[str]) -> None:
    """Take back what those files said of models, tools, systems and destinations."""
    for name in _NOTED if beside else ():
        found = getattr(signals, name)
        found[:] = [one for one in found if one.place.file not in beside]
