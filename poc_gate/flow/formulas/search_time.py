"""Time of one search in a vector index, from what the memory and the processor do; pure formulas.

A graph search computes distances to the neighbours of each candidate that it keeps; each distance reads one vector from
wherever it lies: in the third-level cache while the index fits there, else from memory at the cost of a random access.
An inverted index reads whole lists one after the other, at the bandwidth of one thread.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
from poc_gate.flow.span import Span
from poc_gate.model.engines.search_engines import search_engine


class Memory(NamedTuple):
    """What a search meets in the machine."""

    latency: float
    """Seconds of one dependent load from memory."""
    bandwidth: float
    """Bytes per second that one thread reads."""
    cache: float = 0.0
    """Bytes of last-level cache; 0 when unknown."""
    own: float = 0.0
    """Bytes of it that nobody else uses; the rest may be taken by other machines on the same processor."""


CACHE_PER_CPU = 4e6
"""Bytes of last-level cache to a logical processor that servers of 2020 to 2025 have; a guest that sees more shares it."""

TYPICAL = Memory(latency=100e-9, bandwidth=12e9, cache=32e6)
"""A server of recent years, where nothing was measured."""


class Graph(NamedTuple):
    """An HNSW index."""

    vectors: float
    bytes_each: float
    """Bytes of one vector."""
    links: float
    """M: links per node above the lowest layer, which has twice as many."""


def distances(graph: Graph, candidates: float) -> float:
    """Return how many distances one search computes: neighbours not seen before of each candidate, and the way down."""
    down = graph.links * math.log(max(graph.vectors, 2.0)) / math.log(max(graph.links, 2.0))
    return min(graph.vectors, KINDS["search"]["fresh"] * 2.0 * graph.links * candidates + down)


def distance_time(bytes_each: float, whole: float, memory: Memory) -> float:
    """Return the seconds of one distance: the vector's way from cache or memory, and the arithmetic."""
    constants = KINDS["search"]
    outside = 1.0 if memory.cache <= 0 else max(0.0, 1.0 - memory.cache / max(whole, 1.0))
    fetched = outside * (constants["exposed"] * memory.latency + bytes_each / memory.bandwidth)
    return constants["fixed"] + constants["per_byte"] * bytes_each + fetched


def graph_search(graph: Graph, candidates: float, memory: Memory) -> Span:
    """Return the seconds of one search of a graph by one thread with `candidates` kept (ef)."""
    whole = graph.vectors * (graph.bytes_each + 8.0 * graph.links)
    crowded = memory._replace(cache=memory.own) if 0.0 < memory.own < memory.cache else memory
    quiet, busy = (
        distances(graph, candidates) * distance_time(graph.bytes_each, whole, each)
        for each in (memory, crowded)
    )
    span = _wide(quiet)
    return Span(span.likely, span.low, max(span.high, busy * INTERVALS["search"][1]))


def inverted_search(
    vectors: float, bytes_each: float, lists: float, probes: float, memory: Memory, *, unpacked: float = 0.0
) -> Span:
    """Return the seconds of one search that reads `probes` of `lists` lists, and every centroid first.

    `unpacked` are the elements of a quantised vector, each of which has to be unpacked before it is compared.
    """
    read = bytes_each * (vectors * min(1.0, probes / lists) + lists)
    whole = vectors * bytes_each
    constants, cached = KINDS["search"], memory.cache >= whole
    rate = memory.bandwidth * (2.0 if cached else 1.0)
    elements = unpacked * vectors * min(1.0, probes / lists)
    return _wide(
        constants["call"]
        + read / rate
        + constants["per_byte" if cached else "per_byte_outside"] * read
        + constants["unpack"] * elements
    )


def _wide(likely: float) -> Span:
    low, high = INTERVALS["search"]
    return Span(likely, likely * low, likely * high)


CALL = 2e-3
"""Seconds that a query may spend in a service around the search itself."""


def as_served(time: Span, engine: str) -> Span:
    """Return the time under an engine: a library's own factor, or the wide interval of a service around its index."""
    slower = search_engine(engine).slower
    if slower is not None:
        return time * slower
    return Span(2.0 * time.likely, time.low, 8.0 * time.likely + CALL)
