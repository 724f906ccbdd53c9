"""Measured rates of a machine beside the theoretical peaks that its profile knows."""

from __future__ import annotations

from poc_gate.model.measurement import MachineProfile
from poc_gate.model.quantity import Quantity, show_share

_PEAKS = (
    ("machine.memory.read_all", "machine.memory.peak_bandwidth", "reading memory with all CPUs"),
    ("machine.accelerators.h2d_pinned", "machine.accelerators.link_bandwidth", "copying to the accelerator"),
    (
        "machine.accelerators.d2h_pinned",
        "machine.accelerators.link_bandwidth",
        "copying from the accelerator",
    ),
)
"""Measured rate, theoretical peak, and what reaches it."""


def peak_shares(profile: MachineProfile) -> tuple[str, ...]:
    """Return one sentence for each peak that is known and approached, such as `...: 35 GB/s, 78 % of the peak of 45 GB/s`."""
    measured = {m.fact: m for m in profile.measurements}
    found = []
    for rate, peak, words in _PEAKS:
        have, most = measured.get(rate), measured.get(peak)
        if have is None or most is None:
            continue
        if isinstance(have.value, Quantity) and isinstance(most.value, Quantity) and most.value.value:
            share = show_share(have.value.value / most.value.value)
            doubt = " (not trustworthy)" if have.stable is False else ""
            found.append(f"{words}: {have.value}, {share} of the peak of {most.value}{doubt}")
    return tuple(found)
