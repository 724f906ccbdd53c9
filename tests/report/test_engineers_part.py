"""The engineers' part says the same of a source as the first screen, and its pictures keep their words inside."""

from __future__ import annotations

import pytest
from large_pilot import EXAMPLES, assess_example

from poc_gate.model.verdict import Result
from poc_gate.report.brief.boxes import boxes_of
from poc_gate.report.drawing.roofline_drawing import draw_roofline
from poc_gate.report.html.html_detail import engineering

_LETTER = 6.6
"""Width of a letter in the units of the drawing, as browsers show 12 px."""


@pytest.fixture(scope="module")
def result() -> Result:
    return assess_example(EXAMPLES / "claims-copilot")


def test_a_source_that_retries_overload_is_marked_in_both_parts(result: Result) -> None:
    rows = {row.title.removeprefix("source "): row for row in engineering(result)["hops"]}
    boxes = {box.title: box for box in boxes_of(result).boxes if box.title in rows}
    assert boxes["payments-warehouse"].flag == "over with retries"
    for name, box in boxes.items():
        assert rows[name].is_over == box.is_over, name
        assert ("with retries" in rows[name].capacity) == ("retries" in box.used), name
    assert rows["payments-warehouse"].mark == "over with retries"


@pytest.mark.parametrize("width", [380, 1080])
def test_the_names_of_points_on_the_roofline_stay_inside(result: Result, width: int) -> None:
    roof = draw_roofline(result, width)
    assert roof is not None
    assert len(roof.points) == 2
    for point in roof.points:
        long = 9 + _LETTER * len(point.label)
        ends = (point.x, point.x + long) if point.anchor == "start" else (point.x - long, point.x)
        assert 0 <= ends[0] < ends[1] <= width, point.label
