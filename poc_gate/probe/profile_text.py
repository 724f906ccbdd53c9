"""A machine profile -> lines of plain text: what was found, how sure it is, and the curves as bars."""

from __future__ import annotations

import math
import textwrap

from poc_gate.model.measurement import Curve, MachineProfile, Measurement
from poc_gate.model.quantity import Quantity, show_quantity

_WIDTH = 36
_NAME_WIDTH = 40


def profile_lines(profile: MachineProfile, *, curves: bool = False) -> list[str]:
    """Return the profile as text of at most about 100 columns; what is unknown comes last, with its reason."""
    lines = [
        f"{profile.name}  ({profile.kind}, {profile.measured_at or 'undated'}, {profile.fingerprint})",
        "",
    ]
    known = [m for m in profile.measurements if m.value is not None]
    unknown = [m for m in profile.measurements if m.value is None]
    lines += [_known(m, reasons=profile.kind == "measured") for m in known]
    if unknown:
        lines += ["", "not measured:"]
        for reason in dict.fromkeys(m.reason for m in unknown):
            names = ", ".join(_short(m.fact) for m in unknown if m.reason == reason)
            lines += textwrap.wrap(f"{reason}: {names}", 98, initial_indent="  ", subsequent_indent="    ")
    if profile.environment:
        lines += ["", "conditions:"]
        lines += [f"  {key}: {value}" for key, value in sorted(profile.environment.items())]
    lines += [f"note: {note}" for note in profile.notes]
    for curve in profile.curves if curves else ():
        lines += ["", *curve_lines(curve)]
    return lines


def _short(fact: str) -> str:
    return fact.removeprefix("machine.")


def _known(measurement: Measurement, *, reasons: bool) -> str:
    value = measurement.value
    text = show_quantity(value) if isinstance(value, Quantity) else _plain(value)
    parts = [f"{_short(measurement.fact):<{_NAME_WIDTH}} {text}"]
    if measurement.median is not None:
        parts.append(f"median {show_quantity(Quantity(measurement.median, measurement.unit))}")
    if measurement.grade:
        parts.append(f"grade {measurement.grade}")
    if measurement.variant:
        parts.append(measurement.variant)
    line = ", ".join(parts)
    return f"{line}\n{'':<{_NAME_WIDTH}} {measurement.reason}" if measurement.reason and reasons else line


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def curve_lines(curve: Curve) -> list[str]:
    """Return a curve as one bar a point; the bars of a range beyond a factor of 20 are logarithmic."""
    values = [point.y for point in curve.points]
    top, bottom = max(values), min(value for value in values if value > 0) if any(values) else 1.0
    logarithmic = top > 20 * bottom
    lines = [f"{curve.title}{' (logarithmic)' if logarithmic else ''}"]
    for point in curve.points:
        length = _bar(point.y, bottom, top, logarithmic=logarithmic)
        x = show_quantity(Quantity(point.x, curve.x_unit))
        y = show_quantity(Quantity(point.y, curve.y_unit))
        label = f"  {point.label}" if point.label else ""
        lines.append(f"  {x:>9} {'#' * length:<{_WIDTH}} {y}{label}")
    return lines


def _bar(value: float, bottom: float, top: float, *, logarithmic: bool) -> int:
    if value <= 0 or top <= 0:
        return 0
    share = (1 + math.log(value / bottom)) / (1 + math.log(top / bottom)) if logarithmic else value / top
    return max(1, round(_WIDTH * share))
