"""One consumer of one topic: single fetches for the latency, and reads of the tail."""

from __future__ import annotations

import time
from typing import Any, Protocol

from msgspec import Struct

from poc_gate.inputs.connect.interface import Call, Link, SourceError, Target

FETCHED = 16 * 1024
"""Bytes that one fetch asks for; a broker sends one batch of records at least."""
BULK_S = 10.0


class Tail(Struct, frozen=True):
    """What was read of the end of a topic."""

    stamps: list[tuple[int, int]]
    """Kind and time, in milliseconds, of each record."""
    wanted: int
    """Records that lay there; fewer stamps mean that it was read in part."""
    size: int
    """Bytes of the records."""
    seconds: float
    since: int
    """Time, in milliseconds, from which on no partition has records that were not read; 0 when all were.

    Tails of as many records reach back differently far: before that time some partitions are seen and others not.
    """


class Consuming(Protocol):
    """What a link needs to know of its session."""

    target: Target
    topic: str
    places: list[tuple[int, int]]
    """Partition and offset of each sampled record."""
    ends: dict[int, tuple[int, int]]
    """Partition -> its first offset and the one after its last."""

    def open_consumer(self, *, eager: bool) -> Any:
        """Return a consumer of the client library; an eager one fetches in advance."""


class KafkaLink(Link):
    """One consumer without a group's rights or duties."""

    def __init__(self, session: Consuming) -> None:
        """Open a consumer; it connects in the background."""
        self._session = session
        self.consumer = session.open_consumer(eager=False)

    def fetch_ahead(self) -> None:
        """Go on with a consumer that fetches as much in advance as the client library likes to."""
        self.consumer.close()
        self.consumer = self._session.open_consumer(eager=True)
        # Connected before the clock of a read starts.
        self.consumer.list_topics(self._session.topic, timeout=self._session.target.limits.timeout)

    def fetch(self, partition: int, offset: int) -> Any:
        """Return one record; raises SourceError when none comes within the timeout."""
        from confluent_kafka import TopicPartition

        timeout = self._session.target.limits.timeout
        self.consumer.assign([TopicPartition(self._session.topic, partition, offset)])
        record = self.consumer.poll(timeout)
        self.consumer.unassign()  # else the client fetches on, and its next call waits behind that
        if record is None:
            raise SourceError(f"no record within {timeout:g} s", kind="timeout")
        if record.error():
            raise SourceError(str(record.error()), kind="server")
        return record

    def call(self, number: int) -> Call:
        """Fetch the record of that number."""
        places = self._session.places
        record = self.fetch(*places[number % len(places)])
        # The broker fills up what was asked for, so that is what counts against the budget.
        return Call(bytes=max(FETCHED, len(record)), rows=1)

    def tail(self, records: int, most_bytes: int) -> Tail:
        """Read up to so many of the last records, until the bytes or the time are used up."""
        from confluent_kafka import TopicPartition

        topic, ends = self._session.topic, self._session.ends
        each = -(-records // len(ends))
        starts = [
            TopicPartition(topic, partition, max(low, high - each)) for partition, (low, high) in ends.items()
        ]
        wanted = sum(ends[start.partition][1] - start.offset for start in starts)
        cut = {start.partition for start in starts if start.offset > ends[start.partition][0]}
        oldest: dict[int, int] = {}
        stamps: list[tuple[int, int]] = []
        size, begun = 0, time.perf_counter()
        last = begun
        unread = {start.partition for start in starts}
        self.consumer.assign(starts)
        while len(stamps) < wanted and size < most_bytes and time.perf_counter() - begun < BULK_S:
            good = [
                one
                for one in self.consumer.consume(min(500, wanted - len(stamps)), timeout=1.0)
                if not one.error()
            ]
            if not good:
                break
            # What arrives meanwhile lies behind the end that was asked for, and would crowd out other partitions: a
            # partition that was read up to there is asked for no more.
            read = {one.partition() for one in good if one.offset() >= ends[one.partition()][1] - 1} & unread
            if read:
                self.consumer.pause([TopicPartition(topic, partition) for partition in read])
                unread -= read
            good = [one for one in good if one.offset() < ends[one.partition()][1]]
            stamps += [one.timestamp() for one in good]
            for one in good:
                oldest[one.partition()] = min(
                    one.timestamp()[1], oldest.get(one.partition(), one.timestamp()[1])
                )
            size, last = size + sum(len(one) for one in good), time.perf_counter()
        self.consumer.resume(starts)  # a pause outlives the assignment
        self.consumer.unassign()
        since = max((oldest[partition] for partition in cut & oldest.keys()), default=0)
        return Tail(stamps, wanted, size, last - begun, since)

    def close(self) -> None:
        """Close the consumer."""
        self.consumer.close()

    def abort(self) -> None:
        """Leave it to the timeout of the poll, which always ends."""
