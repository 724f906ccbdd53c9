"""The page of `what-if`: both words, one picture of before and after, self-contained and accessible."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from accessible import violations
from in_a_browser import needs_chromium, visiting
from large_pilot import EXAMPLES, TODAY
from msgspec.structs import replace
from playwright.sync_api import Browser

from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.app.explore.what_if import what_if
from poc_gate.app.explore.what_if_reports import what_if_reports
from poc_gate.errors import UsageError
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.what_if import WhatIf
from poc_gate.report.drawing.change_drawing import draw_change
from poc_gate.report.html.html_what_if import what_if_page
from poc_gate.report.interface import RenderOptions
from poc_gate.words.load_units import both_values


def request_of(name: str, machine: str) -> CaseRequest:
    return CaseRequest(EXAMPLES / name, today=TODAY, now=f"{TODAY}T00:00:00+00:00", machine=machine)


@pytest.fixture(scope="module")
def found() -> WhatIf:
    changes = ["target.replicas=5", "model.weight_bits=8"]
    return what_if(request_of("claims-copilot", "l4-24gb"), changes, pictures=True)


def test_the_picture_shows_each_limit_before_and_after_on_one_axis(found: WhatIf) -> None:
    assert found.sides is not None
    drawn = draw_change(*found.sides)
    cache = next(row for row in drawn.rows if row.title == "requests that fit in the KV cache")
    assert cache.before is not None
    assert cache.after is not None
    assert cache.after < drawn.limit < cache.before < 100
    assert not cache.is_over
    was, now = ({hop.title: hop.utilisation for hop in side.hops}[cache.title] for side in found.sides)
    assert was is not None
    assert now is not None
    assert cache.shown == f"{100 * was:.3g} % → {100 * now:.3g} %"
    assert now < 0.5
    assert was > 1.5
    assert drawn.left_out > 0


def test_the_page_names_both_words_and_what_gets_better(found: WhatIf) -> None:
    page = what_if_page(found).decode()
    assert re.findall(r'<span class="word">(.*?)</span>', page) == ["NO-GO", "NO-GO"]
    assert "The answer stays the same." in page
    assert page.count("FAIL until now") == 5
    assert "<script" not in page
    hostile = replace(found, pilot="<img src=x onerror=alert(1)>\x1b[2J", changes=("a=<b>",))
    told = what_if_page(hostile).decode()
    assert "<img" not in told
    assert "\x1b" not in told


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_asks_for_nothing_and_fits(
    found: WhatIf, browser: Browser, tmp_path: Path, scheme: Any
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(what_if_page(found))
    with visiting(browser, path, viewport={"width": 1440, "height": 900}, color_scheme=scheme) as visit:
        assert visit.asked == [path.as_uri()]
        assert violations(visit.page) == []
        for width in (1024, 390, 320):
            visit.page.set_viewport_size({"width": width, "height": 900})
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_formats_go_to_files_and_one_to_stdout(tmp_path: Path) -> None:
    request = request_of("support-assistant", str(EXAMPLES / "support-assistant" / "machine.json"))
    page = tmp_path / "what-if.html"
    text = what_if_reports(
        request, ["demand.requests_per_day=200000"], (f"html={page}",), RenderOptions()
    ).decode()
    assert "Verdict: GO -> CONDITIONAL" in text
    assert "flow.demand.peak_rate: 0.075 req/s -> 25 req/s" in text
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")
    with pytest.raises(UsageError, match="unknown format"):
        what_if_reports(request, ["slo.p99=3 s"], ("pdf=x.pdf",), RenderOptions())


def test_two_rates_of_one_fact_are_told_in_one_unit() -> None:
    old, new = (Fact("flow.demand.peak_rate", Quantity(rate, "req/s"), None) for rate in (0.05, 25.0))
    assert both_values(old, new) == ("0.05 req/s", "25 req/s")
