"""The page of a fleet in a real browser: accessible, silent, without a request, at any width, no mark without a name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fleet_samples import clean_fleet, record_of
from msgspec.structs import replace
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))  # how a page is opened is kept there

from accessible import violations
from in_a_browser import needs_chromium, starting, visiting

from poc_gate.many.fleet.comparing.compare_fleet import compare_fleet
from poc_gate.model.many.fleet import Fleet, NodeRecord, NodeState
from poc_gate.report.fleet.fleet_page import render_page


def fleet() -> Fleet:
    nodes = [*clean_fleet(20, seed=3), record_of("n021", read=250e9)]
    nodes.append(NodeRecord("n022", NodeState.NOT_RUN, "unreachable", "No route to host", "ssh"))
    return compare_fleet(None, nodes)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with starting() as chromium:
        yield chromium


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_asks_for_nothing_and_fits(
    browser: Browser, tmp_path: Path, scheme: Any
) -> None:
    path = tmp_path / "fleet.html"
    path.write_bytes(render_page(fleet()))
    with visiting(browser, path, viewport={"width": 1440, "height": 900}, color_scheme=scheme) as visit:
        assert violations(visit.page) == []
        assert (visit.said, visit.asked) == ([], [path.as_uri()])
        assert visit.page.evaluate("document.scripts.length") == 0
        for width in (1440, 1024, 390, 320):
            visit.page.set_viewport_size({"width": width, "height": 900})
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_group_without_an_id_is_not_named_by_an_empty_mark() -> None:
    whole = fleet()
    unnamed = replace(whole, groups=tuple(replace(group, id="") for group in whole.groups))
    page = render_page(unnamed).decode()
    assert "Group" not in page
    assert "@<" not in page
    assert "Strips run from worse to better" in page
    assert "@<" not in render_page(whole).decode()
