"""The terminal report: fits its width, is plain when piped, and says the same words with colour."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from msgspec import structs

from poc_gate.model.verdict import Result
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import cells, fit, wrap
from poc_gate.report.terminal.terminal_report import render_terminal

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")


@pytest.mark.parametrize("width", [80, 100, 132, 200])
@pytest.mark.parametrize("verbosity", [-1, 0, 1, 2])
def test_no_line_is_wider_than_the_terminal(result: Result, width: int, verbosity: int) -> None:
    text = render_terminal(result, RenderOptions(width=width, verbosity=verbosity)).decode()
    assert max(cells(row) for row in text.split("\n")) <= width


def test_colour_changes_no_word(result: Result) -> None:
    plain = render_terminal(result, RenderOptions(verbosity=2)).decode()
    painted = render_terminal(
        result, RenderOptions(verbosity=2, color=True, hyperlinks=True, link_root="/home/pilot")
    ).decode()
    assert "\x1b[" in painted
    assert [row.rstrip() for row in ESCAPES.sub("", painted).split("\n")] == plain.split("\n")


def test_without_colour_there_is_no_escape(result: Result) -> None:
    assert b"\x1b" not in render_terminal(result, RenderOptions(verbosity=2))


def test_links_lead_to_file_and_line(result: Result) -> None:
    text = render_terminal(
        result, RenderOptions(hyperlinks=True, link_root="/home/my pilot", verbosity=1)
    ).decode()
    assert "file:///home/my%20pilot/examples/claims-copilot/pilot.yaml#L112" in text
    assert "\x1b[3" not in text


def test_in_full_the_plain_sentence_comes_first_and_every_blocker_has_a_next_step(result: Result) -> None:
    text = render_terminal(result, RenderOptions(width=200, verbosity=1)).decode()
    assert text.startswith(result.sentence)
    assert text.count("    next   ") >= 5
    assert "enough if sources[payments-warehouse].refresh = 1.17 h (now 1 d)" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_in_brief_it_fits_a_screen_and_ends_with_the_answer_and_the_next_command(
    result: Result, width: int
) -> None:
    rows = render_terminal(result, RenderOptions(width=width)).decode().splitlines()
    assert len(rows) <= 24
    assert max(map(len, rows)) <= width
    tail = "\n".join(rows[-9:])
    assert "NO-GO" in tail
    assert "decision needs 4 h" in " ".join(tail.split())
    assert "next: poc-gate path" in tail


@pytest.mark.parametrize("width", [60, 80])
def test_in_brief_no_title_is_cut(result: Result, width: int) -> None:
    text = render_terminal(result, RenderOptions(width=width)).decode()
    titles = [row for row in text.splitlines() if row[:9].strip() in ("fix", "answer", "prove")]
    assert titles
    assert not [row for row in titles if "…" in row]
    assert "within what the decision needs D02" in " ".join(text.split())


def test_quiet_is_the_answer_alone(result: Result) -> None:
    quiet = render_terminal(result, RenderOptions(verbosity=-1)).decode()
    assert "NO-GO" in quiet
    assert "Dimensions" not in quiet


def test_more_is_told_with_each_v(result: Result) -> None:
    sizes = [len(render_terminal(result, RenderOptions(verbosity=level))) for level in (-1, 0, 1, 2)]
    assert sizes == sorted(set(sizes))


def test_an_empty_result_is_told_without_a_number(result: Result) -> None:
    verdict = structs.replace(result.verdict, dimensions=(), index=None, coverage=None, confidence=None)
    empty = structs.replace(
        result,
        verdict=verdict,
        findings=(),
        facts=(),
        walls=(),
        hops=(),
        machine=None,
        waivers=(),
        way_out=(),
    )
    text = render_terminal(empty, RenderOptions(verbosity=2)).decode()
    assert "no rule was judged" in text
    assert "100 %" not in text


def test_piped_reports_do_not_load_rich() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/report', '.']\n"
        "from sample_result import sample_result\n"
        "from poc_gate.report.formats import find_format\n"
        "from poc_gate.report.interface import RenderOptions\n"
        "find_format('terminal').render(sample_result(), RenderOptions())\n"
        "print([name for name in ('rich', 'jinja2', 'yaml', 'numpy', 'typer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_wide_characters_take_two_columns() -> None:
    assert cells("契約") == 4
    assert fit("契約契約", 5) == "契約…"
    assert wrap("契約 契約", 10) == ["契約 契約"]


def test_a_number_stays_with_its_unit() -> None:
    rows = wrap("the device has 22.5 GiB of memory", 19)
    assert any("22.5 GiB" in row for row in rows)
