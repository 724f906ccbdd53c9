"""Time of building a vector index: receiving every vector, finding its place in the graph, linking it, and writing it; pure formulas.

Finding a place is a search that keeps `ef_construction` candidates; linking compares the candidates with one another and
trims the lists of every neighbour. Engines differ in what they do besides: a library does nothing else, PostgreSQL writes
whole pages, services receive and store each vector, engines in segments build most of the graph again when segments merge.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.retrieval import paged_graph_bytes
from poc_gate.flow.formulas.search_time import TYPICAL, Graph, Memory, distance_time, distances
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.formulas.speed.worlds import hull
from poc_gate.flow.span import Span, as_span
from poc_gate.model.engines.search_engines import search_engine

BUILDERS = ("library", "pages", "graph", "sealed", "optimised", "segmented", "managed")
"""How engines build, as `SearchEngine.builds` names it; one that is not known may be any of them."""

OTHERS = ("library", "pages", "graph", "sealed", "optimised")
"""How an engine may build that is none of those with a row: those that build each segment twice and managed services are all named."""

FEWER, FEWER_POWER = 16.0, 0.55
"""Links from which on more of a candidate's neighbours were met before, and the power of the links by which distances then
grow less: twice the links took Elasticsearch 1.15, Qdrant 1.2 and Milvus 1.4 times as long (the sources of this module)."""

LINKING = 900.0
"""Distances of choosing neighbours and trimming theirs at 16 links, growing with the root of the links: builds of pgvector
with 64 and 200 candidates differ by less than threefold (supabase.com/blog/pgvector-fast-builds: 17 and 40 minutes on one core)."""

RECEIVED, RECEIVED_BYTE = 6e-5, 4e-8
"""Seconds of receiving and storing one vector, and one byte of it, over one client: 0.11 ms at 100 and 0.25 ms at 960
dimensions for Qdrant and Milvus (stefanosGiannakopoulos/VectorDB_Comparison, 2025)."""

WRITTEN = 3e7
"""Bytes of pages that PostgreSQL writes and logs per second at the end of a build, on one process: with 64 cores a build
of 8 GB still takes five minutes, and 1.6 minutes without the log (supabase.com/blog/pgvector-fast-builds)."""

PAGED = Span(4e-6, 1.5e-6, 1e-5)
"""Seconds that a distance costs more where the graph does not fit the memory of the build, so that each vector is looked up
on a page: a million vectors of 96 dimensions took 67 minutes on three processes, 34 on eleven (pgvector issue 500). What fits is
built in memory first, so only the rest of the vectors pays it."""


def graph_in_memory(graph: Graph) -> float:
    """Return the bytes of a graph while pgvector builds it: vectors, 16 bytes for each of 2 M neighbours, and what an element needs."""
    return graph.vectors * (graph.bytes_each + 32.0 * graph.links + 100.0)


def compared(graph: Graph, candidates: float) -> float:
    """Return the distances that building computes for one vector: its search, and linking it."""
    found = distances(graph, candidates) * math.pow(FEWER / max(FEWER, graph.links), FEWER_POWER)
    return found + LINKING * math.sqrt(graph.links / 16.0)


class Build(NamedTuple):
    """How an index is built, as far as it is known."""

    engine: str = ""
    candidates: float | None = None
    """Candidates kept for each vector (ef_construction); None where it is not said, which is what the engine takes by default."""
    cores: float | None = None
    memory: Memory = TYPICAL

    def kept(self) -> float:
        """Return the candidates as said, or as the engine takes by default."""
        return self.candidates if self.candidates is not None else search_engine(self.engine).candidates


def build_time(graph: Graph, build: Build, *, spilled: Span | None = None) -> Span:
    """Return the seconds to load and index all vectors.

    Cores wait for one another (`parallel`); where they are unknown 12 are taken. An engine that nobody states may build like any. `spilled` is
    what a distance costs more in the mean of all vectors, where the graph does not fit the memory of the build.
    """
    builds = search_engine(build.engine).builds
    kinds = (builds,) if builds else OTHERS if build.engine == "other" else BUILDERS
    spans = [_as(kind, graph, build, spilled) for kind in kinds]
    return spans[0] if len(spans) == 1 else hull(spans)


def _as(kind: str, graph: Graph, build: Build, spilled: Span | None) -> Span:
    """Return the time of an engine that builds in that way; engines in segments are seldom left at the candidates they take by default."""
    constants, inside = KINDS["reindex"], kind in {"library", "pages"}
    work = (
        graph.vectors * compared(graph, build.kept()) / max(0.1, build.cores or 12.0) ** constants["parallel"]
    )
    whole = graph.vectors * (graph.bytes_each + 8.0 * graph.links)
    each = distance_time(graph.bytes_each, whole, build.memory) + (0.0 if inside else constants["each"])
    tuned = kind == "segmented" and build.candidates is None
    likely = work * each * constants[kind] * (constants["unsaid"] if tuned else 1.0) + _besides(kind, graph)
    low, high = INTERVALS["reindex_unsaid" if tuned else f"reindex_{kind}"]
    more = spilled if spilled is not None and kind == "pages" else as_span(0.0)
    return Span(likely + work * more.likely, likely * low + work * more.low, likely * high + work * more.high)


def _besides(kind: str, graph: Graph) -> float:
    """Return the seconds that go by beside the graph: pages are written, services receive and store each vector."""
    if kind == "library":
        return 0.0
    if kind == "pages":
        return paged_graph_bytes(graph.vectors, graph.bytes_each, 1.0, graph.links).likely / WRITTEN
    return graph.vectors * (RECEIVED + RECEIVED_BYTE * graph.bytes_each)
