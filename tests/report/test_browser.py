"""The page in a real browser: silent, self-contained, accessible, and good in light, dark, narrow and printed form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from accessible import violations
from comparison_sample import later_result
from hostile_texts import HOSTILE, with_text
from in_a_browser import Visits, count_shown, needs_chromium, visiting
from msgspec import structs
from playwright.sync_api import Browser
from sample_result import sample_result

from poc_gate.model.verdict import Result, Word
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 380, "height": 800}
LARGEST = 400 * 1024

pytestmark = needs_chromium


def verdicts() -> dict[str, Result]:
    """Return the sample under every word, and one with next to nothing in it."""
    base = sample_result()
    made = {
        word.name: structs.replace(base, verdict=structs.replace(base.verdict, word=word)) for word in Word
    }
    bare = structs.replace(
        base.verdict, dimensions=(), index=None, coverage=None, confidence=None, reasons=()
    )
    made["bare"] = structs.replace(
        base, verdict=bare, findings=(), facts=(), walls=(), hops=(), machine=None, waivers=(), way_out=(),
        packs=(), contradictions=(), notices=(), inputs={},
    )  # fmt: skip
    made["later"] = later_result()
    made["hostile"] = with_text(base, " ".join(text for text in HOSTILE if "\ud800" not in text)[:600])
    return made


RESULTS = verdicts()
COLOURED = {
    "background",
    "border",
    "border-top",
    "border-bottom",
    "border-left",
    "fill",
    "stroke",
    "outline",
    "box-shadow",
}
"""Properties, besides those named for it, that take a colour."""
OPENED = {"NO_GO", "hostile"}
"""Pages whose findings are unfolded for the check; the others differ from them in colours alone."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the pages once; the sample is compared with the later result so that changes are drawn too."""
    folder = tmp_path_factory.mktemp("pages")
    options = RenderOptions(base_result=later_result())
    made = {}
    for name, result in RESULTS.items():
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(find_format("html").render(result, options))
    return made


@pytest.mark.parametrize("name", RESULTS)
def test_the_page_is_silent_and_asks_for_nothing(visits: Visits, pages: dict[str, Path], name: str) -> None:
    visit = visits.look(pages[name], DESK)
    assert visit.said == []
    assert visit.asked == [pages[name].as_uri()]
    assert visit.page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(visits: Visits, pages: dict[str, Path], name: str, scheme: Any) -> None:
    visit = visits.look(pages[name], DESK, scheme)
    assert violations(visit.page, opened=name in OPENED, colours_alone=scheme == "dark") == []


def test_the_dark_scheme_changes_colours_alone(pages: dict[str, Path]) -> None:
    """Under it names are given other colours; no rule of layout, size or display depends on it."""
    text = pages["NO_GO"].read_text(encoding="utf-8")
    within = re.findall(r"@media [^{]*prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", text)
    assert len(within) == text.count("prefers-color-scheme") == 1
    rules = re.findall(r"[^{}]+\{([^{}]*)\}", within[0])
    said = [one.strip() for rule in rules for one in rule.split(";") if one.strip()]
    assert len(said) > 15
    assert [one for one in said if not re.fullmatch(r"--[\w-]+: #[0-9a-f]{6}", one)] == []
    used = set(
        re.findall(
            r"([\w-]+)\s*:[^;{}]*var\(--(?:" + "|".join({one.split(":")[0][2:] for one in said}) + r")\)",
            text,
        )
    )
    assert {name for name in used if "color" not in name and name not in COLOURED} == set()


def test_one_pale_text_among_many_alike_is_found(browser: Browser, pages: dict[str, Path]) -> None:
    """Of elements that look alike one is checked; one that does not look alike is never left out."""
    with visiting(browser, pages["GO"], viewport=DESK) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        texts = visit.page.locator(".finding p")
        assert texts.count() > 40
        texts.nth(40).evaluate("element => { element.style.color = '#eee' }")
        assert [rule for rule, _ in violations(visit.page)] == ["color-contrast"]


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_hangs_over_the_edge(
    visits: Visits, pages: dict[str, Path], name: str, viewport: Any
) -> None:
    visit = visits.look(pages[name], viewport)
    visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("name", [name for name in RESULTS if name not in {"bare", "hostile"}])
def test_it_prints_on_few_sheets(visits: Visits, pages: dict[str, Path], name: str) -> None:
    visit = visits.look(pages[name], DESK, "dark")
    printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3


@pytest.mark.parametrize("name", RESULTS)
def test_the_file_stays_small(pages: dict[str, Path], name: str) -> None:
    assert pages[name].stat().st_size < LARGEST


def test_the_first_screen_holds_its_parts(visits: Visits, pages: dict[str, Path]) -> None:
    page = visits.look(pages["NO_GO"], DESK).page
    for words in ("NO-GO", "Why", "this week", "Money", "How sure this is", "The way out", "Ten areas"):
        box = page.get_by_text(words).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < DESK["height"]
    assert page.locator(".screen .bars li").count() == 10
    assert page.locator(".boxes .box").count() == 7
    assert page.locator(".boxes .tightest, .boxes .over").count() == 1


def test_every_picture_has_words(visits: Visits, pages: dict[str, Path]) -> None:
    pictures = visits.look(pages["NO_GO"], DESK).page.locator("svg[role=img]")
    titles = pictures.evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('title')].map(title => title.textContent))"
    )
    assert len(titles) > 20
    assert [found for found in titles if len(found) != 1 or not found[0]] == []


def test_findings_are_narrowed_down_linked_to_and_opened_without_a_script(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with visiting(browser, pages["NO_GO"], viewport=DESK) as visit:
        page = visit.page
        every = count_shown(page, ".finding")
        page.check("#k-fix")
        failing = count_shown(page, ".finding")
        assert 0 < failing < every
        assert count_shown(page, ".finding.k-answer") == 0
        page.goto("about:blank")
        page.goto(pages["NO_GO"].as_uri())
        page.check("#r-2")
        assert 0 < count_shown(page, ".finding") < every
        page.check("#k-fix")
        page.goto("about:blank")
        page.goto(f"{pages['NO_GO'].as_uri()}#C01-memory-fit")
        assert page.locator("#C01-memory-fit").is_visible()
        assert not page.locator("#A09-prod-access-granted").is_visible()
        page.check("#open-all")
        assert page.locator("#A09-prod-access-granted").is_visible()


def test_every_link_of_the_page_leads_somewhere(pages: dict[str, Path]) -> None:
    for name in ("NO_GO", "GO"):
        text = pages[name].read_text(encoding="utf-8")
        anchors = set(re.findall(r'id="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= anchors
        assert 'href="http' not in text
