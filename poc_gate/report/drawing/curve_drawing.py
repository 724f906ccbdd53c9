"""Measured curves and source latencies -> the coordinates of their drawings."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.claim import Provenance
from poc_gate.model.measurement import Curve
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result
from poc_gate.report.drawing.picture_scales import Scale, band, fit_scale, path, ticks
from poc_gate.words.shown_values import show_amount

WIDTH, HEIGHT = 440, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 66.0, 426.0, 14.0, 190.0
_MOST_DOTS = 40
"""More dots than this run into each other; the line alone is clearer."""


class CurveDrawing(Struct, frozen=True):
    """One measured curve: line, interval, dots and axes, in the units of the view box."""

    title: str
    description: str
    x_label: str
    y_label: str
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    line: str
    band: str
    dots: list[tuple[float, float, str]]
    rows: list[tuple[str, str]]
    """The same points as text, for the table beside the picture."""


def draw_curve(curve: Curve) -> CurveDrawing:
    """Return the drawing of a curve; both axes choose linear or logarithmic by the spread of the values.

    Time runs linearly: a rate over minutes must not give its first second half of the picture.
    """
    points = sorted(curve.points, key=lambda point: point.x)
    x = fit_scale([point.x for point in points], _LEFT, _RIGHT, zero=curve.x_unit == "s")
    heights = [height for p in points for height in (p.y, p.y_low, p.y_high) if height is not None]
    y = fit_scale(heights, _BOTTOM, _TOP, zero=not _spans_decades(heights))
    rows = [(_shown(p.x, curve.x_unit), _shown(p.y, curve.y_unit)) for p in points]
    known = [p for p in points if p.y_low is not None and p.y_high is not None]
    upper = [(x.at(p.x), y.at(p.y_high or 0.0)) for p in known]
    lower = [(x.at(p.x), y.at(p.y_low or 0.0)) for p in known]
    ends = f"from {rows[0][1]} at {rows[0][0]} to {rows[-1][1]} at {rows[-1][0]}" if rows else "no points"
    return CurveDrawing(
        title=curve.title,
        description=f"{curve.y_label or curve.title}, {ends}; {len(rows)} points, listed below the picture.",
        x_label=curve.x_label,
        y_label=curve.y_label,
        x_ticks=ticks(x, curve.x_unit, most=5),
        y_ticks=ticks(y, curve.y_unit, most=5),
        line=path([(x.at(p.x), y.at(p.y)) for p in points]),
        band=band(upper, lower) if len(known) > 1 else "",
        dots=[(x.at(p.x), y.at(p.y), p.label) for p in points] if len(points) <= _MOST_DOTS else [],
        rows=rows,
    )


def _spans_decades(values: list[float]) -> bool:
    positive = [value for value in values if value > 0]
    return bool(positive) and max(positive) / min(positive) > 15


def _shown(value: float, unit: str) -> str:
    return show_amount(Quantity(value, unit))


class SourceTimes(Struct, frozen=True):
    """Latency of one source at three quantiles; positions in percent of the row's width."""

    source: str
    measured: bool
    stable: bool
    """False when a quantile comes from a measurement too unsteady to rest on."""
    dots: list[tuple[float, str, str]]
    """(position, quantile, value as text)."""
    start: float
    end: float


class SourcePicture(Struct, frozen=True):
    """The latencies of all sources over one common axis."""

    rows: list[SourceTimes]
    ticks: list[tuple[float, str]]
    others: list[SourceTimes]
    """Not drawn: each is faster than those that are."""


SHOWN_SOURCES = 20
QUANTILES = ("p50", "p95", "p99")


def draw_sources(result: Result) -> SourcePicture:
    """Return the latency of every source that states or measured at least one quantile."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    unstable: set[str] = set()
    for fact in result.facts:
        source, _, quantile = fact.name.removeprefix("sources[").partition("].")
        if not fact.name.startswith("sources[") or quantile not in QUANTILES:
            continue
        if isinstance(fact.value, Quantity):
            measured = fact.provenance is Provenance.MEASURED
            found.setdefault(source, {})[quantile] = (fact.value.value, measured)
            if fact.stable is False:
                unstable.add(source)
    times = [value for quantiles in found.values() for value, _ in quantiles.values() if value > 0]
    if not times:
        return SourcePicture([], [], [])
    scale = fit_scale(times, 2.0, 98.0)
    rows = [
        _source_row(source, quantiles, scale, stable=source not in unstable)
        for source, quantiles in found.items()
    ]
    slowest = sorted(rows, key=lambda row: -row.end)[:SHOWN_SOURCES]
    return SourcePicture(
        [row for row in rows if row in slowest],
        ticks(scale, "s", most=5),
        [row for row in rows if row not in slowest],
    )


def _source_row(
    source: str, quantiles: dict[str, tuple[float, bool]], scale: Scale, *, stable: bool
) -> SourceTimes:
    dots = [
        (scale.at(quantiles[name][0]), name, _shown(quantiles[name][0], "s"))
        for name in QUANTILES
        if name in quantiles
    ]
    places = [dot[0] for dot in dots]
    return SourceTimes(
        source=source,
        measured=all(measured for _, measured in quantiles.values()),
        stable=stable,
        dots=dots,
        start=min(places),
        end=max(places),
    )
