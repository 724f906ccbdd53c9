"""Derived facts on retrieval and freshness: index memory, re-indexing, the oldest answer."""

from __future__ import annotations

from poc_gate.flow.formulas.retrieval import (
    flat_index_bytes,
    graph_index_bytes,
    inverted_index_bytes,
    paged_graph_bytes,
)
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.tried_cases import upper_of
from poc_gate.flow.span import Span, largest

_INDEX = (
    "retrieval.vectors", "retrieval.dims", "retrieval.bytes_per_element", "retrieval.index", "retrieval.m",
    "retrieval.replicas", "demand.corpus_growth_12m", "retrieval.engine", "retrieval.lists",
)  # fmt: skip


def index_of(view: FactView, vectors: float) -> Span:
    """Return the bytes of one copy of the index with that many vectors."""
    dims, element = view.need("retrieval.dims", "retrieval.bytes_per_element")
    kind = view.text("retrieval.index")
    if kind == "hnsw":
        links = view.one("retrieval.m")
        engine, sizes = view.text("retrieval.engine"), (vectors, dims.likely, element.likely, links.likely)
        graph, paged = graph_index_bytes(*sizes), paged_graph_bytes(*sizes)
        if engine:
            return paged if engine == "pgvector" else graph
        view.assume("pgvector needs more than others for large vectors (retrieval.engine is not stated)")
        return Span(graph.likely, min(graph.low, paged.low), max(graph.high, paged.high))
    if kind == "ivf":
        lists = view.maybe("retrieval.lists")
        if lists is None:
            view.assume("an IVF index has about sqrt(N) lists (retrieval.lists is not stated)")
        return inverted_index_bytes(
            vectors, dims.likely, element.likely, lists.likely if lists else vectors**0.5
        )
    if kind == "flat":
        return flat_index_bytes(vectors, dims.likely, element.likely)
    raise view.missing("retrieval.index")


def _index_bytes(view: FactView) -> DerivedValue:
    names = ("demand.corpus_growth_12m", "retrieval.replicas")
    vectors, lacking = view.one("retrieval.vectors"), [n for n in names if view.maybe(n) is None]
    if lacking:  # neither growth nor copies make it smaller
        known = view.maybe(names[0]) if names[0] not in lacking else None
        least = vectors.likely * max(1.0, known.low if known else 1.0)
        copies = view.maybe(names[1]) if names[1] not in lacking else None
        all_copies = index_of(view, least).low * (1.0 + (copies.low if copies else 0.0))
        raise view.missing(*lacking).bounded(low=all_copies or None)
    growth, replicas = view.need(*names)
    grown = vectors.likely * max(1.0, growth.likely)
    one = index_of(view, grown)
    every = one * (1 + replicas)
    return DerivedValue(
        every,
        f"{grown:,.0f} vectors in twelve months: {one.shown('B')} x {1 + replicas.likely:g} copies = "
        f"{every.shown('B')}",
    )


def _index_capacity(view: FactView) -> DerivedValue:
    memory, share = view.need("retrieval.ram", "retrieval.ram_share")
    room = memory * share
    return DerivedValue(room, f"{memory.shown('B')} x {share.likely:.3g} = {room.shown('B')}")


def _vectors_max(view: FactView) -> DerivedValue:
    room, vectors, replicas = view.need(
        "flow.vector_index.capacity", "retrieval.vectors", "retrieval.replicas"
    )
    if vectors.likely <= 0:
        raise CannotDeriveError("retrieval.vectors is 0: there is no corpus to scale")
    each = index_of(view, vectors.likely) * (1 + replicas) / vectors
    most = room / each
    return DerivedValue(
        most, f"{room.shown('B')} / {each.likely:,.0f} B per vector = {most.likely:,.0f} vectors"
    )


def _reindex_rate(view: FactView) -> Span:
    embed, write = view.need("retrieval.embed_rate", "retrieval.write_rate")
    slower = Span(min(embed.likely, write.likely), min(embed.low, write.low), min(embed.high, write.high))
    if slower.likely <= 0:
        raise CannotDeriveError("retrieval.embed_rate or write_rate is 0: nothing is ever indexed")
    return slower


def _duty(view: FactView) -> DerivedValue:
    rate = _reindex_rate(view)
    refresh = view.one("retrieval.refresh")
    if refresh.likely <= 0:
        changed = view.one("retrieval.chunks_changed_per_day")
        duty = changed / rate
        return DerivedValue(
            duty, f"changed / rate = {changed.likely:.4g}/s / {rate.likely:.4g}/s = {duty.likely:.3g}"
        )
    incremental = view.flag("retrieval.incremental")
    if incremental:
        chunks = view.one("retrieval.chunks_changed_per_day") * refresh
        label = "changed chunks"
    else:
        chunks, label = view.one("retrieval.chunks"), "all chunks (no incremental path)"
    duty = chunks / rate / refresh
    return DerivedValue(
        duty,
        f"{label} {chunks.likely:,.0f} / {rate.likely:,.4g}/s / {refresh.shown('s')} = {duty.likely:.3g}",
    )


def _full_share(view: FactView) -> DerivedValue:
    rate = _reindex_rate(view)
    chunks, refresh = view.need("retrieval.chunks", "retrieval.refresh")
    if refresh.likely <= 0:
        raise CannotDeriveError("retrieval.refresh is 0 s: the index is refreshed continuously")
    share = chunks / rate / refresh
    return DerivedValue(
        share, f"{chunks.likely:,.0f} / {rate.likely:,.4g}/s / {refresh.shown('s')} = {share.likely:.3g}"
    )


def _age(view: FactView) -> DerivedValue:
    refresh = view.one("sources[].refresh")
    cache = view.maybe("sources[].cache_ttl")
    shared = view.maybe("pipeline.cache_ttl")
    if cache is None and shared is None:
        raise view.missing("sources[].cache_ttl", "pipeline.cache_ttl")
    parts: list[tuple[str, Span]] = [("refresh", refresh)]
    streamed = view.text("sources[].access_need") == "stream"  # no pipeline run lies between event and answer
    copied = view.text("sources[].kind") != "live" or (refresh.low > 0 and not streamed)
    if copied:
        parts += _copy_times(view)
    parts += [("cache", span) for span in (cache, shared) if span is not None]
    age = sum((span for _, span in parts[1:]), parts[0][1])
    shown = " + ".join(f"{name} {span.shown('s')}" for name, span in parts)
    return DerivedValue(age, f"{shown} = {age.shown('s')}")


def _copy_times(view: FactView) -> list[tuple[str, Span]]:
    parts: list[tuple[str, Span]] = []
    extract, run = view.maybe("sources[].extract_time"), view.maybe("pipeline.run_p95")
    if extract is None and run is None:
        raise view.missing("sources[].extract_time", "pipeline.run_p95")
    parts += [
        (name, span) for name, span in (("extract", extract), ("pipeline run", run)) if span is not None
    ]
    index = view.maybe("pipeline.index")
    uses = view.texts("pilot.uses")
    if index is not None:
        parts.append(("index and publish", index))
    elif uses is None or "retrieval" in uses:
        raise view.missing("pipeline.index")
    return parts


def _oldest(view: FactView) -> DerivedValue:
    if "sources" not in view.tree.items:
        raise view.missing("sources")
    names = [source.full_name("sources[].worst_age") for source in view.each("sources")]
    if not names:
        raise view.missing("sources")
    ages = view.need(*names)
    worst = largest(ages)
    oldest = max(zip(names, ages, strict=True), key=lambda pair: pair[1].likely)[0]
    return DerivedValue(worst, f"largest of {len(ages)} sources: {oldest} = {worst.shown('s')}")


def _leak_upper(view: FactView) -> DerivedValue:
    return upper_of(view, "retrieval.acl_denied_tests", "retrieval.acl_leaks", "leaks", "denied-user queries")


def _citation_upper(view: FactView) -> DerivedValue:
    return upper_of(
        view, "retrieval.citations_checked", "retrieval.citations_wrong", "wrong", "answers checked"
    )


_AGE = (
    "sources[].refresh", "sources[].kind", "sources[].access_need", "sources[].extract_time", "sources[].cache_ttl", "pipeline.cache_ttl",
    "pipeline.run_p95", "pipeline.index", "pilot.uses",
)  # fmt: skip
_RATES = ("retrieval.embed_rate", "retrieval.write_rate")
_REFERENCE = "docs/models/retrieval.md; OpenSearch k-NN sizing"

DERIVATIONS = (
    Derivation(
        "flow.vector_index.bytes", "Memory of the vector index with all copies at the corpus of twelve months",
        "Q17: 1.1 x (b x d + 8 x M) x N x (1 + replicas)", _INDEX, _index_bytes, "B", reference=_REFERENCE,
    ),
    Derivation(
        "flow.vector_index.capacity", "Memory that the engine gives to vectors", "RAM x share of the engine",
        ("retrieval.ram", "retrieval.ram_share"), _index_capacity, "B", by_ends=True,
    ),
    Derivation(
        "flow.vector_index.vectors_max", "Vectors that fit into that memory with all copies", "Q17 solved for N",
        ("flow.vector_index.capacity", *_INDEX), _vectors_max, reference=_REFERENCE,
    ),
    Derivation(
        "flow.reindex.duty", "Share of the refresh interval that re-indexing takes",
        "Q16: chunks / min(embed, write) / interval",
        (*_RATES, "retrieval.refresh", "retrieval.incremental", "retrieval.chunks", "retrieval.chunks_changed_per_day"),
        _duty, by_ends=True,
    ),
    Derivation(
        "flow.reindex.full_share", "Share of the refresh interval that a full rebuild takes",
        "Q16: all chunks / min(embed, write) / interval", (*_RATES, "retrieval.chunks", "retrieval.refresh"), _full_share, by_ends=True,
    ),
    Derivation(
        "sources[].worst_age", "Worst-case age of this source's data when an answer uses it",
        "Q15: refresh + extract + run + index + cache", _AGE, _age, "s", by_ends=True,
    ),
    Derivation(
        "flow.age.worst", "Oldest data that an answer can rest on", "Q15: largest over the sources",
        ("sources[].worst_age",), _oldest, "s", by_ends=True,
    ),
    Derivation(
        "flow.acl.leak_upper", "95 % upper bound of the share of denied-user queries that leak", "Q21: exact binomial",
        ("retrieval.acl_denied_tests", "retrieval.acl_leaks"), _leak_upper, reference="Clopper and Pearson 1934",
    ),
    Derivation(
        "flow.citations.error_upper", "95 % upper bound of the share of answers with a wrong citation",
        "Q21: exact binomial", ("retrieval.citations_checked", "retrieval.citations_wrong"), _citation_upper,
        reference="Clopper and Pearson 1934",
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
