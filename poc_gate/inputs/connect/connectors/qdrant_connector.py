"""Vector stores that speak Qdrant's HTTP interface: top-k search by vectors sampled from the collection."""

from __future__ import annotations

import json
import re
import time
from typing import Any

from poc_gate.inputs.connect.declared.renewals import Renewals
from poc_gate.inputs.connect.drivers.http_exchange import HTTP_ERRORS, HttpLink, check_address
from poc_gate.inputs.connect.interface import (
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
    whole_number,
)
from poc_gate.inputs.connect.newest_age import newest_age

_SAMPLED = 200
_MOST_TIMES = 1000
"""Points whose time is read to see how far apart the last renewals lay."""
_RECHECKED = 20
_MOST_EXACT = 10_000
"""Points up to which an exact search costs the store little enough to check the recall."""
_READING = ("/points/query", "/points/search", "/points/scroll")


def _collection(target: Target) -> str:
    return target.option("collection") or target.path.strip("/")


def _check(target: Target) -> tuple[str, ...]:
    found = check_address(target, auth=False)
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,255}", _collection(target)):
        found.append("name the collection: `probe: {collection: ...}`, letters, digits, `_`, `.` and `-`")
    try:
        if not isinstance(json.loads(target.option("filter", "{}")), dict):
            found.append("the probe option 'filter' must be a JSON object")
    except (ValueError, RecursionError):
        found.append("the probe option 'filter' is not JSON")
    if whole_number(target.option("top_k", "10")) is None:
        found.append("the probe option 'top_k' must be a whole number")
    return tuple(found)


def _intend(target: Target) -> Intent:
    filtered = " with the declared filter" if target.option("filter") else ", no filter"
    call = (
        f"POST /collections/{_collection(target)}/points/query limit={target.option('top_k', '10')}{filtered}"
    )
    freshness = f"scroll ordered by {target.option('time')}, newest first" if target.option("time") else ""
    renewals = f"the same of {_MOST_TIMES:,} points" if target.option("time") else ""
    return Intent(call, 8 * 1024, freshness, renewals)


class _Link(HttpLink):
    """One connection; it can ask for information and search, nothing else."""

    def __init__(self, session: _Session) -> None:
        super().__init__(session.target)
        self._session = session

    def read(self, ending: str, body: dict[str, Any] | None = None) -> tuple[Any, int]:
        """Return what one reading call answers, and its size."""
        if body is not None and ending not in _READING:
            raise SourceError(f"{ending} is not a read call", kind="refused")
        path = f"/collections/{_collection(self._session.target)}{ending}"
        answer = self.ask("POST" if body is not None else "GET", path, body=body, keep=True)
        result = answer.data()
        if not isinstance(result, dict) or "result" not in result:
            raise SourceError("the answer has no result", kind="protocol")
        return result["result"], answer.size

    def call(self, number: int) -> Call:
        vectors = self._session.vectors
        hits, size = self.neighbours(vectors[number % len(vectors)])
        return Call(bytes=size, rows=len(hits))

    def neighbours(self, vector: Any, *, exact: bool = False) -> tuple[list[Any], int]:
        """Return the nearest points of one vector, and the answer's size."""
        result, size = self.read(self._session.ending, self._session.search(vector, exact=exact))
        return (result["points"] if isinstance(result, dict) else result), size


class _Session(Session):
    """One collection."""

    errors = (*HTTP_ERRORS, KeyError, TypeError)

    def __init__(self, target: Target) -> None:
        if target.secret is not None and "auth" not in target.options:
            from msgspec import structs

            target = structs.replace(target, options={**target.options, "auth": "header:api-key"})
        self.target = target
        self.vectors: list[Any] = []
        self.ending = "/points/query"
        """Of the search call: servers before 1.10 know `/points/search` alone, those from 1.19 on no longer know it."""
        self._name = ""

    def search(self, vector: Any, *, exact: bool = False) -> dict[str, Any]:
        """Return the body of one search, as the interface of this server's age wants it."""
        body: dict[str, Any] = {"limit": self.target.whole("top_k", 10), "with_payload": False}
        if self.ending == "/points/query":
            body |= {"query": vector, **({"using": self._name} if self._name else {})}
        else:
            body["vector"] = {"name": self._name, "vector": vector} if self._name else vector
        if self.target.option("filter"):
            body["filter"] = json.loads(self.target.option("filter"))
        if exact:
            body["params"] = {"exact": True}
        return body

    def connect(self) -> Link:
        return _Link(self)

    def prepare(self, link: Link) -> Server:
        assert isinstance(link, _Link)
        about, _ = link.read("")
        self._name = self.target.option("vector_name")
        found, _ = link.read(
            "/points/scroll", {"limit": _SAMPLED, "with_vector": True, "with_payload": False}
        )
        for point in found["points"]:
            vector = point["vector"]
            if isinstance(vector, dict):
                self._name = self._name or next(iter(vector))
                vector = vector[self._name]
            self.vectors.append(vector)
        if not self.vectors:
            raise SourceError("the collection contains no point to search by", kind="empty")
        self._learn_ending(link)
        points = int(about.get("points_count") or 0)
        notes = {
            "points": f"{points:,}",
            "vectors sampled": str(len(self.vectors)),
            "search call": self.ending,
            "encryption": link.encryption,
            "status": str(about.get("status", ""))[:20],
        }
        notes["recall"] = (
            self._recall(link) if points <= _MOST_EXACT else f"not checked above {_MOST_EXACT:,} points"
        )
        version = link.ask("GET", "/", keep=True).data()
        return Server(
            f"{str(version.get('title', 'vector store'))[:40]} {str(version.get('version', ''))[:20]}".strip(),
            None,
            notes,
        )

    def _recall(self, link: _Link) -> str:
        """Return how many of the true neighbours the index finds, over a few sampled vectors."""
        right = wanted = 0
        for vector in self.vectors[:_RECHECKED]:
            near = {str(hit["id"]) for hit in link.neighbours(vector)[0]}
            true = {str(hit["id"]) for hit in link.neighbours(vector, exact=True)[0]}
            right, wanted = right + len(near & true), wanted + len(true)
        return f"{right / wanted:.3f} of {wanted} neighbours" if wanted else "no neighbours found"

    def _learn_ending(self, link: _Link) -> None:
        """Find out which of the two search calls this server has; the collection is known to exist by now."""
        try:
            link.neighbours(self.vectors[0])
        except SourceError as error:
            if str(error) != "status 404":
                raise
            self.ending = "/points/search"

    def newest(self, link: Link) -> Newest | None:
        times = self._times(link, 1)
        if times is None:
            return None
        return Newest(times[0], f"scroll ordered by {self.target.option('time')}, newest first")

    def renewals(self, link: Link) -> Renewals | None:
        times = self._times(link, _MOST_TIMES)
        if times is None:
            return None
        how = f"scroll of the {len(times):,} newest points, ordered by {self.target.option('time')}"
        return Renewals(tuple(times), how)

    def _times(self, link: Link, most: int) -> list[float] | None:
        """Return the ages of the newest points in seconds, newest first; None where no time is declared."""
        assert isinstance(link, _Link)
        key = self.target.option("time")
        if not key:
            return None
        body = {
            "limit": most,
            "with_payload": [key],
            "with_vector": False,
            "order_by": {"key": key, "direction": "desc"},
        }
        points = link.read("/points/scroll", body)[0]["points"]
        if not points:
            raise SourceError("the collection contains no point with a time", kind="empty")
        return [newest_age(point["payload"][key], time.time()) for point in points]


CONNECTOR = Connector(
    name="qdrant",
    summary="Vector stores with Qdrant's HTTP interface: top-k search, recall against exact search",
    systems=("qdrant", "vector-store", "vectordb"),
    schemes=(),
    options=(
        ProbeOption("collection", "Collection to search", "chunks"),
        ProbeOption("top_k", "How many neighbours", "10"),
        ProbeOption("filter", "The pilot's own filter, as JSON; filters change everything", '{"must": []}'),
        ProbeOption("vector_name", "Which vector, where points have several", "text"),
        ProbeOption("time", "Indexed payload key with the time a point was written", "updated_at"),
        ProbeOption("environment", "Which environment the address belongs to: test, staging, prod", "test"),
    ),
    locks=(
        "search, scroll and information calls only, checked where they are sent",
        "one fixed collection on one fixed host; redirects are not followed",
        "bodies are built here: no payload is written, none is asked for but the time",
    ),
    check=_check,
    intend=_intend,
    open=_Session,
    port=6333,
)
