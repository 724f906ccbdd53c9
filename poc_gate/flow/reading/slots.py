"""How many requests an engine runs at once where nobody says: engines for one user have few slots by default, and the others wait."""

from __future__ import annotations

from math import inf

from poc_gate.flow.interface import FactView
from poc_gate.flow.span import Span
from poc_gate.model.engines.serving_engines import serving_engine

SLOT_INPUTS = ("model.engine", "model.max_concurrency")
"""What `default_slots` reads."""


def default_slots(view: FactView) -> tuple[float, float] | None:
    """Return the least and the most requests that the engine runs at once by default; None where that is stated, or memory decides.

    An engine that nobody names may be one that runs them one after the other.
    """
    if view.maybe("model.max_concurrency") is not None:
        return None
    engine = view.text("model.engine")
    return (1.0, inf) if engine in {"", "other"} else serving_engine(engine).slots


def slotted(view: FactView, held: Span) -> Span:
    """Return how many requests run at once of those that memory holds: as many as the engine has slots by default, where it has any.

    It may have been told to run as many as fit.
    """
    slots = default_slots(view)
    if slots is None or held.high <= 1:
        return held
    least, usual = slots
    if usual < held.high:
        view.outside(
            f"{view.text('model.engine')} runs {least:g} to {usual:g} requests at once by default while the others wait, and a setting "
            "may raise it (model.max_concurrency)"
        )
    return Span(min(held.likely, usual), min(held.low, least), held.high)
