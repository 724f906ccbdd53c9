"""The pull-request comment as a code host renders it: nothing of the markup is left, and the first lines decide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from comparison_sample import later_result
from hostile_texts import HOSTILE, with_text
from markdown_it import MarkdownIt
from msgspec import structs
from sample_result import sample_result

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.reading.case import CaseRequest
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result, Word
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions
from poc_gate.report.markdown.date_cost_limit import date_cost_limit

_READER = MarkdownIt("commonmark").enable("table")
"""CommonMark with tables, as GitHub's own renderer has them."""


def comment(result: Result, base: Result | None = None) -> str:
    """Return the comment as Markdown."""
    return find_format("markdown").render(result, RenderOptions(base_result=base)).decode()


@pytest.mark.parametrize("word", list(Word))
def test_no_markup_is_left_once_it_is_rendered(word: Word) -> None:
    base = sample_result()
    result = structs.replace(base, verdict=structs.replace(base.verdict, word=word))
    html = _READER.render(comment(result, later_result()))
    seen = re.sub(r"<[^>]+>", "", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL))
    assert not re.search(r"`|\*\*|\\[\\`*_|<]|^\s*- ", seen, re.MULTILINE), seen
    assert html.count("<table>") == html.count("</table>") >= 1
    assert "<li>" in html


def test_hostile_texts_make_no_element_of_their_own() -> None:
    text = " ".join(text for text in HOSTILE if "\ud800" not in text)[:600]
    html = _READER.render(comment(with_text(sample_result(), text)))
    assert set(re.findall(r"<([a-z0-9]+)[ >/]", html)) <= {
        "h2",
        "h3",
        "p",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "details",
        "summary",
    }


def test_the_first_lines_say_date_cost_and_limit_and_what_they_were_before() -> None:
    now = sample_result()
    dearer = tuple(
        structs.replace(fact, value=Quantity(9_999.0, "money"), low=None, high=None)
        if fact.name == "flow.cost.month"
        else fact
        for fact in now.facts
    )
    before = structs.replace(now, facts=dearer)
    rows = date_cost_limit(now, before).splitlines()
    assert [row.split("**")[1] for row in rows] == ["Date", "Cost", "Limit"]
    assert "*Before: " not in rows[0] + rows[2]
    assert "*Before: 9,990 EUR a month" in rows[1]
    first = comment(now, before).partition("<details>")[0]
    assert all(row in first for row in rows)


def test_a_go_names_no_date_and_what_is_not_known_no_cost() -> None:
    now = sample_result()
    facts: tuple[Fact, ...] = ()
    bare = structs.replace(now, facts=facts, walls=(), verdict=structs.replace(now.verdict, word=Word.GO))
    assert date_cost_limit(bare, None) == ""


def test_a_first_look_leaves_no_back_tick_and_no_empty_heading(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from openai import OpenAI\n\nclient = OpenAI()\n")
    result = assess(CaseRequest(tmp_path, "2026-11-23", "", look=True, unprobed=True))
    text = comment(result)
    assert "Write `none` if none do" in text
    html = _READER.render(text)
    seen = re.sub(r"<[^>]+>", "", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL))
    assert "`" not in seen
    assert not re.search(r"^#+ [^\n]*\n+(?=#)", text, re.MULTILINE)
    shown = text.partition("<details>")[0].split("\n")
    assert len([line for line in shown if line]) <= 11
