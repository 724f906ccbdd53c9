"""Spans in a store -> totals: each trace is put together, its requests walked once, its critical path taken apart."""

from __future__ import annotations

from poc_gate.inputs.observe.traces.describe_span import CALLS
from poc_gate.inputs.observe.traces.span_store import Descriptor, Flag, SpanStore
from poc_gate.inputs.observe.traces.totals.critical_path import critical_times
from poc_gate.inputs.observe.traces.totals.request_walk import RequestWalk
from poc_gate.inputs.observe.traces.totals.trace_totals import (
    EntryTotals,
    Hop,
    HopTotals,
    ModelTotals,
    TraceTotals,
)

_FRAMEWORK, _CONTENT, _QUERY = int(Flag.FRAMEWORK), int(Flag.CONTENT), int(Flag.QUERY)
_BY_RULE, _FORCED, _ERROR = int(Flag.BY_RULE), int(Flag.FORCED), int(Flag.ERROR)
_MOST_ENTRIES = 500
_OVERLAP = 0.2
"""Share of the calls' time that must overlap before they count as running together."""


class Walk:
    """Adds the traces of one store to totals."""

    def __init__(self, store: SpanStore) -> None:
        """Work out once what many spans have in common."""
        self.store, self.totals = store, TraceTotals()
        self.kinds = list(store.descriptors)
        self.hop_of = [self.totals.hop(hop_of(one)) for one in self.kinds]
        self.uses = {store.uses[at]: at for at in range(0, len(store.uses), 5)}
        self.totals.probabilities = list(store.probabilities)
        self.totals.sdk, self.totals.places = dict(store.tools), dict(store.places)
        self.totals.broken, self.totals.reasons = store.broken, dict(store.reasons)
        self.totals.kept = 1 / (store.mask + 1)
        self.again: set[int] = set()
        """Rows of spans that are there twice; the last one of each counts."""

    def run(self) -> TraceTotals:
        """Return the totals of all traces."""
        groups: dict[int, list[int]] = {}
        for row, trace in enumerate(self.store.traces):
            groups.setdefault(trace, []).append(row)
        self.totals.traces = len(groups)
        for rows in groups.values():
            self._trace(rows)
        self._count_spans()
        return self.totals

    def _count_spans(self) -> None:
        store, totals, again = self.store, self.totals, self.again
        totals.spans = len(store) - len(again)
        if not totals.spans:
            return
        totals.first = min(store.starts)
        totals.last = max(map(int.__add__, store.starts, store.lengths))
        services = [0] * len(self.kinds)
        for row, flags in enumerate(store.flags):
            if row in again:
                continue
            services[store.kinds[row]] += 1
            if flags & (_CONTENT | _QUERY | _BY_RULE | _FORCED):
                totals.content += 1 if flags & _CONTENT else 0
                totals.query += 1 if flags & _QUERY else 0
                totals.by_rule += 1 if flags & _BY_RULE else 0
                totals.forced += 1 if flags & _FORCED else 0
                if flags & _CONTENT:
                    service = self.kinds[store.kinds[row]].service
                    totals.content_services[service] = totals.content_services.get(service, 0) + 1
        for kind, count in zip(self.kinds, services, strict=True):
            totals.services[kind.service] = totals.services.get(kind.service, 0) + count
        for row in self.uses:
            if row not in again:
                self._use(row)

    def _use(self, row: int) -> None:
        uses, at = self.store.uses, self.uses[row]
        kind, flags = self.kinds[self.store.kinds[row]], self.store.flags[row]
        totals = self.totals.models.setdefault(
            (kind.role, kind.system, kind.model, kind.asked), ModelTotals()
        )
        totals.count += 1
        totals.errors += 1 if flags & _ERROR else 0
        totals.limited += 1 if flags & int(Flag.LIMITED) else 0
        given, made, cached, first = uses[at + 1], uses[at + 2], uses[at + 3], uses[at + 4]
        if given >= 0:
            totals.tokens_in.append(given)
        if made >= 0 and not flags & _ERROR:
            totals.tokens_out.append(made)
        if cached >= 0 and given > 0:
            totals.cached += min(cached, given)
            totals.cached_of += given
        if first >= 0:
            totals.first.append(first)
            if made > 1 and self.store.lengths[row] >= first:
                totals.per_token.append((self.store.lengths[row] - first) // (made - 1))

    def _trace(self, rows: list[int]) -> None:
        store, totals = self.store, self.totals
        spans, parents, flags = store.spans, store.parents, store.flags
        index = {spans[row]: row for row in rows}
        if len(index) < len(rows):
            totals.duplicates += len(rows) - len(index)
            self.again.update(set(rows).difference(index.values()))
            rows = list(index.values())
        below: dict[int, list[int]] = {}
        roots = []
        for row in rows:
            if flags[row] & _FRAMEWORK:
                totals.framework += 1
                continue
            parent = parents[row]
            above = index.get(parent) if parent else None
            if above is None or above == row:
                roots.append(row)
            elif above in below:
                below[above].append(row)
            else:
                below[above] = [row]
        for root in roots:
            kind = self.kinds[store.kinds[root]]
            if kind.role in CALLS:
                hop = self.hop_of[store.kinds[root]]
                totals.lone[hop] = totals.lone.get(hop, 0) + 1
            if parents[root] and kind.role != "entry":
                totals.orphans += 1
            elif kind.role not in CALLS:
                self._request(root, kind, below)

    def _request(self, root: int, kind: Descriptor, below: dict[int, list[int]]) -> None:
        store = self.store
        key = (kind.service, kind.name)
        if key not in self.totals.entries and len(self.totals.entries) >= _MOST_ENTRIES:
            key = (kind.service, "other")
        entry = self.totals.entries.setdefault(key, EntryTotals())
        length = store.lengths[root]
        walk = RequestWalk(self, below)
        walk.run(root)
        entry.requests += 1
        entry.errors += 1 if store.flags[root] & _ERROR else 0
        entry.starts.append(store.starts[root])
        entry.lengths.append(length)
        entry.chances.append(store.chances[root] or max((store.chances[row] for row in walk.hops), default=0))
        entry.square += float(length) * length
        critical = critical_times(store, root, below, walk.hops)
        self._add_visits(entry, walk, critical, length)
        self._add_failures(entry, walk, failed=bool(store.flags[root] & _ERROR))
        self._add_shape(entry, walk)

    def _add_visits(
        self, entry: EntryTotals, walk: RequestWalk, critical: dict[int, int], length: int
    ) -> None:
        for hop, rows in walk.visits.items():
            totals = entry.hops.setdefault(hop, HopTotals())
            add_calls(totals, rows, self.store)
            totals.retries += walk.retries.get(hop, 0)
        for hop, time in critical.items():
            totals = entry.hops.setdefault(hop, HopTotals())
            totals.critical += time
            totals.critical_square += float(time) * time
            totals.critical_cross += float(time) * length
        for hop, host in walk.hosts:
            counts = entry.hops[hop].hosts
            counts[host] = counts.get(host, 0) + 1
        for hop, service in walk.answered:
            counts = entry.hops[hop].answered
            counts[service] = counts.get(service, 0) + 1

    def _add_failures(self, entry: EntryTotals, walk: RequestWalk, *, failed: bool) -> None:
        """Count which hops failed this request to the end, and whether it failed with them."""
        store = self.store
        for hop, rows in walk.visits.items():
            last = max(rows, key=lambda row: store.starts[row] + store.lengths[row])
            if store.flags[last] & _ERROR:
                entry.hops[hop].failed += 1
                entry.hops[hop].failed_through += failed

    def _add_shape(self, entry: EntryTotals, walk: RequestWalk) -> None:
        entry.fan_out = max(entry.fan_out, walk.fan_out)
        entry.model_calls += walk.model_calls
        entry.models_with += 1 if walk.model_calls else 0
        entry.with_calls += 1 if walk.outer else 0
        entry.steps.extend(walk.steps)
        entry.tool_calls.extend(walk.tool_calls)
        if len({hop for _, _, hop in walk.outer}) > 1:
            entry.several += 1
            entry.parallel += 1 if overlap(walk.outer) >= _OVERLAP else 0


def add_calls(totals: HopTotals, rows: list[int], store: SpanStore) -> None:
    """Add the visits of one request to one hop."""
    count = len(rows)
    totals.count += count
    totals.requests += 1
    totals.squares += count * count
    totals.most = max(totals.most, count)
    for row in rows:
        totals.lengths.append(store.lengths[row])
        flags = store.flags[row]
        if flags:
            totals.errors += 1 if flags & _ERROR else 0
            totals.timeouts += 1 if flags & int(Flag.TIMEOUT) else 0
            totals.limited += 1 if flags & int(Flag.LIMITED) else 0
            totals.resent += 1 if flags & int(Flag.RESENT) else 0
            totals.hits += 1 if flags & int(Flag.HIT) else 0
            totals.misses += 1 if flags & int(Flag.MISS) else 0
    totals.sequential += 1 if count == 1 else longest_chain([(store.starts[r] + store.lengths[r], store.starts[r]) for r in rows])  # fmt: skip


def longest_chain(intervals: list[tuple[int, int]]) -> int:
    """Return how many of these (end, start) can be taken so that none overlaps another."""
    count, last = 0, -1
    for end, start in sorted(intervals):
        if start >= last:
            count, last = count + 1, end
    return count


def overlap(calls: list[tuple[int, int, int]]) -> float:
    """Return which share of the time of calls (start, end, hop) runs beside another call; 0 for none."""
    total = covered = 0
    last = 0
    for start, end, _ in sorted(calls):
        total += end - start
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return 1 - covered / total if total else 0.0


def hop_of(kind: Descriptor) -> Hop:
    """Return the hop that spans of a kind belong to."""
    if kind.role in ("model", "embedding", "rerank"):
        return Hop(kind.service, kind.role, kind.system, kind.host, "", kind.model)
    if kind.role in CALLS:
        return Hop(kind.service, kind.role, kind.system, kind.host, kind.part)
    if kind.role == "entry":
        return Hop(kind.service, "entry", "", "", "")
    return Hop(kind.service, kind.role, "", "", "", kind.name)
