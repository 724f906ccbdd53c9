"""A page in a real browser: in a context of its own where a test changes it, opened once where tests only look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
_KEEP_FOLDS = "window.folds = new Map([...document.querySelectorAll('details')].map(d => [d, d.open]))"
_FOLD_AGAIN = "window.folds.forEach((open, d) => { d.open = open }); scrollTo(0, 0)"
_COUNT_SHOWN = """all => all.filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility === "visible";
}).length"""
_MOST_OPEN = 8
"""Pages that are kept open: one takes up to a hundred megabytes."""


class Visit:
    """One page; remembers what it said and what it asked for."""

    def __init__(self, page: Page, path: Path) -> None:
        """Open the file in the page."""
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())


@contextmanager
def visiting(browser: Browser, path: Path, **context: Any) -> Iterator[Visit]:
    """Open a page in a fresh context and close that afterwards."""
    fresh = browser.new_context(**context)
    try:
        yield Visit(fresh.new_page(), path)
    finally:
        fresh.close()


def count_shown(page: Page, selector: str) -> int:
    """Return how many of these elements have a box that can be seen.

    Playwright's own `visible` takes seconds for the findings of one page.
    """
    return int(page.eval_on_selector_all(selector, _COUNT_SHOWN))


class Visits:
    """Pages for tests that look and click nothing: each opens once, and is folded again before the next look.

    To open one takes half a second, most looks take a fifth of it. They share a context: one of its own takes as long again.
    """

    def __init__(self, browser: Browser) -> None:
        """Begin with none."""
        self._context = browser.new_context()
        self._open: dict[Path, Visit] = {}

    def look(self, path: Path, viewport: Any, scheme: Any = "light") -> Visit:
        """Return the page at that size, in those colours, on a screen and folded as it was when it opened."""
        visit = self._open.pop(path, None)
        if visit is None:
            page = self._context.new_page()
            page.set_viewport_size(viewport)
            visit = Visit(page, path)
            page.evaluate(_KEEP_FOLDS)
        self._open[path] = visit
        while len(self._open) > _MOST_OPEN:
            self._open.pop(next(iter(self._open))).page.close()
        visit.page.set_viewport_size(viewport)
        visit.page.emulate_media(media="null", color_scheme=scheme)
        visit.page.evaluate(_FOLD_AGAIN)
        return visit

    def close(self) -> None:
        """Close them all."""
        self._context.close()


@contextmanager
def starting() -> Iterator[Browser]:
    """Start a browser, and stop it afterwards."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield chromium
        finally:
            chromium.close()
