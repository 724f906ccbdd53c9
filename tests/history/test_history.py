"""Histories: kept in files that nothing rewrites, changes with their causes, lines that break where the ruler changed."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
import time
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from poc_gate.app.history.course import course_of, since_day
from poc_gate.app.history.export_history import export_history
from poc_gate.app.history.history_index import INDEX, HistoryIndex
from poc_gate.app.history.keep_run import keep, keep_record
from poc_gate.app.history.pilot_course import follow
from poc_gate.app.history.show_history import changes, check, show
from poc_gate.cli.app import run
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.model.many.portfolio import Portfolio, Row
from poc_gate.model.many.record import Area, Figure, Machine, Record
from poc_gate.model.many.run_history import Kept

ROOT = Path(__file__).resolve().parents[2]


def record(
    word: str = "NO-GO", *, fails: tuple[str, ...] = ("A09 sources[db]",), low: float = 20.0, **more: object
) -> Record:
    states = {"fail": fails, "pass": tuple(sorted({"A01", "A09 sources[db]", "B10"} - set(fails)))}
    base = {"inputs": {"pilot.yaml": "1"}, "packs": {"core": "aa" * 32}, "tool": "0.1.0"} | more
    return Record(
        "claims",
        "production",
        word,
        "PG-D",
        "",
        areas=(Area("security-privacy", low, 60.0, 1),),
        states=states,
        **base,
    )


def put(history: Path, day: str, one: Record, path: str = "pilots/claims", at: str = "") -> Path:
    return keep(history, [Kept(day, at or f"{day}T08:00:00+00:00", path, one)])


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    put(folder, "2026-10-01", record())
    put(folder, "2026-10-08", record(inputs={"pilot.yaml": "2"}, fails=(), word="CONDITIONAL", low=40.0))
    put(folder, "2026-10-15", record(inputs={"pilot.yaml": "2"}, fails=("B10",), packs={"core": "bb" * 32}))
    return folder


def test_each_run_is_one_file_that_is_never_rewritten(history: Path):
    names = sorted(path.name for path in history.iterdir())
    assert [name[:10] for name in names] == ["2026-10-01", "2026-10-08", "2026-10-15"]
    before = {name: (history / name).read_bytes() for name in names}
    put(history, "2026-10-15", record(inputs={"pilot.yaml": "2"}, fails=("B10",), packs={"core": "bb" * 32}))
    HistoryIndex(history).close()
    assert {path.name: path.read_bytes() for path in history.iterdir() if path.name != INDEX} == before


def test_changes_have_their_cause_and_a_new_pack_breaks_the_line(history: Path):
    told = changes(history).splitlines()
    assert told == [
        "2026-10-08  claims: A09 sources[db]: fail -> pass  (pilot.yaml changed)",
        "2026-10-08  claims: word: NO-GO -> CONDITIONAL  (pilot.yaml changed)",
        f"2026-10-15  claims: pack core: {'aa' * 6} -> {'bb' * 6} (the line breaks here)  (another pack core)",
        "2026-10-15  claims: B10: pass -> fail  (another pack core)",
        "2026-10-15  claims: word: CONDITIONAL -> NO-GO  (another pack core)",
    ]
    course = follow(history, "pilots/claims", "2026-10-15")
    assert course.line.values == (20.0, 40.0, None, 20.0)
    assert "|" in show(history)


@pytest.mark.parametrize("by", ["rule", "pilot", "cause"])
def test_changes_are_counted(history: Path, by):
    first = changes(history, by=by).splitlines()[0]
    assert {"rule": "word", "pilot": "pilots/claims", "cause": "another pack core"}[by] in first
    assert changes(history, since="2026-10-15") == "nothing changed after 2026-10-15\n"
    assert len(changes(history, since="2026-10-08", kind="word").splitlines()) == 1


def test_what_got_worse_under_the_same_ruler_is_a_regression(history: Path):
    code, text = check(history)
    assert (code, "does not count: another pack core" in text) == (0, True)
    put(history, "2026-10-22", record(fails=(), word="GO", packs={"core": "bb" * 32}))
    assert check(history)[0] == 0
    put(history, "2026-10-29", record(packs={"core": "bb" * 32}, inputs={"pilot.yaml": "2", "a.yaml": "3"}))
    code, text = check(history)
    assert code == 13
    assert "claims: word: GO -> NO-GO  (a.yaml, pilot.yaml changed)" in text


def test_the_machine_and_the_day_alone_are_causes(tmp_path: Path):
    put(tmp_path, "2026-10-01", record(fails=()))
    put(tmp_path, "2026-10-08", record())
    put(tmp_path, "2026-10-15", record(fails=(), machine=Machine("n1", "measured", "f1", "s1")))
    told = changes(tmp_path).splitlines()
    assert "the day itself" in told[0]
    assert "the machine profile (n1)" in told[1]


def test_an_index_is_made_anew_when_it_is_gone_broken_or_of_other_files(history: Path):
    first = changes(history)
    (history / INDEX).unlink()
    assert changes(history) == first
    (history / INDEX).write_bytes(b"no database at all" * 100)
    assert changes(history) == first
    put(history, "2026-09-01", record(word="GO", fails=()))
    assert "2026-10-01  claims: word: GO -> NO-GO" in changes(history), "an older run changes what follows it"
    next(path for path in history.iterdir() if path.name.startswith("2026-09-01")).unlink()
    assert changes(history) == first


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(history: Path, monkeypatch):
    from poc_gate.app.history import history_index

    first = changes(history)
    monkeypatch.setattr(history_index, "INDEX", "no/such/folder/index")
    assert changes(history) == first


def test_a_file_that_was_changed_or_cut_off_is_refused_by_name(history: Path):
    path = min(path for path in history.iterdir() if path.name != INDEX)
    content = path.read_bytes()
    path.write_bytes(gzip.compress(gzip.decompress(content).replace(b"NO-GO", b"GO"), mtime=0))
    with pytest.raises(InvalidInputError, match=f"{path.name}.*its digest differs"):
        changes(history)
    path.write_bytes(content[:-20])
    with pytest.raises(InvalidInputError, match="digest differs"):
        changes(history)


def test_runs_of_one_day_are_in_the_order_of_their_time(tmp_path: Path):
    put(tmp_path, "2026-10-01", record(word="GO", fails=()), at="2026-10-01T09:00:00+00:00")
    put(tmp_path, "2026-10-01", record(), at="2026-10-01T08:00:00+00:00")
    assert (
        changes(tmp_path, kind="word")
        == "2026-10-01  claims: word: NO-GO -> GO  (the day itself, or files that are only scanned)\n"
    )


def test_measurements_are_watched_and_a_fall_beyond_the_noise_is_a_regression(tmp_path: Path):
    day = dt.date(2026, 1, 5)
    for week in range(30):
        speed = 100e9 * (1 + 0.01 * (week % 3 - 1)) * (0.85 if week >= 26 else 1.0)
        figure = Figure("machine.memory.read_all", speed, "B/s")
        one = record(figures=(figure,), machine=Machine("n1", "measured", "f1", "s1"))
        for path in ("pilots/a", "pilots/b"):
            put(tmp_path, (day + dt.timedelta(weeks=week)).isoformat(), replace(one, pilot=path[-1]), path)
    code, text = check(tmp_path)
    assert code == 13
    assert "0 pilots and 1 measurement got worse" in text
    assert text.count("machine f1: machine.memory.read_all") == 1, (
        "a machine is watched once, not once a pilot"
    )
    assert "its level changed by -15%" in text
    assert export_history(tmp_path).decode("utf-8-sig").count("machine.memory.read_all") == 60


def test_a_month_back_is_found_and_turns_are_told_with_their_cause(history: Path):
    assert since_day(["2026-09-01", "2026-10-01", "2026-10-20"], "2026-11-03") == "2026-10-01"
    assert since_day(["2026-10-20"], "2026-11-03") == "2026-10-20"
    assert since_day([], "2026-11-03") == ""
    row = Row("pilots/claims", pilot="claims", word="NO-GO")
    course = course_of(history, Portfolio("2026-11-10", "0", {}, {}, (row,), {}, ("pilots/claims",)))
    assert course.since == "2026-10-08"
    (turn,) = course.turns
    assert (turn.before, turn.now, turn.why, turn.better) == (
        "CONDITIONAL",
        "NO-GO",
        "another pack core",
        False,
    )
    assert course.lines["pilots/claims"].values == (20.0, 40.0, None, 20.0)


def test_a_pilot_that_is_judged_no_more_is_told(tmp_path: Path):
    for path in ("pilots/a", "pilots/b"):
        put(tmp_path, "2026-10-01", record(), path)
    put(tmp_path, "2026-10-08", record(), "pilots/a")
    code, text = check(tmp_path)
    assert code == 0
    assert "no longer judged on 2026-10-08: pilots/b" in text
    row = Row("pilots/b", "FAILED", "pilots/b/pilot.yaml: cannot be read")
    (turn,) = course_of(tmp_path, Portfolio("2026-11-10", "0", {}, {}, (row,), {}, ("pilots/b",))).turns
    assert (turn.before, turn.now, turn.better) == ("NO-GO", "FAILED", False)


def test_ten_thousand_records_are_indexed_and_asked_in_time(tmp_path: Path):
    one = record(inputs={f"records/file-{n}.yaml": "0" * 64 for n in range(20)})
    for week in range(10):
        day = (dt.date(2026, 1, 5) + dt.timedelta(weeks=week)).isoformat()
        run_of = [
            Kept(
                day,
                f"{day}T08:00:00+00:00",
                f"pilots/p{n}",
                replace(one, pilot=f"p{n}", word="GO" if (n + week) % 50 == 0 else "NO-GO"),
            )
            for n in range(1000)
        ]
        keep(tmp_path, run_of)
    begin = time.process_time()
    HistoryIndex(tmp_path).close()
    built = time.process_time() - begin
    begin = time.process_time()
    assert len(show(tmp_path).splitlines()) == 1000
    assert len(changes(tmp_path, kind="word").splitlines()) > 300
    asked = time.process_time() - begin
    assert built < 10
    assert asked < 2
    assert (tmp_path / INDEX).stat().st_size < 20e6


def test_assess_keeps_its_run_and_the_page_shows_the_course(tmp_path: Path, monkeypatch, capfd):
    shutil.copytree(ROOT / "examples" / "claims-copilot", tmp_path / "claims")
    monkeypatch.chdir(tmp_path)
    command = [
        "assess",
        "claims",
        "-m",
        "l4-24gb",
        "--history",
        "history",
        "-f",
        "word",
        "-f",
        "html=page.html",
    ]
    assert run([*command, "--on", "2026-10-20"]) == 12
    assert b"Since 2026" not in (tmp_path / "page.html").read_bytes()
    manifest = tmp_path / "claims" / "pilot.yaml"
    manifest.write_text(manifest.read_text().replace("quality_last_run: failed", "quality_last_run: passed"))
    capfd.readouterr()
    assert run([*command, "--on", "2026-11-20"]) == 12
    assert "since 2026-10-20: still NO-GO, " in capfd.readouterr().err
    page = (tmp_path / "page.html").read_text()
    assert "Since 2026-10-20" in page
    assert "fail → pass" in page
    assert "pilot.yaml changed" in page
    assert "polyline" in page
    assert run(["history", "show", "history", "claims"]) == 0
    assert "A06-quality-slo-met sources[payments-warehouse]: fail -> pass" in capfd.readouterr().out
    for words in (["changes", "history"], ["check", "history"], ["export", "history", "-o", "x.csv"]):
        assert run(["history", *words]) == 0
    assert run([*command, "--only", "core"]) == 2, "a selection is not a run to compare others with"
    for words in (["show", "nowhere"], ["show", "history", "nobody"], ["changes", "history", "--by", "luck"]):
        assert run(["history", *words]) == 2


def test_a_folder_without_room_is_told_and_no_half_of_a_run_is_left(tmp_path: Path):
    (tmp_path / "history").write_text("a file")
    with pytest.raises(UsageError, match="cannot be created"):
        keep_record(tmp_path / "history", "pilots/claims", replace(record(), day="2026-10-01"))


def test_a_run_of_another_schema_is_refused(tmp_path: Path):
    import hashlib

    line = msgspec.json.encode(Kept("2026-10-01", "", "p", record(), schema="poc-gate.history/9"))
    content = gzip.compress(line + b"\n", mtime=0)
    (tmp_path / f"2026-10-01-{hashlib.sha256(content).hexdigest()[:16]}.jsonl.gz").write_bytes(content)
    with pytest.raises(InvalidInputError, match=r"poc-gate\.history/1"):
        changes(tmp_path)


def test_a_name_speaks_to_no_terminal_and_takes_one_line(tmp_path: Path):
    name = "\x1b]0;owned\x07\x1b[2J" + "a\nGO since ever" + "\u202egnp" + "x" * 10_000
    put(tmp_path, "2026-10-01", replace(record(), pilot=name))
    put(tmp_path, "2026-10-08", replace(record(word="GO", fails=(), low=40.0), pilot=name))
    texts = (show(tmp_path), show(tmp_path, "pilots/claims"), changes(tmp_path), check(tmp_path)[1])
    for text in texts:
        assert all(line.isprintable() for line in text.split("\n"))
        assert not any(line.startswith("GO since") for line in text.split("\n"))
        assert max(map(len, text.split("\n"))) < 250
    assert len(show(tmp_path).splitlines()) == 1
