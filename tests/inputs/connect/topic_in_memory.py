"""A topic of Kafka in this process, behind the calls of the client library's consumer, each of which it keeps."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class Record:
    """One record of a topic."""

    def __init__(
        self, partition: int, offset: int, stamp: tuple[int, int], size: int = 10, error: str = ""
    ) -> None:
        """Keep what it is."""
        self._held = partition, offset, stamp
        self._size, self._error = size, error

    def partition(self) -> int:
        """Return where it lies."""
        return self._held[0]

    def offset(self) -> int:
        """Return at which place."""
        return self._held[1]

    def timestamp(self) -> tuple[int, int]:
        """Return kind and time."""
        return self._held[2]

    def error(self) -> str:
        """Return what is wrong with it."""
        return self._error

    def __len__(self) -> int:
        """Return its bytes."""
        return self._size


class Broker:
    """A topic in this process, and every call of its consumers in order."""

    def __init__(self, **partitions: tuple[int, int]) -> None:
        """Hold partitions from their first offset to the one after their last; records a second apart, by their offset."""
        self.ends = {int(name[1:]): ends for name, ends in partitions.items()}
        self.calls: list[tuple[Any, ...]] = []
        self.kind, self.size, self.error = 1, 10, ""
        self.topic_error: Any = None
        self.opened: list[dict[str, Any]] = []

    def consumer(self, settings: dict[str, Any], **_: Any) -> Consumer:
        """Open a consumer."""
        self.opened.append(settings)
        return Consumer(self)


class Consumer:
    """A consumer of that topic."""

    def __init__(self, broker: Broker) -> None:
        """Be assigned nothing."""
        self.broker, self.at, self.paused = broker, {}, set()

    def assign(self, places: list[Any]) -> None:
        """Begin at these places."""
        self.broker.calls.append(("assign", [(one.topic, one.partition, one.offset) for one in places]))
        self.at = {one.partition: one.offset for one in places}

    def unassign(self) -> None:
        """Go on with nothing."""
        self.broker.calls.append(("unassign",))
        self.at = {}

    def pause(self, places: list[Any]) -> None:
        """Leave partitions out."""
        self.broker.calls.append(("pause", sorted(one.partition for one in places)))
        self.paused |= {one.partition for one in places}

    def resume(self, places: list[Any]) -> None:
        """Take them in again."""
        self.broker.calls.append(("resume", sorted(one.partition for one in places)))
        self.paused -= {one.partition for one in places}

    def close(self) -> None:
        """Close."""
        self.broker.calls.append(("close",))

    def list_topics(self, topic: str, timeout: float) -> Any:
        """Describe a topic."""
        self.broker.calls.append(("list", topic, timeout))
        about = SimpleNamespace(partitions=dict.fromkeys(self.broker.ends), error=self.broker.topic_error)
        return SimpleNamespace(topics={topic: about}, brokers={1: None, 2: None})

    def get_watermark_offsets(self, place: Any, timeout: float) -> tuple[int, int]:
        """Return first offset and the one after the last."""
        self.broker.calls.append(("ends", place.topic, place.partition, timeout))
        return self.broker.ends[place.partition]

    def poll(self, timeout: float) -> Record | None:
        """Return the next record of the first partition."""
        self.broker.calls.append(("poll", timeout))
        ((partition, offset),) = self.at.items()
        if offset >= self.broker.ends[partition][1]:
            return None
        return self._record(partition, offset)

    def consume(self, most: int, timeout: float) -> list[Record]:
        """Return up to so many records, of the partitions in turn; what arrives meanwhile too."""
        self.broker.calls.append(("consume", most, timeout))
        found: list[Record] = []
        while len(found) < most:
            before = len(found)
            for partition in sorted(self.at.keys() - self.paused):
                if self.at[partition] < self.broker.ends[partition][1] and len(found) < most:
                    found.append(self._record(partition, self.at[partition]))
                    self.at[partition] += 1
            if len(found) == before:
                break
        return found

    def _record(self, partition: int, offset: int) -> Record:
        stamp = self.broker.kind, offset * 1000 + partition
        return Record(partition, offset, stamp, self.broker.size, self.broker.error)
