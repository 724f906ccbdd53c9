"""Memory and freshness of an index, each worked out by hand: Q15 to Q17 of docs/models/retrieval.md."""

from __future__ import annotations

import pytest
from derived_one import bounds, derived, ends, number

from poc_gate.flow.formulas.retrieval import (
    flat_index_bytes,
    graph_index_bytes,
    inverted_index_bytes,
    paged_graph_bytes,
)

FLAT = {
    "retrieval.vectors": 1e6, "retrieval.dims": 100.0, "retrieval.bytes_per_element": 4.0, "retrieval.index": "flat",
    "retrieval.replicas": 1.0, "demand.corpus_growth_12m": 2.0,
}  # fmt: skip
ONE = flat_index_bytes(2e6, 100, 4)
RATES = {
    "retrieval.embed_rate": 500.0, "retrieval.write_rate": 800.0, "retrieval.refresh": 1000.0, "retrieval.incremental": True,
    "retrieval.chunks": 2e5, "retrieval.chunks_changed_per_day": 2.0,
}  # fmt: skip
AGED = {
    "sources[a].refresh": 100.0, "sources[a].kind": "snapshot", "sources[a].extract_time": 20.0, "sources[a].cache_ttl": 3.0,
    "pipeline.cache_ttl": 4.0, "pipeline.run_p95": 50.0, "pipeline.index": 7.0, "pilot.uses": ("retrieval",),
}  # fmt: skip
A = {"sources": ("a",)}


def test_an_index_with_its_copies_in_twelve_months():
    """2 million vectors in two copies."""
    assert number("flow.vector_index.bytes", FLAT) == pytest.approx(2 * ONE.likely)
    assert number("flow.vector_index.bytes", {**FLAT, "retrieval.replicas": 0.0}) == pytest.approx(ONE.likely)
    shrinking = {**FLAT, "demand.corpus_growth_12m": 0.5}
    assert number("flow.vector_index.bytes", shrinking) == pytest.approx(
        2 * flat_index_bytes(1e6, 100, 4).likely
    )
    shown = derived("flow.vector_index.bytes", FLAT).formula
    assert shown.startswith("2,000,000 vectors in twelve months: ")
    assert " x 2 copies = " in shown


@pytest.mark.parametrize(
    ("gone", "copies", "vectors"),
    [
        (("demand.corpus_growth_12m",), 2, 1e6),
        (("retrieval.replicas",), 1, 2e6),
        (("demand.corpus_growth_12m", "retrieval.replicas"), 1, 1e6),
    ],
)
def test_neither_growth_nor_copies_make_an_index_smaller(gone, copies, vectors):
    found = derived("flow.vector_index.bytes", {k: v for k, v in FLAT.items() if k not in gone})
    assert found.inputs == gone
    assert found.low == pytest.approx(copies * flat_index_bytes(vectors, 100, 4).low)


def test_what_an_engine_and_a_kind_of_index_take():
    graph = {**FLAT, "retrieval.index": "hnsw", "retrieval.m": 16.0, "retrieval.replicas": 0.0}
    sizes = (2e6, 100.0, 4.0, 16.0)
    plain, paged = graph_index_bytes(*sizes), paged_graph_bytes(*sizes)
    assert ends("flow.vector_index.bytes", {**graph, "retrieval.engine": "qdrant"}) == pytest.approx(
        (plain.likely, plain.low, plain.high)
    )
    assert ends("flow.vector_index.bytes", {**graph, "retrieval.engine": "pgvector"}) == pytest.approx(
        (paged.likely, paged.low, paged.high)
    )
    wide = {**graph, "retrieval.dims": 1500.0}
    plain, paged = (size(2e6, 1500.0, 4.0, 16.0) for size in (graph_index_bytes, paged_graph_bytes))
    assert plain.high < paged.high
    either = (plain.likely, min(plain.low, paged.low), max(plain.high, paged.high))
    assert ends("flow.vector_index.bytes", wide) == pytest.approx(either)
    lists = {**FLAT, "retrieval.index": "ivf", "retrieval.replicas": 0.0}
    assert number("flow.vector_index.bytes", {**lists, "retrieval.lists": 5000.0}) == pytest.approx(
        inverted_index_bytes(2e6, 100, 4, 5000).likely
    )
    assert number("flow.vector_index.bytes", lists) == pytest.approx(
        inverted_index_bytes(2e6, 100, 4, 2e6**0.5).likely
    )
    assert derived(
        "flow.vector_index.bytes", {k: v for k, v in FLAT.items() if k != "retrieval.index"}
    ).inputs == ("retrieval.index",)


def test_vectors_that_fit():
    """Room for 12 copies of the whole index of a million vectors, in two copies: six million."""
    room = 12 * flat_index_bytes(1e6, 100, 4).likely
    stated = {**FLAT, "retrieval.ram": 2 * room, "retrieval.ram_share": 0.5}
    assert number("flow.vector_index.capacity", stated) == pytest.approx(room)
    assert number("flow.vector_index.vectors_max", stated) == pytest.approx(6e6)
    assert (
        "no corpus to scale"
        in derived("flow.vector_index.vectors_max", {**stated, "retrieval.vectors": 0.0}).why_unknown
    )


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, 0.004),
        ({"retrieval.incremental": False}, 0.4),
        ({"retrieval.write_rate": 250.0}, 0.008),
        ({"retrieval.refresh": 0.0}, 0.004),
        ({"retrieval.refresh": 0.5, "retrieval.incremental": False}, 800.0),
    ],
)
def test_the_share_of_the_interval_that_indexing_takes(more, wanted):
    """2 changed chunks a second at 500/s; all 200,000 of them take 400 of 1,000 s."""
    assert number("flow.reindex.duty", {**RATES, **more}) == pytest.approx(wanted)


def test_the_slower_of_two_rates_counts_at_each_end():
    loose = {"retrieval.embed_rate": (100.0, 1000.0), "retrieval.write_rate": (400.0, 900.0)}
    assert ends("flow.reindex.duty", RATES, loose) == pytest.approx((0.004, 2 / 900, 0.02))
    assert number("flow.reindex.full_share", RATES) == pytest.approx(0.4)
    assert (
        "refreshed continuously"
        in derived("flow.reindex.full_share", {**RATES, "retrieval.refresh": 0.0}).why_unknown
    )
    for name in ("retrieval.embed_rate", "retrieval.write_rate"):
        assert "nothing is ever indexed" in derived("flow.reindex.duty", {**RATES, name: 0.0}).why_unknown


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, 184.0),
        ({"sources[a].kind": "live"}, 184.0),
        ({"sources[a].kind": "live", "sources[a].refresh": 0.0}, 7.0),
        ({"sources[a].refresh": 0.0}, 84.0),
        ({"sources[a].kind": "live", "sources[a].access_need": "stream"}, 107.0),
        ({"sources[a].access_need": "stream"}, 184.0),
    ],
)
def test_the_age_of_a_source_by_hand(more, wanted):
    """Refresh 100, extract 20, run 50, index 7, caches 3 and 4 s; a live source that streams is not copied."""
    assert number("sources[a].worst_age", {**AGED, **more}, **A) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("gone", "wanted", "lacking"),
    [
        (("sources[a].cache_ttl",), 181.0, ()),
        (("pipeline.cache_ttl",), 180.0, ()),
        (
            ("sources[a].cache_ttl", "pipeline.cache_ttl"),
            None,
            ("sources[a].cache_ttl", "pipeline.cache_ttl"),
        ),
        (("sources[a].extract_time",), 164.0, ()),
        (("pipeline.run_p95",), 134.0, ()),
        (
            ("sources[a].extract_time", "pipeline.run_p95"),
            None,
            ("sources[a].extract_time", "pipeline.run_p95"),
        ),
        (("pipeline.index",), None, ("pipeline.index",)),
        (("pipeline.index", "pilot.uses"), None, ("pipeline.index",)),
    ],
)
def test_what_an_age_needs(gone, wanted, lacking):
    stated = {k: v for k, v in AGED.items() if k not in gone}
    found = derived("sources[a].worst_age", stated, **A)
    assert found.inputs == lacking if wanted is None else found.value.value == pytest.approx(wanted)
    if gone == ("pipeline.index",):
        assert number("sources[a].worst_age", {**stated, "pilot.uses": ("llm",)}, **A) == pytest.approx(177.0)


def test_the_oldest_of_the_sources():
    both = {"sources[a].worst_age": 30.0, "sources[b].worst_age": 50.0}
    found = derived("flow.age.worst", both, sources=("a", "b"))
    assert found.value.value == 50.0
    assert found.formula == "largest of 2 sources: sources[b].worst_age = 50 s"
    assert derived("flow.age.worst", both).inputs == ("sources",)
    assert derived("flow.age.worst", both, sources=()).inputs == ("sources",)


def test_bounds_of_leaks_and_wrong_citations():
    """Clopper and Pearson, one-sided 95 %: none of 300 bounds the share at 1 - 0.05^(1/300); 5 of 100 at 10.22 %."""
    leaks = {"retrieval.acl_denied_tests": 300.0, "retrieval.acl_leaks": 0.0}
    assert number("flow.acl.leak_upper", leaks) == pytest.approx(1 - 0.05 ** (1 / 300))
    wrong = {"retrieval.citations_checked": 100.0, "retrieval.citations_wrong": 5.0}
    assert number("flow.citations.error_upper", wrong) == pytest.approx(0.10225, abs=1e-5)


@pytest.mark.parametrize(
    ("fact", "stated", "lacking", "found"),
    [
        ("flow.vector_index.capacity", {"retrieval.ram": 1e9, "retrieval.ram_share": 0.5}, "retrieval.ram_share", (None, 1e9)),
        ("flow.reindex.duty", RATES, "retrieval.write_rate", (0.004, None)),
        ("flow.reindex.full_share", RATES, "retrieval.write_rate", (0.4, None)),
        ("sources[a].worst_age", AGED, "pipeline.index", (177.0, None)),
    ],
)  # fmt: skip
def test_what_is_known_bounds_the_rest(fact, stated, lacking, found):
    """A share is one at most, a rate no faster than the embedding's, an index takes no time at least."""
    assert bounds(fact, stated, lacking, **A) == pytest.approx(found)


def test_an_oldest_answer_is_no_younger_than_the_oldest_that_is_known():
    both = {"sources[b].refresh": 5.0, "sources[a].worst_age": 30.0}
    low, high = bounds(
        "flow.age.worst", both | {"sources[b].cache_ttl": 0.0}, "sources[b].cache_ttl", sources=("a", "b")
    )
    assert (low, high) == (30.0, None)


def test_a_corpus_of_one_and_a_refresh_of_half_a_second_are_some():
    one = {**FLAT, "retrieval.vectors": 1.0, "retrieval.ram": 1e9, "retrieval.ram_share": 1.0}
    assert number("flow.vector_index.vectors_max", one) == pytest.approx(
        1e9 / (2 * flat_index_bytes(1, 100, 4).likely)
    )
    assert number("flow.reindex.full_share", {**RATES, "retrieval.refresh": 0.5}) == pytest.approx(800.0)
    assert number(
        "sources[a].worst_age", {**AGED, "sources[a].kind": "live", "sources[a].refresh": 0.5}, **A
    ) == pytest.approx(84.5)


def test_lists_that_nobody_stated_are_said():
    lists = {**FLAT, "retrieval.index": "ivf"}
    said = [any("sqrt(N) lists" in line for line in derived("flow.vector_index.bytes", stated).assumptions)
            for stated in (lists, {**lists, "retrieval.lists": 5000.0})]  # fmt: skip
    assert said == [True, False]
