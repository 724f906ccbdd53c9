"""PDF: the first screen on one sheet where the engine is installed, a clear way to it where it is not."""

from __future__ import annotations

import io
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


@pytest.mark.filterwarnings("ignore")
def test_with_the_engine_the_first_sheet_holds_the_first_screen(result: Result) -> None:
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(find_format("pdf").render(result, RenderOptions())))
    texts = [page.extract_text() for page in document.pages]
    assert 2 <= len(texts) <= 4
    assert "Since the last result" in texts[0], "the first screen fills one sheet"
    assert "Where it breaks" in texts[1]
    assert "..." not in "".join(texts)
    assert "\N{HORIZONTAL ELLIPSIS}" not in "".join(texts)


@pytest.mark.filterwarnings("ignore")
def test_it_is_tagged_titled_and_points_nowhere_outside(result: Result) -> None:
    import pypdf

    document = pypdf.PdfReader(io.BytesIO(find_format("pdf").render(result, RenderOptions())))
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert document.metadata is not None
    assert document.metadata.title == f"NO-GO \N{EN DASH} {result.pilot} \N{EN DASH} poc-gate"
    anchors = set(document.named_destinations)
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object()
            assert "/URI" not in action.get("/A", {}), action
            assert action.get("/Dest") is None or action["/Dest"] in anchors
