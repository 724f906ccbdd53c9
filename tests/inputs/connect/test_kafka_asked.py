"""Kafka: which records are fetched, how far back a tail reaches, what a record and an end offset count."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scripted_http import ticking
from topic_in_memory import Broker, Consumer

from poc_gate.inputs.connect.connectors import kafka_connector
from poc_gate.inputs.connect.connectors.kafka_connector import CONNECTOR, brokers, hosts
from poc_gate.inputs.connect.drivers import kafka_link
from poc_gate.inputs.connect.drivers.kafka_link import KafkaLink
from poc_gate.inputs.connect.interface import APPLICATION, Limits, Secret, SourceError, Target


def target_of(**given: Any) -> Target:
    return Target("x", **{"scheme": "kafka", "host": "b", "path": "/claims", **given})


@pytest.fixture
def open_of(monkeypatch) -> Any:
    """Return what opens a session and a link to a broker of a test."""
    import confluent_kafka

    def make(broker: Broker, **given: Any) -> tuple[Any, Any]:
        monkeypatch.setattr(confluent_kafka, "Consumer", broker.consumer)
        session: Any = CONNECTOR.open(target_of(limits=Limits(timeout=3.5), **given))
        return session, session.connect()

    return make


@pytest.mark.parametrize(
    ("given", "named", "found"),
    [
        ({}, "b:9092", (("b", 9092),)), ({"port": 7}, "b:7", (("b", 7),)),
        ({"options": {"brokers": "c:1, d:2"}}, "c:1, d:2", (("c", 1), ("d", 2))),
        ({"options": {"brokers": "c,d:x"}}, "c,d:x", (("c", 9092), ("d", 9092))),
    ],
)  # fmt: skip
def test_every_broker_that_is_named_is_bound(given, named, found):
    assert (brokers(target_of(**given)), hosts(target_of(**given))) == (named, found)
    assert CONNECTOR.port == 9092


SECRET = Secret("me", "word")
CLEAR = "a credential is not sent without encryption; use security: SASL_SSL"
SECURITY = "the probe option 'security' must be one of PLAINTEXT, SSL, SASL_SSL, SASL_PLAINTEXT"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, ()), ({"host": ""}, ("the address names no broker: kafka://HOST:9092/TOPIC",)), ({"host": "", "options": {"brokers": "c:1"}}, ()),
        ({"path": "/"}, ("name the topic: `probe: {topic: ...}` or kafka://HOST:9092/TOPIC",)), ({"path": "", "options": {"topic": "t"}}, ()),
        ({"secret": SECRET}, ()), *(({"options": {"security": how}}, ()) for how in ("PLAINTEXT", "SSL", "SASL_SSL", "SASL_PLAINTEXT")),
        *(({"secret": SECRET, "options": {"security": how}}, (CLEAR,)) for how in ("PLAINTEXT", "SSL", "SASL_PLAINTEXT")),
        ({"secret": SECRET, "options": {"security": "SASL_PLAINTEXT", "brokers": "localhost:1,127.0.0.1:2"}}, ()),
        ({"secret": SECRET, "options": {"security": "SASL_PLAINTEXT", "brokers": "localhost:1,c:2"}}, (CLEAR,)),
        ({"options": {"security": "TLS"}}, (SECURITY,)),
    ],
)  # fmt: skip
def test_faults_of_an_address(given, faults):
    assert CONNECTOR.check(target_of(**given)) == faults


def test_what_is_going_to_be_asked():
    intent = CONNECTOR.intend(target_of())
    assert (intent.call, intent.bytes_per_call) == (
        "fetch of one record from the last 500 of a partition of claims", 16_384,
    )  # fmt: skip
    assert intent.freshness == "timestamp of the last record of each partition of claims"
    assert intent.renewals.startswith("timestamps of the last 2,000 records, and end offsets")


def test_a_consumer_that_joins_nothing_and_fetches_one_at_a_time(open_of):
    broker = Broker(p0=(0, 5))
    session, link = open_of(broker)
    (settings,) = broker.opened
    assert {name: settings[name] for name in settings if name != "error_cb"} == {
        "bootstrap.servers": "b:9092", "client.id": APPLICATION, "group.id": "poc-gate-never-joins",
        "enable.auto.commit": False, "enable.auto.offset.store": False, "allow.auto.create.topics": False,
        "socket.timeout.ms": 3500, "socket.connection.setup.timeout.ms": 3500, "fetch.wait.max.ms": 10, "fetch.error.backoff.ms": 50,
        "queued.max.messages.kbytes": 16_384, "log_level": 0, "queued.min.messages": 1, "fetch.queue.backoff.ms": 1,
        "max.partition.fetch.bytes": 16_384,
    }  # fmt: skip
    assert broker.calls == [("list", "claims", 3.5)]
    link.fetch_ahead()
    assert broker.calls[1:] == [("close",), ("list", "claims", 3.5)]
    assert "max.partition.fetch.bytes" not in broker.opened[1]
    assert session.errors[1] is RuntimeError


def test_a_short_wait_is_a_second_and_a_credential_goes_by_the_protocol(open_of, monkeypatch):
    broker = Broker(p0=(0, 5))
    open_of(broker)
    import confluent_kafka

    monkeypatch.setattr(confluent_kafka, "Consumer", broker.consumer)
    for given, held in (
        ({"limits": Limits(timeout=0.5)}, {"socket.timeout.ms": 1000, "socket.connection.setup.timeout.ms": 1000}),
        (
            {"secret": SECRET, "ca": "/ca.pem"},
            {
                "security.protocol": "SASL_SSL", "ssl.ca.location": "/ca.pem", "sasl.mechanism": "SCRAM-SHA-512",
                "sasl.username": "me", "sasl.password": "word",
            },
        ),
        ({"options": {"security": "SSL", "mechanism": "PLAIN"}}, {"security.protocol": "SSL"}),
        ({"secret": SECRET, "options": {"mechanism": "PLAIN"}}, {"sasl.mechanism": "PLAIN"}),
    ):  # fmt: skip
        session: Any = CONNECTOR.open(target_of(**given))
        session.open_consumer(eager=False)
        assert {name: broker.opened[-1][name] for name in held} == held
    plain: Any = CONNECTOR.open(target_of(options={"security": "PLAINTEXT"}))
    plain.open_consumer(eager=False)
    assert "security.protocol" not in broker.opened[-1]
    assert "sasl.mechanism" not in broker.opened[-1]


def test_what_the_library_said_of_tls_is_kept():
    session: Any = CONNECTOR.open(target_of())
    said = ["refused", "SSL handshake failed: certificate verify failed", "disconnected"]
    for words in said:
        session._heard(SimpleNamespace(str=lambda held=words: held))
    assert session._said == said[1]
    other: Any = CONNECTOR.open(target_of())
    for words in ("refused", "disconnected"):
        other._heard(SimpleNamespace(str=lambda held=words: held))
    assert other._said == "disconnected"


@pytest.mark.parametrize(("said", "words"), [("TLS failed", "not there: TLS failed"), ("", "not there")])
def test_why_no_broker_answers_is_told_as_the_library_said_it(open_of, monkeypatch, said, words):
    from confluent_kafka import KafkaError, KafkaException

    broker = Broker(p0=(0, 5))
    session, _ = open_of(broker)
    broker.calls.clear()

    def silent(_self: Consumer, _topic: str, timeout: float) -> Any:
        assert timeout == 3.5
        raise KafkaException(KafkaError(KafkaError._TRANSPORT, "not there"))

    def served(_self: Consumer, timeout: float) -> None:
        broker.calls.append(("poll", timeout))
        session._said = said

    monkeypatch.setattr(Consumer, "list_topics", silent)
    monkeypatch.setattr(Consumer, "poll", served)
    with pytest.raises(SourceError if said else KafkaException, match=words):
        session.connect()
    assert broker.calls == [("poll", 0), ("close",)]


def test_the_library_says_nothing_by_itself():
    logger = kafka_connector._silent()
    assert logger.propagate is False
    assert logger.handlers


def test_a_topic_is_described_and_places_are_drawn_from_each_tail(open_of):
    broker = Broker(p0=(0, 5), p1=(100, 2000), p2=(7, 7))
    session, link = open_of(broker)
    server = session.prepare(link)
    assert session.ends == {0: (0, 5), 1: (100, 2000)}
    assert [sum(held == partition for held, _ in session.places) for partition in range(3)] == [100, 100, 0]
    assert {at for held, at in session.places if held == 0} <= set(range(5))
    drawn = [at for held, at in session.places if held == 1]
    assert 1500 <= min(drawn) < 1550
    assert 1950 < max(drawn) < 2000
    assert server.notes == {
        "encryption": "none",
        "brokers": "2",
        "partitions": "3",
        "partitions with records": "2",
    }
    assert server.replica_lag is None
    secure: Any = CONNECTOR.open(target_of(options={"security": "SSL"}))
    assert secure.prepare(link).notes["encryption"] == "TLS, server verified"


def test_no_more_than_sixty_four_partitions_are_looked_at(open_of):
    broker = Broker(**{f"p{number}": (0, 1) for number in range(70)})
    session, link = open_of(broker)
    assert session.prepare(link).notes["partitions"] == "70"
    assert sorted(session.ends) == list(range(64))
    assert session.intake(link).records == 64
    assert session.intake(link).method == "end offsets of 64 partitions, before and after the calls"


@pytest.mark.parametrize(
    ("broker", "error", "words"),
    [
        (Broker(), None, "the broker knows no topic 'claims'"), (Broker(p0=(0, 1)), "unknown", "the broker knows no topic 'claims'"),
        (Broker(p0=(3, 3)), None, "every partition is empty"),
    ],
)  # fmt: skip
def test_a_topic_that_is_empty_or_unknown_is_told(open_of, broker, error, words):
    broker.topic_error = error
    session, link = open_of(broker)
    with pytest.raises(SourceError, match=words) as told:
        session.prepare(link)
    assert told.value.kind == "empty"


def test_a_call_fetches_one_record_and_counts_what_was_asked_for(open_of):
    broker = Broker(p0=(0, 5), p1=(0, 9))
    session, link = open_of(broker)
    session.places = [(0, 3), (1, 8)]
    broker.calls.clear()
    assert [(call.bytes, call.rows) for call in map(link.call, range(3))] == [(16_384, 1)] * 3
    assert broker.calls[:6] == [
        ("assign", [("claims", 0, 3)]), ("poll", 3.5), ("unassign",), ("assign", [("claims", 1, 8)]), ("poll", 3.5), ("unassign",),
    ]  # fmt: skip
    broker.size = 20_000
    assert link.call(0).bytes == 20_000
    with pytest.raises(SourceError, match=r"no record within 3\.5 s") as told:
        link.fetch(0, 5)
    assert told.value.kind == "timeout"
    broker.error = "broken"
    with pytest.raises(SourceError, match="broken") as told:
        link.fetch(0, 1)
    assert told.value.kind == "server"
    assert broker.calls[-1] == ("unassign",)


def test_the_newest_record_of_all_partitions_tells_the_age(open_of, monkeypatch):
    broker = Broker(p0=(0, 5), p1=(0, 9))
    session, link = open_of(broker)
    session.prepare(link)
    monkeypatch.setattr(kafka_connector.time, "time", lambda: 100.0)
    for kind, name in ((1, "create"), (2, "log-append"), (7, "unknown")):
        broker.kind = kind
        found = session.newest(link)
        assert found.age == pytest.approx(100 - 8.001)
        assert found.method == f"{name} time of the last record of 2 partitions; an idle topic looks stale"
    broker.kind = 0
    assert session.newest(link) is None


def tail_of(open_of: Any, broker: Broker, records: int, most: int = 10**9) -> Any:
    session, link = open_of(broker)
    session.prepare(link)
    broker.calls.clear()
    return link.tail(records, most)


def test_a_tail_takes_as_many_of_each_partition_and_says_from_when_on_it_is_whole(open_of):
    """Of 5, 40 and 60 records, ten of each are wanted: 5 + 10 + 10, whole from the later of the two first stamps on."""
    broker = Broker(p0=(0, 5), p1=(10, 50), p2=(0, 60))
    found = tail_of(open_of, broker, 28)
    assert broker.calls[0] == ("assign", [("claims", 0, 0), ("claims", 1, 40), ("claims", 2, 50)])
    assert (found.wanted, len(found.stamps), found.size) == (25, 25, 250)
    assert found.since == 50_002
    assert min(stamp for _, stamp in found.stamps) == 0
    assert broker.calls[-2:] == [("resume", [0, 1, 2]), ("unassign",)]
    assert ("pause", [0, 1, 2]) in broker.calls, "what was read to its end is asked for no more"
    assert tail_of(open_of, Broker(p0=(3, 8)), 5).since == 0
    assert len(tail_of(open_of, Broker(p0=(0, 501)), 501).stamps) == 501
    assert tail_of(open_of, Broker(p0=(0, 6)), 5).since == 1000


def test_what_arrives_meanwhile_is_left_out_and_its_partition_is_paused(open_of):
    broker = Broker(p0=(0, 3), p1=(0, 30))
    session, link = open_of(broker)
    session.prepare(link)
    broker.ends = {0: (0, 300), 1: (0, 30)}
    broker.calls.clear()
    found = link.tail(40, 10**9)
    assert (found.wanted, len(found.stamps)) == (23, 23)
    assert ("pause", [0]) in broker.calls
    assert sum(stamp % 1000 == 0 for _, stamp in found.stamps) == 3
    assert next(call[1] for call in broker.calls if call[0] == "consume") == 23


def test_a_tail_ends_at_its_bytes_and_at_most_five_hundred_at_a_time(open_of):
    broker = Broker(p0=(0, 2000))
    found = tail_of(open_of, broker, 1200)
    assert [call for call in broker.calls if call[0] == "consume"] == [
        ("consume", 500, 1.0), ("consume", 500, 1.0), ("consume", 200, 1.0),
    ]  # fmt: skip
    assert (len(found.stamps), found.size, found.since) == (1200, 12_000, 800_000)
    assert len(tail_of(open_of, broker, 1200, 5000).stamps) == 500
    assert len(tail_of(open_of, broker, 1200, 5001).stamps) == 1000
    broker.error = "broken"
    none = tail_of(open_of, broker, 1200)
    assert [call[0] for call in broker.calls] == ["assign", "consume", "resume", "unassign"]
    assert (none.stamps, none.wanted, none.size, none.since) == ([], 1200, 0, 0)


def test_a_tail_ends_after_its_time_and_counts_to_its_last_record(open_of, monkeypatch):
    broker = Broker(p0=(0, 3000))
    session, link = open_of(broker)
    session.prepare(link)
    for moments, records, seconds in (
        ((0.0, 1.0, 4.0, 9.9, 10.0, 10.0), 1000, 10.0),
        ((0.0, 0.0, 2.0, 3.0, 7.0, 8.0, 9.0), 1200, 9.0),
        ((5.0, 15.0), 0, 0.0),
    ):
        monkeypatch.setattr(kafka_link.time, "perf_counter", ticking(*moments))
        found = link.tail(1200, 10**9)
        assert (len(found.stamps), found.seconds) == (records, seconds)
    assert kafka_link.BULK_S == 10.0


def test_renewals_are_the_stamps_since_all_partitions_are_whole(open_of, monkeypatch):
    broker = Broker(p0=(0, 1500), p1=(0, 900))
    session, link = open_of(broker)
    session.prepare(link)
    monkeypatch.setattr(kafka_connector.time, "time", lambda: 5000.0)
    found = session.renewals(link)
    assert broker.calls[-1] == ("unassign",)
    since = 500_000
    assert len(found.ages) == 1000 + 400
    assert max(found.ages) == pytest.approx(5000 - since / 1000)
    assert found.method == "times of the last 1,400 records of 2 partitions"
    broker.kind = 0
    assert session.renewals(link).ages == ()
    few: Any = CONNECTOR.open(target_of(limits=Limits(bytes=16 * 5001)))
    few.ends, few.places = session.ends, session.places
    with pytest.raises(SourceError, match="only 1,000 of the last 1,900 records came") as told:
        few.renewals(_over(few, broker))
    assert told.value.kind == "timeout"


def _over(session: Any, broker: Broker) -> KafkaLink:
    session.open_consumer = lambda *, eager: broker.consumer({"eager": eager})
    return KafkaLink(session)


def test_a_read_in_bulk_counts_the_tail(open_of):
    broker = Broker(p0=(0, 30_000))
    session, link = open_of(broker)
    session.prepare(link)
    found = session.bulk(link, 10**9)
    assert (found.bytes, found.rows, found.method) == (200_000, 20_000, "20,000 records from the tail")
    assert 0.0 <= found.seconds < 10.0
    assert session.bulk(link, 7).rows == 500
    broker.error = "broken"
    assert session.bulk(link, 10**9) is None
