"""Loads of one wall picture -> one unit for all of them: marks, walls and axis read alike."""

from __future__ import annotations

from msgspec.structs import replace

from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity, show_count, show_number
from poc_gate.model.verdict import Wall, WallPicture, WallPoint
from poc_gate.words.shown_values import show_amount, show_value

_DAY = 86_400.0
_RARE = 0.1
"""Where no load of a picture reaches this many a second, people count by the day."""
_SCALED = frozenset({"B/s", "flop/s", "money/s"})
"""Rates whose unit takes prefixes by their size."""
_COUNTED = {"1": "", "vectors": " vectors", "records": " records"}
"""Units of what is counted one by one, with the word behind the number."""


_PLANNED = frozenset({"req/s", "req/d", "cost"})
"""Axes whose present load only a statement about the pilot's own traffic tells."""


def in_one_unit(picture: WallPicture) -> WallPicture:
    """Return the picture in the unit in which people count: money by the day, rare loads by the day, records by name.

    The picture of money counts all requests, that of the load the peak: beside each other in one unit, the same words
    would have two numbers.
    """
    if picture.axis == "volume" and picture.axis_unit == "1":
        return replace(picture, axis_unit="records")
    told = [picture.today, picture.planned, *(wall.load for wall in picture.walls)]
    unit = picture.axis_unit
    if not unit.endswith("/s") or unit in _SCALED or not (picture.axis == "cost" or 0 < max(told) < _RARE):
        return picture
    by_day = f"{unit.removesuffix('/s')}/d"
    return replace(
        picture,
        axis=by_day if picture.axis == unit else picture.axis,
        axis_unit=by_day,
        today=picture.today * _DAY,
        planned=picture.planned * _DAY,
        points=tuple(_point(point) for point in picture.points),
        walls=tuple(_wall(wall) for wall in picture.walls),
    )


def tells_today(picture: WallPicture) -> bool:
    """Say whether today's load is known apart from the plan; where the manifest is silent, the plan stands for it."""
    return picture.today != picture.planned or picture.axis not in _PLANNED


def show_load(load: float, unit: str, currency: str = "") -> str:
    """Return a load in the unit of its picture; a counted rate keeps it however small it is."""
    if unit.endswith(("/s", "/d")) and unit not in _SCALED:
        return f"{show_number(load)} {unit}"
    if unit in _COUNTED:
        return f"{show_count(load)}{_COUNTED[unit]}"
    return show_amount(Quantity(load, unit), currency)


def show_loads(low: float | None, high: float | None, unit: str, currency: str = "") -> str:
    """Return an interval of loads, its unit once, or an empty text when there is none."""
    if low is None or high is None or low == high:
        return ""
    first, last = show_load(low, unit, currency), show_load(high, unit, currency)
    number, _, counted = first.partition(" ")
    return f"{number if counted == last.partition(' ')[2] else first} to {last}"


def both_values(before: Fact, after: Fact, currency: str = "") -> tuple[str, str]:
    """Return two values of one fact as people write them; rates in one unit, so that they can be compared."""
    values = before.value, after.value
    shown = tuple(show_value(value, currency, before.name) for value in values)
    rates = [value.value for value in values if isinstance(value, Quantity) and value.unit == "req/s"]
    if len(rates) < 2 or shown[0].rpartition(" ")[2] == shown[1].rpartition(" ")[2]:
        return shown[0], shown[1]
    return show_load(rates[0], "req/s"), show_load(rates[1], "req/s")


def _point(point: WallPoint) -> WallPoint:
    return replace(point, load=point.load * _DAY)


def _wall(wall: Wall) -> Wall:
    low, high = (None if end is None else end * _DAY for end in (wall.low, wall.high))
    return replace(wall, load=wall.load * _DAY, low=low, high=high)
