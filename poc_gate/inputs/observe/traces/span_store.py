"""Spans in columns: some fifty bytes each, whatever their text; no content of any message is kept."""

from __future__ import annotations

from array import array
from enum import IntFlag

import msgspec
from msgspec import Struct

MOST_DESCRIPTORS = 20_000
"""Different spans by service, system and name; further names are put together as `other`."""

MOST_SPANS = 4_000_000
"""Spans that are kept of one file or part; beyond, half of all traces are passed over, as often as need be."""
_COLUMNS = ("traces", "spans", "parents", "starts", "lengths", "kinds", "flags", "chances")


class Flag(IntFlag):
    """What is known of one span beside its times."""

    ERROR = 1
    TIMEOUT = 2
    LIMITED = 4
    """Answered with 429: too many requests."""
    CONTENT = 8
    """Texts of people or models are kept on it."""
    QUERY = 16
    """The query part of an address, or a statement with literal values, is kept on it."""
    FRAMEWORK = 32
    """Written by a server framework for a part of a message; no hop."""
    RESENT = 64
    HIT = 128
    MISS = 256
    FORCED = 512
    """Kept because somebody asked for it, not by chance."""
    BY_RULE = 1024
    """Kept by a sampler that saw the whole trace."""


class Descriptor(Struct, frozen=True):
    """What many spans have in common."""

    service: str
    kind: int
    """1 internal, 2 server, 3 client, 4 producer, 5 consumer, as OTLP counts; 0 where it is not told."""
    role: str
    """`entry`, `db`, `http`, `rpc`, `messaging`, `model`, `embedding`, `rerank`, `retrieval`, `tool`, `agent`, `guardrail`, `step`."""
    system: str
    """`postgresql`, `redis`, `openai`, `kafka`; for HTTP and RPC the host or the service that is called."""
    host: str
    """Host and port, without user, path or query; empty where the span does not tell."""
    part: str
    """Database, collection, destination or RPC service."""
    name: str
    """Span name with changing parts put together."""
    model: str = ""
    """The model that answered, else the one that was asked for."""
    asked: str = ""
    """The model that was asked for."""


class SpanStore(Struct):
    """Columns of spans, and the few things that are not in columns."""

    traces: array[int] = msgspec.field(default_factory=lambda: array("Q"))
    spans: array[int] = msgspec.field(default_factory=lambda: array("Q"))
    parents: array[int] = msgspec.field(default_factory=lambda: array("Q"))
    """0 for spans without a parent."""
    starts: array[int] = msgspec.field(default_factory=lambda: array("q"))
    """Nanoseconds since 1970."""
    lengths: array[int] = msgspec.field(default_factory=lambda: array("q"))
    """Nanoseconds."""
    kinds: array[int] = msgspec.field(default_factory=lambda: array("H"))
    """Index of the descriptor."""
    flags: array[int] = msgspec.field(default_factory=lambda: array("H"))
    chances: array[int] = msgspec.field(default_factory=lambda: array("B"))
    """Index of the probability with which the trace was kept."""
    descriptors: dict[Descriptor, int] = msgspec.field(default_factory=dict)
    probabilities: dict[float, int] = msgspec.field(default_factory=lambda: {0.0: 0})
    """Probability -> index; 0.0 stands for one that is not told."""
    uses: array[int] = msgspec.field(default_factory=lambda: array("q"))
    """Rows of five for calls of models: span's row, tokens in, out, cached (-1 = not told), nanoseconds to the first token."""
    tools: dict[str, str] = msgspec.field(default_factory=dict)
    """Library that wrote the spans -> its version."""
    places: dict[str, str] = msgspec.field(default_factory=dict)
    """Service -> environment that its resource states, empty where none."""
    broken: int = 0
    """Spans left out because they have no usable id or time."""
    reasons: dict[str, int] = msgspec.field(default_factory=dict)
    mask: int = 0
    """Traces of which any of these bits is set were passed over, because there are more spans than memory is spent on."""

    def __len__(self) -> int:
        """Return the number of spans."""
        return len(self.traces)

    def descriptor(self, one: Descriptor) -> int:
        """Return the index of a descriptor, a new one where need be."""
        found = self.descriptors.get(one)
        if found is None:
            if len(self.descriptors) >= MOST_DESCRIPTORS:
                one = Descriptor(one.service, one.kind, one.role, "other", "", "", "other")
                found = self.descriptors.get(one)
            if found is None:
                found = self.descriptors[one] = len(self.descriptors)
        return found

    def chance(self, probability: float) -> int:
        """Return the index of a probability; beyond two hundred different ones they count as not told."""
        found = self.probabilities.get(probability)
        if found is None:
            if len(self.probabilities) > 200:
                return 0
            found = self.probabilities[probability] = len(self.probabilities)
        return found

    def thin(self, mask: int) -> None:
        """Keep only the traces of which none of the bits of a mask is set: whole traces, chosen by their random ids."""
        if mask == self.mask:
            return
        rows = [row for row, trace in enumerate(self.traces) if not trace & mask]
        at = {row: new for new, row in enumerate(rows)} if self.uses else {}
        for name in _COLUMNS:
            column = getattr(self, name)
            setattr(self, name, array(column.typecode, [column[row] for row in rows]))
        uses, self.uses = self.uses, array("q")
        for row in range(0, len(uses), 5):
            if uses[row] in at:
                self.uses.append(at[uses[row]])
                self.uses.extend(uses[row + 1 : row + 5])
        self.mask = mask

    def leave_out(self, why: str) -> None:
        """Count a span that cannot be used."""
        self.broken += 1
        self.reasons[why] = self.reasons.get(why, 0) + 1

    def take(self, other: SpanStore) -> None:
        """Add the spans of another store."""
        mask = self.mask | other.mask
        self.thin(mask)
        other.thin(mask)
        first = len(self)
        kinds = [self.descriptor(one) for one in other.descriptors]
        chances = [self.chance(one) for one in other.probabilities]
        self.traces += other.traces
        self.spans += other.spans
        self.parents += other.parents
        self.starts += other.starts
        self.lengths += other.lengths
        self.flags += other.flags
        self.kinds.extend([kinds[one] for one in other.kinds])
        self.chances.extend([chances[one] for one in other.chances])
        uses = other.uses
        for row in range(0, len(uses), 5):
            uses[row] += first
        self.uses += uses
        self.take_about(other)

    def take_about(self, other: SpanStore) -> None:
        """Add what is not in columns."""
        self.tools |= other.tools
        for service, place in other.places.items():
            self.places[service] = self.places.get(service) or place
        self.broken += other.broken
        for why, count in other.reasons.items():
            self.reasons[why] = self.reasons.get(why, 0) + count

    def split(self, parts: int) -> list[SpanStore]:
        """Return stores of which each holds whole traces; what is not in columns stays with the first."""
        found = [
            SpanStore(descriptors=self.descriptors, probabilities=self.probabilities) for _ in range(parts)
        ]
        rows = [self.rows_of(part, parts) for part in range(parts)]
        new_rows: dict[int, tuple[int, int]] = {}
        wanted = set(self.uses[::5])
        for part, store in enumerate(found):
            for name in _COLUMNS:
                column = getattr(self, name)
                setattr(store, name, array(column.typecode, [column[row] for row in rows[part]]))
            new_rows |= {row: (part, at) for at, row in enumerate(rows[part]) if row in wanted}
        for at in range(0, len(self.uses), 5):
            part, row = new_rows[self.uses[at]]
            found[part].uses.append(row)
            found[part].uses.extend(self.uses[at + 1 : at + 5])
        found[0].take_about(self)
        return found

    def rows_of(self, part: int, parts: int) -> list[int]:
        """Return the rows of every trace that falls to one part."""
        return [row for row, trace in enumerate(self.traces) if trace % parts == part]
