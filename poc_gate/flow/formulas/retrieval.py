"""Vector indexes: memory, rebuild time, throughput of a closed loop, embedding; pure formulas without facts."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.formulas.speed.fitted_intervals import INTERVALS
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


PAGE = 8192.0
"""Bytes of a PostgreSQL page."""


def paged_graph_bytes(vectors: float, dims: float, element: float, links: float) -> Span:
    """Return the bytes of a pgvector HNSW index: whole elements on pages of 8 KiB, neighbours beside them.

    An element of more than half a page has a page to itself, however much of it stays empty.
    """
    each = element * dims + 8.0 + 96.0
    neighbours = 6.0 * links * 3.0 + 24.0
    room = PAGE - 24.0 - 8.0
    if each > room:
        return Span(vectors * each, vectors * each, 1.5 * vectors * each)
    together = each + neighbours
    per_page = max(1.0, room // together) if together <= room else room // each
    pages = max(neighbours / room, 1.0 / max(1.0, room // neighbours))
    likely = vectors * PAGE * (1.0 / per_page + (0.0 if together <= room else pages))
    return Span(likely, min(likely, vectors * element * dims), 1.25 * likely)


SHORTEST, LONGEST = 8.0, 512.0
"""Tokens of a query, and the most that encoders of the usual kind take."""

LAUNCHED = 24.0 * 0.9e-3
"""Seconds in which an eager framework launches the kernels of a large encoder, 24 layers, once for each batch: texts that
come one at a time wait for that. Loops of one text each reached 70 to 220 texts/s on an RTX 4070 with 24 to 6 layers
(searchlayer.tech, 2025-12)."""

USUAL_RATE = 125e12
"""Half-precision flop/s of the data-centre GPU of 2017 for which rates without lengths are published (V100)."""


def embedding_rate(model_bytes: float, *, compute: float | None = None, tokens: float | None = None) -> Span:
    """Return the texts per second of an embedding model of `model_bytes` on one accelerator, likely in batches.

    With the device's half-precision rate and the tokens of a text: two flop per parameter (4 bytes each in the usual
    files) and token. Without: inverse to the model's size, as published for one data-centre GPU of 2017 with texts of a
    sentence; lengths are not published with those figures, so the interval reaches to texts of a few words. Its low end is
    that of texts which come one at a time, to an eager framework: nobody states how many an embedder is given at once.
    """
    each = 2.0 * model_bytes / 4.0
    reached = KINDS["embed"]["mfu"] * (compute or USUAL_RATE)
    alone = 1.0 / (LAUNCHED + each * (tokens or LONGEST) / reached)
    if compute and tokens:
        likely, most = reached / (each * tokens), 4.0
    else:
        likely, most = KINDS["embed"]["bytes_per_s"] / model_bytes, 3.0 if tokens else SHORTEST
    return Span(likely, min(likely / 4.0, alone), likely * most)
