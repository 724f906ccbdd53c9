"""The page in a real browser: silent, self-contained, accessible, and good in light, dark, narrow and printed form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from accessible import violations
from comparison_sample import later_result
from hostile_texts import HOSTILE, with_text
from msgspec import structs
from playwright.sync_api import Browser, Page, sync_playwright
from sample_result import sample_result

from poc_gate.model.verdict import Result, Word
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 380, "height": 800}
LARGEST = 400 * 1024

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


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
OPENED = {"NO_GO", "hostile"}
"""Pages whose findings are unfolded for the check; the others differ from them in colours alone."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


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


class Visit:
    """One page opened in a fresh context; remembers what it said and what it asked for."""

    def __init__(self, browser: Browser, path: Path, **context: Any) -> None:
        """Open the page in a fresh context."""
        self.context = browser.new_context(**context)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())


@contextmanager
def visiting(browser: Browser, path: Path, **context: Any) -> Iterator[Visit]:
    """Open a page and close its context afterwards."""
    visit = Visit(browser, path, **context)
    try:
        yield visit
    finally:
        visit.context.close()


@pytest.mark.parametrize("name", RESULTS)
def test_the_page_is_silent_and_asks_for_nothing(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with visiting(browser, pages[name], viewport=DESK) as visit:
        assert visit.said == []
        assert visit.asked == [pages[name].as_uri()]
        assert visit.page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser: Browser, pages: dict[str, Path], name: str, scheme: Any) -> None:
    with visiting(browser, pages[name], viewport=DESK, color_scheme=scheme) as visit:
        assert violations(visit.page, opened=name in OPENED) == []


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_hangs_over_the_edge(
    browser: Browser, pages: dict[str, Path], name: str, viewport: Any
) -> None:
    with visiting(browser, pages[name], viewport=viewport) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        width = visit.page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]


@pytest.mark.parametrize("name", [name for name in RESULTS if name not in {"bare", "hostile"}])
def test_it_prints_on_few_sheets(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with visiting(browser, pages[name], viewport=DESK, color_scheme="dark") as visit:
        printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3


@pytest.mark.parametrize("name", RESULTS)
def test_the_file_stays_small(pages: dict[str, Path], name: str) -> None:
    assert pages[name].stat().st_size < LARGEST


def test_the_first_screen_holds_its_parts(browser: Browser, pages: dict[str, Path]) -> None:
    with visiting(browser, pages["NO_GO"], viewport=DESK) as visit:
        for words in ("NO-GO", "Why", "this week", "Money", "How sure this is", "The way out", "Ten areas"):
            box = visit.page.get_by_text(words).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < DESK["height"]
        assert visit.page.locator(".screen .bars li").count() == 10
        assert visit.page.locator(".boxes .box").count() == 7
        assert visit.page.locator(".boxes .tightest, .boxes .over").count() == 1


def test_every_picture_has_words(browser: Browser, pages: dict[str, Path]) -> None:
    with visiting(browser, pages["NO_GO"], viewport=DESK) as visit:
        pictures = visit.page.locator("svg[role=img]")
        assert pictures.count() > 20
        for index in range(pictures.count()):
            assert pictures.nth(index).locator("title").text_content()


def test_findings_are_narrowed_down_linked_to_and_opened_without_a_script(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with visiting(browser, pages["NO_GO"], viewport=DESK) as visit:
        page = visit.page
        every = page.locator(".finding:visible").count()
        page.check("#k-fix")
        failing = page.locator(".finding:visible").count()
        assert 0 < failing < every
        assert page.locator(".finding.k-answer:visible").count() == 0
        page.goto("about:blank")
        page.goto(pages["NO_GO"].as_uri())
        page.check("#r-2")
        assert 0 < page.locator(".finding:visible").count() < every
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
