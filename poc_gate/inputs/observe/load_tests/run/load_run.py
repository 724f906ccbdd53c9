"""One run of a load tool, whatever wrote it: its steps with what was sent, what was answered, and how long it took."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from poc_gate.inputs.estimate.known_spread import Spread

_FEWEST_SENT = 10
"""Requests from which on the time between the first and the last one gives a rate."""


class Loop(StrEnum):
    """What decides when the next request is sent."""

    OPEN = "open"
    """A clock: requests go out whether or not earlier ones came back."""
    CLOSED = "closed"
    """The answer: each user waits for it before asking again."""
    BURST = "burst"
    """Nothing: all requests go out at once."""
    UNKNOWN = "unknown"


class Counted(StrEnum):
    """Whether the times of failed requests are among those of a step."""

    SUCCESSES = "successes"
    ALL = "all"
    UNKNOWN = "unknown"


class Step(Struct, frozen=True):
    """A stretch of a run at one load; what the file does not say is None. Times in seconds, lengths in tokens."""

    loop: Loop = Loop.UNKNOWN
    configured_rate: float | None = None
    """Requests per second that were asked for; not what was sent."""
    concurrency: float | None = None
    """Users or requests in flight."""
    duration: float | None = None
    sent: int | None = None
    """Requests that ended, in an answer or in an error."""
    failed: int | None = None
    unfinished: int = 0
    """Requests in flight when the step was stopped, which are in no other number."""
    started: str = ""
    """ISO 8601."""
    latency: Spread = field(default_factory=Spread)
    ttft: Spread = field(default_factory=Spread)
    tpot: Spread = field(default_factory=Spread)
    """Time per output token after the first, one value a request."""
    itl: Spread = field(default_factory=Spread)
    """Time between tokens, one value a token."""
    in_tokens: Spread = field(default_factory=Spread)
    out_tokens: Spread = field(default_factory=Spread)
    counted: Counted = Counted.UNKNOWN
    offered: float | None = None
    """Requests per second that went out, where the file says it apart from what ended."""
    sending: float | None = None
    """Seconds from the first request to the last one, without the time in which the last answers came back."""

    @property
    def answered(self) -> int | None:
        """Return the requests that were answered without an error."""
        return None if self.sent is None or self.failed is None else max(0, self.sent - self.failed)

    @property
    def rate(self) -> float | None:
        """Return the requests per second that went out; counts over time where the file does not say.

        What a clock sent counts over the time in which it sent: a backlog that drains afterwards is not sending.
        """
        if self.offered is not None:
            return self.offered
        if self.loop is Loop.OPEN and self.sending and (self.sent or 0) >= _FEWEST_SENT:
            return ((self.sent or 0) - 1) / self.sending
        if self.sent is None or not self.duration or self.duration <= 0:
            return None
        return (self.sent + self.unfinished) / self.duration

    @property
    def served(self) -> float | None:
        """Return the requests per second that were answered without an error."""
        if self.answered is None or not self.duration or self.duration <= 0:
            return None
        return self.answered / self.duration


class LoadRun(Struct, frozen=True):
    """One run, or one file of it."""

    tool: str
    version: str = ""
    ended: str = ""
    """ISO 8601."""
    target: str = ""
    model: str = ""
    steps: tuple[Step, ...] = ()
    corrected: bool = False
    """The tool counted the time from when a request was due, not from when it was sent."""
    replicas: int | None = None
    """Replicas that were tested, as the user says; no tool writes it."""
    loop_typed: bool = False
    """Whether a step is of an open or a closed loop is what the user says, not what the tool writes."""
    rounded: str = ""
    """How the tool rounded times, in words; empty where it did not."""
