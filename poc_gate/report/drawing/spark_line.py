"""The course of a share over runs -> the points of a small line, parted where the ruler changed."""

from __future__ import annotations

from poc_gate.model.many.portfolio import Line


def spark_line(line: Line, width: float, height: float) -> tuple[str, ...]:
    """Return the points of each stretch between breaks, as a polyline takes them; 0 to 100 is the whole height."""
    step = width / max(1, len(line.values) - 1)
    stretches: list[list[str]] = [[]]
    for place, value in enumerate(line.values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{place * step:.0f},{height * (1 - value / 100):.1f}")
    return tuple(" ".join(points) for points in stretches if points)
