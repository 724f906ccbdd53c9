"""Sixty sources and every pack: each format stays within its reader's limits and loses no finding."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from in_a_browser import needs_chromium, visiting
from large_pilot import SOURCES, assess_example, large_pilot
from msgspec.structs import replace
from playwright.sync_api import Browser

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.reading.read_manifest import _MOST_ITEMS, read_manifest
from poc_gate.model.claim import Place
from poc_gate.model.finding import Finding, State, Waiver
from poc_gate.model.verdict import Result
from poc_gate.report.formats import find_format
from poc_gate.report.interface import RenderOptions
from poc_gate.report.result.record_file import MOST_BYTES, read_record, write_record
from poc_gate.report.result.record_of import record_of
from poc_gate.report.result.result_file import read_result, result_schema
from poc_gate.report.result.shortened import _CUT
from poc_gate.words.shown_values import STATE_WORD

LARGEST_PAGE = 704 * 1024


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Judge the pilot once."""
    return assess_example(large_pilot(tmp_path_factory.mktemp("large") / "pilot"))


RENDERED: dict[tuple[str, int], tuple[Result, bytes]] = {}
"""What was rendered, by format and result; the result is kept, so that no other one gets its number."""


def render(name: str, result: Result) -> bytes:
    """Return one format of a result; several tests look at the same bytes."""
    key = name, id(result)
    if key not in RENDERED:
        RENDERED[key] = result, find_format(name).render(result, RenderOptions())
    return RENDERED[key][1]


class Findings(HTMLParser):
    """Collects the text of each rule's part of the page, and of its table's rows by state."""

    def __init__(self) -> None:
        """Start with no rule."""
        super().__init__()
        self.rules: dict[str, str] = {}
        self._rule = ""
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a rule's part begins."""
        if tag == "details" and str(dict(attrs).get("class")).startswith("finding "):
            self._rule = "?"
        self._in_code = tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if tag == "details":
            self._rule = ""
        self._in_code = False

    def handle_data(self, data: str) -> None:
        """Take the first code of a part for its rule, everything after it for its text."""
        if self._rule == "?" and self._in_code:
            self._rule = data
            self.rules[data] = ""
        elif self._rule not in {"", "?"}:
            self.rules[self._rule] += f"{data} "


def test_the_pilot_is_large(large: Result) -> None:
    assert len(large.findings) > 800
    assert len({f.subject for f in large.findings if f.rule == "A08-usage-rights"}) == SOURCES
    assert sum(pack.applied for pack in large.packs) >= 7


def test_the_page_stays_small_and_holds_every_finding_with_its_state(large: Result) -> None:
    page = render("html", large)
    assert len(page) < LARGEST_PAGE
    parser = Findings()
    parser.feed(page.decode())
    assert set(parser.rules) == {finding.rule for finding in large.findings}
    for rule, text in parser.rules.items():
        found = [finding for finding in large.findings if finding.rule == rule]
        names = [f.subject.partition("[")[2].removesuffix("]") for f in found if "[" in f.subject]
        assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)] == []
        if len(found) > 1:
            for state in {finding.state for finding in found}:
                number = sum(finding.state is state for finding in found)
                assert f"{number} {STATE_WORD[state]}" in text


def test_every_input_of_an_item_keeps_its_place(large: Result) -> None:
    page = render("html", large).decode()
    for finding in large.findings:
        for given in finding.inputs:
            if finding.subject and given.fact.startswith(f"{finding.subject}.") and given.place:
                assert f"{given.place.line}:{given.place.column}" in page


@needs_chromium
def test_the_page_prints_on_few_sheets_and_fits_a_phone(
    browser: Browser, large: Result, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(render("html", large))
    with visiting(browser, path, viewport={"width": 380, "height": 800}) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    assert width <= 380
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 7


def test_a_comment_stays_short_enough_whatever_has_to_be_told(large: Result) -> None:
    """GitHub refuses a comment of more than 65,536 characters: the answer then stands without the rest."""
    place = Place("poc-gate.waivers.yaml", 1, 1)
    many = tuple(
        Waiver(
            f"W-{n}", "J02-cost-at-10x", "", "reason " * 40, "o", "a", "2027-01-01", place, status="active"
        )
        for n in range(400)
    )
    long = replace(many[0], reason="reason " * 20_000)
    before = replace(large, findings=tuple(replace(f, state=State.PASS) for f in large.findings), facts=())
    for waivers in (many, (long,), (long, *many)):
        options = RenderOptions(base_result=before)
        comment = find_format("markdown").render(replace(large, waivers=waivers), options).decode()
        assert len(comment) < 65_536
        assert comment.startswith(f"## {large.verdict.word.value}: ")
        assert f"({len(waivers)})" in comment or "Too long for a comment: waivers." in comment


def test_the_formats_for_code_hosts_stay_within_their_limits(large: Result) -> None:
    assert len(render("markdown", large)) < 65_536
    sarif = json.loads(render("sarif", large))["runs"][0]
    assert len(sarif["results"]) == sum(
        f.state not in {State.PASS, State.NOT_APPLICABLE} for f in large.findings
    )
    assert all(len(rule["properties"]["tags"]) <= 20 for rule in sarif["tool"]["driver"]["rules"])
    entries = json.loads(render("gitlab", large))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    cases = [
        (case.get("classname"), case.get("name"))
        for case in ET.fromstring(render("junit", large)).iter("testcase")
    ]
    assert len(set(cases)) == len(cases) == len(large.findings)
    rows = list(csv.reader(io.StringIO(render("csv", large).decode("utf-8-sig"), newline="")))
    assert len(rows) == len(large.findings) + 1
    log = render("github", large).decode().splitlines()
    for kind in ("error", "warning", "notice"):
        assert sum(row.startswith(f"::{kind} ") for row in log) <= 10


THOUSANDS = 1500


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Judge a pilot of many sources of which nearly nothing is stated."""
    path = large_pilot(tmp_path_factory.mktemp("thousands") / "pilot", 1)
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("\nsources:\n")
    tail = re.sub(r"\A(?:[ -].*\n)+", "", rest)
    listed = "".join(f"- {{id: s{n}, system: postgresql, p99: {n % 90 + 1} ms}}\n" for n in range(THOUSANDS))
    path.write_text(f"{head}\nsources:\n{listed}{tail}", encoding="utf-8")
    return assess_example(path)


def test_what_thousands_of_sources_lack_is_named_once_and_not_in_each_of_them(thousands: Result) -> None:
    longest = max(len(fact.inputs) for fact in thousands.facts if fact.name.startswith("sources["))
    assert longest < 100
    size = len(render("json", thousands))
    assert size / THOUSANDS < 16_000
    assert len({f.subject for f in thousands.findings if f.rule == "A08-usage-rights"}) == THOUSANDS


@pytest.mark.parametrize(
    "name", ["csv", "gitlab", "junit", "sarif", "html", "markdown", "github", "terminal"]
)
def test_a_report_of_thousands_of_sources_is_bounded_and_says_what_it_leaves_out(
    thousands: Result, name: str
) -> None:
    content = render(name, thousands)
    assert len(content) <= 5_000_000
    if name in {"csv", "gitlab", "junit", "sarif", "html"}:
        assert re.search(rb"[\d,]+ more (?:of this rule are left out here|are not shown here)", content)


def test_what_is_left_out_is_counted_by_rule_and_state_and_nothing_failed_is_lost(thousands: Result) -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", thousands).decode("utf-8-sig"), newline="")))
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        found = re.match(r"([\d,]+) more of this rule are left out here", row["message"])
        key = (row["rule"], row["state"])
        counted[key] = counted.get(key, 0) + (int(found[1].replace(",", "")) if found else 1)
    expected: dict[tuple[str, str], int] = {}
    for finding in thousands.findings:
        key = (finding.rule, finding.state.value)
        expected[key] = expected.get(key, 0) + 1
    assert counted == expected
    cases = [
        (case.get("classname"), case.get("name"))
        for case in ET.fromstring(render("junit", thousands)).iter("testcase")
    ]
    assert len(set(cases)) == len(cases)
    prints = [entry["fingerprint"] for entry in json.loads(render("gitlab", thousands))]
    assert len(set(prints)) == len(prints)


def test_the_result_in_pieces_is_the_same_as_in_one(large: Result) -> None:
    whole = json.loads(render("json", large))
    assert (json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=True) + "\n").encode() == render(
        "json", large
    )


def distinct(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield parts that differ in more than their numbers and digests: those of a source are like those of the next."""
    seen = set()
    for part in parts:
        key = re.sub(r"[0-9a-f]{12,}|\d+", "0", json.dumps(part))
        if key not in seen:
            seen.add(key)
            yield part


def test_the_file_of_thousands_of_sources_names_every_finding_and_says_what_it_leaves_out(
    thousands: Result,
) -> None:
    content = render("json", thousands)
    assert len(content) / THOUSANDS < 16_000
    data = json.loads(content)
    each = {name: list(distinct(data[name])) for name in ("findings", "facts")}
    assert {name: len(found) for name, found in each.items()}
    jsonschema.Draft202012Validator(result_schema()).validate(data | each)
    told = {(f["rule"], f["subject"], f["state"], f["severity"], f["fingerprint"]) for f in data["findings"]}
    assert told == {
        (f.rule, f.subject, f.state.value, f.severity.value, f.fingerprint) for f in thousands.findings
    }
    short = [finding for finding in data["findings"] if "like" in finding]
    assert re.match(
        rf"{len(short):,} of {len(data['findings']):,} findings are shortened\.", data["left_out"]
    )


def test_what_is_read_back_from_a_shortened_file_is_the_same_verdict_and_the_same_file(
    thousands: Result,
) -> None:
    content = render("json", thousands)
    again = read_result(content, "result.json")
    assert render("json", again) == content
    assert (again.verdict, again.facts, again.way_out) == (
        thousands.verdict,
        thousands.facts,
        thousands.way_out,
    )
    kept = [name for name in Finding.__struct_fields__ if name not in _CUT]
    for held, now in zip(thousands.findings, again.findings, strict=True):
        assert [getattr(held, name) for name in kept] == [getattr(now, name) for name in kept]
        assert now.message == held.message or now.message.startswith(
            "The result file leaves this sentence out"
        )
    for name in ("terminal", "html", "markdown", "junit", "sarif"):
        assert len(render(name, again)) <= 5_000_000


def test_a_file_whose_shortened_findings_name_no_other_one_is_refused(thousands: Result) -> None:
    data = json.loads(render("json", thousands))
    at, short = next((n, one) for n, one in enumerate(data["findings"]) if "like" in one)
    data |= {"findings": data["findings"][: at + 2], "facts": []}  # the rest is as good, and long
    assert (
        read_result(json.dumps(data).encode(), "result.json").findings[at].fingerprint == short["fingerprint"]
    )
    for like in (at, -1, True, "0", None, 10**9, [0], data["findings"].index(short) + 1):
        data["findings"][at] = short | {"like": like}
        with pytest.raises(InvalidInputError, match="like"):
            read_result(json.dumps(data).encode(), "result.json")


def test_a_pilot_of_usual_size_is_written_out_in_full(large: Result) -> None:
    data = json.loads(render("json", large))
    assert "left_out" not in data
    assert all({"message", "inputs", "why"} <= finding.keys() for finding in data["findings"])
    assert read_result(render("json", large), "r.json") == large


def test_the_record_of_the_largest_pilot_can_be_read_again(thousands: Result) -> None:
    content = write_record(record_of(thousands))
    assert read_record(content, "r") == record_of(thousands)
    assert len(content) / THOUSANDS * _MOST_ITEMS < MOST_BYTES


def test_a_manifest_with_more_sources_than_reports_can_hold_is_refused_in_words() -> None:
    head = "apiVersion: poc-gate/v1\npilot: {name: big, uses: [llm]}\nsources:\n"
    listed = "".join(f"- {{id: s{number}}}\n" for number in range(_MOST_ITEMS + 1))
    with pytest.raises(InvalidInputError, match=r"pilot.yaml:4:1.*5,001 entries"):
        read_manifest((head + listed).encode(), "pilot.yaml")
