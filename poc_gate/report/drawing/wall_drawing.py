"""Wall picture -> the coordinates of its drawing: load on the axis, latency above it, walls across."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Wall, WallPicture, WallPoint
from poc_gate.report.drawing.picture_scales import LOG_FROM, Scale, band, fit_scale, path, ticks
from poc_gate.words.load_units import show_load, show_loads, tells_today
from poc_gate.words.shown_values import show_amount

HEIGHT = 272
_TOP, _BOTTOM = 48, 40
_HEADROOM = 2.2
"""The latency axis ends at this multiple of the objective: beyond it nobody waits."""


_NARROW = 500
"""View-box width up to which a drawing has room for few words."""
_DOT = 19.0
"""Walls less far apart share one dot."""
_BEHIND = 2.5
"""The load axis ends at this multiple of the last wall."""
_CLOSE_BEHIND = 1.3
"""The same on an axis that is not logarithmic."""


class Mark(Struct, frozen=True):
    """A vertical line with a label: today, the plan, or a wall."""

    x: float
    label: str
    kind: str
    """`today`, `planned` or `wall`."""
    anchor: str
    """On which side the label lies: `start` or `end`."""
    label_y: float = 0.0
    """Today and the plan may lie close together: each label has its own row."""


class WallDrawing(Struct, frozen=True):
    """Everything the template draws; positions in the units of the view box."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    band: str
    p95: str
    p50: str
    objective: float | None
    objective_label: str
    marks: list[Mark]
    ranges: list[tuple[float, float]]
    """(x, width) of the interval around each wall whose place is uncertain."""
    first_wall: float | None
    x_title: str
    y_title: str
    title: str
    description: str


def draw_wall(picture: WallPicture, width: int, currency: str = "") -> WallDrawing:
    """Return the drawing of one wall picture at one width in view-box units."""
    left, right, bottom = 54.0, width - 14.0, float(HEIGHT - _BOTTOM)
    x = fit_scale(_loads(picture), left, right)
    timed = any(point.p95 is not None for point in picture.points)
    y = _latency_scale(picture, bottom) if timed else Scale(0.0, 1.2, bottom, _TOP)
    limit = picture.slo if timed else 1.0
    marks = _marks(picture, x, currency)
    walls = [mark.x for mark in marks if mark.kind == "wall"]
    return WallDrawing(
        width=width,
        height=HEIGHT,
        left=left,
        right=right,
        top=_TOP,
        bottom=bottom,
        x_ticks=ticks(x, picture.axis_unit, most=5 if width > _NARROW else 3, currency=currency),
        y_ticks=ticks(y, "s" if timed else "1", most=5),
        band=_band(picture.points, x, y) if timed else "",
        p95=_line(picture.points, x, y, "p95" if timed else "utilisation"),
        p50=_line(picture.points, x, y, "p50") if timed else "",
        objective=y.at(limit) if limit else None,
        objective_label=f"objective {show_amount(Quantity(limit, 's'))}" if timed and limit else "the limit",
        marks=marks,
        ranges=_ranges(picture, x),
        first_wall=min(walls) if walls else None,
        x_title=_axis_title(picture, log=x.log and width > _NARROW),
        y_title="p95 latency" if timed else "share of the limit in use",
        title=f"Where it breaks as {picture.axis} grows",
        description=_description(picture, currency),
    )


def _loads(picture: WallPicture) -> list[float]:
    """Return what the axis must show: up to somewhat behind the last wall; further on there is no news."""
    told = [picture.today, picture.planned, *(wall.load for wall in picture.walls)]
    loads = [*told, *(point.load for point in picture.points)]
    behind = _BEHIND if max(told) > LOG_FROM * min(told) else _CLOSE_BEHIND
    end = min(max(told) * behind, max(loads)) if picture.walls else max(loads)
    return [*(load for load in loads if load <= end), end]


def _axis_title(picture: WallPicture, *, log: bool) -> str:
    unit = picture.axis if picture.axis_unit == "1" else picture.axis_unit
    return f"{unit}, logarithmic" if log else unit


def _latency_scale(picture: WallPicture, bottom: float) -> Scale:
    known = [point.p95 for point in picture.points if point.p95 is not None]
    top = picture.slo * _HEADROOM if picture.slo else max(known) * 1.1
    return Scale(0.0, top, bottom, _TOP)


def _line(points: tuple[WallPoint, ...], x: Scale, y: Scale, field: str) -> str:
    """Return the curve; where the value is gone (overload) it leaves through the top, above the axis where it crosses."""
    drawn: list[tuple[float, float]] = []
    known: tuple[float, float] | None = None
    for point in points:
        value = getattr(point, field)
        if value is None:
            return path([*drawn, (x.at(point.load), y.end)]) if drawn else ""
        if value > y.high and known is not None:
            share = (y.high - known[1]) / (value - known[1])
            return path([*drawn, (x.at(known[0] + share * (point.load - known[0])), y.end)])
        drawn.append((x.at(point.load), y.at(value)))
        if value >= y.high:
            break
        known = (point.load, value)
    return path(drawn)


def _band(points: tuple[WallPoint, ...], x: Scale, y: Scale) -> str:
    known = [point for point in points if point.p95_low is not None and point.p95_high is not None]
    upper = [(x.at(point.load), y.at(point.p95_high or 0.0)) for point in known]
    lower = [(x.at(point.load), y.at(point.p95_low or 0.0)) for point in known]
    return band(upper, lower)


def _marks(picture: WallPicture, x: Scale, currency: str) -> list[Mark]:
    middle = (x.start + x.end) / 2

    def mark(load: float, label: str, kind: str) -> Mark:
        at = x.at(load)
        return Mark(at, label, kind, "start" if at < middle else "end", 13.0 if kind == "today" else 28.0)

    unit = picture.axis_unit
    today = show_load(picture.today, unit, currency)
    planned = show_load(picture.planned, unit, currency)
    walls = _apart([mark(wall.load, str(number), "wall") for number, wall in enumerate(picture.walls, 1)])
    known = [mark(picture.today, f"today {today}", "today")] if tells_today(picture) else []
    return [*known, mark(picture.planned, f"planned {planned}", "planned"), *walls]


def _apart(walls: list[Mark]) -> list[Mark]:
    """Return the walls with one number for those so close that their dots would cover each other."""
    shown: list[Mark] = []
    named = 0
    for wall in walls:
        if shown and wall.x - shown[named].x < _DOT:
            first = shown[named].label.partition("–")[0]
            shown[named] = replace(shown[named], label=f"{first}–{wall.label}")
            shown.append(replace(wall, label=""))
        else:
            named = len(shown)
            shown.append(wall)
    return shown


def _ranges(picture: WallPicture, x: Scale) -> list[tuple[float, float]]:
    """Return where each wall may be; an end outside the axis is cut off there."""
    ends = [(x.at(w.low), x.at(w.high)) for w in picture.walls if w.low is not None and w.high is not None]
    return [(start, round(end - start, 1)) for start, end in ends if end > start]


def _description(picture: WallPicture, currency: str) -> str:
    unit = picture.axis_unit
    walls = "; ".join(
        f"wall {number} at {show_load(wall.load, unit, currency)}{_between(wall, unit, currency)}, {wall.station}"
        for number, wall in enumerate(picture.walls, 1)
    )
    today = (
        f"Today {show_load(picture.today, unit, currency)}, planned " if tells_today(picture) else "Planned "
    )
    return f"{today}{show_load(picture.planned, unit, currency)}. {walls or 'No wall up to the plan'}."


def _between(wall: Wall, unit: str, currency: str) -> str:
    interval = show_loads(wall.low, wall.high, unit, currency)
    return f" ({interval})" if interval else ""
