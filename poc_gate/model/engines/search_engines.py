"""The engines that search vectors, one row each: their name in the manifest, and what is known of how they build and search."""

from __future__ import annotations

from typing import NamedTuple


class SearchEngine(NamedTuple):
    """What is known of one engine of an index; one that has no row may be any of them."""

    builds: str
    """Like which kind it builds (`flow/formulas/index_build.py`): `library` in the process that holds the vectors, `pages` in a
    database that writes pages, `graph` one graph behind a service, `sealed` a graph per sealed segment, `optimised` by threads
    that merge segments when they find time, `segmented` a graph per segment and again when segments merge, `managed` any of these."""
    links: float = 16.0
    """M that it takes when nothing is said, from its documentation."""
    candidates: float = 100.0
    """Candidates kept while building (ef_construction) when nothing is said, from its documentation."""
    slower: float | None = None
    """Time of a search over that of hnswlib, of libraries that were run beside it (`benchmarks/search_runs.py`)."""


SEARCH_ENGINES: dict[str, SearchEngine] = {
    "hnswlib": SearchEngine("library", candidates=200.0, slower=1.0),
    "faiss": SearchEngine("library", links=32.0, candidates=40.0, slower=1.0),
    "usearch": SearchEngine("library", candidates=128.0, slower=2.7),
    "lucene": SearchEngine("library"),
    "pgvector": SearchEngine("pages", candidates=64.0),
    "qdrant": SearchEngine("optimised"),
    "milvus": SearchEngine("sealed", links=30.0, candidates=360.0),
    "weaviate": SearchEngine("graph", links=32.0, candidates=128.0),
    "opensearch": SearchEngine("segmented"),
    "elasticsearch": SearchEngine("segmented"),
    "redis": SearchEngine("graph"),
    "valkey": SearchEngine("graph", candidates=200.0),
    "chroma": SearchEngine("graph"),
    "vespa": SearchEngine("graph", candidates=200.0),
    "typesense": SearchEngine("graph", candidates=200.0),
    "managed": SearchEngine("managed"),
}

STATED_ENGINES = (*SEARCH_ENGINES, "other")
"""The choices of `retrieval.engine`."""

_NOT_KNOWN = SearchEngine("")


def search_engine(name: str) -> SearchEngine:
    """Return what is known of an engine; usual settings, and no kind, for one without a row."""
    return SEARCH_ENGINES.get(name, _NOT_KNOWN)
