"""What is told of runs over time: changes of states with their cause, and the course of what was measured."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.many.portfolio import Line
from poc_gate.model.many.record import Record

SCHEMA = "poc-gate.history/1"


class Kept(Struct, frozen=True, omit_defaults=True):
    """One record as a run keeps it: one line of its file."""

    day: str
    at: str
    """ISO 8601 UTC time of the run: orders those of one day."""
    path: str
    """Of the pilot, as it was named."""
    record: Record
    """Without its open findings and demands, which are in the result."""
    schema: str = SCHEMA


class Change(Struct, frozen=True, omit_defaults=True):
    """One change from one record of a pilot to its next."""

    day: str
    path: str
    pilot: str
    kind: str
    """`word`, `state`, `ruler` or `figure`."""
    what: str
    """The rule with its subject, `word`, the pack, or the fact."""
    before: str
    now: str
    cause: str
    """What else differs: the manifest, named files, packs, tool, machine, or the day alone."""
    better: bool | None = None


class Point(Struct, frozen=True):
    """One value of one measured fact."""

    day: str
    value: float
    ruler: str
    """What has to be the same for two values to be compared: fingerprint of the machine, tool, packs."""


class Shift(Struct, frozen=True):
    """A change of level that is not noise."""

    day: str
    """Of the last run."""
    before: float
    now: float
    better: bool | None = None


class PilotCourse(Struct, frozen=True):
    """What a history adds to the page of one pilot."""

    line: Line | None
    since: str
    """ISO date of the run that is compared with; empty for the first one."""
    before: str
    """The word on that day."""
    changes: tuple[Change, ...]
    """Since then, the word first."""


class Seen(Struct, frozen=True):
    """What a series shows."""

    fact: str
    unit: str
    points: tuple[Point, ...]
    shift: Shift | None
    detectable: float | None
    """Smallest change, as a share, that would be seen now; None for too few values to say."""
