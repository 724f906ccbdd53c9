"""What many traces add up to: requests by entry, hops within them, models, tools, clocks; arrays of times, no contents."""

from __future__ import annotations

from array import array

from msgspec import Struct, field


def _times() -> array[int]:
    return array("q")


class Hop(Struct, frozen=True):
    """A place in the request path where time is spent."""

    service: str
    """The service that calls, or that works."""
    role: str
    system: str
    host: str
    part: str
    name: str = ""
    """Of a step, a tool or an agent; of a model its name."""


class HopTotals(Struct):
    """All visits of requests of one entry to one hop."""

    count: int = 0
    errors: int = 0
    timeouts: int = 0
    limited: int = 0
    resent: int = 0
    """Calls that say themselves that they were sent again."""
    retries: int = 0
    """Calls that followed a failed one of the same parent to the same system."""
    failed: int = 0
    """Requests whose last call to it failed, so that nothing of it answered them."""
    failed_through: int = 0
    """Of those, the requests that failed themselves."""
    hits: int = 0
    misses: int = 0
    requests: int = 0
    """Requests with at least one visit."""
    squares: int = 0
    """Sum over requests of the squared number of visits."""
    sequential: int = 0
    """Sum over requests of the longest chain of visits of which none overlaps another."""
    most: int = 0
    lengths: array[int] = field(default_factory=_times)
    """Nanoseconds of each visit."""
    critical: int = 0
    """Nanoseconds on critical paths, summed over requests."""
    critical_square: float = 0.0
    critical_cross: float = 0.0
    """Sum of critical time x duration of the request; with the squares it gives the interval of a ratio."""
    hosts: dict[str, int] = field(default_factory=dict)
    """Host that a span inside the call names, where the call itself names none."""
    answered: dict[str, int] = field(default_factory=dict)
    """Service of the pilot's own whose span answers the call."""


class EntryTotals(Struct):
    """All requests that come in at one place."""

    requests: int = 0
    errors: int = 0
    starts: array[int] = field(default_factory=_times)
    lengths: array[int] = field(default_factory=_times)
    chances: array[int] = field(default_factory=lambda: array("B"))
    square: float = 0.0
    hops: dict[int, HopTotals] = field(default_factory=dict)
    with_calls: int = 0
    several: int = 0
    """Requests that call two systems or more."""
    parallel: int = 0
    """Of those, the ones in which calls to different systems overlap by a fifth of their time or more."""
    fan_out: int = 0
    """Most calls of one span."""
    model_calls: int = 0
    models_with: int = 0
    """Requests with a call of a model."""
    steps: array[int] = field(default_factory=_times)
    """Model calls of each run of an agent."""
    tool_calls: array[int] = field(default_factory=_times)


class ModelTotals(Struct):
    """All calls of one model."""

    count: int = 0
    errors: int = 0
    limited: int = 0
    tokens_in: array[int] = field(default_factory=_times)
    tokens_out: array[int] = field(default_factory=_times)
    cached: int = 0
    cached_of: int = 0
    """Tokens in of those calls that tell what was cached."""
    first: array[int] = field(default_factory=_times)
    """Nanoseconds to the first token."""
    per_token: array[int] = field(default_factory=_times)
    """Nanoseconds for each token after the first."""


class Clock(Struct):
    """What calls from one service to another tell of the difference between their clocks."""

    count: int = 0
    outside: int = 0
    """Calls whose answering span is not inside the calling one."""
    least: array[int] = field(default_factory=_times)
    most: array[int] = field(default_factory=_times)
    """Bounds of (clock of the answering service - clock of the calling one) in nanoseconds."""


class TraceTotals(Struct):
    """Everything that traces add up to."""

    spans: int = 0
    traces: int = 0
    framework: int = 0
    duplicates: int = 0
    broken: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    orphans: int = 0
    """Spans whose parent is in no file and that are no entry themselves."""
    lone: dict[int, int] = field(default_factory=dict)
    """Hop -> calls without a request around them."""
    unreached: int = 0
    content: int = 0
    query: int = 0
    by_rule: int = 0
    forced: int = 0
    first: int = 0
    last: int = 0
    hops: dict[Hop, int] = field(default_factory=dict)
    entries: dict[tuple[str, str], EntryTotals] = field(default_factory=dict)
    models: dict[tuple[str, str, str, str], ModelTotals] = field(default_factory=dict)
    """(role, provider, model, asked)."""
    tools: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    clocks: dict[tuple[str, str], Clock] = field(default_factory=dict)
    probabilities: list[float] = field(default_factory=lambda: [0.0])
    sdk: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    content_services: dict[str, int] = field(default_factory=dict)
    kept: float = 1.0
    """Share of the traces that were looked at, where there were more spans than memory is spent on."""

    def hop(self, one: Hop) -> int:
        """Return the index of a hop, a new one where need be."""
        return self.hops.setdefault(one, len(self.hops))

    def take(self, other: TraceTotals) -> None:
        """Add the totals of other traces."""
        hops = [self.hop(one) for one in other.hops]
        chances = [self._chance(one) for one in other.probabilities]
        for name in ("spans", "traces", "framework", "duplicates", "broken", "orphans", "unreached", "content", "query",
                     "by_rule", "forced"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for key, entry in other.entries.items():
            entry.chances = array("B", [chances[one] for one in entry.chances])
            _add_entry(self.entries.setdefault(key, EntryTotals()), entry, hops)
        for model, uses in other.models.items():
            _add(self.models.setdefault(model, ModelTotals()), uses)
        for pair, clock in other.clocks.items():
            _add(self.clocks.setdefault(pair, Clock()), clock)
        for at, count in other.lone.items():
            self.lone[hops[at]] = self.lone.get(hops[at], 0) + count
        for name in ("reasons", "tools", "services", "content_services"):
            add_counts(getattr(self, name), getattr(other, name))
        self.sdk |= other.sdk
        self.kept = min(self.kept, other.kept)
        self.places |= {key: value for key, value in other.places.items() if value or key not in self.places}
        self.first = min(filter(None, (self.first, other.first)), default=0)
        self.last = max(self.last, other.last)

    def _chance(self, probability: float) -> int:
        if probability not in self.probabilities:
            self.probabilities.append(probability)
        return self.probabilities.index(probability)


def add_counts(into: dict[str, int], more: dict[str, int]) -> None:
    """Add counts by name."""
    for key, count in more.items():
        into[key] = into.get(key, 0) + count


def _add(into: Struct, more: Struct) -> None:
    """Add numbers, arrays and counts field by field."""
    for name in into.__struct_fields__:
        value = getattr(more, name)
        if isinstance(value, dict):
            add_counts(getattr(into, name), value)
        elif name in ("most", "fan_out") and isinstance(value, int):
            setattr(into, name, max(getattr(into, name), value))
        else:
            setattr(into, name, getattr(into, name) + value)


def _add_entry(into: EntryTotals, more: EntryTotals, hops: list[int]) -> None:
    visited, more.hops = more.hops, {}
    own, into.hops = into.hops, {}
    _add(into, more)
    into.hops = own
    for at, visits in visited.items():
        _add(into.hops.setdefault(hops[at], HopTotals()), visits)
