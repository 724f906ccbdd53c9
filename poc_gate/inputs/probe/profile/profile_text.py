"""A machine profile -> lines of plain text: what was found, how sure it is, and the curves as bars."""

from __future__ import annotations

import math
import statistics
import textwrap
from itertools import pairwise

from poc_gate.inputs.probe.interface import LEFT_OUT
from poc_gate.model.measurement import Curve, MachineProfile, Measurement, Point
from poc_gate.model.parts.peak_shares import peak_shares
from poc_gate.model.quantity import Quantity, show_quantity

_COLUMNS = 80
_WIDTH = 36
_NAME_WIDTH = 32
_MOST_BARS = 24
"""A curve of more points, such as a rate over minutes, is drawn in this many stretches."""


def profile_lines(profile: MachineProfile, *, curves: bool = False) -> list[str]:
    """Return the profile as text of 80 columns; what is unknown comes last, with its reason."""
    lines = [*head_lines(profile), ""]
    for measurement in profile.measurements:
        if measurement.value is not None:
            lines += _known(measurement, reasons=profile.kind == "measured")
    lines += [line for share in peak_shares(profile) for line in _wrapped(share, "")]
    lines += unmeasured_lines(profile)
    if profile.environment:
        lines += ["", "conditions:"]
        for key, value in sorted(profile.environment.items()):
            lines += _wrapped(f"{key}: {value}", "  ")
    lines += note_lines(profile)
    for curve in profile.curves if curves else ():
        lines += ["", *curve_lines(curve)]
    return lines


def head_lines(profile: MachineProfile) -> list[str]:
    """Return name, kind, day and fingerprint."""
    head = f"{profile.name}  ({profile.kind}, {profile.measured_at or 'undated'}, {profile.fingerprint})"
    return _wrapped(head, "")


def unmeasured_lines(profile: MachineProfile) -> list[str]:
    """Return what is unknown, by its reason; nothing where all was measured."""
    unknown = [m for m in profile.measurements if m.value is None]
    lines = ["", "not measured:"] if unknown else []
    for reason in dict.fromkeys(m.reason for m in unknown):
        names = [_short(m.fact) for m in unknown if m.reason == reason]
        # What somebody chose to leave out needs no list.
        told = f"{len(names)} figures" if reason == LEFT_OUT else ", ".join(names)
        lines += _wrapped(f"{reason}: {told}", "  ")
    return lines


def note_lines(profile: MachineProfile) -> list[str]:
    """Return the notes, one after the other."""
    return [line for note in profile.notes for line in _wrapped(f"note: {note}", "")]


def _wrapped(text: str, indent: str, *, hanging: str | None = None) -> list[str]:
    following = indent + "  " if hanging is None else hanging
    return textwrap.wrap(
        text, _COLUMNS, initial_indent=indent, subsequent_indent=following, break_long_words=False
    ) or [indent]


def _short(fact: str) -> str:
    return fact.removeprefix("machine.")


def _known(measurement: Measurement, *, reasons: bool) -> list[str]:
    value = measurement.value
    parts = [show_quantity(value) if isinstance(value, Quantity) else _plain(value)]
    if measurement.median is not None:
        parts.append(f"median {show_quantity(Quantity(measurement.median, measurement.unit))}")
    if measurement.grade:
        parts.append(f"grade {measurement.grade}")
    if measurement.variant:
        parts.append(measurement.variant)
    if "verified_on" in measurement.details:
        parts.append(f"read again {measurement.details['verified_on']}")
    column = " " * (_NAME_WIDTH + 1)
    first, *others = _wrapped(", ".join(parts), column, hanging=column)
    lines = [f"{_short(measurement.fact):<{_NAME_WIDTH}} {first[len(column) :]}", *others]
    return (
        [*lines, *_wrapped(measurement.reason, "    ", hanging="    ")]
        if measurement.reason and reasons
        else lines
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def curve_lines(curve: Curve) -> list[str]:
    """Return a curve as one bar a point; the bars of a range beyond a factor of 20 are logarithmic."""
    points, note = _drawn(curve)
    values = [point.y for point in points]
    top, bottom = max(values), min(value for value in values if value > 0) if any(values) else 1.0
    logarithmic = top > 20 * bottom
    lines = [f"{curve.title}{note}{' (logarithmic)' if logarithmic else ''}"]
    for point in points:
        length = _bar(point.y, bottom, top, logarithmic=logarithmic)
        x = show_quantity(Quantity(point.x, curve.x_unit))
        y = show_quantity(Quantity(point.y, curve.y_unit))
        label = f"  {point.label}" if point.label else ""
        lines.append(f"  {x:>9} {'#' * length:<{_WIDTH}} {y}{label}")
    return lines


def _drawn(curve: Curve) -> tuple[tuple[Point, ...], str]:
    """Return the points to draw: all of a short curve, the median of each stretch of a long one."""
    count = len(curve.points)
    if count <= _MOST_BARS:
        return curve.points, ""
    cuts = [round(count * n / _MOST_BARS) for n in range(_MOST_BARS + 1)]
    stretches = [curve.points[first:last] for first, last in pairwise(cuts)]
    drawn = tuple(Point(part[0].x, statistics.median(p.y for p in part)) for part in stretches)
    return drawn, f", medians of {count // _MOST_BARS} to {-(-count // _MOST_BARS)} slices"


def _bar(value: float, bottom: float, top: float, *, logarithmic: bool) -> int:
    if value <= 0 or top <= 0:
        return 0
    share = (1 + math.log(value / bottom)) / (1 + math.log(top / bottom)) if logarithmic else value / top
    return max(1, round(_WIDTH * share))
