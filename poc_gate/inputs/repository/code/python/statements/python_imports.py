"""Imports of a module -> techniques that an import alone shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from poc_gate.inputs.repository.code.python.calls.python_calls import note_reference
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.tables.frameworks import PIPELINES, SCHEDULES, SERVES, TRACES
from poc_gate.model.claim import Place

_LOGS_ALONE = re.compile(
    r"opencensus\.ext\.azure\.(?:log|metrics)_exporter|opentelemetry\.(?:sdk\.)?(?:metrics|_logs|resources)\b|opentelemetry\.exporter\.prometheus|opentelemetry\.exporter\.[\w.]*\b_?(?:metric|log)_exporter|opentelemetry\.(?:semconv|instrumentation\.system_metrics)\b"
)
"""Modules of a tracer that send nothing but logs or figures, or only name what sends them."""
_FIGURES = frozenset({"metrics", "_logs"})
"""What the package of OpenTelemetry itself offers beside traces."""


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
        if _traces(node, module, root):
            notes.technique("traced", TRACES.get(root, "OpenTelemetry"), place(node))
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                note_reference(f"{module}.{alias.name}", place(node), notes)


def _traces(node: ast.Import | ast.ImportFrom, module: str, root: str) -> bool:
    """Say whether an import takes in what joins the steps of a request; what sends figures alone does not."""
    if module.startswith(("azure.monitor.opentelemetry", "promptflow.tracing")):
        return True
    if module == "opentelemetry" and isinstance(node, ast.ImportFrom):
        return any(one.name not in _FIGURES for one in node.names)
    return root in TRACES and not _LOGS_ALONE.match(module)
