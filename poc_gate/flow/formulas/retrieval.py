"""Vector indexes: memory, rebuild time, throughput of a closed loop, embedding; pure formulas without facts."""

from __future__ import annotations

from poc_gate.flow.formulas.fitted_constants import INTERVALS, KINDS
from poc_gate.flow.span import Span

OVERHEAD = 1.1
"""Allocator and segment overhead over raw vectors and links (OpenSearch k-NN sizing pages)."""

LINK_BYTES = 8.0
"""Bytes per HNSW link: two 4-byte neighbour ids, both directions."""


def graph_index_bytes(
    vectors: float, dims: float, element: float, links: float, *, overhead: float = OVERHEAD
) -> Span:
    """Return the memory of an HNSW index: OpenSearch's formula, up to half more as other engines need.

    `element` is bytes per vector element. Engines state 1.1 (b d + 8 M) N, 1.2 (b d + 16 M) N and
    1.5 x raw; the widest of them is the high end.
    """
    raw = vectors * element * dims
    likely = overhead * (element * dims + LINK_BYTES * links) * vectors
    return Span(
        likely, min(likely, raw), max(1.5 * raw, 1.2 * (element * dims + 16.0 * links) * vectors, likely)
    )


def inverted_index_bytes(vectors: float, dims: float, element: float, lists: float = 0.0) -> Span:
    """Return the memory of an IVF index: the vectors and the centroids in single precision."""
    raw = vectors * element * dims
    likely = OVERHEAD * (element * dims * vectors + 4.0 * lists * dims)
    return Span(likely, min(likely, raw), max(1.5 * raw, likely))


def flat_index_bytes(vectors: float, dims: float, element: float) -> Span:
    """Return the memory of an exact index: the vectors alone."""
    raw = vectors * element * dims
    return Span(raw, raw, OVERHEAD * raw)


def closed_loop_rate(clients: float, single: float, saturated: float) -> Span:
    """Return the queries per second of `clients` that each wait for their answer.

    `single` is the rate of one client, `saturated` the highest rate measured: the asymptotic bounds of
    operational analysis, min(N R1, X_max).
    """
    likely = min(clients * single, saturated)
    low, high = INTERVALS["closedloop"]
    return Span(likely, likely * low, likely * high)


def build_time(vectors: float, dims: float) -> Span:
    """Return the seconds to load and index vectors into one server of 8 to 16 cores: linear in the bytes."""
    likely = KINDS["reindex"]["seconds"] * vectors / 1e6 * dims / 768.0
    low, high = INTERVALS["reindex"]
    return Span(likely, likely * low, likely * high)


def embedding_rate(model_bytes: float) -> Span:
    """Return the sentences per second of an embedding model on one data-centre GPU of 2017.

    Inverse to the model's size; lengths are not published with the figures behind it, so it is an
    order of magnitude.
    """
    likely = KINDS["embed"]["bytes_per_s"] / model_bytes
    return Span(likely, likely / 3.0, likely * 3.0)
