"""One series of a metric: its name, its labels, and its points in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Series(Struct, frozen=True):
    """Points of one metric with one set of labels, ascending in time."""

    name: str
    labels: Mapping[str, str]
    points: tuple[tuple[float, float], ...]
    """Seconds since 1970 (0 where nobody says) and value."""

    @property
    def last(self) -> float:
        """Return the newest value."""
        return self.points[-1][1]

    def growth(self) -> float:
        """Return by how much a counter grew, each reset counted from zero; its value where there is one point alone."""
        if len(self.points) == 1:
            return self.last
        return sum(step for _, _, step in self.steps())

    def steps(self) -> Iterable[tuple[float, float, float]]:
        """Yield start, length and growth of each interval between points."""
        for (start, early), (end, late) in zip(self.points, self.points[1:], strict=False):
            yield start, end - start, late - early if late >= early else late

    def resets(self) -> int:
        """Return how often a counter fell, as it does when its process starts anew."""
        return sum(late < early for (_, early), (_, late) in zip(self.points, self.points[1:], strict=False))
