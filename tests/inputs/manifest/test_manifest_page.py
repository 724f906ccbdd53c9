"""docs/manifest.md is what the schema says today."""

from pathlib import Path

from poc_gate.inputs.manifest.writing.manifest_page import manifest_page

PAGE = Path(__file__).parents[3] / "docs" / "manifest.md"


def test_the_page_is_up_to_date():
    written = PAGE.read_text(encoding="utf-8")
    assert written == manifest_page(), "run: poc-gate schema pilot --format markdown -o docs/manifest.md"
