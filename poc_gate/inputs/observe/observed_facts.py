"""The catalogue's entries of what only observers supply; each folder of this room hands in its own."""

from __future__ import annotations

from poc_gate.inputs.observe.cluster.cluster_facts import cluster_facts
from poc_gate.inputs.observe.evaluations.evaluation_facts import evaluation_facts
from poc_gate.inputs.observe.load_tests.run.load_test_facts import load_test_facts
from poc_gate.inputs.observe.load_tests.run.step_facts import step_facts
from poc_gate.inputs.observe.scanners.scan_facts import scan_facts
from poc_gate.inputs.observe.serving_metrics.serving_facts import serving_facts
from poc_gate.inputs.observe.traces.trace_facts import trace_facts
from poc_gate.model.fact import FactSpec


def observed_facts() -> tuple[FactSpec, ...]:
    """Return the facts that a trace, a load test, an evaluation, a scan or a cluster shows, and nobody types."""
    return (
        *load_test_facts(),
        *step_facts(),
        *trace_facts(),
        *evaluation_facts(),
        *serving_facts(),
        *cluster_facts(),
        *scan_facts(),
    )
