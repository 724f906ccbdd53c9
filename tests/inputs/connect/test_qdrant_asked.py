"""A vector store: what is searched for, which of its answers count, how the recall is worked out."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from scripted_http import kept

from poc_gate.inputs.connect.connectors import qdrant_connector
from poc_gate.inputs.connect.connectors.qdrant_connector import CONNECTOR, _Link, _Session
from poc_gate.inputs.connect.interface import Secret, SourceError, Target


def target_of(**options: str) -> Target:
    held = {"collection": "c", **options}
    return Target("x", scheme="https", host="h.example", url="https://h.example/", options=held)


class Store:
    """A store that finds what a test wrote: the ids of each vector, by the index and exactly."""

    def __init__(
        self, points: int | None = 3, vectors: Any = ([1.0], [2.0], [3.0]), ending: str = "/points/query"
    ) -> None:
        """Keep what the store holds."""
        self.points, self.vectors, self.ending = points, vectors, ending
        self.near: dict[float, list[int]] = {}
        self.true: dict[float, list[int]] = {}
        self.times: list[Any] = []
        self.asked: list[tuple[str, str, Any]] = []

    def ask(self, method: str, path: str, *, body: Any = None, keep: bool = False) -> Any:
        """Answer as the store does."""
        assert keep
        self.asked.append((method, path, body))
        if path == "/":
            return kept(json.dumps({"title": "t" * 50, "version": "v" * 30}).encode())
        found = self.result(path.removeprefix("/collections/c"), body)
        return kept(json.dumps({"result": found}).encode(), size=77)

    def result(self, ending: str, body: Any) -> Any:
        """Return the result of one call."""
        if ending == "":
            return {"points_count": self.points, "status": "g" * 30}
        if ending == "/points/scroll":
            if "order_by" in body:
                return {
                    "points": [
                        {"payload": {body["order_by"]["key"]: at}} for at in self.times[: body["limit"]]
                    ]
                }
            return {"points": [{"vector": vector} for vector in self.vectors[: body["limit"]]]}
        if ending != self.ending:
            raise SourceError("status 404", kind="protocol")
        vector = body.get("query") or body.get("vector")
        vector = vector["vector"] if isinstance(vector, dict) else vector
        ids = (self.true if "params" in body else self.near).get(vector[0], [])
        hits = [{"id": number} for number in ids]
        return {"points": hits} if ending == "/points/query" else hits


@pytest.fixture
def link_to(monkeypatch) -> Any:
    """Yield what makes a session with a link to such a store."""

    def make(store: Store, **options: str) -> tuple[Any, Any]:
        session: Any = CONNECTOR.open(target_of(**options))
        monkeypatch.setattr(qdrant_connector.HttpLink, "__init__", lambda _self, _target: None)
        link: Any = session.connect()
        link.ask, link.encryption = store.ask, "none"
        return session, link

    return make


NAME = "name the collection: `probe: {collection: ...}`, letters, digits, `_`, `.` and `-`"
FILTER, TOP = (
    "the probe option 'filter' must be a JSON object",
    "the probe option 'top_k' must be a whole number",
)


@pytest.mark.parametrize(
    ("options", "faults"),
    [
        ({}, ()), ({"collection": "a" * 255}, ()), ({"collection": "a" * 256}, (NAME,)), ({"collection": "a/b"}, (NAME,)),
        ({"collection": ""}, (NAME,)), ({"filter": "{}"}, ()), ({"filter": "[]"}, (FILTER,)),
        *(({"filter": text}, ("the probe option 'filter' is not JSON",)) for text in ("{", "[" * 100_000)),
        ({"top_k": "7"}, ()), ({"top_k": "x"}, (TOP,)), ({"auth": "anything"}, ()),
    ],
)  # fmt: skip
def test_faults_of_options(options, faults):
    assert CONNECTOR.check(target_of(**options)) == faults


def test_what_is_going_to_be_asked():
    plain = CONNECTOR.intend(target_of())
    assert plain.call == "POST /collections/c/points/query limit=10, no filter"
    assert (plain.bytes_per_call, plain.freshness, plain.renewals) == (8192, "", "")
    full = CONNECTOR.intend(target_of(filter="{}", time="at", top_k="3"))
    assert CONNECTOR.port == 6333
    assert full.call == "POST /collections/c/points/query limit=3 with the declared filter"
    assert (full.freshness, full.renewals) == (
        "scroll ordered by at, newest first",
        "the same of 1,000 points",
    )


def test_the_body_of_a_search_in_both_generations():
    session: Any = _Session(target_of())
    assert session.search([1.0]) == {"limit": 10, "with_payload": False, "query": [1.0]}
    session._name = "text"
    assert session.search([1.0], exact=True) == {
        "limit": 10, "with_payload": False, "query": [1.0], "using": "text", "params": {"exact": True},
    }  # fmt: skip
    session.ending = "/points/search"
    assert session.search([1.0])["vector"] == {"name": "text", "vector": [1.0]}
    session._name = ""
    assert session.search([1.0]) == {"limit": 10, "with_payload": False, "vector": [1.0]}
    filtered: Any = _Session(target_of(filter='{"must": []}', top_k="3"))
    assert filtered.search([1.0]) == {
        "limit": 3, "with_payload": False, "query": [1.0], "filter": {"must": []},
    }  # fmt: skip


def test_a_key_is_sent_in_the_header_of_such_stores():
    for options, how in (({}, "header:api-key"), ({"auth": "bearer"}, "bearer")):
        target = Target("x", host="h", options=options, secret=Secret("", "w"))
        session: Any = _Session(target)
        assert session.target.option("auth") == how
    assert "auth" not in _Session(target_of()).target.options


def test_calls_search_the_sampled_vectors_in_turn(link_to):
    store = Store()
    store.near = {1.0: [1, 2], 2.0: [3], 3.0: []}
    session, link = link_to(store)
    session.prepare(link)
    store.asked.clear()
    assert [(call.bytes, call.rows) for call in map(link.call, range(4))] == [
        (77, 2),
        (77, 1),
        (77, 0),
        (77, 2),
    ]
    assert [body["query"] for _, _, body in store.asked] == [[1.0], [2.0], [3.0], [1.0]]


def test_what_a_store_says_of_itself_and_how_many_neighbours_it_finds(link_to):
    """Of 2 + 1 + 1 true neighbours the index finds 1 + 1 + 0."""
    store = Store()
    store.near, store.true = {1.0: [1, 9], 2.0: [3], 3.0: [8]}, {1.0: [1, 2], 2.0: [3], 3.0: [4]}
    session, link = link_to(store)
    found = session.prepare(link)
    assert (found.version, found.replica_lag) == (f"{'t' * 40} {'v' * 20}", None)
    assert found.notes == {
        "points": "3", "vectors sampled": "3", "search call": "/points/query", "encryption": "none", "status": "g" * 20,
        "recall": "0.500 of 4 neighbours",
    }  # fmt: skip
    assert store.asked[0] == ("GET", "/collections/c", None)
    assert store.asked[1][2] == {"limit": 200, "with_vector": True, "with_payload": False}


def test_only_twenty_vectors_are_searched_twice(link_to):
    store = Store(vectors=[[float(number)] for number in range(1, 300)])
    store.true = {float(number): [1] for number in range(1, 300)}
    session, link = link_to(store)
    assert session.prepare(link).notes["recall"] == "0.000 of 20 neighbours"
    assert len(session.vectors) == 200


@pytest.mark.parametrize(
    ("points", "shown", "recall"),
    [
        (10_000, "10,000", "no neighbours found"), (10_001, "10,001", "not checked above 10,000 points"),
        (None, "0", "no neighbours found"),
    ],
)  # fmt: skip
def test_recall_is_checked_where_an_exact_search_costs_little(link_to, points, shown, recall):
    session, link = link_to(Store(points=points))
    notes = session.prepare(link).notes
    assert (notes["points"], notes["recall"]) == (shown, recall)


@pytest.mark.parametrize(
    ("options", "name", "vector"), [({}, "first", [1.0]), ({"vector_name": "second"}, "second", [5.0])]
)
def test_one_of_several_vectors_of_a_point_is_searched(link_to, options, name, vector):
    session, link = link_to(Store(vectors=[{"first": [1.0], "second": [5.0]}]), **options)
    session.prepare(link)
    assert (session._name, session.vectors) == (name, [vector])


def test_an_older_store_is_asked_as_it_wants_to_be(link_to):
    store = Store(ending="/points/search")
    store.near = store.true = {1.0: [1]}
    session, link = link_to(store)
    assert session.prepare(link).notes["search call"] == "/points/search"
    assert link.call(0).rows == 1
    broken, link = link_to(store)

    def busy(_ending: str, _body: Any) -> Any:
        raise SourceError("status 500", kind="server")

    broken.vectors = [[1.0]]
    store.result = busy  # type: ignore[method-assign]
    with pytest.raises(SourceError, match="status 500"):
        broken._learn_ending(link)


def test_a_collection_without_points_is_told(link_to):
    session, link = link_to(Store(vectors=[]))
    with pytest.raises(SourceError, match="the collection contains no point to search by") as told:
        session.prepare(link)
    assert told.value.kind == "empty"


@pytest.mark.parametrize("body", [b"[1]", b"{}", b'"a"'])
def test_an_answer_without_a_result_is_told(link_to, body):
    _, link = link_to(Store())
    link.ask = lambda *_args, **_named: kept(body)
    with pytest.raises(SourceError, match="the answer has no result") as told:
        link.read("")
    assert told.value.kind == "protocol"


def test_nothing_is_sent_but_reading_calls(link_to):
    store = Store()
    _, link = link_to(store)
    for ending in ("/points", "/points/delete", "/index"):
        with pytest.raises(SourceError, match=f"{ending} is not a read call") as told:
            link.read(ending, {})
        assert told.value.kind == "refused"
    assert store.asked == []


def test_the_newest_points_tell_their_time(link_to):
    store, now = Store(), time.time()
    store.times = [now - 600 - number * 60 for number in range(1200)]
    session, link = link_to(store, time="at")
    newest, renewals = session.newest(link), session.renewals(link)
    assert newest.age == pytest.approx(600, abs=30)
    assert newest.method == "scroll ordered by at, newest first"
    assert len(renewals.ages) == 1000
    assert renewals.ages[-1] == pytest.approx(600 + 999 * 60, abs=30)
    assert renewals.method == "scroll of the 1,000 newest points, ordered by at"
    ordered = {"with_payload": ["at"], "with_vector": False, "order_by": {"key": "at", "direction": "desc"}}
    assert [body for _, _, body in store.asked] == [{"limit": 1, **ordered}, {"limit": 1000, **ordered}]
    store.times = []
    with pytest.raises(SourceError, match="the collection contains no point with a time") as told:
        session.newest(link)
    assert told.value.kind == "empty"
    untimed, link = link_to(store)
    assert untimed.newest(link) is None
    assert untimed.renewals(link) is None
    assert isinstance(link, _Link)
