"""Derived facts on searching and building a vector index: time of a search, its highest rate, building, embedding."""

from __future__ import annotations

from poc_gate.flow.formulas.index_build import PAGED, Build, build_time, graph_in_memory
from poc_gate.flow.formulas.retrieval import closed_loop_rate, embedding_rate
from poc_gate.flow.formulas.search_time import (
    CACHE_PER_CPU,
    TYPICAL,
    Graph,
    Memory,
    as_served,
    distances,
    graph_search,
    inverted_search,
)
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.search_engines import search_engine

_MEMORY = ("machine.memory.latency", "machine.memory.read_1", "machine.cpu.l3", "machine.cpu.allowed")
_GRAPH = (
    "retrieval.vectors", "retrieval.dims", "retrieval.bytes_per_element", "retrieval.m", "retrieval.engine",
    "retrieval.index",
)  # fmt: skip
_REFERENCE = "docs/models/retrieval.md; Malkov and Yashunin 2018"


def _memory(view: FactView) -> Memory:
    latency, rate, cache, processors = (view.maybe(name) for name in _MEMORY)
    if latency is None or rate is None:
        view.assume(
            "memory of a usual server: 100 ns and 12 GB/s a thread (poc-gate probe measures it)", weaken=True
        )
        return TYPICAL
    whole = cache.likely if cache else 0.0
    own = min(whole, CACHE_PER_CPU * processors.likely) if processors else whole
    if own < whole:
        view.assume(
            f"{as_span(own).shown('B')} of {as_span(whole).shown('B')} last-level cache are this machine's own: others may use the rest"
        )
    return Memory(latency.likely, rate.likely, whole, own)


def _graph(view: FactView) -> Graph:
    vectors, dims = view.need("retrieval.vectors", "retrieval.dims")
    element = view.maybe("retrieval.bytes_per_element")
    if element is None:
        view.assume("vectors are in single precision (retrieval.bytes_per_element is not stated)")
        element = as_span(4.0)
    links = view.maybe("retrieval.m")
    usual = search_engine(view.text("retrieval.engine")).links
    if links is None:
        view.assume(f"{usual:g} links per node, the engine's default (retrieval.m is not stated)")
    return Graph(vectors.likely, dims.likely * element.likely, links.likely if links else usual)


def _search(view: FactView) -> DerivedValue:
    engine, alone = view.text("retrieval.engine"), _index_alone(view)
    assert isinstance(alone.value, Span)
    time = as_served(alone.value, engine)
    if search_engine(engine).slower is None:
        view.outside(
            f"a service around the index adds its own time ({engine or 'retrieval.engine is not stated'}): wide interval"
        )
    return DerivedValue(time, f"{alone.formula}; as served {time.shown('s')}")


def _index_alone(view: FactView) -> DerivedValue:
    graph, kind = _graph(view), view.text("retrieval.index")
    if kind == "ivf":
        return _inverted(view, graph)
    if kind == "flat":
        time = inverted_search(
            graph.vectors, graph.bytes_each, 1.0, 1.0, _memory(view), unpacked=_unpacked(view)
        )
        return DerivedValue(time, f"every vector is read: {time.shown('s')}")
    if kind != "hnsw":
        raise view.missing("retrieval.index")
    kept, wanted = view.maybe("retrieval.ef_search"), view.maybe("retrieval.top_k")
    if kept is None:
        view.assume("ef is 64 (retrieval.ef_search is not stated): more candidates find more and take longer")
    candidates = max(kept.likely if kept else 64.0, wanted.likely if wanted else 1.0)
    time = graph_search(graph, candidates, _memory(view))
    return DerivedValue(
        time,
        f"{distances(graph, candidates):,.0f} distances of {graph.bytes_each:,.0f} B at ef {candidates:g} = {time.shown('s')}",
    )


def _unpacked(view: FactView) -> float:
    """Return the elements of a vector that are unpacked before they are compared: all of them where they are quantised."""
    element = view.maybe("retrieval.bytes_per_element")
    return view.one("retrieval.dims").likely if element is not None and element.likely < 2.0 else 0.0


def _inverted(view: FactView, graph: Graph) -> DerivedValue:
    lists, probes = view.maybe("retrieval.lists"), view.maybe("retrieval.probes")
    if lists is None or probes is None:
        view.assume("sqrt(N) lists of which 10 are read (retrieval.lists, retrieval.probes)")
    count = lists.likely if lists else max(1.0, graph.vectors**0.5)
    read = probes.likely if probes else 10.0
    time = inverted_search(
        graph.vectors, graph.bytes_each, count, read, _memory(view), unpacked=_unpacked(view)
    )
    return DerivedValue(time, f"{read:g} of {count:,.0f} lists = {time.shown('s')}")


def _rate(view: FactView) -> DerivedValue:
    time, cores = view.need("flow.search.time", "retrieval.cores")
    rate = cores / time
    return DerivedValue(rate, f"{cores.likely:g} cores / {time.shown('s')} = {rate.likely:,.0f} searches/s")


def _build(view: FactView) -> DerivedValue:
    graph, engine = _graph(view), view.text("retrieval.engine")
    if view.text("retrieval.index") in {"ivf", "flat"}:
        raise CannotDeriveError("only the building of HNSW indexes is predicted; state retrieval.write_rate")
    effort, cores = view.maybe("retrieval.ef_construction"), view.maybe("retrieval.cores")
    build = Build(engine, effort.likely if effort else None, cores.likely if cores else None, _memory(view))
    if effort is None:
        view.assume(
            f"{build.kept():g} candidates while building, as engines default to (retrieval.ef_construction)"
        )
    if cores is None:
        view.assume("12 cores build the index (retrieval.cores is not stated)", weaken=True)
    if not search_engine(engine).builds:
        view.outside("how the engine builds an index is not known (retrieval.engine)")
    elif search_engine(engine).builds == "managed":
        view.outside("how a managed service builds an index is not published (measure one build)")
    elif search_engine(engine).builds == "optimised":
        view.outside(
            f"published builds of {engine} differ by a factor of ten with its segments and threads (measure one of them)"
        )
    time = _as_memory_allows(view, graph, build)
    return DerivedValue(
        time, f"{graph.vectors:,.0f} vectors, {build.kept():g} candidates each = {time.shown('s')}"
    )


_USUAL_BUILD_MEMORY = 64 * 2.0**20
"""What PostgreSQL gives to the building of an index (maintenance_work_mem) where nobody sets it."""


def _as_memory_allows(view: FactView, graph: Graph, build: Build) -> Span:
    """Return the time of a build that may not fit the memory it is given: pgvector then goes on page by page.

    Where nobody states that memory, it decides: published builds without it took 2 to 10 times as long as in memory, those of a small setting 5 to
    160 times. The time is unknown then, between that of a build in memory and that of PostgreSQL's own setting.
    """
    fitting, whole = build_time(graph, build), graph_in_memory(graph)
    given = view.maybe("retrieval.build_memory")
    if build.engine not in {"", "pgvector"} or whole <= (given.likely if given else _USUAL_BUILD_MEMORY):
        return fitting
    size = as_span(whole).shown("B")
    if given is not None:
        view.outside(
            f"the graph of {size} exceeds retrieval.build_memory, so the rest is written page by page"
        )
        return build_time(graph, build, spilled=PAGED * (1.0 - given.likely / whole))
    decides = "retrieval.build_memory" if build.engine else "retrieval.engine"
    most = build_time(graph, build, spilled=PAGED).high
    raise CannotDeriveError(
        f"whether the graph of {size} fits the memory of the build, PostgreSQL's maintenance_work_mem, is not known: state {decides}; "
        f"it takes {as_span(fitting.low).shown('s')} or more in memory, and up to {as_span(most).shown('s')} page by page",
        (decides,),
        low=fitting.low,
        high=most,
    )


def _embed(view: FactView) -> DerivedValue:
    size = view.one("retrieval.embedder_bytes")
    compute, tokens = view.maybe("machine.accelerators.compute_half"), view.maybe("retrieval.chunk_tokens")
    if tokens is None or compute is None:
        view.assume(
            "texts of a sentence on a data-centre GPU of 2017, an order of magnitude (retrieval.chunk_tokens)"
        )
    view.outside(
        "how many texts the embedder is given at once is not known: one at a time may take a hundred times as long as in batches "
        "(measure retrieval.embed_rate with the pilot's own texts)"
    )
    rate = embedding_rate(
        size.likely, compute=compute.likely if compute else None, tokens=tokens.likely if tokens else None
    )
    return DerivedValue(rate, f"a model of {size.shown('B')}: {rate.likely:,.0f} texts/s")


def _closed(view: FactView) -> DerivedValue:
    clients, single, most = view.need(
        "retrieval.clients", "retrieval.search_p50", "retrieval.search_rate_max"
    )
    if single.likely <= 0:
        raise CannotDeriveError("retrieval.search_p50 is 0 s: a search takes time")
    rate = closed_loop_rate(clients.likely, 1.0 / single.likely, most.likely)
    return DerivedValue(
        rate,
        f"min({clients.likely:g} / {single.shown('s')}, {most.likely:,.0f}) = {rate.likely:,.0f} searches/s",
    )


def _latency(view: FactView) -> DerivedValue:
    clients, most = view.need("retrieval.clients", "retrieval.search_rate_max")
    time = clients / most
    span = Span(time.likely, time.low * 0.88, time.high * 1.12)
    return DerivedValue(
        span, f"Little: {clients.likely:g} in flight / {most.likely:,.0f} searches/s = {span.shown('s')}"
    )


DERIVATIONS = (
    Derivation(
        "flow.search.time", "Time of one search of the vector index by one thread",
        "distances x (latency + bytes / bandwidth + arithmetic)",
        (*_GRAPH, "retrieval.ef_search", "retrieval.top_k", "retrieval.lists", "retrieval.probes", *_MEMORY),
        _search, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.search.rate_max", "Searches per second that the cores of the index can do", "cores / time of one search",
        ("flow.search.time", "retrieval.cores"), _rate, "1/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.search.closed_loop_rate", "Searches per second of the stated clients, each waiting for its answer",
        "min(N / R_1, X_max)", ("retrieval.clients", "retrieval.search_p50", "retrieval.search_rate_max"), _closed, "1/s",
        reference="asymptotic bounds of operational analysis",
    ),
    Derivation(
        "flow.search.saturated_time", "Time of one search when the stated clients saturate the index", "N / X_max",
        ("retrieval.clients", "retrieval.search_rate_max"), _latency, "s", reference="Little 1961",
    ),
    Derivation(
        "flow.reindex.build_time", "Time to load and build the whole index",
        "N x distances(ef_construction) x time of one / cores",
        (*_GRAPH, "retrieval.ef_construction", "retrieval.cores", "retrieval.build_memory", *_MEMORY), _build, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.embed.rate", "Texts per second that one accelerator embeds", "F x MFU / (2 P x tokens)",
        ("retrieval.embedder_bytes", "retrieval.chunk_tokens", "machine.accelerators.compute_half"), _embed, "1/s",
        reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
