"""What the page says in passing is true: of silence, of an unmeasured machine, of work, of little shares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace
from sample_result import sample_result

import poc_gate
from poc_gate.model.fact import Fact
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Hop, MachineSummary
from poc_gate.report.brief.boxes import boxes_of
from poc_gate.report.brief.launch import launch_of
from poc_gate.report.brief.todos import todos_of
from poc_gate.report.drawing.launch_drawing import MOST_ROWS, DrawnSpan, draw_launch
from poc_gate.report.html.html_detail import engineering
from poc_gate.report.html.html_templates import prose
from poc_gate.report.html.html_view import machine_words
from poc_gate.report.report_view import no_ledger
from poc_gate.words.plain_amounts import plain_time

RESULT = replace(sample_result(), waivers=())
MACHINE = Path(__file__).resolve().parents[2] / "examples/support-assistant/machine.json"


def test_silence_on_approvals_is_not_their_absence() -> None:
    silent = [fact for fact in RESULT.facts if "approvals" not in fact.name]
    assert "Nobody has said which approvals are needed" in no_ledger(replace(RESULT, facts=tuple(silent)))
    granted = Fact("people.approvals[security].status", "granted", None)
    assert "no approval is outstanding" in no_ledger(replace(RESULT, facts=(*silent, granted)))


def test_a_machine_that_was_not_probed_is_not_described() -> None:
    bare = MachineSummary("not probed", "none", "", "", "", "probed now")
    assert machine_words(replace(RESULT, machine=bare)) == ""


def test_a_pilot_without_a_known_law_is_asked_for_it_and_sent_to_no_bank(tmp_path: Path) -> None:
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot:\n  name: lessons\n  uses: [classic-ml]\n  stage: limited\n"
    )
    page = poc_gate.assess(tmp_path / "pilot.yaml", machine=MACHINE).report("html").decode()
    begun = page.partition("Begin this week")[2].partition("</section>")[0]
    assert "Say what the pilot is and whom it can hurt: which sector regulations apply to it" in begun
    assert "bank&#39;s" not in begun
    assert "bank's" not in begun


def test_what_several_packs_ask_for_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot:\n  name: lessons\n  uses: [classic-ml]\n  stage: limited\n"
    )
    result = poc_gate.assess(tmp_path / "pilot.yaml", machine=MACHINE)._held
    asking = [step for step in result.way_out if step.action.startswith("Say what")]
    twice = replace(result, way_out=(*asking, *asking))
    asked = [todo.text for todo in todos_of(twice, launch_of(twice)) if todo.text.startswith("Say what")]
    assert len(asked) == 1


def test_every_fix_is_counted_on_the_line_although_rows_are_few() -> None:
    today = date(2026, 11, 23)
    spans = [DrawnSpan(f"wait {n}", "", today, date(2026, 12, n + 1), "days") for n in range(5)]
    work = [(3, "months"), (15, "weeks"), (6, "days"), (1, "hours")]
    for waits in (spans, spans[:1], []):
        rows = draw_launch(today, None, waits, work).rows
        assert len(rows) <= MOST_ROWS
        assert sum(int(row.what.split()[0]) for row in rows if row.kind == "work") == 25


def test_a_hop_that_no_request_passes_is_not_unknown_and_no_limit() -> None:
    idle = Hop("events", "source", "source events", 0.0, 0.0, "req/s", None, None, None, None)
    row = next(row for row in engineering(replace(RESULT, hops=(idle,)))["hops"])
    assert (row.used, row.likely) == ("not used", 0.0)


def test_little_shares_and_short_times_carry_no_false_figures() -> None:
    hop = Hop("db", "source", "source db", 0.1, 1.0, "req/s", 57.0, 0.00175, 0.00175, 0.00175, 0.007163)
    load = Fact("sources[db].load_share", Quantity(0.0035, "1"), None)
    (box,) = boxes_of(replace(RESULT, hops=(hop,), facts=(load,))).boxes
    assert (box.used, box.time) == ("under 1 % of its limit", "7.2 ms")
    assert plain_time(0.000197) == "0.2 ms"


def test_a_rate_is_not_broken_behind_its_stroke() -> None:
    assert '<span class="unit">0.89\xa0req/s</span>' in prose("saturates at 0.89 req/s.")
    assert "<span" not in prose("see 3 docs/ci/how")
