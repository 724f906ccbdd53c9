"""Imports of a module -> techniques that an import alone shows."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from poc_gate.inputs.repository.code.python.calls.python_calls import note_reference
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.frameworks import PIPELINES, SCHEDULES, SERVES, TRACES
from poc_gate.model.claim import Place

_LOGS_ALONE = ("opencensus.ext.azure.log_exporter", "opencensus.ext.azure.metrics_exporter")
"""Modules of a tracer that send nothing but logs or figures."""


def note_imports(
    imports: Sequence[ast.Import | ast.ImportFrom],
    place: Callable[[ast.expr | ast.stmt], Place],
    notes: Notes,
) -> None:
    """Note what serves, runs and traces a program, by the packages that it imports; `place` says where a node is written."""
    for node in imports:
        module = str(node.module) if isinstance(node, ast.ImportFrom) else node.names[0].name
        root = module.partition(".")[0]
        if (
            root in SERVES
            or module in SERVES
            or ".".join(module.split(".")[:2]) in SERVES
            or (root == "ray" and any(a.name == "serve" for a in node.names))
        ):
            notes.technique("serves", f"{root} serves requests", place(node))
        if root in SCHEDULES:
            notes.technique("scheduled", f"{SCHEDULES[root]} runs it", place(node))
        if root in PIPELINES:
            notes.technique("orchestrated", f"{PIPELINES[root]} runs it", place(node))
        if (root in TRACES and not module.startswith(_LOGS_ALONE)) or module.startswith(
            ("azure.monitor.opentelemetry", "promptflow.tracing")
        ):
            notes.technique("traced", TRACES.get(root, "OpenTelemetry"), place(node))
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                note_reference(f"{module}.{alias.name}", place(node), notes)
