"""What axe-core finds wrong with a page in a browser, with the rule on the size of targets that Lighthouse asks as well."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
"""Off in axe-core unless asked for (WCAG 2.2, 2.5.8: 24 by 24 pixels, or as much room around)."""
_MARK_ALIKE = """before => {
  const shown = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
    "display", "position", "visibility", "fill", "stroke"];
  const number = text => {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return `${high >>> 0}.${low >>> 0}`;
  };
  const numbers = new Map(), kinds = new Map(), seen = new Set(before), fresh = [];
  for (const element of document.body.querySelectorAll("*")) {
    element.toggleAttribute("data-alike", !element.checkVisibility());
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const own = [kinds.get(element.parentElement), element.localName, element.getAttribute("class"), element.getAttribute("style"),
      ...shown.map(name => style[name])].join("|");
    if (!numbers.has(own)) numbers.set(own, number(own));
    kinds.set(element, numbers.get(own));
    const letters = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join("").length;
    const told = `${numbers.get(own)} ${Math.min(letters, 2)}`;
    if (seen.has(told)) element.setAttribute("data-alike", "");
    else fresh.push(told);
    seen.add(told);
  }
  return fresh;
}"""
"""Marks each element with the kind, the class and the computed looks of an earlier one, as have all around it, or unseen.

Takes the kinds of earlier pages and returns those that are new.
"""
_SEEN: set[str] = set()
"""The kinds on all pages that were looked at in this process and had no fault."""
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that look at colours."""
_RUN = """options => {
  axe.configure({rules: [
    {id: "color-contrast", selector: "*:not([data-alike])"},
    {id: "link-in-text-block", selector: "a[href]:not([data-alike])"},
  ]});
  const folded = [...document.querySelectorAll("details:not([open])")]
    .map(one => [one, [...one.childNodes].filter(node => node.localName !== "summary")]);
  folded.forEach(([one, nodes]) => nodes.forEach(node => node.remove()));
  const again = () => folded.forEach(([one, nodes]) => one.append(...nodes));
  return axe.run(options).finally(again).then(found => found.violations.map(rule => [rule.id, rule.nodes[0].html]));
}"""
"""What is folded away is taken out meanwhile: axe-core passes over it, and takes its time over that.

Four fifths of the time went into the contrast of thousands of lines that look alike; one of each kind is enough."""


def violations(page: Page, *, opened: bool = False, colours_alone: bool = False) -> list[tuple[str, str]]:
    """Return the rules that the page breaks, each with the first place; `opened` unfolds all of it before.

    `colours_alone` asks the rules on colours: where a page was looked at in one scheme, the other one is another set of
    colours and nothing else, which `test_the_dark_scheme_changes_colours_alone` holds.
    """
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    fresh = page.evaluate(_MARK_ALIKE, sorted(_SEEN))
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = {**_OPTIONS, "runOnly": _OF_COLOURS} if colours_alone else _OPTIONS
    found = [(rule, html[:200]) for rule, html in page.evaluate(_RUN, asked)]
    if not found:
        _SEEN.update(fresh)
    return found
