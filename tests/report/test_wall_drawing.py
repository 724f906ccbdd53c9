"""The drawing of walls shows how uncertain each is, and its words carry no more figures than are known."""

from __future__ import annotations

from poc_gate.model.verdict import Wall, WallPicture, WallPoint
from poc_gate.report.drawing.wall_drawing import draw_wall

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
