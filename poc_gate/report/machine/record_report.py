"""Result -> its slim record, for many pilots side by side and for years of history."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.result.record_file import write_record
from poc_gate.report.result.record_of import record_of


def render_record(result: Result, options: RenderOptions) -> bytes:
    """Return the canonical bytes of the record; no option changes them."""
    del options
    return write_record(record_of(result))


FORMAT = Format(
    "record",
    "the slim record (poc-gate.record/1), for many pilots and for history",
    ".json",
    render_record,
    shows_ways=False,
    mark=rb'(?s)\A\{"areas":\[\{"high":.*"word":"(?:GO|CONDITIONAL|INSUFFICIENT EVIDENCE|NO-GO)"\}\s*\Z',
)
