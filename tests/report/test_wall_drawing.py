"""The drawing of walls shows how uncertain each is, and its words carry no more figures than are known."""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec.structs import replace

from poc_gate.model.verdict import Wall, WallPicture, WallPoint
from poc_gate.report.drawing.picture_scales import Scale, ticks
from poc_gate.report.drawing.wall_drawing import draw_wall
from poc_gate.words.load_units import in_one_unit

LOADS = (9.5e6, 12e6, 15e6, 20e6, 40e6, 95e6)
PICTURE = WallPicture(
    "corpus", "vectors", 9.5e6, 12.35e6,
    tuple(WallPoint(load, None, None, utilisation=load / 13.6e6) for load in LOADS),
    (
        Wall(13_557_346.0, 11_184_811.0, 16_777_216.0, "index memory", "the memory is full"),
        Wall(19e6, 19e6, 19e6, "re-indexing", "it takes the whole interval"),
    ),
)  # fmt: skip


def test_the_interval_of_a_wall_is_drawn_around_it_and_a_certain_wall_has_none() -> None:
    drawn = draw_wall(PICTURE, 900)
    ((start, width),) = drawn.ranges
    first = next(mark for mark in drawn.marks if mark.kind == "wall")
    assert start < first.x < start + width
    assert drawn.left <= start
    assert start + width <= drawn.right


def test_the_description_states_the_interval_in_words() -> None:
    said = draw_wall(PICTURE, 900).description
    assert "wall 1 at 13.6 million vectors (11.2 to 16.8 million vectors), index memory; " in said
    assert "wall 2 at 19 million vectors, re-indexing." in said


def test_the_curve_reaches_the_limit_where_the_wall_is_although_the_next_point_lies_far_above() -> None:
    loads = (100.0, 600.0, 4000.0)
    points = tuple(WallPoint(load, None, None, utilisation=load / 656) for load in loads)
    picture = WallPicture(
        "cost", "req/d", 400.0, 600.0, points, (Wall(656.0, 656.0, 656.0, "cap", "too dear"),)
    )
    drawn = draw_wall(picture, 720)
    assert drawn.objective is not None
    ends = [tuple(map(float, end)) for end in re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn.p95)]
    (x1, y1), (x2, y2) = ends[-2:]
    crossing = x1 + (y1 - drawn.objective) / (y1 - y2) * (x2 - x1)
    wall = next(mark.x for mark in drawn.marks if mark.kind == "wall")
    assert abs(crossing - wall) < 2


def test_walls_side_by_side_share_one_dot_that_names_both() -> None:
    walls = tuple(Wall(load, None, None, "", "") for load in (13.6e6, 13.7e6, 13.8e6, 19e6))
    marks = [
        mark.label for mark in draw_wall(replace(PICTURE, walls=walls), 380).marks if mark.kind == "wall"
    ]
    assert marks == ["1–3", "", "", "4"]


def test_labels_of_a_level_axis_never_touch() -> None:
    scale = Scale(0.05, 900.0, 54.0, 366.0, log=True)
    for most in range(2, 9):
        shown = ticks(scale, "req/s", most=most)
        assert all(7 * len(label) <= then - at for (at, label), (then, _) in pairwise(shown))


def test_an_axis_ends_soon_behind_the_last_wall() -> None:
    drawn = draw_wall(PICTURE, 720)
    last = max(mark.x for mark in drawn.marks if mark.kind == "wall")
    assert (last - drawn.left) > 0.55 * (drawn.right - drawn.left)


def test_money_counts_requests_by_the_day_and_a_run_counts_records() -> None:
    points = (WallPoint(1.0, None, None, utilisation=0.5),)
    money = in_one_unit(WallPicture("cost", "req/s", 0.5, 10.0, points, (Wall(81.0, None, None, "", ""),)))
    assert (money.axis_unit, money.planned, money.walls[0].load) == ("req/d", 864_000.0, 81 * 86_400.0)
    assert in_one_unit(WallPicture("volume", "1", 1.0, 2.0, points, ())).axis_unit == "records"
