"""The first look: what can be said before anybody has answered, each number with its interval and what it rests on."""

from __future__ import annotations

from msgspec import Struct


class FirstAnswer(Struct, frozen=True):
    """One thing that a first look says: an interval with its unit, or only a sentence."""

    topic: str
    """`wall`, `memory`, `least-memory`, `first-token`, `peak`, `quota`, `cost`."""
    sentence: str
    """One plain sentence that stands alone."""
    unit: str = ""
    low: float | None = None
    likely: float | None = None
    high: float | None = None
    rests_on: tuple[str, ...] = ()
    """Facts that nobody stated and that were assumed for it."""


class PlainQuestion(Struct, frozen=True):
    """One question to a person, in plain words."""

    fact: str
    """The manifest key that the answer fills."""
    text: str
    why: str
    choices: tuple[str, ...] = ()
    example: str = ""
    line: str = ""
    """The line to add to the manifest, with a blank for the value."""


class AssumedValue(Struct, frozen=True):
    """A value that nobody stated, with its interval in SI units, and why it is assumed."""

    fact: str
    low: float
    likely: float
    high: float
    unit: str
    why: str


class SeenFact(Struct, frozen=True):
    """One fact that the repository shows, and where."""

    fact: str
    value: str
    place: str
    certain: bool
    """False for what a name or a default suggests and a person should confirm."""


class FirstLook(Struct, frozen=True):
    """Everything that a first look says about one pilot."""

    answers: tuple[FirstAnswer, ...]
    questions: tuple[PlainQuestion, ...]
    assumed: tuple[AssumedValue, ...] = ()
    left_out: tuple[str, ...] = ()
    """Parts of the request path that are not in the wall, and why."""
    seen: tuple[SeenFact, ...] = ()
    """Filled where no manifest exists and a repository was read."""
    without_manifest: bool = False
