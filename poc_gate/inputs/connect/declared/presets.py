"""The presets of a run: how many calls, at which rate, in how many windows, and what they may claim."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.errors import UsageError
from poc_gate.model.quantity import Quantity, show_quantity

_HOUR_S = 3600.0


class Preset(Struct, frozen=True):
    """One size of a run."""

    name: str
    calls: int
    """Measured calls of one window; the cold ones come on top."""
    windows: int
    gap: float
    """Seconds from the start of one window to the start of the next."""
    shares: tuple[str, ...]
    """Percentiles it may print."""
    claim: str
    """What the percentiles stand for."""


PRESETS = (
    Preset("quick", 100, 1, 0.0, ("p50", "p95"), "a first look: no p99"),
    Preset("standard", 1000, 1, 0.0, ("p50", "p95", "p99"), "this one window, not the source's long run"),
    Preset("soak", 750, 4, _HOUR_S, ("p50", "p95", "p99"), "four windows an hour apart"),
)


def find_preset(name: str, *, gap: float | None = None) -> Preset:
    """Return the preset of that name, its windows `gap` seconds apart where that is given.

    Windows closer than an hour claim less. Raises UsageError for a name that does not exist, with those
    that do, and for a gap where there is only one window.
    """
    found = next((preset for preset in PRESETS if preset.name == name), None)
    if found is None:
        names = ", ".join(preset.name for preset in PRESETS)
        raise UsageError(f"unknown preset {name!r}", next_step=f"choose one of {names}")
    if gap is None:
        return found
    if found.windows == 1:
        what = f"the preset {name} has one window, so there is no gap"
        raise UsageError(what, next_step="leave --gap out, or choose --preset soak")
    claim = f"{found.windows} windows {show_quantity(Quantity(gap, 's'))} apart"
    if gap < _HOUR_S:
        claim += ", too close to speak for the source's long run"
    return replace(found, gap=gap, claim=claim)
