"""One request -> nanoseconds of its duration for each hop, by walking back from its end; they add up to the duration.

At each moment the span counts that the request was waiting for: of several children the one that ended last, and before it began the
one that ended last by then. What no child covers is the span's own. Children whose clock is off (they lie outside of
the call that they answer) are moved into it, as much time before as behind; what outlives its parent is cut.
"""

from __future__ import annotations

from array import array

from poc_gate.inputs.observe.traces.span_store import SpanStore


def critical_times(
    store: SpanStore, root: int, below: dict[int, list[int]], hops: dict[int, int]
) -> dict[int, int]:
    """Return hop -> nanoseconds on the critical path."""
    starts, lengths = store.starts, store.lengths
    found: dict[int, int] = {}
    first = starts[root]
    # Row, from where, to where, and how far its clock and those below it are moved.
    stack = [(root, first, first + lengths[root], 0)]
    while stack:
        row, begin, cursor, shift = stack.pop()
        own = 0
        children = below.get(row)
        if children is not None:
            placed = _placed(children, row, shift, starts, lengths)
            for end, start, child, moved in placed:
                stop = min(end, cursor)
                go = max(start, begin)
                if stop <= go:
                    continue
                own += cursor - stop
                stack.append((child, go, stop, moved))
                cursor = go
        own += cursor - begin
        if own > 0:
            hop = hops[row]
            found[hop] = found.get(hop, 0) + own
    return found


def _placed(
    children: list[int], parent: int, shift: int, starts: array[int], lengths: array[int]
) -> list[tuple[int, int, int, int]]:
    """Return end, start, row and shift of children, the one that ends last first."""
    placed = []
    above = starts[parent] + shift
    until = above + lengths[parent]
    for child in children:
        start = starts[child] + shift
        end = start + lengths[child]
        moved = shift
        if (start < above or start >= until) and lengths[child] <= until - above:
            to = above + (until - above - lengths[child]) // 2
            moved = shift + to - start
            start, end = to, to + lengths[child]
        placed.append((end, start, child, moved))
    if len(placed) > 1:
        placed.sort(reverse=True)
    return placed
