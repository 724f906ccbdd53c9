"""Machines that carry the plan -> the rows of their table, each with its interval on one axis."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from poc_gate.model.parts.machines import MachineFit, Machines
from poc_gate.model.quantity import show_number, two_figures
from poc_gate.model.verdict import Result
from poc_gate.report.drawing.picture_scales import fit_scale
from poc_gate.words.grammar import and_list

SHOWN = 12
_NAMED = 4


class FitRow(Struct, frozen=True):
    """One machine; positions in percent of the strip."""

    name: str
    title: str
    is_own: bool
    """Whether the pilot was judged on it."""
    devices: int
    each: str
    low: float
    likely: float
    width: float
    serves: str
    takes: str
    """Share of what it likely serves that the peak takes."""
    room: str
    price: str


def fit_values(result: Result) -> dict[str, Any] | None:
    """Return the table of machines, the pilot's own among them; None where it cannot be asked which carry the plan."""
    found = result.machines
    if found is None or not (found.fits or found.without):
        return None
    own = _own(result)
    shown = list(found.fits[:SHOWN])
    shown += [fit for fit in found.fits[SHOWN:] if fit.machine == own]
    ends = [end for fit in shown for end in (fit.low, fit.high) if end > 0]
    axis = fit_scale([*ends, found.peak[1]], 0.0, 100.0)
    return {
        "rows": [_row(fit, found, axis.at, fit.machine == own) for fit in shown],
        "plan": axis.at(found.peak[1]),
        "peak": f"{two_figures(found.peak[1])} req/s",
        "share": f"{found.share * 100:.0f} %",
        "more": len(found.fits) - len(shown),
        "without": and_list(found.without, _NAMED),
        "own_is_too_small": own in found.without,
        "own": own,
        "untold": and_list(found.untold, _NAMED),
        "assumed": found.assumed,
        "priced": any(row.price is not None for row in shown),
        "folder": result.manifest,
    }


def _own(result: Result) -> str:
    """Return the data sheet that the pilot was judged on, or that it says it will run on."""
    machine = result.machine
    if machine is not None and machine.kind == "datasheet":
        return machine.name
    stated = next((fact.value for fact in result.facts if fact.name == "target.device"), "")
    return stated if isinstance(stated, str) else ""


def _row(fit: MachineFit, found: Machines, at: Any, is_own: bool) -> FitRow:
    low, likely, high = at(fit.low), at(fit.likely), at(fit.high)
    replicas = "1 replica" if fit.replicas == 1 else f"{fit.replicas} replicas"
    return FitRow(
        name=fit.machine,
        title=fit.title,
        is_own=is_own,
        devices=fit.devices,
        each=f"{replicas} of {fit.count}" if fit.count > 1 else replicas,
        low=low,
        likely=likely,
        width=round(high - low, 1),
        serves=f"{two_figures(fit.likely)} ({two_figures(fit.low)} to {two_figures(fit.high)}) req/s",
        takes=f"{found.peak[1] / fit.likely * 100:.0f} %",
        room=show_number(float(round(fit.room))),
        price="" if fit.price is None else f"{show_number(fit.price)} an hour",
    )
