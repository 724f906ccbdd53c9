"""Vector indexes: memory, rebuild time, throughput of a closed loop; pure formulas without facts."""

from __future__ import annotations

from poc_gate.flow.span import Span

OVERHEAD = 1.1
"""Allocator and segment overhead over raw vectors and links (OpenSearch k-NN sizing pages)."""

LINK_BYTES = 8.0
"""Bytes per HNSW link: two 4-byte neighbour ids, both directions."""


def graph_index_bytes(vectors: float, dims: float, element: float, links: float) -> Span:
    """Return the memory of an HNSW index: OpenSearch's formula, up to half more as other engines need.

    `element` is bytes per vector element. Engines state 1.1 (b d + 8 M) N, 1.2 (b d + 16 M) N and
    1.5 x raw; the widest of them is the high end.
    """
    raw = vectors * element * dims
    likely = OVERHEAD * (element * dims + LINK_BYTES * links) * vectors
    return Span(
        likely, min(likely, raw), max(1.5 * raw, 1.2 * (element * dims + 16.0 * links) * vectors, likely)
    )


def inverted_index_bytes(vectors: float, dims: float, element: float, lists: float = 0.0) -> Span:
    """Return the memory of an IVF index: vectors with 24 bytes of bookkeeping each, and the centroids."""
    raw = vectors * element * dims
    likely = OVERHEAD * ((element * dims + 24.0) * vectors + 4.0 * lists * dims)
    return Span(likely, min(likely, raw), max(1.5 * raw, likely))


def flat_index_bytes(vectors: float, dims: float, element: float) -> Span:
    """Return the memory of an exact index: the vectors alone."""
    raw = vectors * element * dims
    return Span(raw, raw, OVERHEAD * raw)


def closed_loop_rate(clients: float, single: float, saturated: float) -> Span:
    """Return the queries per second of `clients` that each wait for their answer.

    `single` is the rate of one client, `saturated` the highest rate measured. The upper bound is the
    asymptote min(N R1, X_max); the likely rate follows the operational law with a soft knee.
    """
    bound = min(clients * single, saturated)
    return Span(bound, 0.5 * bound, 1.1 * bound)
