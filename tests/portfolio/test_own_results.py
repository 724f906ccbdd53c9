"""Nothing that a portfolio or a fleet writes takes the place of an input, or of what somebody else wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from poc_gate.app.ground.files.own_output import check_output
from poc_gate.cli.app import run
from poc_gate.many.fleet.records.node_record import write_record, write_run
from poc_gate.model.many.fleet import FleetRun, NodeRecord, NodeState

FORMS = ["terminal", "html", "csv", "json", "markdown"]
PORTFOLIO = ["portfolio", "run", "pilots", "-m", "l4-24gb", "--on", "2026-11-28", "-q", "-o"]


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    nodes = tmp_path / "fleet" / "nodes"
    nodes.mkdir(parents=True)
    (tmp_path / "fleet" / "fleet.json").write_bytes(
        write_run(FleetRun(("n1",), "local", "2026-11-28T00:00:00Z", "0.1.0"))
    )
    one = NodeRecord("n1", NodeState.NOT_RUN, "unreachable", "", "ssh")
    (nodes / "n1.json").write_bytes(write_record(one))
    return tmp_path / "fleet"


def refused(words: list[str], victim: Path, why: str, capfd) -> None:
    before = victim.read_bytes()
    assert run(words) == 2
    assert victim.read_bytes() == before
    assert why in capfd.readouterr().err


@pytest.mark.parametrize("form", FORMS)
def test_each_view_is_known_again_and_takes_no_other_file(pilots, fleet, form, capfd):
    for show in (["portfolio", "show", "results"], ["fleet", "show", "fleet"]):
        target = Path("view")
        for _ in range(2):
            assert run([*show, "--format", f"{form}={target}"]) == 0
        check_output(target)
        target.write_text("what somebody wrote\n")
        refused([*show, "--format", f"{form}={target}"], target, "poc-gate did not write it", capfd)
        target.unlink()


@pytest.mark.parametrize("link", [False, True])
def test_what_a_view_is_made_of_is_not_written_over(pilots, fleet, link, capfd):
    for show, read in (
        (["portfolio", "show", "results"], Path("results/portfolio.json")),
        (["fleet", "show", "fleet"], Path("fleet/nodes/n1.json")),
        (["fleet", "show", "fleet"], Path("fleet/fleet.json")),
    ):
        target = read
        if link:
            target = Path("link")
            target.unlink(missing_ok=True)
            target.symlink_to(read)
        refused([*show, "--format", f"json={target}"], read, "is an input", capfd)


def test_results_do_not_go_into_a_pilot_or_over_a_file_of_that_name(pilots, capfd):
    manifest = pilots / "p1" / "pilot.yaml"
    for place in ("pilots/p1", "pilots/p1/results"):
        refused([*PORTFOLIO, place], manifest, "is in the folder of the pilot pilots/p1", capfd)
        assert not (pilots / "p1" / "results").exists()
        assert not (pilots / "p1" / "records" / "keys").exists()
    other = Path("other") / "portfolio.json"
    other.parent.mkdir()
    other.write_text('{"holdings": ["shares"]}')
    refused([*PORTFOLIO, "other"], other, "poc-gate did not write it", capfd)
    refused(["portfolio", "merge", "results", "-o", "other"], other, "poc-gate did not write it", capfd)
    kept = Path("results") / "portfolio.json"
    refused(["portfolio", "merge", "results", "-o", "results"], kept, "is one of the parts", capfd)


@pytest.mark.parametrize(
    "name", ["../out.gz", "/tmp/out.gz", "keys/x-0123456789ab.json", ".bashrc", "records/a.json.gz"]
)
def test_a_part_writes_no_name_that_a_run_does_not_give(pilots, name, capfd):
    part = Path("results") / "portfolio.json"
    held = json.loads(part.read_text())
    held["rows"][0]["record"] = name
    part.write_text(json.dumps(held))
    assert run(["portfolio", "merge", "results", "-o", "whole"]) == 2
    assert "is not a name that `portfolio run` gives a file" in capfd.readouterr().err
    assert not (Path("whole") / "portfolio.json").exists()


def test_a_record_of_a_node_takes_no_file_of_others(fleet, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    victim = fleet / "nodes" / "n2.json"
    victim.write_text('{"what": "an inventory"}')
    ask = [
        "fleet",
        "probe",
        "--via",
        "local",
        "--nodes",
        "n2",
        "--again",
        "all",
        "-o",
        "fleet",
        "--tool",
        "false",
    ]
    refused(ask, victim, "poc-gate did not write it", capfd)
    shutil.copy(fleet / "nodes" / "n1.json", tmp_path / "n1.json")
    taken = (tmp_path / "n1.json").read_text().replace('"n1"', '"n2"')
    (tmp_path / "n2.json").write_text(taken)
    refused(["fleet", "add", "fleet", "n2.json"], victim, "poc-gate did not write it", capfd)
