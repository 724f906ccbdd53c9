"""What else runs on the machine -> whether it is busy, so that a measurement would disturb and mislead."""

from __future__ import annotations

from poc_gate.inputs.probe.host.disturbance import Disturbance

LOOK_S = 0.5
"""Seconds of looking before anything is measured."""


def busy_reason(seen: Disturbance) -> str:
    """Return what makes a machine busy, or an empty text; where the system shows no CPU accounts nobody knows.

    Busy means that other work, or the host of a guest (steal), takes a tenth of all CPUs and at least half a one:
    from half a CPU on a figure that needs every CPU is of grade C (`sampling.grade`).
    """
    taken = seen.foreign + seen.steal
    if not seen.known or taken < max(0.5, 0.1 * seen.cpus):
        return ""
    return f"other work took {taken:.1f} of {seen.cpus} CPUs"


def state_of(seen: Disturbance) -> dict[str, str]:
    """Return the machine's state as a condition of the measurement: `busy`, `calm`, or nothing where it is unknown."""
    if not seen.known:
        return {}
    reason = busy_reason(seen)
    return {"state": f"busy: {reason}" if reason else "calm"}
