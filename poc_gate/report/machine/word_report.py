"""Result -> the verdict's one word on a line, for scripts that would otherwise parse a report."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.interface import Format, RenderOptions


def render_word(result: Result, options: RenderOptions) -> bytes:
    """Return GO, CONDITIONAL, INSUFFICIENT EVIDENCE or NO-GO and a line end."""
    del options
    return f"{result.verdict.word.value}\n".encode()


FORMAT = Format(
    "word",
    "the verdict alone, on one line, for scripts",
    ".txt",
    render_word,
    shows_ways=False,
    mark=rb"\A(?:GO|CONDITIONAL|INSUFFICIENT EVIDENCE|NO-GO)\s*\Z",
)
