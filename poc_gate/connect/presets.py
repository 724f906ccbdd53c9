"""The presets of a run: how many calls, at which rate, in how many windows, and what they may claim."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.errors import UsageError


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
    Preset("soak", 750, 4, 3600.0, ("p50", "p95", "p99"), "four windows an hour apart"),
)


def find_preset(name: str) -> Preset:
    """Return the preset of that name; raises UsageError with the names there are."""
    found = next((preset for preset in PRESETS if preset.name == name), None)
    if found is None:
        names = ", ".join(preset.name for preset in PRESETS)
        raise UsageError(f"no preset {name!r}", next_step=f"choose one of {names}")
    return found
