"""Kafka-compatible brokers: fetches from the tail of a topic by assignment, nothing subscribed, nothing committed."""

from __future__ import annotations

import random
import time
from typing import Any

from poc_gate.connect.interface import (
    APPLICATION,
    Bulk,
    Call,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
)

_TAIL = 500
"""Records from the end of each partition among which fetches are sampled."""
_MOST_RECORDS = 20_000
_BULK_S = 10.0


def hosts(target: Target) -> tuple[tuple[str, int], ...]:
    """Return every broker that is named; each must be bound before a credential is used."""
    pairs = (broker.strip().rpartition(":") for broker in brokers(target).split(","))
    return tuple(
        (name or number, int(number) if name and number.isdecimal() else 9092) for name, _, number in pairs
    )


def brokers(target: Target) -> str:
    """Return the bootstrap list."""
    return target.option("brokers") or f"{target.host}:{target.port or 9092}"


def _topic(target: Target) -> str:
    return target.option("topic") or target.path.strip("/")


def _check(target: Target) -> tuple[str, ...]:
    found = (
        []
        if target.host or target.option("brokers")
        else ["the address names no broker: kafka://HOST:9092/TOPIC"]
    )
    if not _topic(target):
        found.append("name the topic: `probe: {topic: ...}` or kafka://HOST:9092/TOPIC")
    if (
        target.secret is not None
        and target.option("security", "SASL_SSL") != "SASL_SSL"
        and target.host not in {"localhost", "127.0.0.1"}
    ):
        found.append("a credential is not sent without encryption; use security: SASL_SSL")
    return tuple(found)


def _intend(target: Target) -> Intent:
    call = f"fetch of one record from the last {_TAIL} of a partition of {_topic(target)}"
    return Intent(call, 16 * 1024, f"timestamp of the last record of each partition of {_topic(target)}")


class _Link(Link):
    """One consumer without a group's rights or duties."""

    def __init__(self, session: _Session) -> None:
        self._session = session
        self.consumer = session.open_consumer()

    def fetch(self, partition: int, offset: int) -> Any:
        """Return one record; raises SourceError when none comes within the timeout."""
        from confluent_kafka import TopicPartition

        timeout = self._session.target.limits.timeout
        self.consumer.assign([TopicPartition(_topic(self._session.target), partition, offset)])
        record = self.consumer.poll(timeout)
        if record is None:
            raise SourceError(f"no record within {timeout:g} s", kind="timeout")
        if record.error():
            raise SourceError(str(record.error()), kind="server")
        return record

    def call(self, number: int) -> Call:
        places = self._session.places
        record = self.fetch(*places[number % len(places)])
        return Call(bytes=len(record), rows=1)

    def close(self) -> None:
        self.consumer.close()

    def abort(self) -> None:
        """Leave it to the timeout of the poll, which always ends."""


class _Session(Session):
    """One topic."""

    def __init__(self, target: Target) -> None:
        from confluent_kafka import KafkaException

        self.target = target
        self.places: list[tuple[int, int]] = []
        self._ends: dict[int, int] = {}
        self.errors = (KafkaException, RuntimeError)  # RuntimeError: a consumer that is closed already

    def open_consumer(self) -> Any:
        from confluent_kafka import Consumer

        target, milliseconds = self.target, int(self.target.limits.timeout * 1000)
        security = {}
        if target.secret is not None:
            security = {
                "security.protocol": target.option("security", "SASL_SSL"),
                "sasl.mechanism": target.option("mechanism", "SCRAM-SHA-512"),
                "sasl.username": target.secret.user,
                "sasl.password": target.secret.text,
            }
        return Consumer(
            {
                "bootstrap.servers": brokers(target),
                "client.id": APPLICATION,
                "group.id": "poc-gate-never-joins",
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "allow.auto.create.topics": False,
                "socket.timeout.ms": max(1000, milliseconds),
                "socket.connection.setup.timeout.ms": max(1000, milliseconds),
                "fetch.wait.max.ms": 100,
                "fetch.error.backoff.ms": 50,
                "queued.max.messages.kbytes": 16 * 1024,
                "log_level": 0,
                **security,
            },
            logger=_silent(),
        )

    def connect(self) -> Link:
        link = _Link(self)
        try:
            # A consumer connects in the background; only an answer shows that there is a broker.
            link.consumer.list_topics(_topic(self.target), timeout=self.target.limits.timeout)
        except BaseException:
            link.close()
            raise
        return link

    def prepare(self, link: Link) -> Server:
        from confluent_kafka import TopicPartition

        assert isinstance(link, _Link)
        topic, timeout = _topic(self.target), self.target.limits.timeout
        about = link.consumer.list_topics(topic, timeout=timeout)
        partitions = about.topics[topic].partitions
        if about.topics[topic].error is not None or not partitions:
            raise SourceError(f"the broker knows no topic {topic!r}", kind="empty")
        draw = random.Random(0)  # noqa: S311 - a sample, no secret
        for partition in sorted(partitions)[:64]:
            low, high = link.consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=timeout)
            if high > low:
                self._ends[partition] = high
                tail = range(max(low, high - _TAIL), high)
                self.places += [(partition, draw.choice(tail)) for _ in range(100)]
        if not self.places:
            raise SourceError("every partition is empty", kind="empty")
        draw.shuffle(self.places)
        notes = {
            "brokers": str(len(about.brokers)),
            "partitions": str(len(partitions)),
            "partitions with records": str(len(self._ends)),
        }
        return Server("", None, notes)

    def newest(self, link: Link) -> Newest | None:
        assert isinstance(link, _Link)
        stamps, kinds = [], set()
        for partition, end in self._ends.items():
            kind, stamp = link.fetch(partition, end - 1).timestamp()
            if kind:
                stamps.append(stamp / 1000)
                kinds.add({1: "create", 2: "log-append"}.get(kind, "unknown"))
        if not stamps:
            return None
        how = f"{' and '.join(sorted(kinds))} time of the last record of {len(self._ends)} partitions; an idle topic looks stale"
        return Newest(max(0.0, time.time() - max(stamps)), how)

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        from confluent_kafka import TopicPartition

        assert isinstance(link, _Link)
        topic, size, count = _topic(self.target), 0, 0
        starts = [
            TopicPartition(topic, partition, max(0, end - _MOST_RECORDS))
            for partition, end in self._ends.items()
        ]
        wanted = sum(self._ends[start.partition] - start.offset for start in starts)
        begun = last = time.perf_counter()
        link.consumer.assign(starts)
        while (
            count < min(wanted, _MOST_RECORDS) and size < most_bytes and time.perf_counter() - begun < _BULK_S
        ):
            records = link.consumer.consume(500, timeout=1.0)
            good = [record for record in records if not record.error()]
            size, count = size + sum(len(record) for record in good), count + len(good)
            if not good:
                break
            last = time.perf_counter()
        return Bulk(size, count, last - begun, f"{count:,} records from the tail") if count else None


def _silent() -> Any:
    """Return a logger that keeps the client library's own words off stderr; errors arrive as exceptions."""
    import logging

    logger = logging.getLogger("poc-gate.kafka")
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    return logger


CONNECTOR = Connector(
    name="kafka",
    summary="Kafka-compatible brokers: fetches from the tail of a topic",
    systems=("kafka", "redpanda", "confluent", "msk", "eventhubs"),
    schemes=("kafka",),
    options=(
        ProbeOption("topic", "Topic to read", "claims"),
        ProbeOption("brokers", "Bootstrap list, where there are several", "b1:9092,b2:9092"),
        ProbeOption(
            "security", "SASL_SSL (default with a credential) or SASL_PLAINTEXT on this machine", "SASL_SSL"
        ),
        ProbeOption("mechanism", "SCRAM-SHA-512 (default), SCRAM-SHA-256 or PLAIN", "SCRAM-SHA-512"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "a consumer only: no producer and no admin client exist in this connector",
        "assign, never subscribe: no group is joined, no offset is stored or committed",
        "topics are never created by asking for them",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    extra="kafka",
    modules=("confluent_kafka",),
    port=9092,
    hosts=hosts,
)
