"""When a source was renewed last and how fast records arrive -> what one bounded look shows of its frequency."""

from __future__ import annotations

import itertools

from msgspec import Struct

MOST_TIMES = 10_000
"""Times of records that are read at most, newest first."""


class Renewals(Struct, frozen=True):
    """The last times at which a source was renewed, as far as one bounded look shows them."""

    ages: tuple[float, ...]
    """Seconds before the look, in any order; what was renewed at once has the same age."""
    method: str
    """The very query or call that was used."""

    @property
    def span(self) -> float:
        """Seconds from the oldest of the times to the newest."""
        return max(self.ages) - min(self.ages) if self.ages else 0.0

    @property
    def longest_gap(self) -> float | None:
        """Seconds of the longest silence between two times that follow each other; None below two times."""
        times = sorted(set(self.ages))
        return max((later - sooner for sooner, later in itertools.pairwise(times)), default=None)


class Intake(Struct, frozen=True):
    """How many records a source had taken in when it was asked."""

    records: int
    method: str


class Growth(Struct, frozen=True):
    """How many records arrived while the source was measured."""

    records: int
    seconds: float
    method: str

    @property
    def rate(self) -> float:
        """Records a second; the seconds are positive."""
        return self.records / self.seconds
