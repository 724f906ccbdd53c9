"""From a step of the way out to its finding, from there to the rule, and back, all inside the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from in_a_browser import needs_chromium, visiting
from large_pilot import EXAMPLES, assess_example
from playwright.sync_api import Browser

from poc_gate.model.finding import State
from poc_gate.model.verdict import Result
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions


@pytest.fixture(scope="module")
def result() -> Result:
    return assess_example(EXAMPLES / "claims-copilot")


@pytest.fixture(scope="module")
def page(result: Result) -> str:
    return find_format("html").render(result, RenderOptions()).decode()


def test_every_open_finding_has_a_card_that_says_what_to_do(result: Result) -> None:
    settled = (State.PASS, State.NOT_APPLICABLE)
    names = {finding.rule for finding in result.findings if finding.state not in settled}
    names |= {rule for step in result.way_out for rule in step.rules}
    own = {name for name in names if name.startswith("X")}  # what poc-gate finds itself; no pack holds it
    assert {card.rule for card in result.rules} == names - own
    assert [card.rule for card in result.rules if not (card.do_fails and card.do_unknown)] == []
    assert all(card.passes or card.fails for card in result.rules)


def test_every_step_leads_to_a_finding_every_finding_to_its_rule_and_back(page: str) -> None:
    steps = page.partition('<ol class="register">')[2].partition("</ol>")[0]
    reached = set(re.findall(r'href="#([^"]+)"', steps))
    assert len(reached) > 30
    for rule in reached - {"X01-statements-agree"}:
        assert f'<div id="{rule}">' in page
        finding = page.partition(f'<div id="{rule}">')[2].partition("</details>")[0]
        assert f'href="#rule-{rule}"' in finding, rule
        card = page.partition(f'<div id="rule-{rule}">')[2].partition("</details>")[0]
        assert f'href="#{rule}"' in card, rule
        assert re.search(r"<b>(passes|fails)</b>", card), rule


def test_a_card_leads_to_the_page_of_its_rule_where_somebody_said_where_pages_are(
    result: Result, page: str
) -> None:
    assert "the rule's own page" not in page
    pages = "https://example.org/rules"
    told = find_format("html").render(result, RenderOptions(rule_pages=pages)).decode()
    card = told.partition('<div id="rule-C01-memory-fit">')[2].partition("</details>")[0]
    assert f'href="{pages}/genai-llm/C01-memory-fit.md" rel="noreferrer"' in card


@needs_chromium
def test_an_address_with_a_rule_opens_its_card(browser: Browser, tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    with visiting(browser, path, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.goto("about:blank")
        visit.page.goto(f"{path.as_uri()}#rule-C01-memory-fit")
        assert visit.page.locator("#rule-C01-memory-fit").is_visible()
        assert not visit.page.locator("#rule-C04-decode-ceiling").is_visible()
