"""What axe-core finds wrong with a page in a browser, with the rule on the size of targets that Lighthouse asks as well."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {"rules": {"target-size": {"enabled": True}}}
"""Off in axe-core unless asked for (WCAG 2.2, 2.5.8: 24 by 24 pixels, or as much room around)."""


def violations(page: Page, *, opened: bool = False) -> list[tuple[str, str]]:
    """Return the rules that the page breaks, each with the first place; `opened` unfolds all of it before."""
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page, options=_OPTIONS)
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found.response["violations"]]
