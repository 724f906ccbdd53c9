"""Two result files -> what changed between them, for people, pull requests and programs."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.gate.render import load_result
from poc_gate.app.ground.files.outputs import check_format

DIFF_FORMATS = ("terminal", "markdown", "json")


def diff_results(base: Path, head: Path, *, format_name: str = "terminal", width: int = 80) -> bytes:
    """Return the changes from `base` to `head`, each kind apart.

    Raises UsageError for a format that a comparison does not have, InvalidInputError for files that are
    not results.
    """
    from poc_gate.report.differences.comparison import compare_results
    from poc_gate.report.differences.comparison_markdown import (
        comparison_json,
        comparison_markdown,
        comparison_text,
    )

    check_format(format_name, DIFF_FORMATS)
    comparison = compare_results(load_result(base), load_result(head))
    if format_name == "json":
        text = comparison_json(comparison)
    elif format_name == "markdown":
        text = comparison_markdown(comparison)
    else:
        text = comparison_text(comparison, width)
    return text.encode(errors="replace")
