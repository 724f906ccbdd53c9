"""Result -> canonical JSON, the format from which every other can be rendered again."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.result.result_file import write_result


def render_json(result: Result, options: RenderOptions) -> bytes:
    """Return the canonical bytes of the result; no option changes them."""
    del options
    return write_result(result)


FORMAT = Format(
    "json",
    "the whole result as canonical JSON (poc-gate.result/1)",
    ".json",
    render_json,
    mark=rb'(?s)\A\{.*"schema": "poc-gate\.',
    shows_machines=True,
)
