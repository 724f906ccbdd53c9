"""Portfolios end to end: judged once, again only where something changed, parts that join to the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from poc_gate.app.ground.git.git_history import last_commits
from poc_gate.app.portfolio import pilot_key
from poc_gate.app.portfolio.find_pilots import find_pilots
from poc_gate.app.portfolio.job import Job
from poc_gate.app.portfolio.merge_results import merge_results
from poc_gate.app.portfolio.run_portfolio import PortfolioRequest, run_portfolio
from poc_gate.app.portfolio.show_portfolio import show_portfolio
from poc_gate.cli.app import run
from poc_gate.errors import InvalidInputError, UsageError
from poc_gate.inputs.connect.results.sources_file import SourceReport, SourcesFile, write_sources
from poc_gate.model.many.record import Record
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

DAY = "2026-11-28"


def whole(results: Path) -> dict[str, bytes]:
    """Return every byte that a run leaves, the keys of the unchanged apart."""
    kept = {path for path in results.rglob("*") if path.is_file() and "keys" not in path.parts}
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in sorted(kept)}


def test_what_did_not_change_is_not_judged_again_and_gives_the_same_bytes(judge, tmp_path):
    cold = whole(tmp_path / "results")
    assert len(cold) == 4
    again = judge(processes=1)
    assert (again.judged, again.reused) == (0, 3)
    assert whole(tmp_path / "results") == cold
    judge("other", again="all", processes=2)
    assert whole(tmp_path / "other") == cold


def test_only_what_changed_is_judged_again(pilots, judge, tmp_path):
    manifest = pilots / "p1" / "pilot.yaml"
    manifest.write_text(manifest.read_text().replace("prod_access: pending", "prod_access: granted"))
    (pilots / "p0" / "notes.txt").write_text("read by the scan for secrets alone\n")
    run = judge()
    assert (run.judged, run.reused) == (2, 1)
    judge("cold", again="all")
    assert whole(tmp_path / "results") == whole(tmp_path / "cold")


@pytest.mark.parametrize("change", [{"machine": "h100-sxm-80gb"}, {"day": "2027-12-01"}])
def test_another_machine_or_a_day_on_which_something_ends_is_another_answer(judge, tmp_path, change):
    before = whole(tmp_path / "results")
    assert judge(**change).reused == 0
    assert whole(tmp_path / "results") != before


def test_the_next_day_with_nothing_due_is_answered_without_judging(judge, tmp_path):
    assert judge(day="2026-11-29").reused == 3
    judge("cold", day="2026-11-29", again="all")
    assert whole(tmp_path / "cold").items() <= whole(tmp_path / "results").items()
    assert judge(day="2026-11-27").reused == 0, "a later answer says nothing about an earlier day"


def test_an_end_set_by_growth_is_judged_again_when_the_month_turns(judge, tmp_path):
    before = {row.path: row.holds_until for row in judge(day="2026-12-24").portfolio.rows}
    assert judge(day="2026-12-25").reused == 3
    done = judge(day="2027-01-01")
    assert done.judged >= 1
    moved = {row.path for row in done.portfolio.rows if row.holds_until > before[row.path] > ""}
    assert len(moved) == 1
    judge("cold", day="2027-01-01", again="all")
    assert whole(tmp_path / "cold").items() <= whole(tmp_path / "results").items()


def test_files_that_change_while_they_are_judged_give_no_answer(pilots, judge, monkeypatch):
    from poc_gate.app.portfolio import judge_pilot

    real = judge_pilot._judge

    def slowly(job: Job) -> Record:
        with (Path(job.path) / "notes.txt").open("a") as file:
            file.write("more\n")
        return real(job)

    monkeypatch.setattr(judge_pilot, "_judge", slowly)
    done = judge(again="all")
    assert {row.reason for row in done.portfolio.rows} == {"its files changed while it was judged: run again"}


def test_a_folder_that_cannot_be_looked_into_is_told_and_not_left_out(pilots, monkeypatch):
    real = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("p1"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match="pilots/p1 cannot be opened"):
        find_pilots([pilots])


def test_a_record_that_was_tampered_with_is_judged_again(judge, tmp_path):
    path = next((tmp_path / "results" / "records").iterdir())
    with gzip.open(path) as file:
        record = json.loads(file.read())
    path.write_bytes(gzip.compress(json.dumps(record | {"word": "GO"}).encode(), mtime=0))
    assert judge().judged == 1


def test_a_pilot_that_cannot_be_read_is_one_row_with_its_place(pilots, judge):
    (pilots / "p1" / "pilot.yaml").write_text("apiVersion: poc-gate/v1\npilot:\n  nme: x\n")
    done = judge()
    assert (done.reused, done.failed) == (2, 1)
    row = next(row for row in done.portfolio.rows if row.state == "FAILED")
    assert row.path == "pilots/p1"
    assert row.reason.startswith("pilots/p1/pilot.yaml:3:3")
    assert judge().failed == 1, "a failure is no answer that is kept"


def test_parts_join_to_the_bytes_of_the_whole(judge, tmp_path):
    parts = []
    for part in (1, 2):
        shutil.copytree("results", f"part{part}")
        judge(f"part{part}", shard=f"{part}/2")
        parts.append(tmp_path / f"part{part}")
    merge_results(parts, tmp_path / "joined")
    assert whole(tmp_path / "joined") == whole(tmp_path / "results")
    counts = [len(json.loads((part / "portfolio.json").read_text())["rows"]) for part in parts]
    assert sum(counts) == 3

    told = merge_results(parts[:1], tmp_path / "half")
    half = json.loads((tmp_path / "half" / "portfolio.json").read_text())
    lost = [row for row in half["rows"] if row.get("state") == "FAILED"]
    assert (len(half["rows"]), len(lost)) == (3, counts[1])
    assert all("no part" in row["reason"] for row in lost)
    named = {0: "", 1: "1 pilot is in no part"}.get(counts[1], f"{counts[1]} pilots are in no part")
    assert named in told
    assert ("in no part" in told) == bool(counts[1])


def test_parts_of_another_day_are_refused(judge, tmp_path):
    shutil.copytree("results", "part2")
    judge("part2", shard="2/2", day="2026-11-29")
    with pytest.raises(UsageError, match="another day"):
        merge_results([tmp_path / "results", tmp_path / "part2"], tmp_path / "joined")


def test_a_run_that_is_killed_keeps_what_was_judged(pilots):
    for number in range(3, 12):
        shutil.copytree(pilots / "p1", pilots / f"p{number}")
    command = [sys.executable, "-m", "poc_gate", "portfolio", "run", "pilots", "-o", "fresh", "-m", "l4-24gb"]
    command += ["--on", DAY, "--jobs", "1", "-q"]
    parent = subprocess.Popen(command, stderr=subprocess.PIPE)
    kept = Path("fresh", "keys")
    while not kept.is_dir() or len(list(kept.iterdir())) < 3:
        assert parent.poll() is None, parent.stderr.read().decode()
        time.sleep(0.02)
    children = psutil.Process(parent.pid).children()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stderr.close()
    assert not psutil.wait_procs(children, timeout=30)[1], "a process outlived its parent"
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line = next(line for line in done.stderr.splitlines() if "unchanged" in line)
    judged, reused, failed = (int(word) for word in line.replace(",", "").split() if word.isdigit())
    assert judged + reused == 12
    assert reused >= 3
    assert not failed


def test_a_file_system_without_room_stops_the_run_in_words(judge, tmp_path):
    (tmp_path / "results" / "records").rename(tmp_path / "elsewhere")
    (tmp_path / "results" / "records").symlink_to("/dev/full")
    with pytest.raises(UsageError, match=r"cannot be (created|written)"):
        judge(again="all")


def test_a_worker_without_room_for_its_record_stops_the_run_in_words(judge, tmp_path):
    (tmp_path / "results" / "keys").rename(tmp_path / "elsewhere")
    (tmp_path / "results" / "keys").mkdir()
    for path in (tmp_path / "elsewhere").iterdir():
        (tmp_path / "results" / "keys" / path.name).symlink_to("/dev/full")
    with pytest.raises(UsageError, match=r"cannot be written: No space left"):
        judge(again="all", processes=1)


def test_one_repository_with_many_pilots_is_scanned_once_and_judged_by_folder(pilots, judge):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", "pilots"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "pilots"]):
        subprocess.run([*git, *words], check=True)
    assert judge().judged == 3, "a history is an input"
    again = ["commit", "-q", "--amend", "-m", "pilots", "-m", "Reviewed-by: B <b@example.com>"]
    subprocess.run([*git, *again], check=True)
    forget()
    assert judge().judged == 3, "the same files in another commit may be approved by another hand"
    assert judge().reused == 3
    (pilots / "p1" / "pilot.yaml").write_text((pilots / "p1" / "pilot.yaml").read_text() + "\n# looked at\n")
    once = judge()
    assert (once.judged, once.reused) == (1, 2)
    (pilots / "key.txt").write_text("AKIA" + "Q3EGRT7YHUJ2K4ML\n")
    assert judge().judged == 3, "a secret anywhere in the repository counts for every pilot in it"


def test_each_folder_has_the_last_commit_that_changed_a_file_in_it(pilots):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    odd = Path("pilots") / 'a \n"b'
    odd.mkdir()
    (odd / "x.txt").write_text("1\n")
    for words in (["init", "-q"], ["add", "pilots"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *words], check=True)
    first = last_commits(Path("pilots"))
    assert set(first.values()) == {subprocess.check_output([*git, "rev-parse", "HEAD"], text=True).strip()}
    assert "pilots/p0/records" in first
    assert 'pilots/a \n"b' in first
    (pilots / "p0" / "records" / "team.yaml").write_text("owners: {business: head of sales}\n")
    subprocess.run([*git, "commit", "-qam", "two"], check=True)
    second = last_commits(pilots / "p1")
    changed = {name for name in second if second[name] != first[name]}
    assert changed == {".", "pilots", "pilots/p0", "pilots/p0/records"}
    assert last_commits(Path("/")) == {}


def forget() -> None:
    """Forget what this process knows of repositories; a process of the pool knows nothing yet."""
    pilot_key._last_commits.cache_clear()


def test_pages_of_pilots_are_written_and_linked(pilots, judge, tmp_path):
    for name in ("p0", "p2"):
        shutil.rmtree(pilots / name)
    (row,) = judge(pages=True).portfolio.rows
    assert (tmp_path / "results" / row.page).stat().st_size > 50_000
    assert judge(pages=True).reused == 1
    (tmp_path / "results" / row.page).unlink()
    assert judge(pages=True).judged == 1


def test_a_portfolio_file_names_pilots_and_what_they_are_judged_against(pilots, tmp_path):
    file = tmp_path / "portfolio.yaml"
    file.write_text(
        "machine: l4-24gb\npilots:\n  - pilots/p[01]\n  - {path: pilots/p2, machine: h100-sxm-80gb}\n"
    )
    found = find_pilots([tmp_path])
    assert [(Path(one.path).name, one.machine) for one in found.pilots] == [
        ("p0", "l4-24gb"),
        ("p1", "l4-24gb"),
        ("p2", "h100-sxm-80gb"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("pilots: [nowhere]\n", "there is no pilot at"),
        ("pilots: []\nmashine: x\n", "portfolio.yaml:2:1"),
        ("pilots: 3\n", "portfolio.yaml:1"),
    ],
)
def test_a_broken_portfolio_file_is_told_with_its_place(tmp_path, text, what):
    (tmp_path / "portfolio.yaml").write_text(text)
    with pytest.raises(InvalidInputError, match=what):
        find_pilots([tmp_path])


def test_the_command_answers_with_rows_notes_and_a_code(pilots, capfd):
    (pilots / "p1" / "pilot.yaml").write_text("pilot: 1\n")
    base = ["portfolio", "run", "pilots", "-o", "results", "-m", "l4-24gb", "--on", DAY, "--jobs", "1"]
    assert run(base) == 0
    told = capfd.readouterr()
    assert "1 of 3 pilots is ready, 1 is not ready and 1 could not be judged." in " ".join(told.out.split())
    assert "pilots/p1: not judged: pilots/p1/pilot.yaml:1" in told.err
    assert "0 judged, 2 unchanged since an earlier run, 1 could not be judged" in told.err
    assert run([*base, "--strict", "-q", "--accept", "conditional"]) == 3
    assert run([*base, "--accept", "conditional", "-q"]) == 12
    for odd in (
        ["--shard", "5/4"],
        ["--limit", "soon"],
        ["--accept", "maybe"],
        ["--again", "never"],
        ["--on", "x"],
    ):
        assert run([*base, *odd]) == 2


def test_packs_and_machine_of_the_configuration_hold_for_a_portfolio_too(pilots, capfd):
    rules = Path(__file__).resolve().parents[2] / "examples" / "packs" / "house-rules"
    shutil.copytree(rules, "house-rules")
    Path("poc-gate.toml").write_text('[assess]\nmachine = "h100-sxm-80gb"\npack = ["house-rules"]\n')
    assert run(["portfolio", "run", "pilots", "-o", "results", "--on", DAY, "--jobs", "1", "-q"]) == 0
    assert "3 judged" in capfd.readouterr().err
    held = json.loads(Path("results/portfolio.json").read_text())
    assert "house-rules" in held["packs"]
    assert held["options"] == {"machine": "h100-sxm-80gb"}


def test_an_empty_folder_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no pilot\.yaml"):
        run_portfolio(PortfolioRequest((tmp_path / "empty",), tmp_path / "results", DAY))


def test_names_that_are_no_file_names_and_paths_that_are_alike_have_files_of_their_own(pilots, judge):
    (pilots / "p1").rename(pilots / "a b;$(touch x)\n'")
    (pilots / "deep").mkdir()
    shutil.copytree(pilots / "p2", pilots / "deep" / "p2")
    done = judge()
    assert (done.failed, done.reused) == (0, 2)
    names = [row.record for row in done.portfolio.rows]
    assert len(set(names)) == 4
    assert all(os.path.normpath(name) == name and name.isprintable() and " " not in name for name in names)


def test_a_selection_is_never_a_go_and_has_records_of_its_own(pilots, judge, tmp_path, capfd):
    whole_run = {row.path: row.word for row in judge().portfolio.rows}
    assert "GO" in whole_run.values()
    some = judge("some", only=("ownership",))
    assert "GO" not in {row.word for row in some.portfolio.rows}
    assert judge("some", only=("ownership",)).reused == 3
    assert judge("some").judged == 3, "a record of a selection says nothing about the whole"
    assert judge("some", only=("ownership",)).judged == 3
    shown = show_portfolio(tmp_path / "some", ["terminal"]).decode()
    assert "Only ownership judged, which never makes a GO." in shown
    with pytest.raises(UsageError, match="'wonership' is not a rule, pack or dimension"):
        judge("some", only=("wonership",))
    words = [
        "portfolio",
        "run",
        "pilots",
        "-o",
        "some",
        "-m",
        "l4-24gb",
        "--only",
        "ownership",
        "--history",
        "h",
    ]
    assert run(words) == 2
    assert "a selection of rules is not a run to compare others with" in capfd.readouterr().err


def test_the_stage_that_is_asked_for_wins(judge):
    assert {row.stage for row in judge("pilot", stage="pilot").portfolio.rows} == {"pilot"}
    assert judge("pilot", stage="pilot").reused == 3
    assert judge("pilot", stage="production").reused == 0
    with pytest.raises(UsageError, match="'prod' is not a stage"):
        judge("pilot", stage="prod")


def sources_file(path: Path, seconds: float = 1.0) -> None:
    """Write what `sources run` writes of the source that two of the pilots share."""
    fact = "sources[payments-warehouse].p99"
    value = Quantity(seconds, "s")
    one = Measurement(fact, value, "s", median=seconds, low=seconds, high=seconds, stable=True, grade="A")
    report = SourceReport("payments-warehouse", "measured", system="postgres", measurements=(one,))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        write_sources(SourcesFile(f"{DAY}T08:00:00Z", "0.1.0", "light", "", 1, "poisson", (report,)))
    )


def test_measured_sources_are_read_where_a_pilot_has_them(pilots, judge, tmp_path):
    with pytest.raises(UsageError, match=r"no pilot has a file sources[.]json in its folder"):
        judge(sources="sources.json")
    elsewhere = tmp_path / "measured" / "p1.json"
    sources_file(elsewhere)
    run_of = judge("other", sources="measured/{pilot}.json")
    assert (run_of.judged, run_of.failed) == (3, 0)
    assert judge("other", sources="measured/{pilot}.json").reused == 3
    sources_file(elsewhere, seconds=2)
    assert judge("other", sources="measured/{pilot}.json").judged == 1
    sources_file(pilots / "p1" / "sources.json")
    listed = tmp_path / "portfolio.yaml"
    listed.write_text(
        "pilots:\n  - {path: pilots/p1, sources: pilots/p1/sources.json}\n"
        "  - {path: pilots/p0, stage: prod, sources: none.json}\n  - pilots/p9\n"
    )
    with pytest.raises(InvalidInputError) as caught:
        find_pilots([listed])
    told = [(fault.line, fault.column > 1) for fault in caught.value.faults]
    assert told == [(3, True), (3, True), (4, True)]
    listed.write_text("pilots:\n  - {path: pilots/p1, sources: pilots/p1/sources.json}\n")
    assert [Path(one.sources).name for one in find_pilots([listed]).pilots] == ["sources.json"]
