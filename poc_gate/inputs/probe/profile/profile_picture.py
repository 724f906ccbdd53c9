"""A machine profile -> what a person looks at first: rates against their peaks, the roofline, the latency staircase."""

from __future__ import annotations

import math
import textwrap

from poc_gate.inputs.probe.profile.profile_text import curve_lines, head_lines, note_lines, unmeasured_lines
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.parts.peak_shares import sheet_peak
from poc_gate.model.quantity import Quantity, show_quantity, show_share

_ROWS = (
    ("read memory", "memory.read_1", "memory.read_all", "memory.peak_bandwidth"),
    ("write memory", "memory.write_1", "memory.write_all", ""),
    ("copy memory", "memory.copy_1", "memory.copy_all", ""),
    ("matrices in fp32", "cpu.matrix_rate_fp32_1", "cpu.matrix_rate_fp32_all", ""),
    ("matrices in bf16", "cpu.matrix_rate_bf16_1", "cpu.matrix_rate_bf16_all", ""),
    ("matrices in int8", "cpu.matrix_rate_int8_1", "cpu.matrix_rate_int8_all", ""),
    ("read accelerator memory", "accelerators.memory_bandwidth", "", ""),
    ("matrices in half precision", "accelerators.compute_half", "", ""),
    ("copy to the accelerator", "accelerators.h2d_pinned", "", "accelerators.link_bandwidth"),
    ("copy from the accelerator", "accelerators.d2h_pinned", "", "accelerators.link_bandwidth"),
    ("latency of memory, idle", "memory.latency", "", ""),
    ("latency of memory, loaded", "", "memory.latency_loaded", ""),
    ("read storage in order", "storage.read_sequential", "storage.read_parallel", ""),
)
"""What it is called, the figure of one thread or device, the one of all CPUs or streams, and the peak of the last."""
_ROOFS = (
    ("all CPUs in fp32", "memory.read_all", "cpu.matrix_rate_fp32_all"),
    ("one accelerator in half precision", "accelerators.memory_bandwidth", "accelerators.compute_half"),
)
_LATENCIES = ("memory.latency", "memory.latency_loaded")
_LOWEST, _HIGHEST = -4, 12
"""Powers of two of the operations per byte at the ends of the roofline."""
_COLUMNS, _HEIGHT, _WIDTH = 80, 8, 52
_ONE_STREAM = 2.0
"""Operations per byte of generating text at 8 bits and batch 1: a multiplication and an addition a weight."""


def summary_lines(profile: MachineProfile, again: str, sheets: tuple[MachineProfile, ...] = ()) -> list[str]:
    """Return what a person looks at first; `again` is the command that shows every figure, `sheets` as below."""
    return [
        *head_lines(profile), *picture_lines(profile, sheets), *unmeasured_lines(profile), *note_lines(profile), "",
        f"all figures, medians, grades: {again}",
    ]  # fmt: skip


def picture_lines(profile: MachineProfile, sheets: tuple[MachineProfile, ...] = ()) -> list[str]:
    """Return rates, rooflines and the latency staircase as text of 80 columns; what was not measured is left out.

    `sheets` are the data sheets known to describe this machine: rates that they state are compared with them.
    """
    known = {m.fact.removeprefix("machine."): m for m in profile.measurements if m.value is not None}
    lines = _rates(profile, known, sheets)
    for title, bandwidth, compute in _ROOFS:
        lines += _roofline(title, known.get(bandwidth), known.get(compute))
    stairs = next((c for c in profile.curves if c.name == "latency_over_working_set" and c.points), None)
    return lines + (["", *curve_lines(stairs)] if stairs is not None else [])


def _rates(
    profile: MachineProfile, known: dict[str, Measurement], sheets: tuple[MachineProfile, ...]
) -> list[str]:
    rows, doubts, compared = [], False, False
    for title, one, every, peak in _ROWS:
        figures = [known.get(one), known.get(every)]
        if figures == [None, None]:
            continue
        doubts = doubts or any(m is not None and m.stable is False for m in figures)
        judged = figures[1] or figures[0]
        share = _share(judged, known.get(peak)) or _of_sheet(judged, profile, sheets)
        compared = compared or share.endswith("sheet")
        rows.append(f"  {title:<27} {_shown(figures[0]):>16} {_shown(figures[1]):>16}  {share}".rstrip())
    if not rows:
        return []
    head = f"  {'':<27} {'one':>16} {'all together':>16}"
    legend = ["  ! not trustworthy: other work ran, or the samples scatter"] if doubts else []
    legend += [f"  sheet: {_titled(sheet)}" for sheet in sheets] if compared else []
    idle, loaded = (m.value if m is not None else None for m in map(known.get, _LATENCIES))
    if isinstance(idle, Quantity) and isinstance(loaded, Quantity) and loaded.value < idle.value:
        legend.append("  latency under load is below the idle one: the idle measurement was disturbed")
    return ["", head, *rows, *legend]


def _shown(measurement: Measurement | None) -> str:
    if measurement is None or not isinstance(measurement.value, Quantity):
        return ""
    return f"{show_quantity(measurement.value)}{' !' if measurement.stable is False else ''}"


def _share(measurement: Measurement | None, peak: Measurement | None) -> str:
    have, most = (m.value if m is not None else None for m in (measurement, peak))
    if not isinstance(have, Quantity) or not isinstance(most, Quantity) or most.value <= 0:
        return ""
    return f"{show_share(have.value / most.value)} of peak"


def _of_sheet(
    measurement: Measurement | None, profile: MachineProfile, sheets: tuple[MachineProfile, ...]
) -> str:
    stated = sheet_peak(profile, sheets, measurement.fact) if measurement is not None else None
    if measurement is None or stated is None or not isinstance(measurement.value, Quantity):
        return ""
    return f"{show_share(measurement.value.value / stated.value)} of sheet"


def _titled(sheet: MachineProfile) -> str:
    """Return the name of a data sheet with the peaks that rates are compared with."""
    stated = {m.fact.removeprefix("machine."): m.value for m in sheet.measurements}
    peaks = [
        stated.get(f)
        for f in ("accelerators.memory_bandwidth", "accelerators.compute_half", "memory.peak_bandwidth")
    ]
    figures = ", ".join(show_quantity(peak) for peak in peaks if isinstance(peak, Quantity))
    return f"{sheet.name}, {figures}"


def _roofline(title: str, bandwidth: Measurement | None, compute: Measurement | None) -> list[str]:
    """Return the roofline (Williams, Waterman, Patterson 2009): what is within reach at each intensity."""
    bytes_, flop = (m.value if m is not None else None for m in (bandwidth, compute))
    if not isinstance(bytes_, Quantity) or not isinstance(flop, Quantity):
        return []
    if bytes_.value <= 0 or flop.value <= 0:
        return []
    ridge = flop.value / bytes_.value
    doubtful = any(m is not None and m.stable is False for m in (bandwidth, compute))
    powers = [_LOWEST + (_HIGHEST - _LOWEST) * at / (_WIDTH - 1) for at in range(_WIDTH)]
    heights = [math.log2(min(bytes_.value * 2**power, flop.value)) for power in powers]
    top, bottom = max(heights), min(heights)
    span = top - bottom or 1.0
    levels = [round((height - bottom) / span * (_HEIGHT - 1)) for height in heights]
    slope = next((at for at, power in enumerate(powers) if 2**power >= ridge), _WIDTH)
    ends = {_HEIGHT - 1: show_quantity(flop), 0: show_quantity(Quantity(2**bottom, "flop/s"))}
    drawn = [
        f"  {ends.get(level, ''):>14} |"
        + "".join(
            ("/" if at < slope else "_") if levels[at] == level else " " for at in range(_WIDTH)
        ).rstrip()
        for level in range(_HEIGHT - 1, -1, -1)
    ]
    marks = "".join(f"{_power(power):<13}" for power in range(_LOWEST, _HIGHEST + 1, 4)).rstrip()
    limit = "memory" if ridge > _ONE_STREAM else "arithmetic"
    said = (
        f"Memory is the limit below {ridge:.3g} operations per byte, arithmetic above. Generating text one request at a "
        f"time does about {_ONE_STREAM:.0f} per byte (8-bit weights): {limit} is its limit here."
    )
    head = f"Roofline of {title}{' (not trustworthy)' if doubtful else ''}"
    axis = f"  {'':>14} +{'-' * _WIDTH}"
    words = textwrap.wrap(said, _COLUMNS, initial_indent="  ", subsequent_indent="  ")
    return ["", head, *drawn, axis, f"  {'':>15}{marks} FLOP/B", *words]


def _power(power: int) -> str:
    return f"1/{2**-power}" if power < 0 else str(2**power)
