"""Facts of an index and a machine -> times of its search and its building, by the formulas of `test_search_formulas.py`."""

from __future__ import annotations

import flow_pilots as pilots
import pytest
from derived_one import derived, ends, number

from poc_gate.flow.derive_facts import Deriver
from poc_gate.flow.facts.data.search_facts import _memory
from poc_gate.flow.formulas.index_build import PAGED, Build, build_time, graph_in_memory
from poc_gate.flow.formulas.retrieval import embedding_rate
from poc_gate.flow.formulas.search_time import (
    TYPICAL,
    Graph,
    Memory,
    as_served,
    distances,
    graph_search,
    inverted_search,
)
from poc_gate.model.claim import Provenance

INDEX = {
    "retrieval.vectors": 1e6, "retrieval.dims": 128.0, "retrieval.bytes_per_element": 4.0, "retrieval.m": 16.0, "retrieval.engine": "hnswlib",
    "retrieval.index": "hnsw", "retrieval.ef_search": 100.0,
}  # fmt: skip
SIFT = Graph(vectors=1e6, bytes_each=512.0, links=16.0)
MEASURED = {
    "machine.memory.latency": 1e-7,
    "machine.memory.read_1": 1.2e10,
    "machine.cpu.l3": 3.2e7,
    "machine.cpu.allowed": 4.0,
}


def parts(span):
    return span.likely, span.low, span.high


@pytest.mark.parametrize(
    ("more", "wanted", "told"),
    [
        ({}, Memory(1e-7, 1.2e10, 3.2e7, 1.6e7), "15.3 MiB of 30.5 MiB"),
        ({"machine.cpu.allowed": 8.0}, Memory(1e-7, 1.2e10, 3.2e7, 3.2e7), ""),
        ({"machine.cpu.allowed": 64.0}, Memory(1e-7, 1.2e10, 3.2e7, 3.2e7), ""),
        ({"machine.cpu.allowed": None}, Memory(1e-7, 1.2e10, 3.2e7, 3.2e7), ""),
        ({"machine.cpu.l3": None}, Memory(1e-7, 1.2e10, 0.0, 0.0), ""),
        ({"machine.memory.latency": None}, TYPICAL, "memory of a usual server"),
        ({"machine.memory.read_1": None}, TYPICAL, "memory of a usual server"),
    ],
)
def test_the_memory_that_an_index_is_searched_in(more, wanted, told):
    """Four megabytes of the last-level cache are each processor's own."""
    view = Deriver(
        pilots.tree({name: value for name, value in {**MEASURED, **more}.items() if value is not None})
    ).view()
    assert _memory(view) == wanted
    assert (told in " ".join(view.trace.assumptions)) if told else not view.trace.assumptions
    assert (view.trace.weakest is Provenance.ASSUMED) is (wanted is TYPICAL)


@pytest.mark.parametrize(
    ("more", "graph", "candidates"),
    [
        ({}, SIFT, 100.0),
        ({"retrieval.bytes_per_element": None}, SIFT, 100.0),
        ({"retrieval.bytes_per_element": 1.0}, SIFT._replace(bytes_each=128.0), 100.0),
        ({"retrieval.m": 32.0}, SIFT._replace(links=32.0), 100.0),
        ({"retrieval.m": None, "retrieval.engine": "faiss"}, SIFT._replace(links=32.0), 100.0),
        ({"retrieval.ef_search": None}, SIFT, 64.0),
        ({"retrieval.top_k": 200.0}, SIFT, 200.0),
        ({"retrieval.top_k": 10.0}, SIFT, 100.0),
        ({"retrieval.ef_search": 0.5}, SIFT, 1.0),
    ],
)
def test_a_search_of_a_graph(more, graph, candidates):
    stated = {name: value for name, value in {**INDEX, **more}.items() if value is not None}
    assert ends("flow.search.time", stated) == pytest.approx(
        parts(as_served(graph_search(graph, candidates, TYPICAL), str(stated["retrieval.engine"])))
    )
    shown = derived("flow.search.time", stated).formula
    assert shown.startswith(
        f"{distances(graph, candidates):,.0f} distances of {graph.bytes_each:,.0f} B at ef {candidates:g} = "
    )


def test_what_nobody_stated_of_an_index_is_said():
    silent = {
        name: value
        for name, value in INDEX.items()
        if name not in ("retrieval.bytes_per_element", "retrieval.m", "retrieval.ef_search")
    }
    told = " ".join(derived("flow.search.time", silent).assumptions)
    for part in ("single precision", "16 links per node", "ef is 64"):
        assert part in told
    whole = " ".join(derived("flow.search.time", INDEX).assumptions)
    assert not any(part in whole for part in ("single precision", "links per node", "ef is 64"))
    assert derived("flow.search.time", INDEX).outside == ""
    served = derived("flow.search.time", {**INDEX, "retrieval.engine": "qdrant"}).outside
    assert served == "a service around the index adds its own time (qdrant): wide interval"
    nobody = {name: value for name, value in INDEX.items() if name != "retrieval.engine"}
    assert "(retrieval.engine is not stated)" in derived("flow.search.time", nobody).outside
    assert derived("flow.search.time", {**INDEX, "retrieval.index": ""}).inputs == ("retrieval.index",)


@pytest.mark.parametrize(
    ("more", "lists", "probes", "unpacked", "told"),
    [
        ({}, 1000.0, 10.0, 0.0, True),
        ({"retrieval.lists": 4000.0}, 4000.0, 10.0, 0.0, True),
        ({"retrieval.lists": 4000.0, "retrieval.probes": 32.0}, 4000.0, 32.0, 0.0, False),
        ({"retrieval.probes": 32.0}, 1000.0, 32.0, 0.0, True),
        ({"retrieval.bytes_per_element": 2.0}, 1000.0, 10.0, 0.0, True),
        ({"retrieval.bytes_per_element": 1.0}, 1000.0, 10.0, 128.0, True),
        ({"retrieval.vectors": 0.5}, 1.0, 10.0, 0.0, True),
    ],
)
def test_a_search_of_lists(more, lists, probes, unpacked, told):
    """The root of a million lists where nobody says how many, ten of them read; quantised elements are unpacked."""
    stated = {**INDEX, "retrieval.index": "ivf", **more}
    size = float(stated["retrieval.bytes_per_element"]) * 128
    wanted = inverted_search(
        float(stated["retrieval.vectors"]), size, lists, probes, TYPICAL, unpacked=unpacked
    )
    assert ends("flow.search.time", stated) == pytest.approx(parts(wanted))
    found = derived("flow.search.time", stated)
    assert found.formula.startswith(f"{probes:g} of {lists:,.0f} lists = ")
    assert any("sqrt(N) lists" in one for one in found.assumptions) is told


def test_a_search_of_every_vector():
    flat = {**INDEX, "retrieval.index": "flat"}
    assert ends("flow.search.time", flat) == pytest.approx(
        parts(inverted_search(1e6, 512.0, 1.0, 1.0, TYPICAL, unpacked=0.0))
    )
    assert derived("flow.search.time", flat).formula.startswith("every vector is read: ")
    narrow = {name: value for name, value in flat.items() if name != "retrieval.bytes_per_element"}
    assert ends("flow.search.time", narrow) == pytest.approx(ends("flow.search.time", flat))


def test_rates_of_searches():
    """Eight cores of 4 ms are 2,000 a second; 16 clients of 20 ms ask 800, of an index that does 500; 32 in flight of 400 wait 80 ms."""
    found = derived("flow.search.rate_max", {"flow.search.time": 0.004, "retrieval.cores": 8.0})
    assert (found.value.value, found.formula) == (2000.0, "8 cores / 4 ms = 2,000 searches/s")
    closed = {"retrieval.clients": 16.0, "retrieval.search_p50": 0.02, "retrieval.search_rate_max": 500.0}
    shown = derived("flow.search.closed_loop_rate", closed)
    assert shown.value.value <= 500.0
    assert shown.formula.startswith("min(16 / 20 ms, 500) = ")
    free = {**closed, "retrieval.search_rate_max": 1e6}
    assert number("flow.search.closed_loop_rate", free) == pytest.approx(800.0, rel=0.01)
    assert number("flow.search.closed_loop_rate", {**free, "retrieval.search_p50": 0.5}) == pytest.approx(
        32.0, rel=0.01
    )
    assert (
        "a search takes time"
        in derived("flow.search.closed_loop_rate", {**closed, "retrieval.search_p50": 0.0}).why_unknown
    )
    waiting = {"retrieval.clients": 32.0, "retrieval.search_rate_max": 400.0}
    assert ends("flow.search.saturated_time", waiting) == pytest.approx((0.08, 0.08 * 0.88, 0.08 * 1.12))
    assert (
        derived("flow.search.saturated_time", waiting).formula
        == "Little: 32 in flight / 400 searches/s = 80 ms"
    )


@pytest.mark.parametrize(
    ("more", "build", "kept"),
    [
        ({}, Build("hnswlib", None, None), 200.0),
        ({"retrieval.ef_construction": 400.0}, Build("hnswlib", 400.0, None), 400.0),
        ({"retrieval.engine": "faiss"}, Build("faiss", None, None), 40.0),
        ({"retrieval.cores": 4.0}, Build("hnswlib", None, 4.0), 200.0),
    ],
)
def test_the_building_of_a_graph(more, build, kept):
    wanted = build_time(SIFT, build)
    found = derived("flow.reindex.build_time", {**INDEX, **more})
    assert (found.value.value, found.low, found.high) == pytest.approx(parts(wanted))
    assert found.formula.startswith(f"1,000,000 vectors, {kept:g} candidates each = ")
    said = " ".join(found.assumptions)
    assert (f"{kept:g} candidates while building" in said) is ("retrieval.ef_construction" not in more)
    assert ("12 cores build the index" in said) is ("retrieval.cores" not in more)


def test_how_sure_a_build_is():
    outside = {
        engine: derived(
            "flow.reindex.build_time", {**INDEX, "retrieval.engine": engine, "retrieval.build_memory": 1e12}
        ).outside
        for engine in ("hnswlib", "qdrant", "managed", "")
    }
    assert outside["hnswlib"] == ""
    assert outside["qdrant"].startswith("published builds of qdrant differ")
    assert outside["managed"].startswith("how a managed service builds an index")
    assert outside[""].startswith("how the engine builds an index is not known")
    for kind in ("ivf", "flat"):
        assert (
            "only the building of HNSW"
            in derived("flow.reindex.build_time", {**INDEX, "retrieval.index": kind}).why_unknown
        )
    alone = {**INDEX, **MEASURED, "retrieval.cores": 4.0}
    assert derived("flow.reindex.build_time", alone).provenance is Provenance.DECLARED
    assert (
        derived(
            "flow.reindex.build_time", {k: v for k, v in alone.items() if k != "retrieval.cores"}
        ).provenance
        is Provenance.ASSUMED
    )


PG = {**INDEX, "retrieval.engine": "pgvector", "retrieval.cores": 4.0}


@pytest.mark.parametrize(
    ("more", "spills"),
    [
        ({"retrieval.build_memory": 1e12}, False),
        ({"retrieval.build_memory": 1e6}, True),
        ({"retrieval.build_memory": 3e8}, True),
        ({"retrieval.vectors": 1e4}, False),
        ({"retrieval.engine": "hnswlib"}, False),
    ],
)
def test_of_a_build_the_rest_that_does_not_fit_its_memory_goes_page_by_page(more, spills):
    """By pgvector's own warning beyond maintenance_work_mem, 64 MiB by default: what fits is built in memory first."""
    stated = {**PG, **more}
    graph, build = (
        SIFT._replace(vectors=float(stated["retrieval.vectors"])),
        Build(str(stated["retrieval.engine"]), None, 4.0),
    )
    outside = 1.0 - float(stated.get("retrieval.build_memory", 0.0)) / graph_in_memory(graph)
    wanted = build_time(graph, build, spilled=PAGED * outside) if spills else build_time(graph, build)
    found = derived("flow.reindex.build_time", stated)
    assert (found.value.value, found.low, found.high) == pytest.approx(parts(wanted))
    assert ("exceeds retrieval.build_memory" in found.outside) is spills


@pytest.mark.parametrize(
    ("engine", "asked"), [("pgvector", "retrieval.build_memory"), ("", "retrieval.engine")]
)
def test_a_build_of_which_nobody_states_the_memory_is_bounded_by_both_ends_and_asks_for_it(engine, asked):
    """An engine that nobody states may be pgvector."""
    open_ = {name: value for name, value in {**PG, "retrieval.engine": engine}.items() if value != ""}
    found = derived("flow.reindex.build_time", open_)
    alone, paged = (build_time(SIFT, Build(engine, None, 4.0), spilled=spilled) for spilled in (None, PAGED))
    assert found.value is None
    assert (found.low, found.high) == pytest.approx((alone.low, paged.high))
    assert f"state {asked}" in found.why_unknown
    assert found.inputs == (asked,)
    for memory in (1e6, 3e8, 1e12):
        stated = derived("flow.reindex.build_time", {**open_, "retrieval.build_memory": memory})
        assert found.low <= stated.low <= stated.high <= found.high


def test_a_graph_of_exactly_the_memory_fits():
    exact = graph_in_memory(SIFT)
    assert derived("flow.reindex.build_time", {**PG, "retrieval.build_memory": exact}).outside == ""
    assert derived("flow.reindex.build_time", {**PG, "retrieval.build_memory": exact - 1}).outside != ""
    usual = 64 * 2.0**20
    for vectors, fits in ((usual / exact * 0.99e6, True), (usual / exact * 1.01e6, False)):
        found = derived("flow.reindex.build_time", {**PG, "retrieval.vectors": vectors})
        assert (found.value is not None) is fits


# https://github.com notes on an image search of 60 million pages, 2026-09: pgvector 0.8.6, halfvec(512), an M1 of 8 cores
HALVES = [(2e5, 8, 4e9, 25), (5e5, 8, 4e9, 78), (1e6, 8, 4e9, 171), (2e6, 8, 4e9, 371), (1e6, 1, 4e9, 563), (1e6, 4, 4e9, 195),
          (1e6, 8, 1.28e8, 867)]  # fmt: skip


@pytest.mark.parametrize(("vectors", "cores", "memory", "published"), HALVES)
def test_published_builds_of_halves_lie_inside(vectors, cores, memory, published):
    """Values of two bytes take half the memory of a graph, so two million of them fit where as many of four would not."""
    stated = {"retrieval.vectors": vectors, "retrieval.dims": 512.0, "retrieval.bytes_per_element": 2.0, "retrieval.cores": float(cores),
              "retrieval.build_memory": memory}  # fmt: skip
    found = derived("flow.reindex.build_time", {**PG, **stated})
    assert found.low <= published <= found.high
    assert (memory < 1e9) is (found.outside != "")


@pytest.mark.parametrize(
    ("more", "compute", "tokens", "told"),
    [
        ({}, None, None, True),
        ({"machine.accelerators.compute_half": 9.89e14}, 9.89e14, None, True),
        ({"retrieval.chunk_tokens": 200.0}, None, 200.0, True),
        (
            {"machine.accelerators.compute_half": 9.89e14, "retrieval.chunk_tokens": 200.0},
            9.89e14,
            200.0,
            False,
        ),
    ],
)
def test_texts_that_an_accelerator_embeds(more, compute, tokens, told):
    found = derived("flow.embed.rate", {"retrieval.embedder_bytes": 4.4e8, **more})
    wanted = embedding_rate(4.4e8, compute=compute, tokens=tokens)
    assert (found.value.value, found.low, found.high) == pytest.approx(parts(wanted))
    assert any("order of magnitude" in one for one in found.assumptions) is told


@pytest.mark.parametrize(
    ("size", "published"),
    [
        (9.1e7, 220.66),
        (1.33e8, 132.48),
        (4.38e8, 127.76),
        (1.34e9, 70.67),
        (4.38e8, 10200.0),
        (2.27e9, 3400.0),
    ],
)
def test_texts_of_no_stated_length_or_batch_lie_inside(size, published):
    """Loops of one text each on an RTX 4070 (searchlayer.tech, 2025-12), and short ones in batches on an RTX 5060 Ti (gigagpu.com, 2026)."""
    found = derived("flow.embed.rate", {"retrieval.embedder_bytes": size})
    assert found.low <= published <= found.high
    assert "at once" in found.outside
