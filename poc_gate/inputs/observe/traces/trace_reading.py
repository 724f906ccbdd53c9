"""What is read of several files of traces until all are there: spans here, or held by workers; then their totals."""

from __future__ import annotations

from poc_gate.inputs.observe.traces.span_store import SpanStore
from poc_gate.inputs.observe.traces.span_workers import SpanWorkers
from poc_gate.inputs.observe.traces.totals.trace_totals import TraceTotals
from poc_gate.inputs.observe.traces.totals.walk_traces import Walk


class TraceReading:
    """Collects spans of files that belong together."""

    def __init__(self) -> None:
        """Start with none."""
        self.store = SpanStore()
        self.workers: SpanWorkers | None = None

    def finish(self) -> TraceTotals:
        """Return the totals of all spans."""
        if self.workers is None:
            return Walk(self.store).run()
        return self.workers.finish(self.store)
