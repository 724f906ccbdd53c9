"""What many pilots say together: causes, the one change that frees most, pages that stay small, inert and self-contained."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import time
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from msgspec import structs

from poc_gate.app.portfolio.show_portfolio import show_portfolio
from poc_gate.cli.app import run
from poc_gate.many.portfolio.overview import overview
from poc_gate.many.portfolio.rows import Ground, assemble, failed, row_of
from poc_gate.model.many.portfolio import Line, Portfolio, Turn
from poc_gate.model.many.record import Area, FigureRange, Open, Record, Waived
from poc_gate.model.rule import DIMENSIONS
from poc_gate.report.portfolio.portfolio_page import portfolio_page
from poc_gate.report.portfolio.portfolio_sheets import portfolio_csv, portfolio_json, portfolio_markdown
from poc_gate.report.portfolio.portfolio_text import portfolio_text

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DAY = "2026-11-28"
DB = "contract abc"
HOSTILE = "<script>alert(1)</script> =cmd|' /C calc'!A0 \x1b[31m @all [x](javascript:a) `b` | c \u202e"


def record(name: str = "p", word: str = "NO-GO", *opens: Open, **more: object) -> Record:
    areas = tuple(
        Area(key, 10.0 * place, min(100.0, 10.0 * place + 55), 3) for place, key in enumerate(DIMENSIONS)
    )
    base = {
        "owner": "head of claims",
        "currency": "EUR",
        "cost_month": FigureRange(90, 100, 130, "money"),
    } | more
    return Record(name, "production", word, "PG-D", "", "0.1.0", {}, areas, {}, open=opens, **base)


def access(state: str = "fail", subject: str = "sources[db]") -> Open:
    return Open(
        "A09-access",
        state,
        "blocker",
        "Production access is not granted",
        subject,
        "service owner",
        "weeks",
        resource=DB,
    )


def other(number: int = 1) -> Open:
    return Open(f"B{number:02d}-x", "fail", "high", f"Thing {number} is missing", owner="platform engineer")


def assembled(*records: Record) -> Portfolio:
    judged = [row_of(f"pilots/{one.pilot}", one, f"records/{one.pilot}.json.gz") for one in records]
    ground = Ground(DAY, "0.1.0", {}, {}, tuple(f"pilots/{one.pilot}" for one in records))
    return assemble(judged, ground)


def test_a_cause_is_one_across_pilots_that_call_the_source_differently():
    seen = overview(
        assembled(
            record("a", "NO-GO", access()), record("b", "NO-GO", access(subject="sources[dwh]"), other())
        )
    )
    first = seen.holdings[0]
    assert (first.failing, first.alone, first.frees, len(first.pilots)) == (2, 1, 1, 2)
    assert seen.freeing is first
    assert "in 1 pilot nothing else is open" in portfolio_text(seen)
    assert "holds back 2 of 2 pilots" in portfolio_text(seen)


def test_what_is_not_shown_yet_is_no_failure():
    opens = (access("unknown"), access("unknown", "sources[b]"), other(9))
    seen = overview(
        assembled(record("a", "NO-GO", *opens, other(8)), record("b", "NO-GO", other(), other(2)))
    )
    assert seen.freeing is None
    assert [(one.cause.rule, one.failing) for one in seen.holdings][-1] == ("A09-access", 0)
    assert "No single change frees a pilot" in portfolio_text(seen)


def test_a_pilot_that_fails_one_thing_and_has_not_shown_others_is_not_called_free():
    seen = overview(assembled(record("a", "NO-GO", other(), access("unknown"))))
    assert (seen.freeing.frees, seen.freeing.alone) == (0, 1)
    assert "1 pilot fails nothing else; what is not proven yet still holds it." in " ".join(
        portfolio_text(seen).split()
    )


def test_the_worst_come_first_and_failures_before_all():
    judged = [row_of(f"p/{word}", record(word, word), "r") for word in ("GO", "NO-GO", "CONDITIONAL")]
    seen = overview(assemble([*judged, failed("p/x", "it crashed")], Ground(DAY, "0", {}, {}, ())))
    assert [row.word or "FAILED" for row in seen.rows] == ["FAILED", "NO-GO", "CONDITIONAL", "GO"]
    assert seen.words == {"GO": 1, "CONDITIONAL": 1, "NO-GO": 1, "FAILED": 1}


def test_money_is_added_by_currency_and_an_unknown_leaves_a_lower_bound():
    seen = overview(
        assembled(record("a"), record("b", cost_month=FigureRange(low=50.0)), record("c", currency="USD"))
    )
    assert seen.cost_month == {
        "EUR": FigureRange(140, None, None, "money"),
        "USD": FigureRange(90, 100, 130, "money"),
    }
    assert seen.costed == 2


def test_what_ends_next_is_told_in_order_and_what_has_ended_is_not():
    waived = (
        Waived("B07-x", "head of claims", "2027-01-05", "active"),
        Waived("B08-x", "o", "2026-11-01", "expired"),
    )
    seen = overview(
        assembled(
            record("a", "CONDITIONAL", waivers=waived, holds_until="2026-12-24"),
            record("b", "GO", holds_until="2026-11-01"),
        )
    )
    assert [(one.day, one.pilot) for one in seen.coming] == [("2026-12-24", "a"), ("2027-01-05", "a")]


def many(number: int) -> Portfolio:
    opens = [
        Open(
            f"R{n:02d}-rule",
            "fail",
            "high",
            f"Something that rule {n} asks for is missing here",
            owner="platform engineer",
        )
        for n in range(60)
    ]
    return assembled(
        *(
            record(f"pilot-with-a-rather-long-name-{n:05d}", ("NO-GO", "GO", "CONDITIONAL", "INSUFFICIENT EVIDENCE")[n % 4],
                   *opens[n % 7 : n % 7 + 40], owner=f"head of department {n % 55}", go_live="2027-02-01")
            for n in range(number)
        )
    )  # fmt: skip


@pytest.mark.parametrize("number", [3, 60, 1000, 2500])
def test_a_page_stays_small_and_quick(number):
    held = many(number)
    lines = {
        row.path: Line(tuple(float(n % 90) for n in range(26)), ("2026-01-01",) * 26) for row in held.rows
    }
    took = float("inf")
    for _ in range(
        3
    ):  # the fastest of three: on a loaded machine the same work takes up to twice the CPU time
        begin = time.process_time()
        page = portfolio_page(overview(held, since="2026-10-28", lines=lines))
        took = min(took, time.process_time() - begin)
        if took < 1.5:
            break
    assert len(page) <= 1_500_000
    assert took < 1.5
    assert b"<script" not in page
    assert not re.search(rb"(?:src|href)=\"(?!pages/)", page)
    if number > 1000:
        assert b"1,500 more pilots" in page


def test_every_row_is_in_the_csv_and_no_cell_is_a_formula():
    rows = list(csv.reader(io.StringIO(portfolio_csv(overview(many(1200))).decode("utf-8-sig"))))
    assert len(rows) == 1201
    assert len({len(row) for row in rows}) == 1


def test_hostile_texts_are_inert_in_every_form():
    one = Open("A09-access", "fail", "blocker", HOSTILE, f"sources[{HOSTILE}]", HOSTILE, HOSTILE, resource=DB)
    held = assemble(
        [row_of(f"p/{HOSTILE}", record(HOSTILE, "NO-GO", one, owner=HOSTILE, holds_until=DAY), "r", "pages/x.html"), failed("p/y", HOSTILE)],
        Ground(DAY, "0", {}, {}, ()),
    )  # fmt: skip
    seen = overview(held, since=DAY, turns=(Turn(HOSTILE, HOSTILE, "GO", "NO-GO", HOSTILE, better=False),))
    page = portfolio_page(seen).decode()
    assert "<script" not in page
    assert "\x1b" not in page + portfolio_text(seen) + portfolio_csv(seen).decode()
    assert "\u202e" not in page + portfolio_text(seen)
    rendered = MarkdownIt("gfm-like").render(portfolio_markdown(seen))
    assert "<script" not in rendered
    assert "href=" not in rendered
    for row in csv.reader(io.StringIO(portfolio_csv(seen).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)
    assert json.loads(portfolio_json(seen))["rows"][0]["reason"] == HOSTILE


def test_choosing_an_owner_hides_the_rows_of_all_others_without_a_script(tmp_path: Path):
    from accessible import violations
    from playwright.sync_api import sync_playwright

    rows = [record(f"p{n}", "GO", owner=f"head of {'claims' if n % 3 else 'sales'}") for n in range(9)]
    (tmp_path / "page.html").write_bytes(portfolio_page(overview(assembled(*rows))))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto((tmp_path / "page.html").as_uri())
        assert page.locator(".map tbody tr:visible").count() == 9
        page.get_by_text("head of sales 3").click()
        assert page.locator(".map tbody tr:visible").count() == 3
        page.get_by_text("everybody").click()
        assert page.locator(".map tbody tr:visible").count() == 9
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page, opened=True) == []
        assert told == []
        browser.close()


def test_the_command_shows_each_form_and_links_to_the_pages(pilots, judge, capfd, tmp_path):
    judge(pages=True)
    (tmp_path / "out").mkdir()
    forms = ["html=out/page.html", "csv=out/p.csv", "json=out/p.json", "markdown=out/p.md", "terminal"]
    command = ["portfolio", "show", "results"]
    assert run([*command, *(word for form in forms for word in ("-f", form))]) == 0
    assert "What holds most pilots back" in capfd.readouterr().out
    links = re.findall(r'href="([^"]+)"', (tmp_path / "out" / "page.html").read_text())
    assert len(links) == 3
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert json.loads((tmp_path / "out" / "p.json").read_text())["words"] == {
        "GO": 1,
        "INSUFFICIENT EVIDENCE": 1,
        "NO-GO": 1,
    }
    for odd in (["-f", "pdf"], ["-f", "csv", "-f", "json"]):
        assert run([*command, *odd]) == 2
    assert run(["portfolio", "show", "pilots"]) == 2
    (tmp_path / "results" / "portfolio.json").write_text("{}")
    assert run(command) == 3


def test_capacity_is_told_by_its_command_and_on_the_page(pilots, capfd, tmp_path):
    (tmp_path / "capacity.yaml").write_text(
        "resources: [{id: payments-warehouse, kind: source, total: 220 req/s}]\n"
    )
    assert run(["portfolio", "capacity", "results", "--capacity", "capacity.yaml"]) == 0
    told = capfd.readouterr().out
    assert "UNDECIDED  payments-warehouse (source), 2 pilots" in told
    assert "there is 220 req/s" in told
    assert run(["portfolio", "capacity", "results"]) == 0
    assert "claims-copilot alone takes 22.5 req/s, and its owner tolerates 15 req/s from it" in " ".join(
        capfd.readouterr().out.split()
    )
    page = show_portfolio(Path("results"), ["html"], capacity="capacity.yaml")
    assert b"Shared by several pilots" in page


def test_pilots_of_one_name_are_told_apart_and_figures_read_as_on_their_own_pages():
    page = portfolio_page(overview(two_of_one_name()), folder="").decode()
    assert "p (pilots/one)" in page
    assert "p (pilots/two)" in page
    assert ">35<" in page
    assert "36" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).partition("Every pilot")[2]
    assert "123,000 EUR" in page


def two_of_one_name() -> Portfolio:
    areas = tuple(Area(key, 35.7, 80.0, 3) for key in DIMENSIONS)
    held = structs.replace(record(cost_month=FigureRange(123_456, 123_456, 123_456, "money")), areas=areas)
    rows = [row_of(f"pilots/{name}", held, f"records/{name}.json.gz") for name in ("one", "two")]
    return assemble(rows, Ground(DAY, "0.1.0", {}, {}, ("pilots/one", "pilots/two")))
