"""An object store: which objects are listed and drawn, which ranges are read, what is dialled and trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import obstore
import pytest
from scripted_http import ticking

from poc_gate.inputs.connect.connectors import s3_connector
from poc_gate.inputs.connect.connectors.s3_connector import CONNECTOR, _get, _read_range, endpoint, hosts
from poc_gate.inputs.connect.interface import APPLICATION, Limits, Secret, SourceError, Target

MIB = 2**20


def target_of(**given: Any) -> Target:
    return Target("x", **{"scheme": "s3", "host": "bucket", "path": "/claims/", **given})


class Answer:
    """The bytes of a range, in pieces of one size."""

    def __init__(self, size: int, piece: int = 1000) -> None:
        """Keep how many there are."""
        self.size, self.piece = size, piece

    def stream(self, *, min_chunk_size: int) -> Iterator[bytes]:
        """Yield them."""
        assert min_chunk_size == 1
        for at in range(0, self.size, self.piece):
            yield b"x" * min(self.piece, self.size - at)


class Store:
    """What the client is asked for."""

    def __init__(self, monkeypatch: Any, sizes: dict[str, int], batch: int = 1000) -> None:
        """Hold objects of these sizes, an hour apart, and take the client's place."""
        self.sizes, self.batch, self.now = sizes, batch, dt.datetime.now(dt.UTC)
        self.gets: list[tuple[str, int, int]] = []
        self.lists: list[tuple[str | None, int]] = []
        monkeypatch.setattr(obstore, "get", self.get)
        monkeypatch.setattr(obstore, "list", self.list)
        monkeypatch.setattr(s3_connector._Session, "open_store", lambda _self, _proxy="": self)

    def get(self, store: Any, name: str, *, options: dict[str, Any]) -> Answer:
        """Answer one ranged GET."""
        assert store is self
        start, end = options["range"]
        self.gets.append((name, start, end))
        return Answer(end - start)

    def list(self, store: Any, *, prefix: str | None, chunk_size: int) -> Iterator[list[dict[str, Any]]]:
        """Yield pages of what there is."""
        assert store is self
        self.lists.append((prefix, chunk_size))
        entries = [
            {"path": name, "size": size, "last_modified": self.now - dt.timedelta(hours=number + 1)}
            for number, (name, size) in enumerate(self.sizes.items())
        ]
        for at in range(0, len(entries), self.batch):
            yield entries[at : at + self.batch]


def opened(**given: Any) -> tuple[Any, Any]:
    session: Any = CONNECTOR.open(target_of(**given))
    return session, session.connect()


@pytest.mark.parametrize(
    ("options", "address", "dialled"),
    [
        ({}, "https://s3.us-east-1.amazonaws.com", ("s3.us-east-1.amazonaws.com", 443)),
        ({"region": "eu-1"}, "https://s3.eu-1.amazonaws.com", ("s3.eu-1.amazonaws.com", 443)),
        ({"endpoint": "http://m"}, "http://m", ("m", 80)), ({"endpoint": "http://m:9000"}, "http://m:9000", ("m", 9000)),
        ({"endpoint": "https://m:9"}, "https://m:9", ("m", 9)), ({"endpoint": "nothing"}, "nothing", ("", 443)),
    ],
)  # fmt: skip
def test_the_address_that_is_dialled(options, address, dialled):
    assert (endpoint(target_of(options=options)), hosts(target_of(options=options))) == (address, (dialled,))
    assert CONNECTOR.port == 443


BUCKET, SCHEME = (
    "the address names no bucket: s3://BUCKET/prefix",
    "the address must be s3://BUCKET/prefix; a store's own goes into `probe: {endpoint: ...}`",
)
PLAIN = "the probe option 'endpoint' must be https://HOST, without credentials"
CLEAR = "a credential is not sent without encryption; use https"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, ()), ({"host": ""}, (BUCKET,)), ({"scheme": "https"}, (SCHEME,)),
        *(({"options": {"endpoint": text}}, (PLAIN,)) for text in ("ftp://m", "https://", "https://me@m")),
        ({"options": {"endpoint": "http://m"}}, ()), ({"options": {"endpoint": "http://m"}, "secret": Secret("a", "b")}, (CLEAR,)),
        ({"secret": Secret("a", "b")}, ()),
        *(({"options": {"endpoint": f"http://{here}"}, "secret": Secret("a", "b")}, ()) for here in ("localhost", "127.0.0.1", "[::1]")),
    ],
)  # fmt: skip
def test_faults_of_an_address(given, faults):
    assert CONNECTOR.check(target_of(**given)) == faults


def test_what_is_going_to_be_asked():
    intent = CONNECTOR.intend(target_of())
    assert (intent.call, intent.bytes_per_call) == (
        "GET of 64 KiB ranges of up to 500 objects below claims", 65_536,
    )  # fmt: skip
    assert intent.freshness == "newest LastModified of the first 5,000 objects listed"
    assert intent.renewals == "LastModified of the first 5,000 objects listed"
    assert intent.cost == "5 LIST requests and one GET per call, at the provider's price"
    assert CONNECTOR.intend(target_of(path="/")).call.endswith("below /")


def test_objects_with_content_are_drawn_and_the_rest_is_counted(monkeypatch):
    store = Store(monkeypatch, {"a": 10, "b": 0, "c": 70_000})
    session, link = opened()
    found = session.prepare(link)
    assert store.lists == [("claims", 1000)]
    assert sorted(session.objects) == [("a", 10), ("c", 70_000)]
    assert (found.version, found.replica_lag) == ("", None)
    assert found.notes == {
        "encryption": "TLS, server verified", "objects listed": "3", "keys sampled": "2",
        "distinct keys": "fewer than 100: a cache may answer",
    }  # fmt: skip
    calls = [link.call(number) for number in range(3)]
    sizes = [min(size, 65_536) for _, size in session.objects]
    assert [call.bytes for call in calls] == [*sizes, sizes[0]]
    assert store.gets[:2] == [(name, 0, min(size, 65_536)) for name, size in session.objects]


@pytest.mark.parametrize(("count", "drawn", "told"), [(99, 99, True), (100, 100, False), (700, 500, False)])
def test_no_more_than_five_hundred_are_drawn(monkeypatch, count, drawn, told):
    Store(monkeypatch, {str(number): 5 for number in range(count)})
    session, link = opened(path="/", options={"endpoint": "http://127.0.0.1:9"})
    notes = session.prepare(link).notes
    assert len(set(session.objects)) == drawn
    assert ("distinct keys" in notes) is told
    assert notes["encryption"] == "none"
    assert notes["objects listed"] == str(count)


@pytest.mark.parametrize(
    ("count", "listed", "more"),
    [(4999, 4999, ""), (5000, 5000, "; there are more"), (7000, 5000, "; there are more")],
)
def test_listing_ends_after_five_thousand(monkeypatch, count, listed, more):
    Store(monkeypatch, {str(number): 5 for number in range(count)})
    session, link = opened()
    session.prepare(link)
    newest, renewals = session.newest(link), session.renewals(link)
    assert newest.age == pytest.approx(3600, abs=60)
    assert newest.method == f"newest LastModified of {listed:,} objects listed{more}"
    assert renewals.method == f"LastModified of {listed:,} objects listed{more}"
    assert len(renewals.ages) == listed
    assert renewals.ages[9] == pytest.approx(36_000, abs=60)


def test_a_prefix_without_content_and_a_name_beyond_the_bound_are_told(monkeypatch):
    Store(monkeypatch, {"a": 0})
    session, link = opened()
    with pytest.raises(SourceError, match="no object below the prefix has any content") as told:
        session.prepare(link)
    assert told.value.kind == "empty"
    Store(monkeypatch, {"ü" * 512: 1})
    opened()[0].prepare(link)
    Store(monkeypatch, {"ü" * 512 + "a": 1})
    with pytest.raises(SourceError, match="an object's key has more than the 1,024 bytes of S3") as told:
        opened()[0].prepare(link)
    assert told.value.kind == "protocol"


@pytest.mark.parametrize("cut", [True, False])
def test_a_listing_that_was_cut_off_is_told(monkeypatch, cut):
    store = Store(monkeypatch, {"a": 1})
    made = []

    class Relay:
        is_cut = cut
        url = "http://relay"

        def __init__(self, host: str, port: int, *, most_bytes: int, seconds: float) -> None:
            made.append((host, port, most_bytes, seconds))

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            made.append("closed")

    def broken(*_: Any, **__: Any) -> Any:
        raise session.errors[0]("gone")

    monkeypatch.setattr(s3_connector, "CountingRelay", Relay)
    monkeypatch.setattr(obstore, "list", broken)
    session, link = opened(limits=Limits(timeout=3.5))
    wanted = (
        (SourceError, "the listing is longer than 16,777,216 bytes") if cut else (session.errors[0], "gone")
    )
    with pytest.raises(wanted[0], match=wanted[1]):
        session.prepare(link)
    assert made == [("s3.us-east-1.amazonaws.com", 443, 16_777_216, 3.5), "closed"]
    assert store.lists == []


def test_a_range_counts_no_more_than_was_asked():
    for size in (0, 999, 1000, 2500):
        assert _read_range(Answer(size), size) == size
    with pytest.raises(SourceError, match="the answer is longer than the 2,499 bytes asked for") as told:
        _read_range(Answer(2500), 2499)
    assert told.value.kind == "protocol"


def test_a_client_that_breaks_down_over_a_name_is_told(monkeypatch):
    class PanicException(BaseException):
        """As the Rust runtime raises it."""

    for raised, seen in ((PanicException("bad"), SourceError), (KeyboardInterrupt(), KeyboardInterrupt)):

        def broken(*_: Any, held: BaseException = raised, **__: Any) -> Any:
            raise held

        monkeypatch.setattr(obstore, "get", broken)
        with pytest.raises(seen):
            _get(None, "n", 0, 1)


def test_the_first_byte_is_timed_apart(monkeypatch):
    Store(monkeypatch, {"a": 10})
    session, link = opened()
    session.prepare(link)
    monkeypatch.setattr(s3_connector.time, "perf_counter", ticking(1.0, 3.5))
    assert link.call(0).parts == {"first_byte": 2.5}


def test_a_read_in_bulk_takes_ranges_of_the_largest_first(monkeypatch):
    store = Store(monkeypatch, {"a": 10, "b": 9 * MIB, "c": 500})
    session, link = opened()
    session.prepare(link)
    ranges = [("b", 0, 8 * MIB), ("b", 8 * MIB, 9 * MIB), ("c", 0, 500), ("a", 0, 10)]
    whole = session.bulk(link, 10**9)
    assert store.gets == ranges
    assert (whole.bytes, whole.rows) == (9 * MIB + 510, 0)
    assert whole.method == f"4 ranged GETs, {9 * MIB + 510:,} bytes, largest objects first"
    assert 0.0 < whole.seconds < 9.0
    assert session.bulk(link, 9 * MIB + 510).bytes == 9 * MIB + 510
    assert session.bulk(link, 9 * MIB + 509).bytes == 9 * MIB + 500
    assert session.bulk(link, MIB) is None
    assert [session.bulk_part(link, 10**9, reader, 2).bytes for reader in range(2)] == [
        8 * MIB + 500,
        MIB + 10,
    ]
    assert session.readers == 4
    for step, count, seconds in ((5.0, 2, 20.0), (5.5, 1, 16.5)):
        monkeypatch.setattr(s3_connector.time, "perf_counter", ticking(*(step * at for at in range(50))))
        found = session.bulk(link, 10**9)
        assert found.method.startswith(f"{count} ranged GETs")
        assert found.seconds == seconds


@pytest.fixture
def asked(monkeypatch) -> SimpleNamespace:
    """Return what the client's store is made with."""
    import obstore.store

    made = SimpleNamespace()
    monkeypatch.setattr(
        obstore.store, "S3Store", lambda bucket, **named: made.__dict__.update(named, bucket=bucket) or made
    )
    return made


def test_a_store_is_asked_without_what_lies_around(asked):
    session, link = opened(limits=Limits(timeout=3.5), options={"endpoint": "http://m:9", "region": "eu-1"})
    assert (asked.bucket, asked.endpoint, asked.region) == ("bucket", "http://m:9", "eu-1")
    assert (asked.skip_signature, asked.virtual_hosted_style_request) == (True, False)
    assert asked.retry_config == {"max_retries": 0}
    client = asked.client_options
    assert client["timeout"] == client["connect_timeout"] == dt.timedelta(seconds=3.5)
    assert (client["user_agent"], client["allow_http"], client["proxy_excludes"]) == (APPLICATION, True, "m")
    assert client["proxy_url"] == f"http://127.0.0.1:{session._nowhere}"
    assert session._nowhere > 1023
    assert "root_certificate" not in client
    session.open_store("http://relay")
    assert asked.client_options["proxy_url"] == "http://relay"
    assert "proxy_excludes" not in asked.client_options
    link.close()
    assert link.store is None
    opened()
    assert (asked.client_options["allow_http"], asked.region) == (False, "us-east-1")


@pytest.mark.parametrize(
    ("secret", "user", "text"),
    [(Secret("me", "word"), "me", "word"), (Secret("", "me:or:word"), "me:or", "word")],
)
def test_a_credential_is_given_whole(asked, tmp_path: Path, secret, user, text):
    (tmp_path / "ca.pem").write_bytes(b"trusted")
    opened(secret=secret, ca=str(tmp_path / "ca.pem"))
    assert asked.credential_provider() == {
        "access_key_id": user, "secret_access_key": text, "token": None, "expires_at": None,
    }  # fmt: skip
    assert not hasattr(asked, "skip_signature")
    assert asked.client_options["root_certificate"] == b"trusted"


def test_ages_count_from_now(monkeypatch):
    store = Store(monkeypatch, {"a": 1})
    session, link = opened()
    session.prepare(link)
    monkeypatch.setattr(s3_connector.time, "time", store.now.timestamp)
    assert session.newest(link).age == pytest.approx(3600)
    assert session.renewals(link).ages == pytest.approx((3600,))
