"""What axe-core finds wrong with a page in a browser, with the rule on the size of targets that Lighthouse asks as well."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""Off in axe-core unless asked for (WCAG 2.2, 2.5.8: 24 by 24 pixels, or as much room around)."""
_MARK_ALIKE = """() => {
  const shown = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
    "display", "position", "visibility"];
  const numbers = new Map(), kinds = new Map(), seen = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    element.toggleAttribute("data-alike", !element.checkVisibility());
    if (!element.checkVisibility() || element.closest("svg")) continue;
    const style = getComputedStyle(element);
    const own = [kinds.get(element.parentElement), element.localName, element.className, element.getAttribute("style"),
      ...shown.map(name => style[name])].join("|");
    if (!numbers.has(own)) numbers.set(own, numbers.size);
    kinds.set(element, numbers.get(own));
    const letters = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join("").length;
    const told = `${numbers.get(own)} ${Math.min(letters, 2)}`;
    if (seen.has(told)) element.setAttribute("data-alike", "");
    seen.add(told);
  }
}"""
"""Marks each element with the kind, the class and the computed looks of an earlier one, as have all around it, or unseen."""
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that look at colours."""
_RUN = """options => {
  axe.configure({rules: [{id: "color-contrast", selector: "*:not([data-alike])"}]});
  return axe.run(options).then(found => found.violations.map(rule => [rule.id, rule.nodes[0].html]));
}"""
"""Four fifths of the time went into the contrast of thousands of lines that look alike; one of each kind is enough."""


def violations(page: Page, *, opened: bool = False, colours_alone: bool = False) -> list[tuple[str, str]]:
    """Return the rules that the page breaks, each with the first place; `opened` unfolds all of it before.

    `colours_alone` asks the rules on colours: where a page was looked at in one scheme, the other one is another set of
    colours and nothing else, which `test_the_dark_scheme_changes_colours_alone` holds.
    """
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(_MARK_ALIKE)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = {**_OPTIONS, "runOnly": _OF_COLOURS} if colours_alone else _OPTIONS
    return [(rule, html[:200]) for rule, html in page.evaluate(_RUN, asked)]
