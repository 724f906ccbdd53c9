"""The first screen answers a reader who knows nothing: may it go, for whom, until when, why not, cost, this week, who."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from accessible import violations
from in_a_browser import Visits, count_shown, visiting
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator
from reader_questions import assert_answers
from six_results import NAMES, six_results

from poc_gate.model.finding import State
from poc_gate.model.verdict import Result, Word
from poc_gate.report.brief.screen import screen_of
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions
from poc_gate.words.judged.must_haves import must_haves

SCREEN = {"width": 1440, "height": 900}
PAPER = {"width": 703, "height": 1050}
"""An A4 sheet within its margins, in the pixels of a browser."""
WIDTHS = (1440, 1024, 390, 320)
OPENED = {("GO", "light"), ("first look", "dark")}
"""Pages that are unfolded for the check of axe, which takes long on them; the others are checked as they open."""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    return six_results(tmp_path_factory.mktemp("six"))


@pytest.fixture(scope="module")
def pages(results: dict[str, Result], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("screens")
    made = {}
    for name, result in results.items():
        made[name] = folder / f"{name.replace(' ', '-')}.html"
        made[name].write_bytes(find_format("html").render(result, RenderOptions()))
    return made


def test_the_six_results_are_what_they_are_called(results: dict[str, Result]) -> None:
    words = {name: result.verdict.word for name, result in results.items()}
    assert words["NO-GO"] is Word.NO_GO
    assert words["INSUFFICIENT"] is Word.INSUFFICIENT
    assert words["CONDITIONAL"] is Word.CONDITIONAL
    assert words["GO"] is Word.GO
    assert results["first look"].first_look is not None
    assert len(results["500 findings"].findings) > 500


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_one_screen_and_one_sheet(visits: Visits, pages: dict[str, Path], name: str) -> None:
    page = visits.look(pages[name], SCREEN).page
    box = page.locator(".screen").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SCREEN["height"]
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    box = page.locator(".screen").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PAPER["height"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_is_accessible_silent_and_asks_for_nothing(
    visits: Visits, pages: dict[str, Path], name: str, scheme: Any
) -> None:
    visit = visits.look(pages[name], SCREEN, scheme)
    opened = (name, scheme) in OPENED
    assert violations(visit.page, opened=opened, colours_alone=scheme == "dark" and not opened) == []
    assert (visit.said, visit.asked) == ([], [pages[name].as_uri()])
    assert visit.page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_at_any_width(visits: Visits, pages: dict[str, Path], name: str) -> None:
    for width in WIDTHS:
        page = visits.look(pages[name], {"width": width, "height": 900}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        cut = page.evaluate(
            "[...document.querySelectorAll('.screen *')].filter(e => !e.closest('svg') && !e.classList.contains('away')"
            " && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.outerHTML.slice(0, 90))"
        )
        assert cut == [], width


@pytest.mark.parametrize("name", ["NO-GO", "500 findings"])
def test_a_number_stays_in_its_sentence(visits: Visits, pages: dict[str, Path], name: str) -> None:
    page = visits.look(pages[name], SCREEN).page
    shown = page.eval_on_selector_all(".unit", "all => all.map(e => getComputedStyle(e).display)")
    assert len(shown) > 3
    assert set(shown) == {"inline"}


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_the_must_haves_add_up(results: dict[str, Result], name: str) -> None:
    screen = screen_of(results[name])
    whole, *parts = (int(number) for number in re.findall(r"\d+", screen.counts))
    assert not parts or sum(parts) == whole
    counted = must_haves(results[name].findings)
    accepted = {finding.rule for finding in results[name].findings if finding.state is State.WAIVED}
    passing = {*counted.met, *counted.unproven} - accepted
    assert sum(part.number for part in screen.certainty.mix) == len(passing)


@pytest.mark.parametrize("name", ["NO-GO", "GO", "500 findings"])
def test_every_address_of_a_finding_and_of_a_rule_opens_it(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    """From the first screen, from a step of the way out, from a card, and when the address itself is opened."""
    with visiting(browser, pages[name], viewport=SCREEN) as visit:
        page = visit.page
        links = page.eval_on_selector_all(
            "a[href^='#']", "found => found.map(one => one.getAttribute('href'))"
        )
        of_findings = [
            link for link in dict.fromkeys(links) if re.fullmatch(r"#(?:rule-)?[A-Z]\d\d-[\w-]+", link)
        ]
        assert len(of_findings) > 20
        for link in of_findings[:: max(1, len(of_findings) // 12)]:
            page.evaluate("link => { location.hash = link }", link)
            assert page.locator(link).is_visible(), link
        for link in (of_findings[0], of_findings[len(of_findings) // 2], of_findings[-1]):
            page.goto("about:blank")
            page.goto(f"{pages[name].as_uri()}{link}")
            assert page.locator(link).is_visible(), link
        page.goto("about:blank")
        page.goto(pages[name].as_uri())
        for more in page.locator(".screen a.more").all():
            more.click()
            target = page.locator(more.get_attribute("href") or "#nothing")
            assert target.is_visible()
            assert page.evaluate("location.hash")[1:] == target.get_attribute("id")


@pytest.mark.parametrize("name", ["NO-GO", "GO"])
def test_each_filter_shows_what_it_counts(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with visiting(browser, pages[name], viewport=SCREEN) as visit:
        page = visit.page
        every, most = count_shown(page, ".finding"), page.locator(".finding").count()
        groups: dict[str | None, list[Locator]] = {}
        for choice in page.locator(".filters input[type=radio][id]").all():
            groups.setdefault(choice.get_attribute("name"), []).append(choice)
        for group, choices in groups.items():
            for choice in choices:
                choice.check()
                assert 0 < count_shown(page, ".finding") <= max(every, most), choice.get_attribute("id")
            page.locator(f".filters input[name={group}]").first.check()
        assert count_shown(page, ".finding") == every


@pytest.mark.parametrize("name", NAMES)
def test_leadership_reads_no_fact_name_no_rule_and_no_letter_code(
    visits: Visits, pages: dict[str, Path], name: str
) -> None:
    text = visits.look(pages[name], SCREEN).page.locator(".screen").inner_text()
    facts = [
        found
        for found in re.findall(r"\b[a-z][a-z0-9_]*(?:\[[^\]]*\])?\.[a-z][a-z0-9_]+\b", text)
        if not found.endswith((".py", ".yaml", ".txt", ".md"))
    ]
    assert facts == []
    assert re.findall(r"\b[A-KX]\d\d(?:-[a-z]|\b)", text) == []
    for word in ("PG-D", "coverage", "confidence", "binding", "flips at", "lowest low", "unknown"):
        assert word not in text


@pytest.mark.parametrize("name", NAMES)
def test_the_screen_answers_what_a_reader_asks(results: dict[str, Result], name: str) -> None:
    assert_answers(results[name])


def test_a_no_go_tells_money_time_and_role(results: dict[str, Result]) -> None:
    screen = screen_of(results["NO-GO"])
    assert (
        screen.answer == "Not ready for production. Not before 21 Feb 2027, 20 days after the planned launch."
    )
    assert re.fullmatch(r"at least 32\d,000 EUR a month, 6,000 EUR allowed", screen.reasons[0].text)
    assert screen.reasons[0].who == "head of claims"
    assert [todo.kind for todo in screen.todos] == ["decide", "decide", "decide", "start", "start"]
    assert screen.money.stack is not None
    assert screen.money.stack.parts[0].name == "human review"


def test_a_go_says_for_whom_how_much_until_when_and_what_comes_next(results: dict[str, Result]) -> None:
    screen = screen_of(results["GO"])
    assert screen.answer == (
        "Ready to run as a pilot: for 40 named colleagues, up to 656 requests a day, until 25 Feb 2027."
    )
    assert screen.next_stage.startswith("For the next stage, limited rollout: ")
    assert screen.todos[0].text == "Plan to assess again before 25 Feb 2027"


def test_since_names_what_changed(results: dict[str, Result]) -> None:
    now = results["NO-GO"]
    before = replace(now, assessed_on="2026-10-23", findings=results["NO-GO"].findings[:-20])
    since = screen_of(now, before).since
    assert since is not None
    assert since.day == "23 Oct 2026"
    assert "worse or new" in since.words
