"""Times of searching and building a vector index against sums worked out by hand, and the engines that may be stated."""

from __future__ import annotations

import math

import pytest

from poc_gate.flow.formulas import search_time
from poc_gate.flow.formulas.index_build import BUILDERS
from poc_gate.flow.formulas.search_time import (
    TYPICAL,
    Graph,
    Memory,
    as_served,
    distance_time,
    distances,
    graph_search,
    inverted_search,
)
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.span import Span
from poc_gate.inputs.manifest.fields.field_tree import manifest_tree
from poc_gate.model.engines.search_engines import SEARCH_ENGINES, search_engine

LOW, HIGH = INTERVALS["search"]
SEARCH = KINDS["search"]
MEMORY = Memory(latency=100e-9, bandwidth=10e9)


def _sift(links: float = 16.0) -> Graph:
    """SIFT1M: a million vectors of 128 single-precision numbers (Jegou et al. 2011)."""
    return Graph(vectors=1e6, bytes_each=512.0, links=links)


def test_every_engine_that_may_be_stated_has_a_row_of_its_own():
    stated = {
        name for leaf in manifest_tree().leaves() if leaf.path == "retrieval.engine" for name in leaf.choices
    }
    assert stated - SEARCH_ENGINES.keys() == {"other"}
    assert {one.builds for one in SEARCH_ENGINES.values()} == set(BUILDERS)
    assert all(f"reindex_{one.builds}" in INTERVALS for one in SEARCH_ENGINES.values())


@pytest.mark.parametrize(
    ("engine", "links", "candidates"),
    [
        ("hnswlib", 16, 200),
        ("faiss", 32, 40),
        ("usearch", 16, 128),
        ("pgvector", 16, 64),
        ("qdrant", 16, 100),
        ("milvus", 30, 360),
        ("weaviate", 32, 128),
        ("opensearch", 16, 100),
        ("other", 16, 100),
        ("", 16, 100),
    ],
)
def test_an_engine_takes_its_documented_settings_where_nothing_is_said(engine, links, candidates):
    """M and ef_construction of each engine's documentation; of Qdrant's and OpenSearch's the same."""
    assert search_engine(engine)[1:3] == (links, candidates)


@pytest.mark.parametrize(
    ("graph", "candidates", "expected"),
    [
        (_sift(), 64.0, SEARCH["fresh"] * 2 * 16 * 64 + 16 * math.log(1e6) / math.log(16)),
        (_sift(2.0), 10.0, SEARCH["fresh"] * 2 * 2 * 10 + 2 * math.log(1e6) / math.log(2)),
        (_sift(1.0), 10.0, SEARCH["fresh"] * 2 * 1 * 10 + 1 * math.log(1e6) / math.log(2)),
        (Graph(1.0, 512.0, 16.0), 0.0, 16 * math.log(2) / math.log(16)),
        (Graph(100.0, 512.0, 16.0), 64.0, 100.0),
    ],
)
def test_a_search_computes_distances_to_the_neighbours_of_its_candidates(graph, candidates, expected):
    """2 M neighbours of each candidate on the lowest layer, log(N)/log(M) layers above; never more than all vectors."""
    assert distances(graph, candidates) == pytest.approx(min(graph.vectors, expected), rel=1e-12)


@pytest.mark.parametrize(
    ("whole", "cache", "outside"),
    [
        (4e8, 0.0, 1.0),
        (4e8, 1e8, 0.75),
        (1e8, 1e8, 0.0),
        (1e7, 1e8, 0.0),
        (4e8, -1.0, 1.0),
        (0.0, 0.25, 0.75),
    ],
)
def test_a_distance_waits_for_memory_by_the_share_outside_the_cache(whole, cache, outside):
    fetched = SEARCH["exposed"] * 100e-9 + 512 / 10e9
    expected = SEARCH["fixed"] + SEARCH["per_byte"] * 512 + outside * fetched
    assert distance_time(512.0, whole, MEMORY._replace(cache=cache)) == pytest.approx(expected, rel=1e-12)


def test_a_graph_search_is_its_distances_and_holds_what_crowded_caches_cost():
    graph, memory = _sift(), MEMORY._replace(cache=320e6)
    whole = 1e6 * (512 + 8 * 16)  # 640 MB: vectors, and 2 M links of 4 bytes
    quiet = distances(graph, 64.0) * distance_time(512.0, whole, memory)
    assert graph_search(graph, 64.0, memory) == Span(quiet, quiet * LOW, quiet * HIGH)
    assert graph_search(graph, 64.0, memory._replace(own=320e6)) == Span(quiet, quiet * LOW, quiet * HIGH)
    busy = distances(graph, 64.0) * distance_time(512.0, whole, memory._replace(cache=0.5))
    crowded = graph_search(graph, 64.0, memory._replace(own=0.5))
    assert crowded == Span(quiet, quiet * LOW, busy * HIGH)


def test_an_inverted_index_reads_its_lists_and_every_centroid():
    """1,000 lists of a million vectors of 512 B, 10 read: 1 % of the vectors and 1,000 centroids, 5.632 MB."""
    read = 5.632e6
    cold = SEARCH["call"] + read / 10e9 + SEARCH["per_byte_outside"] * read
    assert inverted_search(1e6, 512.0, 1000.0, 10.0, MEMORY).likely == pytest.approx(cold, rel=1e-12)
    warm = SEARCH["call"] + read / 20e9 + SEARCH["per_byte"] * read
    cached = MEMORY._replace(cache=512e6)
    assert inverted_search(1e6, 512.0, 1000.0, 10.0, cached).likely == pytest.approx(warm, rel=1e-12)
    packed = inverted_search(1e6, 512.0, 1000.0, 10.0, MEMORY, unpacked=64.0).likely
    assert packed == pytest.approx(cold + SEARCH["unpack"] * 64 * 1e4, rel=1e-12)
    every = inverted_search(1e6, 512.0, 1.0, 3.0, MEMORY, unpacked=64.0).likely
    assert every - inverted_search(1e6, 512.0, 1.0, 3.0, MEMORY).likely == pytest.approx(
        SEARCH["unpack"] * 64e6
    )
    almost = MEMORY._replace(cache=511.9e6)
    assert inverted_search(1e6, 512.0, 1000.0, 10.0, almost).likely == pytest.approx(cold, rel=1e-12)
    all_lists = 512.0 * (1e6 + 1.0)
    flat = SEARCH["call"] + all_lists / 10e9 + SEARCH["per_byte_outside"] * all_lists
    found = inverted_search(1e6, 512.0, 1.0, 3.0, MEMORY)
    assert found.likely == pytest.approx(flat, rel=1e-12)
    assert (found.low, found.high) == (found.likely * LOW, found.likely * HIGH)


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        ("hnswlib", Span(0.01, 0.005, 0.02)),
        ("faiss", Span(0.01, 0.005, 0.02)),
        ("usearch", Span(0.027, 0.0135, 0.054)),
        ("qdrant", Span(0.02, 0.005, 0.082)),
        ("", Span(0.02, 0.005, 0.082)),
    ],
)
def test_a_service_takes_twice_to_eight_times_the_search_and_a_call(engine, expected):
    found = as_served(Span(0.01, 0.005, 0.02), engine)
    assert (found.likely, found.low, found.high) == pytest.approx(
        (expected.likely, expected.low, expected.high), rel=1e-12
    )


def test_memory_that_nobody_measured_is_that_of_a_usual_server():
    """100 ns and 12 GB/s a thread, 32 MB of cache, 4 MB of it to a processor: docs/models/retrieval.md."""
    assert Memory(100e-9, 12e9, 32e6, 0.0) == TYPICAL
    assert search_time.CACHE_PER_CPU == 4e6
    assert Memory(1.0, 1.0) == (1.0, 1.0, 0.0, 0.0)


def test_a_quantised_inverted_index_unpacks_every_element_that_it_compares():
    plain = inverted_search(1e6, 128.0, 1000.0, 10.0, MEMORY).likely
    unpacked = inverted_search(1e6, 128.0, 1000.0, 10.0, MEMORY, unpacked=128.0).likely
    assert unpacked - plain == pytest.approx(KINDS["search"]["unpack"] * 1e4 * 128.0, rel=1e-9)
