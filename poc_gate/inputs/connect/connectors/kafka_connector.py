"""Kafka-compatible brokers: fetches from the tail of a topic by assignment, nothing subscribed, nothing committed."""

from __future__ import annotations

import random
import time
from typing import Any

from poc_gate.inputs.connect.credentials import LOOPBACK
from poc_gate.inputs.connect.declared.renewals import Intake, Renewals
from poc_gate.inputs.connect.drivers.kafka_link import FETCHED, KafkaLink
from poc_gate.inputs.connect.failure_words import tls_state
from poc_gate.inputs.connect.interface import (
    APPLICATION,
    Bulk,
    Connector,
    Intent,
    Link,
    Newest,
    ProbeOption,
    Server,
    Session,
    SourceError,
    Target,
    whole_number,
)

_CLOCKS = {1: "create", 2: "log-append"}
_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT")
_ONE_FETCH = {
    "queued.min.messages": 1,
    "fetch.queue.backoff.ms": 1,
    "max.partition.fetch.bytes": FETCHED,
}
"""One fetch a call and none in advance: what is fetched ahead would be in the way of the next call."""
_TAIL = 500
"""Records from the end of each partition among which fetches are sampled."""
_MOST_RECORDS = 20_000
_MOST_PARTITIONS = 64
_DATED = 2000
"""Records of the tail, over all partitions, whose times are looked at."""


def hosts(target: Target) -> tuple[tuple[str, int], ...]:
    """Return every broker that is named; each must be bound before a credential is used."""
    pairs = (broker.strip().rpartition(":") for broker in brokers(target).split(","))
    return tuple(
        (name or number, (whole_number(number) if name else None) or 9092) for name, _, number in pairs
    )


def brokers(target: Target) -> str:
    """Return the bootstrap list."""
    return target.option("brokers") or f"{target.host}:{target.port or 9092}"


def _protocol(target: Target) -> str:
    """Return the security protocol; empty for plain connections without a credential."""
    stated = target.option("security", "SASL_SSL" if target.secret is not None else "")
    return "" if stated == "PLAINTEXT" else stated


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
        and _protocol(target) != "SASL_SSL"
        and not all(host in LOOPBACK for host, _ in hosts(target))
    ):
        found.append("a credential is not sent without encryption; use security: SASL_SSL")
    if _protocol(target) not in {"", *_PROTOCOLS}:
        found.append(f"the probe option 'security' must be one of {', '.join(_PROTOCOLS)}")
    return tuple(found)


def _intend(target: Target) -> Intent:
    call = f"fetch of one record from the last {_TAIL} of a partition of {_topic(target)}"
    newest = f"timestamp of the last record of each partition of {_topic(target)}"
    renewals = f"timestamps of the last {_DATED:,} records, and end offsets before and after the calls"
    return Intent(call, FETCHED, newest, renewals)


class _Session(Session):
    """One topic."""

    def __init__(self, target: Target) -> None:
        from confluent_kafka import KafkaException

        self.target = target
        self.topic = _topic(target)
        self.places: list[tuple[int, int]] = []
        self.ends: dict[int, tuple[int, int]] = {}
        self._partitions: list[int] = []
        self._said = ""
        self.errors = (KafkaException, RuntimeError)  # RuntimeError: a consumer that is closed already

    def open_consumer(self, *, eager: bool) -> Any:
        from confluent_kafka import Consumer

        target, milliseconds = self.target, int(self.target.limits.timeout * 1000)
        security: dict[str, str] = {}
        if _protocol(target):
            security["security.protocol"] = _protocol(target)
        if target.ca:
            security["ssl.ca.location"] = target.ca
        if target.secret is not None:
            security |= {
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
                "error_cb": self._heard,
                "socket.connection.setup.timeout.ms": max(1000, milliseconds),
                "fetch.wait.max.ms": 10,
                "fetch.error.backoff.ms": 50,
                "queued.max.messages.kbytes": 16 * 1024,
                "log_level": 0,
                **security,
                **({} if eager else _ONE_FETCH),
            },
            logger=_silent(),
        )

    def _heard(self, error: Any) -> None:
        """Keep what the client library says of its connections: why there is none is said nowhere else."""
        words = str(error.str())
        self._said = self._said if tls_state(self._said) and not tls_state(words) else words

    def connect(self) -> Link:
        from confluent_kafka import KafkaException

        link = KafkaLink(self)
        try:
            # A consumer connects in the background; only an answer shows that there is a broker.
            link.consumer.list_topics(_topic(self.target), timeout=self.target.limits.timeout)
        except KafkaException as error:
            link.consumer.poll(0)  # serves what the library had to say
            link.close()
            if self._said:
                raise SourceError(f"{error.args[0].str()}: {self._said}") from None
            raise
        except BaseException:
            link.close()
            raise
        return link

    def prepare(self, link: Link) -> Server:
        from confluent_kafka import TopicPartition

        assert isinstance(link, KafkaLink)
        topic, timeout = _topic(self.target), self.target.limits.timeout
        about = link.consumer.list_topics(topic, timeout=timeout)
        partitions = about.topics[topic].partitions
        if about.topics[topic].error is not None or not partitions:
            raise SourceError(f"the broker knows no topic {topic!r}", kind="empty")
        draw = random.Random(0)  # noqa: S311 - a sample, no secret
        self._partitions = sorted(partitions)[:_MOST_PARTITIONS]
        for partition in self._partitions:
            low, high = link.consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=timeout)
            if high > low:
                self.ends[partition] = (low, high)
                tail = range(max(low, high - _TAIL), high)
                self.places += [(partition, draw.choice(tail)) for _ in range(100)]
        if not self.places:
            raise SourceError("every partition is empty", kind="empty")
        draw.shuffle(self.places)
        notes = {
            "encryption": "TLS, server verified" if "SSL" in _protocol(self.target) else "none",
            "brokers": str(len(about.brokers)),
            "partitions": str(len(partitions)),
            "partitions with records": str(len(self.ends)),
        }
        return Server("", None, notes)

    def newest(self, link: Link) -> Newest | None:
        assert isinstance(link, KafkaLink)
        stamps, kinds = [], set()
        for partition, (_, end) in self.ends.items():
            kind, stamp = link.fetch(partition, end - 1).timestamp()
            if kind:
                stamps.append(stamp / 1000)
                kinds.add(_CLOCKS.get(kind, "unknown"))
        if not stamps:
            return None
        how = f"{' and '.join(sorted(kinds))} time of the last record of {len(self.ends)} partitions; an idle topic looks stale"
        return Newest(time.time() - max(stamps), how)

    def renewals(self, link: Link) -> Renewals | None:
        assert isinstance(link, KafkaLink)
        tail = link.tail(_DATED, self.target.limits.bytes // 16)
        if len(tail.stamps) < tail.wanted:
            what = f"only {len(tail.stamps):,} of the last {tail.wanted:,} records came: gaps between them show nothing"
            raise SourceError(what, kind="timeout")
        now = time.time()
        ages = tuple(now - stamp / 1000 for kind, stamp in tail.stamps if kind and stamp >= tail.since)
        return Renewals(ages, f"times of the last {len(ages):,} records of {len(self.ends)} partitions")

    def intake(self, link: Link) -> Intake | None:
        from confluent_kafka import TopicPartition

        assert isinstance(link, KafkaLink)
        topic, timeout = _topic(self.target), self.target.limits.timeout
        ends = [
            link.consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=timeout)[1]
            for partition in self._partitions
        ]
        return Intake(sum(ends), f"end offsets of {len(ends)} partitions, before and after the calls")

    def bulk(self, link: Link, most_bytes: int) -> Bulk | None:
        assert isinstance(link, KafkaLink)
        link.fetch_ahead()
        tail = link.tail(_MOST_RECORDS, most_bytes)
        if not tail.stamps:
            return None
        return Bulk(tail.size, len(tail.stamps), tail.seconds, f"{len(tail.stamps):,} records from the tail")


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
            "security",
            "SASL_SSL (default with a credential), SSL, or SASL_PLAINTEXT on this machine",
            "SASL_SSL",
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
