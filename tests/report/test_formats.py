"""Every format keeps the room's contract, and looks the same as the last time it was reviewed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sample_result import sample_result

from poc_gate import report
from poc_gate.errors import UsageError
from poc_gate.model.verdict import Result
from poc_gate.report.differences.comparison import compare_results
from poc_gate.report.differences.comparison_markdown import (
    comparison_json,
    comparison_markdown,
    comparison_text,
)
from poc_gate.report.formats import find_format, format_names, formats
from poc_gate.report.interface import RenderOptions

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("POC_GATE_REWRITE_GOLDEN"))
TEXT_FORMATS = [name for name in format_names() if name != "pdf"]

VARIANTS = {
    "terminal-80.txt": ("terminal", RenderOptions(width=80)),
    "terminal-80-v.txt": ("terminal", RenderOptions(width=80, verbosity=1)),
    "terminal-80-vv.txt": ("terminal", RenderOptions(width=80, verbosity=2)),
    "terminal-200-v.txt": ("terminal", RenderOptions(width=200, verbosity=1)),
    "terminal-quiet.txt": ("terminal", RenderOptions(width=80, verbosity=-1)),
    **{
        f"report.{name}": (name, RenderOptions(path_prefix="pilots"))
        for name in TEXT_FORMATS
        if name != "terminal"
    },
}


def check_golden(name: str, content: bytes) -> None:
    """Compare with the reviewed file; POC_GATE_REWRITE_GOLDEN=1 rewrites it, to be reviewed as code."""
    path = GOLDEN / name
    if REWRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{name} changed; review with POC_GATE_REWRITE_GOLDEN=1"


@pytest.mark.parametrize("name", VARIANTS)
def test_a_report_looks_as_reviewed(name: str, result: Result) -> None:
    format_name, options = VARIANTS[name]
    check_golden(name, find_format(format_name).render(result, options))


def test_the_comparison_looks_as_reviewed(result: Result) -> None:
    import comparison_sample

    comparison = compare_results(result, comparison_sample.later_result())
    check_golden("diff.txt", comparison_text(comparison, 80).encode())
    check_golden("diff.md", comparison_markdown(comparison).encode())
    check_golden("diff.json", comparison_json(comparison).encode())


@pytest.mark.parametrize("name", format_names())
def test_every_format_keeps_the_contract(name: str) -> None:
    found = find_format(name)
    assert found.name == name
    assert found.summary
    assert "\n" not in found.summary
    assert found.suffix.startswith(".")


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_the_same_result_gives_the_same_bytes(name: str) -> None:
    first, second = (find_format(name).render(sample_result(), RenderOptions()) for _ in range(2))
    assert first == second
    assert first.endswith(b"\n")


def test_every_file_of_a_format_is_found() -> None:
    files = {path.stem.removesuffix("_report") for path in Path(report.__path__[0]).glob("**/*_report.py")}
    assert [found.name for found in formats()] == sorted(files)
    assert {"terminal", "html", "pdf", "json", "sarif", "junit", "markdown"} <= files


def test_a_misspelt_format_is_told_the_nearest_name() -> None:
    with pytest.raises(UsageError) as caught:
        find_format("sarrif")
    assert "did you mean sarif?" in caught.value.next_step
