"""Whatever a manifest, pack or artifact says, every format shows it as text and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser

import pytest
from hostile_texts import HOSTILE, with_text
from markdown_it import MarkdownIt
from sample_result import sample_result

from poc_gate.model.verdict import Result
from poc_gate.report.differences.comparison import compare_results
from poc_gate.report.differences.comparison_markdown import comparison_markdown, comparison_text
from poc_gate.report.formats import find_format, format_names
from poc_gate.report.interface import RenderOptions
from poc_gate.report.result.result_file import read_result

SAMPLE = sample_result()
PLAIN = with_text(SAMPLE, "plain words")
OPTIONS = RenderOptions(verbosity=2, base_result=SAMPLE)
TEXT_FORMATS = [name for name in format_names() if name != "pdf"]

PLAIN_PAGE = find_format("html").render(PLAIN, OPTIONS).decode("utf-8")

each_text = pytest.mark.parametrize("text", HOSTILE, ids=[f"{n:02d}" for n in range(len(HOSTILE))])


def render(name: str, result: Result, options: RenderOptions = OPTIONS) -> str:
    return find_format(name).render(result, options).decode("utf-8")


@cache
def hostile(text: str) -> Result:
    """Return the sample with one text in every field."""
    return with_text(SAMPLE, text)


@cache
def rendered(name: str, text: str) -> str:
    """Return one format of it; several tests look at the same bytes."""
    return render(name, hostile(text))


@cache
def plain(name: str, options: RenderOptions = OPTIONS) -> str:
    """Return one format of the sample with plain words in every field."""
    return render(name, PLAIN, options)


def test_there_are_sixty_hostile_texts() -> None:
    assert len(set(HOSTILE)) >= 60


class _Tags(HTMLParser):
    """Collects what a browser would build: tags with the names of their attributes, and style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [
            value or "" for name, value in attrs if name in {"href", "src", "action", "xlink:href"}
        ]


def page_tags(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page)
    parser.close()
    return parser


@cache
def plain_tags() -> _Tags:
    return page_tags(PLAIN_PAGE)


@each_text
def test_a_page_has_the_same_elements_whatever_the_texts_say(text: str) -> None:
    found, expected = page_tags(rendered("html", text)), plain_tags()
    # Backticks in a text mark a name: a bare `code` element, which carries nothing, is all they can make.
    bare = ("code", ())
    assert [tag for tag in found.tags if tag != bare] == [tag for tag in expected.tags if tag != bare]
    assert all(link.startswith("#") for link in found.links)


@each_text
@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_no_control_or_direction_character_leaves_the_house(name: str, text: str) -> None:
    content = rendered(name, text)
    allowed = {"\n", "\r"} if name == "csv" else {"\n"}
    hidden = {
        character
        for character in set(content) - allowed
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    }
    # Ours: the byte-order mark of the CSV, the joiner that breaks mentions in Markdown.
    assert hidden <= {"csv": {"\ufeff"}, "markdown": {"\N{WORD JOINER}"}}.get(name, set())


@each_text
def test_json_formats_stay_whole(text: str) -> None:
    for name in ("sarif", "gitlab", "intoto"):
        assert json.loads(rendered(name, text))
    assert read_result(rendered("json", text).encode(), "r.json") == hostile(text)


@each_text
def test_no_message_of_a_code_host_holds_a_link_or_a_placeholder(text: str) -> None:
    run = json.loads(rendered("sarif", text))["runs"][0]
    for found in run["results"]:
        assert not re.search(r"(?<!\\)\]\(|(?<!\{)\{\d+\}", found["message"]["text"])


@each_text
def test_junit_has_the_same_elements_whatever_the_texts_say(text: str) -> None:
    found, expected = ET.fromstring(rendered("junit", text)), ET.fromstring(plain("junit"))
    assert [element.tag for element in found.iter()] == [element.tag for element in expected.iter()]


def runner_commands(log: str) -> list[str]:
    """Return the commands that a workflow runner would obey, as it reads a log."""
    obeyed, stopped = [], ""
    for row in log.split("\n"):
        start = row.strip()
        if stopped:
            stopped = "" if start == f"::{stopped}::" else stopped
            continue
        if start.startswith("::stop-commands::"):
            stopped = start.removeprefix("::stop-commands::")
        elif start.startswith(("::", "##[")):
            obeyed.append(re.split(r"[ :]", start.lstrip(":"), maxsplit=1)[0])
    return obeyed


@each_text
def test_no_text_starts_a_workflow_command(text: str) -> None:
    log = rendered("github", text)
    assert runner_commands(log) == runner_commands(plain("github"))
    for row in log.split("\n"):
        if row.startswith(("::error", "::warning", "::notice")):
            assert len(re.findall(r"(?<!%3A)::", row.split("::", 2)[1])) == 0


@each_text
def test_no_cell_is_a_formula(text: str) -> None:
    content = rendered("csv", text).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [
        cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@", "\t", "\r", "|"))
    ]
    assert not [cell for row in rows for cell in row if cell.startswith("-") and not cell[1:2].isdigit()]


def markdown_shape(content: str) -> list[str]:
    """Return the tags that Markdown makes of a text, links made from bare addresses among them."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(content)
    shape = []
    for token in tokens:
        inner = [child.type for child in token.children or ()]
        shape += [token.type, *(kind for kind in inner if kind not in {"text", "text_special", "softbreak"})]
    return shape


@each_text
def test_markdown_has_the_same_shape_whatever_the_texts_say(text: str) -> None:
    options = RenderOptions()
    content = render("markdown", hostile(text), options)
    found = markdown_shape(content)
    assert not {"link_open", "image", "html_inline"} & set(found)
    outside_code = re.sub(r"`[^`]*`", "", content)
    assert not re.search(r"https?://|www\.evil", outside_code)
    assert not re.search(r"(^|[\s(|])@\w", outside_code)
    assert found.count("tr_open") == markdown_shape(plain("markdown", options)).count("tr_open")


@each_text
def test_a_terminal_gets_only_our_own_escapes(text: str) -> None:
    options = RenderOptions(verbosity=2, color=True, hyperlinks=True, link_root="/home/pilot")
    content = render("terminal", hostile(text), options)
    rest = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", "", content)
    assert "\x1b" not in rest
    for target in re.findall(r"\x1b\]8;[^;]*;([^\x1b\x07]*)", content):
        assert not target or target.startswith("file:///home/pilot/")


@each_text
def test_a_comparison_is_inert(text: str) -> None:
    comparison = compare_results(SAMPLE, hostile(text))
    assert not {"link_open", "image", "html_inline"} & set(markdown_shape(comparison_markdown(comparison)))
    assert all(c == "\n" or c.isprintable() for c in comparison_text(comparison, 80))


def test_names_in_backticks_become_code_after_escaping() -> None:
    from poc_gate.report.html.html_templates import prose

    shown = str(prose("set `a.b <script>` & `c`"))
    assert shown == "set <code>a.b &lt;script&gt;</code> &amp; <code>c</code>"
