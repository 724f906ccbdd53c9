"""Qdrant's own engine, in this process, behind the reading calls of its HTTP interface.

No package ships Qdrant's server. What finds, filters, orders and counts here is its engine (qdrant-edge); what
this file adds is HTTP and the shape of the answers, of both generations of the search call.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from own_servers import JsonHandler, serving
from qdrant_edge import (
    Direction,
    Distance,
    EdgeConfig,
    EdgeShard,
    EdgeVectorParams,
    FieldCondition,
    Filter,
    MatchValue,
    OrderBy,
    PayloadSchemaType,
    Point,
    Query,
    QueryRequest,
    ScrollRequest,
    SearchParams,
    UpdateOperation,
)

POINTS = 300


class VectorStore:
    """A collection `chunks` of three hundred points, an hour apart, half of them of the tenant `a`."""

    def __init__(self, folder: Path, ending: str) -> None:
        """Fill the collection; `ending` is the search call that this server has."""
        folder.mkdir()
        self.ending = ending
        self.asked: list[str] = []
        self.port = 0
        self._shard = EdgeShard.create(
            str(folder), EdgeConfig(vectors=EdgeVectorParams(size=8, distance=Distance.Cosine))
        )
        draw, now = random.Random(7), time.time()
        points = [
            Point(
                number,
                [draw.gauss(0, 1) for _ in range(8)],
                {"updated_at": int(now - 600 - number * 3600), "tenant": "a" if number % 2 else "b"},
            )
            for number in range(POINTS)
        ]
        self._shard.update(UpdateOperation.upsert_points(points))
        self._shard.update(UpdateOperation.create_field_index("updated_at", PayloadSchemaType.Integer))
        self._serving: Any = None

    def __enter__(self) -> VectorStore:
        """Begin to answer."""
        store = self

        class Handler(_Answering):
            """Answers for this store."""

            vectors = store

        self._serving = serving(Handler)
        self.port = self._serving.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop answering."""
        self._serving.__exit__(None, None, None)
        self._shard.close()

    def count(self) -> int:
        """Return how many points there are."""
        return self._shard.info().points_count

    def search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the nearest points."""
        vector = body["query"] if self.ending == "/points/query" else body["vector"]
        found = self._shard.query(
            QueryRequest(
                limit=body["limit"],
                query=Query.Nearest(vector),
                filter=_filter(body),
                with_payload=body["with_payload"],
                params=SearchParams(exact=body.get("params", {}).get("exact", False)),
            )
        )
        return [{"id": point.id, "version": point.version, "score": point.score} for point in found]

    def scroll(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return points one after the other."""
        order = body.get("order_by")
        found, following = self._shard.scroll(
            ScrollRequest(
                limit=body["limit"],
                filter=_filter(body),
                with_payload=body["with_payload"],
                with_vector=body["with_vector"],
                order_by=OrderBy(order["key"], Direction.Desc if order["direction"] == "desc" else None)
                if order
                else None,
            )
        )
        points = [{"id": one.id, "payload": one.payload, "vector": one.vector} for one in found]
        return {"points": points, "next_page_offset": following}


def _filter(body: dict[str, Any]) -> Filter | None:
    if "filter" not in body:
        return None
    conditions = [
        FieldCondition(one["key"], match=MatchValue(one["match"]["value"])) for one in body["filter"]["must"]
    ]
    return Filter(must=conditions)


class _Answering(JsonHandler):
    """HTTP around the store."""

    vectors: VectorStore

    def do_GET(self) -> None:  # noqa: N802 - named by the standard library
        """Answer a GET."""
        self.vectors.asked.append(f"GET {self.path}")
        if self.path == "/":
            self.answer({"title": "qdrant - vector search engine", "version": "edge"})
        elif self.path == "/collections/chunks":
            self.answer({"result": {"status": "green", "points_count": self.vectors.count()}, "status": "ok"})
        else:
            self.answer({"status": {"error": "Not found"}}, 404)

    def do_POST(self) -> None:  # noqa: N802 - the same
        """Answer a POST."""
        self.vectors.asked.append(f"POST {self.path}")
        body = self.body()
        ending = self.path.removeprefix("/collections/chunks")
        if ending == "/points/scroll":
            self.answer({"result": self.vectors.scroll(body), "status": "ok"})
        elif ending == self.vectors.ending:
            found = self.vectors.search(body)
            self.answer({"result": {"points": found} if ending == "/points/query" else found, "status": "ok"})
        else:
            self.answer({"status": {"error": "Not found"}}, 404)
