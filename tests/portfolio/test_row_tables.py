"""Records to rows and rows to what they say together, by hand; and what changed between two records, and its course."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from poc_gate.many.history.changes import breaks_line, cause_of, changes, ruler_changes
from poc_gate.many.history.course import line_of, proven, ruler
from poc_gate.many.history.watch import FALSE_A_YEAR, is_better, one_a_day, watched
from poc_gate.many.portfolio.overview import overview
from poc_gate.many.portfolio.rows import Ground, assemble, cause_key, failed, naming, row_of
from poc_gate.model.many.portfolio import Cause, Ending, Hold, Line, Portfolio, Row
from poc_gate.model.many.record import Area, FigureRange, Machine, Open, Record, Waived
from poc_gate.model.many.run_history import Kept, Point
from poc_gate.model.verdict import Bound


def record(**given: Any) -> Record:
    held = {"word": "GO", "tool": "1", "packs": {"core": "a" * 20}, "areas": (), "states": {}, **given}
    return Record(pilot="p", stage="pilot", label="", sentence="", **held)


def opened(rule: str, state: str, severity: str = "high", **given: Any) -> Open:
    return Open(rule, state, severity, f"{rule} {state}", **given)


def test_a_row_holds_each_cause_once_by_its_worst_state():
    rule = record(
        open=(
            opened("B01", "unknown"), opened("B01", "fail", "high"), opened("B01", "fail", "blocker"), opened("B01", "unproven", "blocker"),
            opened("C01", "unproven", cause="c"), opened("C02", "fail", "low", cause="c"), opened("D01", "fail", "blocker", resource="db", subject="sources[x]"),
            opened("E01", "odd", "blocker"), opened("F01", "unknown", "high"), opened("A01", "unknown", "medium"),
        )
    )  # fmt: skip
    found = row_of("p", rule, "f")
    assert [(hold.cause, hold.state, hold.severity) for hold in found.row.holds] == [
        ("B01", "fail", "blocker"), ("D01 @ db", "fail", "blocker"), ("c", "fail", "low"), ("F01", "unknown", "high"),
        ("A01", "unknown", "medium"), ("E01", "odd", "blocker"),
    ]  # fmt: skip
    assert (found.causes["c"].rule, found.causes["D01 @ db"].source, found.causes["B01"].source) == (
        "C02",
        "x",
        "",
    )
    two = record(
        open=(
            opened("G01", "unproven", "blocker"),
            opened("G01", "unknown", "high", owner="first"),
            opened("G01", "unknown", "high", owner="second"),
        )
    )
    alike = row_of("p", two, "f")
    assert (alike.row.holds, alike.causes["G01"].owner) == ((Hold("G01", "unknown", "high"),), "first")
    assert cause_key(opened("A", "fail", cause="c", resource="r")) == "c @ r"


def test_figures_of_a_row_have_three_places_and_the_next_four_endings():
    waivers = tuple(
        Waived(f"B0{number}-long-name", "me", f"2027-01-0{number}", status)
        for number, status in ((5, "active"), (1, "active"), (2, "expired"), (3, "active"), (4, "active"))
    )
    bounds = (Bound("load", "9 req/s", "the plan"), Bound("time", "2027-01-02", "a contract"))
    whole = record(
        coverage=0.12345,
        confidence=0.6789,
        waivers=waivers,
        bounds=bounds,
        holds_until="2027-01-02",
        areas=(Area("a", 1.0, 2.0, 0),),
    )
    row = row_of("path", whole, "f", "page").row
    assert (row.coverage, row.confidence, row.areas, row.record, row.page) == (
        0.123,
        0.679,
        ((1.0, 2.0),),
        "f",
        "page",
    )
    assert [(one.day, one.what) for one in row.endings] == [
        ("2027-01-01", "the waiver of B01 ends (me)"), ("2027-01-02", "the verdict ends: a contract"), ("2027-01-03", "the waiver of B03 ends (me)"),
        ("2027-01-04", "the waiver of B04 ends (me)"),
    ]  # fmt: skip
    bare = row_of("path", record(holds_until="2027-01-02"), "f").row
    assert (bare.coverage, [one.what for one in bare.endings]) == (None, ["the verdict ends"])


def test_parts_of_a_portfolio_agree_on_the_name_of_a_cause():
    worse, better = Cause("b", "R", state="fail"), Cause("a", "R", state="unknown")
    assert naming(worse, better) is naming(better, worse) is worse
    odd = Cause("0", "R", state="odd")
    assert naming(odd, better) is better
    one, other = failed("b", "late"), row_of("a", record(open=(opened("B01", "fail"),)), "f")
    found = assemble([one, other], Ground("2026-11-28", "1", {}, {}, ("b", "a")), "1/2")
    assert ([row.path for row in found.rows], found.asked, list(found.causes), found.shard) == (
        ["a", "b"],
        ("a", "b"),
        ["B01"],
        "1/2",
    )
    assert (found.rows[1].state, found.rows[1].reason) == ("FAILED", "late")


def row(path: str, *holds: tuple[str, str], **given: Any) -> Row:
    return Row(
        path,
        pilot=path,
        holds=tuple(Hold(cause, state, "high") for cause, state in holds),
        **{"word": "NO-GO", **given},
    )


def portfolio(*rows: Row, causes: dict[str, Cause] | None = None) -> Portfolio:
    return Portfolio("2026-11-28", "1", {}, {}, rows, causes or {}, tuple(one.path for one in rows))


def test_what_holds_most_pilots_back_and_what_one_change_frees():
    found = overview(
        portfolio(
            row("a", ("x", "fail"), ("y", "fail")), row("b", ("x", "fail"), ("z", "unknown")), row("c", ("y", "fail")), row("d", ("z", "unknown")),
            row("e", ("z", "unknown"), ("w", "unknown")), row("f", word="GO"), Row("g", "FAILED", "late"),
        )
    )  # fmt: skip
    assert [(one.cause.rule, one.pilots, one.failing, one.alone, one.frees) for one in found.holdings] == [
        ("x", ("a", "b"), 2, 1, 0), ("y", ("a", "c"), 2, 1, 1), ("z", ("b", "d", "e"), 0, 0, 1), ("w", ("e",), 0, 0, 0),
    ]  # fmt: skip
    assert found.freeing.cause.rule == "y"
    assert found.words == {"GO": 1, "NO-GO": 5, "FAILED": 1}
    assert list(found.words) == ["GO", "NO-GO", "FAILED"]
    assert [one.path for one in found.rows] == ["g", "a", "b", "c", "d", "e", "f"]
    assert overview(portfolio(row("a", ("x", "fail"), ("y", "fail")))).freeing is None
    assert overview(portfolio(row("a", ("x", "fail"), ("y", "unknown")))).freeing.cause.rule == "x"
    assert overview(portfolio()).freeing is None


def test_owners_and_what_ends_from_the_day_on():
    rows = (
        row("a", owner="me", endings=(Ending("2026-11-28", "z"), Ending("2026-11-27", "gone"))), row("b", owner="me", endings=(Ending("2026-11-28", "a"),)),
        row("c"), row("d", owner="al", endings=(Ending("2027-01-01", "later"),)), row("e", owner="al"), row("f", owner="al", word="GO"),
    )  # fmt: skip
    found = overview(portfolio(*rows))
    assert [(one.owner, one.pilots, one.words) for one in found.owners] == [
        ("al", 3, {"GO": 1, "NO-GO": 2}), ("me", 2, {"NO-GO": 2}), ("no owner named", 1, {"NO-GO": 1}),
    ]  # fmt: skip
    assert [(one.day, one.path, one.what) for one in found.coming] == [
        ("2026-11-28", "a", "z"),
        ("2026-11-28", "b", "a"),
        ("2027-01-01", "d", "later"),
    ]


@pytest.mark.parametrize(
    ("spans", "low", "likely", "high", "costed"),
    [
        (((1.0, 2.0, 3.0), (10.0, 20.0, 30.0)), 11.0, 22.0, 33.0, 2), (((None, 2.0, None),), 2.0, 2.0, 2.0, 1), (((1.0, 2.0, None),), 1.0, 2.0, 2.0, 1),
        (((1.0, None, None), (10.0, 20.0, 30.0)), 11.0, None, None, 1), (((1.0, None, 9.0),), 1.0, None, None, 0), (((None, 2.0, 3.0), (None, None, None)), 2.0, 2.0, 3.0, 1),
        (((0.0, 2.0, 3.0),), 0.0, 2.0, 3.0, 1), (((0.0, 0.0, 0.0),), 0.0, 0.0, 0.0, 1),
    ],
)  # fmt: skip
def test_the_cost_of_a_month_is_added_by_currency(spans, low, likely, high, costed):
    rows = [
        row(str(number), currency="EUR", cost_month=FigureRange(*span)) for number, span in enumerate(spans)
    ]
    found = overview(portfolio(*rows, row("x", currency="USD", cost_month=FigureRange(1.0, 1.0, 1.0))))
    assert found.cost_month == {
        "EUR": FigureRange(low, likely, high, "money"),
        "USD": FigureRange(1.0, 1.0, 1.0, "money"),
    }
    assert found.costed == costed + 1


def kept(held: Record, day: str = "2026-11-28") -> Kept:
    return Kept(day, f"{day}T00:00:00Z", "path", held)


def test_what_changed_between_two_records():
    old = record(word="NO-GO", states={"fail": ("A", "B"), "pass": ("C",), "odd": ("D",), "waived": ("E",)})
    new = record(
        word="CONDITIONAL", tool="2", packs={"core": "b" * 20, "more": "c" * 20}, states={"unknown": ("A",), "fail": ("C",), "pass": ("D", "F"), "waived": ("E",)},
    )  # fmt: skip
    found = list(changes(kept(old), kept(new, "2026-11-29")))
    assert [(one.kind, one.what, one.before, one.now, one.better) for one in found] == [
        ("ruler", "poc-gate", "1", "2", None), ("ruler", "pack core", "a" * 12, "b" * 12, None), ("ruler", "pack more", "not used", "c" * 12, None),
        ("word", "word", "NO-GO", "CONDITIONAL", True), ("state", "A", "fail", "unknown", True), ("state", "B", "fail", "not judged", None),
        ("state", "C", "pass", "fail", False), ("state", "D", "odd", "pass", None), ("state", "F", "not judged", "pass", None),
    ]  # fmt: skip
    assert {(one.day, one.path, one.pilot) for one in found} == {("2026-11-29", "path", "p")}
    assert list(changes(kept(old), kept(old, "2026-11-29"))) == []
    assert [one.better for one in changes(kept(new), kept(replace(new, word="NO-GO")))] == [False]
    assert list(ruler_changes(old, old)) == []
    assert (breaks_line(old, old), breaks_line(old, new)) == (False, True)


WORDS = ("odd", "NO-GO", "INSUFFICIENT EVIDENCE", "CONDITIONAL", "GO")
STATES = (("fail", "error"), ("unknown",), ("unproven",), ("waived",), ("not-applicable",), ("pass",))


def test_words_and_states_have_an_order():
    for number, word in enumerate(WORDS[1:], 1):
        for before in WORDS[1:number]:
            assert [one.better for one in changes(kept(record(word=before)), kept(record(word=word)))] == [
                True
            ]
    assert [one.better for one in changes(kept(record(word="odd")), kept(record(word="NO-GO")))] == [False]
    assert [one.better for one in changes(kept(record(word="NO-GO")), kept(record(word="odd")))] == [False]
    odd = changes(kept(record(word="odd")), kept(record(word="INSUFFICIENT EVIDENCE")))
    assert [one.better for one in odd] == [True]
    ranked = [(rank, state) for rank, names in enumerate(STATES) for state in names]
    for rank, state in ranked:
        for other, before in ranked:
            if state != before:
                (one,) = changes(kept(record(states={before: ("A",)})), kept(record(states={state: ("A",)})))
                assert one.better is (rank > other)


def test_what_else_differs_is_the_cause():
    old = record(inputs={"a": "1", "b": "1"})
    assert cause_of(old, old) == "the day itself, or files that are only scanned"
    for given, words in (
        ({"tool": "2"}, "another version of poc-gate"), ({"packs": {}}, "another pack core"), ({"machine": Machine("m", fingerprint="f")}, "the machine profile (m)"),
        ({"machine": Machine(sha256="s")}, "the machine profile (none)"), ({"inputs": {"a": "2", "b": "1"}}, "a changed"),
        ({"inputs": {"c": "1", "a": "1"}}, "b, c changed"), ({"inputs": {"c": "1"}}, "a, b, c changed"), ({"inputs": {"c": "1", "d": "1"}}, "a, b, c and 1 more changed"),
        ({"inputs": {"a": "2", "b": "1"}, "tool": "2"}, "another version of poc-gate; a changed"),
    ):  # fmt: skip
        assert cause_of(old, replace(old, **given)) == words
    assert cause_of(old, replace(old, stage="production")) == "the stage (pilot -> production)"


def test_the_course_of_the_proven_share():
    areas = (Area("a", 10.0, 20.0, 0), Area("b", None, None, 0), Area("c", 25.55, 30.0, 0))
    assert proven(record(areas=areas)) == 17.8
    assert proven(record(areas=(Area("b", None, None, 0),))) is None
    assert ruler(record()) == ruler(record(word="NO-GO")) != ruler(record(tool="2"))
    assert len(ruler(record())) == 12
    assert line_of([("d1", 1.0, "a")]) is None
    assert line_of([("d1", 1.0, "a"), ("d2", 2.0, "a")]) == Line((1.0, 2.0), ("d1", "d2"))
    assert line_of([("d1", 1.0, "a"), ("d2", None, "a"), ("d3", 3.0, "b")]) == Line(
        (1.0, None, None, 3.0), ("d1", "d2", "d3", "d3")
    )
    many = line_of([(str(day), float(day), "b" if day < 4 else "a") for day in range(30)])
    assert many == Line(tuple(float(day) for day in range(4, 30)), tuple(str(day) for day in range(4, 30)))


def test_one_value_a_day_and_ruler_and_what_is_better():
    points = [
        Point("1", 1.0, "a"),
        Point("1", 5.0, "a"),
        Point("1", 9.0, "b"),
        Point("2", 2.0, "a"),
        Point("1", 2.0, "a"),
    ]
    assert one_a_day(points) == [Point("1", 2.0, "a"), Point("1", 9.0, "b"), Point("2", 2.0, "a")]
    for unit, up in (
        ("s", False),
        ("B/s", True),
        ("req/s", True),
        ("tok/s", True),
        ("flop/s", True),
        ("1/s", True),
        ("rows/s", True),
        ("B", None),
        ("", None),
    ):
        assert is_better(unit, 1.0, 2.0) is up
        assert is_better(unit, 2.0, 1.0) is (None if up is None else not up)
    assert (is_better("s", 1.0, 1.0), is_better("B/s", 1.0, 1.0)) == (False, False)
    assert FALSE_A_YEAR == 0.06
    days = [Point(f"2026-01-{day:02}", 100.0 if day < 13 else 90.0, "a") for day in range(16, 0, -1)]
    (one, two) = watched({("w", "f", "s"): days, ("v", "f", "B/s"): [*days, Point("2026-02-01", 1.0, "b")]})
    assert (one[0], one[1].shift, one[1].detectable) == ("v", None, None)
    assert (two[0], two[1].shift.better, two[1].detectable) == ("w", True, pytest.approx(0.05))
