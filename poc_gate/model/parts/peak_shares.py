"""Measured rates of a machine beside the theoretical peaks that its profile or a data sheet knows."""

from __future__ import annotations

from collections.abc import Iterable

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
_OF_SHEET = (
    (
        "machine.accelerators.memory_bandwidth",
        "machine.accelerators.memory_bandwidth",
        "reading accelerator memory",
    ),
    (
        "machine.accelerators.compute_half",
        "machine.accelerators.compute_half",
        "multiplying matrices in half precision",
    ),
    ("machine.memory.read_all", "machine.memory.peak_bandwidth", "reading memory with all CPUs"),
)
"""Measured rate, what a data sheet calls it, and what reaches it."""


def sheet_peak(profile: MachineProfile, sheets: Iterable[MachineProfile], fact: str) -> Quantity | None:
    """Return what the data sheets state for a measured rate; None where they do not, or the machine knows its own peak."""
    stated = next((of_sheet for rate, of_sheet, _ in _OF_SHEET if rate == fact), None)
    if stated is None or (stated != fact and _positive(profile, stated) is not None):
        return None
    return next((most for sheet in sheets if (most := _positive(sheet, stated)) is not None), None)


def _positive(profile: MachineProfile, fact: str) -> Quantity | None:
    value = next((m.value for m in profile.measurements if m.fact == fact), None)
    return value if isinstance(value, Quantity) and value.value > 0 else None


def peak_shares(profile: MachineProfile, sheets: Iterable[MachineProfile] = ()) -> tuple[str, ...]:
    """Return one sentence for each peak that is known and approached, such as `...: 35 GB/s, 78 % of the peak of 45 GB/s`.

    `sheets` are the data sheets known to describe this machine; none are guessed here.
    """
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
    sheets = tuple(sheets)
    for rate, _, words in _OF_SHEET:
        have, stated = measured.get(rate), sheet_peak(profile, sheets, rate)
        if have is not None and isinstance(have.value, Quantity) and stated is not None:
            share = show_share(have.value.value / stated.value)
            doubt = " (not trustworthy)" if have.stable is False else ""
            found.append(f"{words}: {have.value}, {share} of the data sheet's {stated}{doubt}")
    return tuple(found)
