"""A wall in volume -> where it is: against today's amount, and against the planned one."""

from __future__ import annotations

from poc_gate.model.quantity import show_count, two_figures
from poc_gate.model.verdict import Wall


def against_plan(wall: Wall, today: float, planned: float, nouns: tuple[str, str]) -> str:
    """Return the cause of the wall with what it means for today's and the planned amount, as a sentence.

    `nouns` are what grows and what it is counted in: `corpus`, `vectors`.

    A wall whose interval begins before the plan says that the plan may already be beyond it.
    """
    noun, counted = nouns
    cause = f"{wall.cause[0].upper()}{wall.cause[1:]} at {show_count(wall.load)} {counted}"
    now = f"{two_figures(wall.load / today)} times today's {noun}"
    if wall.load < planned:
        return f"{cause}, {now} and less than the {show_count(planned)} planned."
    if planned > today and wall.low is not None and wall.low < planned:
        return f"{cause}, {now}; the plan of {show_count(planned)} may already exceed it."
    if planned > today:
        return f"{cause}, {now} and {two_figures(wall.load / planned)} times the plan."
    return f"{cause}, {now}."
