"""PDF: two sheets where the engine is installed, a clear way to it where it is not."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from poc_gate.model.verdict import Result
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions


def test_without_the_engine_the_way_to_it_is_told() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/report', '.']; sys.modules['weasyprint'] = None\n"
        "from sample_result import sample_result\n"
        "from poc_gate.errors import UsageError\n"
        "from poc_gate.report.formats import find_format\n"
        "from poc_gate.report.interface import RenderOptions\n"
        "try: find_format('pdf').render(sample_result(), RenderOptions())\n"
        "except UsageError as error: print(error.exit_code.value, error.next_step)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("2 run `pip install 'poc-gate[pdf]'`")


@pytest.mark.skipif(importlib.util.find_spec("weasyprint") is None, reason="the extra `pdf` is not installed")
@pytest.mark.filterwarnings("ignore")
def test_with_the_engine_it_is_a_pdf_of_two_sheets(result: Result) -> None:
    import weasyprint

    from poc_gate.report.html.html_page import render_html

    content = find_format("pdf").render(result, RenderOptions())
    assert content.startswith(b"%PDF-")
    page = render_html(result, RenderOptions()).decode()
    assert len(weasyprint.HTML(string=page).render().pages) == 2
