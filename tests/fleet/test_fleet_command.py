"""`poc-gate fleet` as people use it: show in every format, scripts that others accept, files taken in, a pilot judged."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from fleet_samples import clean_fleet, profile_of, record_of, states
from forked_command import run_command
from markdown_it import MarkdownIt

from poc_gate.app.fleet.add_files import add_files
from poc_gate.app.fleet.show_fleet import ShowRequest, show_fleet
from poc_gate.app.ground.machines.fleet_folder import write_fleet_run, write_node
from poc_gate.errors import ExitCode, InvalidInputError, UsageError
from poc_gate.inputs.probe.profile.profile_file import write_profile
from poc_gate.model.many.fleet import FleetRun, NodeRecord, NodeState
from poc_gate.model.quantity import Quantity

ROOT = Path(__file__).parents[2]
PILOT = ROOT / "examples" / "support-assistant"
HOSTILE = "<script>alert(1)</script> \x1b[2J =cmd() | [x](javascript:1) \u202e"


def poc_gate(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fleet of 24 nodes: one slow, one that failed with a hostile word, one unreachable, one never asked."""
    path = tmp_path / "fleet"
    records = [*clean_fleet(20, seed=3), record_of("n021", read=250e9)]
    records.append(NodeRecord("n022", NodeState.FAILED, "its answer was cut off", HOSTILE, "ssh"))
    records.append(NodeRecord("n023", NodeState.NOT_RUN, "unreachable", "No route to host", "ssh"))
    write_fleet_run(
        path, FleetRun(tuple(f"n{n:03d}" for n in range(1, 25)), "ssh", "2026-11-28T00:00:00Z", "0.1.0")
    )
    for record in records:
        write_node(path, record)
    return path


def view(folder: Path, *formats: str, **others: object) -> bytes:
    return show_fleet(ShowRequest(folder, formats, **others)).stdout


def test_the_terminal_says_how_many_which_and_why(folder: Path):
    text = view(folder).decode()
    assert text.splitlines()[0] == "24 nodes: 20 OK, 1 DEGRADED, 2 NOT_RUN, 1 FAILED"
    assert "1 NOT_RUN (unreachable)" in text
    assert "1 NOT_RUN (no answer)" in text
    assert "n021" in text
    assert "n001" not in text.replace("n001 ", "n001")  # what is well is not listed
    assert "\x1b" not in text
    assert "slow at: the loss from which a node counts as slow" in " ".join(text.split())
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "n001" in view(folder, every_node=True).decode()


def test_every_format_keeps_what_a_node_said_inert(folder: Path):
    page = view(folder, "html").decode()
    assert "figures of grade C are left out" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    rows = list(csv.DictReader(io.StringIO(view(folder, "csv").decode("utf-8-sig"))))
    assert len(rows) == 24
    assert {row["state"] for row in rows} == {"OK", "DEGRADED", "FAILED", "NOT_RUN"}
    assert all(not row["said"].startswith(("=", "<")) or row["said"].startswith("<script") for row in rows)
    markdown = view(folder, "markdown").decode()
    html = MarkdownIt("gfm-like").render(markdown)
    assert "<script>" not in html
    assert "href" not in html
    assert html.count("<tr>") > 3
    data = json.loads(view(folder, "json"))
    assert data["states"] == {"DEGRADED": 1, "FAILED": 1, "NOT_RUN": 2, "OK": 20}
    assert data["groups"][0]["comparisons"][0]["slow"] in ([], ["n021"])


def test_too_few_answers_have_an_exit_code(folder: Path):
    enough = show_fleet(ShowRequest(folder, min_answered="85 %"))
    assert enough.code is ExitCode.GO
    few = show_fleet(ShowRequest(folder, min_answered="90 %"))
    assert few.code is ExitCode.NOT_MEASURED
    assert few.note == "21 of 24 nodes were measured, fewer than 90 %"
    for wrong in ("95", "200 %", "many", "-1 %"):
        with pytest.raises(UsageError):
            show_fleet(ShowRequest(folder, min_answered=wrong))


def test_views_are_written_to_files_and_odd_requests_refused(folder: Path, tmp_path: Path):
    out = view(folder, "csv", f"html={tmp_path / 'f.html'}", f"json={tmp_path / 'f.json'}")
    assert out.startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "f.html").read_bytes().startswith(b"<!DOCTYPE html>")
    for formats in (("pdf",), ("csv", "json"), (f"csv={tmp_path / 'no' / 'f.csv'}",)):
        with pytest.raises(UsageError):
            view(folder, *formats)
    with pytest.raises(UsageError):
        view(folder, group_by="rack")
    with pytest.raises(InvalidInputError, match="is not a fleet folder"):
        view(tmp_path)


def test_a_fleet_is_held_against_what_was_bought(folder: Path, tmp_path: Path):
    (tmp_path / "delivered.json").write_bytes(write_profile(profile_of(read=500e9)))
    text = view(folder, expect=str(tmp_path / "delivered.json"), width=120).decode()
    assert "the whole group epyc-9654-8x-h100 is below its specification in memory.read_all" in text
    assert "21 DEGRADED" in text


def test_profiles_records_and_logs_are_taken_in(tmp_path: Path):
    (tmp_path / "a1.json").write_bytes(write_profile(profile_of()))
    write_node(tmp_path / "other", record_of("a2"))
    nonce = "poc-gate-00112233445566aa"
    content = write_profile(profile_of()).decode()
    log = f"Welcome\n\n{nonce} begin a3\n{content}\n{nonce} end 0\n"
    lines = f"{log}\n{nonce} no-tool a4\n".splitlines()
    (tmp_path / "a3.out").write_text(log)
    (tmp_path / "pods.log").write_text("".join(f"[pod/x-{nonce}-0/probe] {line}\n" for line in lines))
    mixed = [pair for both in zip(pod(nonce, "b1"), pod(nonce, "b2"), strict=True) for pair in both]
    (tmp_path / "mixed.log").write_text("\n".join(mixed) + "\n")
    names = ("a1.json", "other/nodes/a2.json", "a3.out", "pods.log", "mixed.log")
    added = add_files(tmp_path / "fleet", [tmp_path / name for name in names])
    assert [record.node for record in added] == ["a1", "a2", "a3", "a4", "b1", "b2"]
    ok = dict.fromkeys(["a1", "a2", "a3", "b1", "b2"], ("OK", ""))
    assert states(tmp_path / "fleet") == ok | {"a4": ("NOT_RUN", "no tool")}


def test_one_measurement_under_two_names_is_one_machine(tmp_path: Path):
    for name in ("a1", "a2"):
        (tmp_path / f"{name}.json").write_bytes(write_profile(profile_of()))
    with pytest.raises(InvalidInputError, match="it holds the very measurement of the node a1"):
        add_files(tmp_path / "fleet", [tmp_path / "a1.json", tmp_path / "a2.json"])
    assert not (tmp_path / "fleet").exists()
    add_files(tmp_path / "fleet", [tmp_path / "a1.json"])
    add_files(tmp_path / "fleet", [tmp_path / "a1.json"])
    with pytest.raises(InvalidInputError, match="measure a2 itself"):
        add_files(tmp_path / "fleet", [tmp_path / "a2.json"])
    (tmp_path / "a2.json").write_bytes(write_profile(profile_of(read=499e9)))
    add_files(tmp_path / "fleet", [tmp_path / "a2.json"])
    assert states(tmp_path / "fleet") == dict.fromkeys(["a1", "a2"], ("OK", ""))


def pod(nonce: str, node: str) -> list[str]:
    content = write_profile(profile_of()).decode()
    text = f"\n{nonce} begin {node}\n{content}\n{nonce} end 0"
    return [f"[pod/{node}/probe] {line}" for line in text.split("\n")]


def test_nothing_is_taken_in_where_one_file_is_broken(tmp_path: Path):
    (tmp_path / "a.json").write_bytes(write_profile(profile_of()))
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c d.json").write_bytes(write_profile(profile_of()))
    with pytest.raises(InvalidInputError) as refused:
        add_files(tmp_path / "fleet", [tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c d.json"])
    assert len(refused.value.faults) == 2
    assert not (tmp_path / "fleet").exists()


def manifest_of(*options: str) -> dict[str, object]:
    words = [word for option in options for word in ("--engine-option", option)]
    done = poc_gate("fleet", "script", "--via", "kubernetes", "--nodes", "n[1-40]", *words, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)


def test_the_manifest_is_what_kubernetes_takes():
    manifest = manifest_of("image=registry.example/poc-gate:1", "gpu=8")
    for version in ("1.37.0", "1.33.0"):
        kubernetes_validate.validate(manifest, version, strict=True)
    assert manifest["spec"]["completions"] == manifest["spec"]["parallelism"] == 40
    pod_spec = manifest["spec"]["template"]["spec"]
    assert pod_spec["containers"][0]["resources"] == {"limits": {"nvidia.com/gpu": 8}}
    manifest["spec"]["parallelism"] = "four"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest, "1.37.0", strict=True)
    done = poc_gate("fleet", "script", "--via", "kubernetes", "-n", "a", "--engine-option", "x=1", cwd=ROOT)
    assert done.returncode == 2


def test_a_pod_runs_the_script_and_its_log_comes_back(tmp_path: Path):
    """What the manifest's container would run, run here in a shell with the same environment."""
    from fleet_samples import fake_tool

    tool = fake_tool(tmp_path, {})
    done = poc_gate(
        "fleet", "script", "--via", "kubernetes", "-n", "n7", "--tool", str(tool), "-o", "f", cwd=tmp_path
    )
    assert states(tmp_path / "f") == {}
    container = yaml.safe_load(done.stdout)["spec"]["template"]["spec"]["containers"][0]
    ran = subprocess.run(
        container["command"], env={"POC_GATE_NODE": "n7", "PATH": "/usr/bin:/bin"}, capture_output=True,
        stdin=subprocess.DEVNULL, timeout=30, check=True,
    )  # fmt: skip
    (tmp_path / "pods.log").write_bytes(ran.stdout)
    done = poc_gate("fleet", "add", "f", "pods.log", cwd=tmp_path)
    assert done.stdout == "1 node was added to f\n"
    assert states(tmp_path / "f") == {"n7": ("OK", "")}


def test_the_batch_file_is_a_sound_shell_script_with_one_task_a_node(tmp_path: Path):
    done = poc_gate("fleet", "script", "--via", "slurm", "--nodes", "n[001-064]", "--engine-option=--partition=gpu",
                    "-o", "f", cwd=tmp_path)  # fmt: skip
    assert "#SBATCH --nodelist=n[001-064]" in done.stdout
    assert "#SBATCH --partition=gpu" in done.stdout
    assert "--ntasks-per-node=1 --wait=130 --kill-on-bad-exit=0" in done.stdout
    assert "poc-gate fleet add f " in done.stdout
    checked = subprocess.run(["bash", "-n"], input=done.stdout, text=True, capture_output=True, check=False)
    assert checked.stderr == ""
    shown = poc_gate("fleet", "show", "f", cwd=tmp_path)
    assert shown.stdout.startswith("64 nodes: 64 NOT_RUN\n")


def test_a_pilot_is_judged_on_the_worst_usable_node(folder: Path, tmp_path: Path):
    options = ("--format", "json", "--on", "2026-11-28")
    done = poc_gate("assess", str(PILOT), "--machine", str(folder), *options, cwd=tmp_path)
    result = json.loads(done.stdout)
    assert result["machine"]["name"] == "worst of 21 nodes of epyc-9654-8x-h100"
    (read,) = [fact for fact in result["facts"] if fact["name"] == "machine.memory.read_all"]
    assert read["value"] == {"unit": "B/s", "value": 250e9}
    said = " | ".join(notice["message"] for notice in result["notices"])
    assert "judged on 21 measured nodes; 3 others say nothing" in said
    assert "n021 is degraded; without it the verdict" in said
    assert f"{folder.as_posix()}/nodes/n021.json" in result["inputs"]


def test_draining_says_which_rules_it_would_win(tmp_path: Path):
    """One node's devices have too little memory for the model: without it the rule of memory passes."""
    whole, small = (Quantity(size * 2.0**30, "B") for size in (80, 8))
    for number in range(1, 13):
        write_node(tmp_path / "fleet", record_of(f"n{number}", accelerators__memory_total=whole))
    write_node(tmp_path / "fleet", record_of("n13", accelerators__memory_total=small))
    pilot = ROOT / "examples" / "claims-copilot"
    command = (
        "assess",
        str(pilot),
        "--machine",
        "fleet",
        "--format",
        "json",
        "--on",
        "2026-11-28",
        "--only",
        "C01",
    )
    result = json.loads(poc_gate(*command, cwd=tmp_path).stdout)
    said = " | ".join(notice["message"] for notice in result["notices"])
    assert [finding["state"] for finding in result["findings"]] == ["fail"]
    assert "n13 is degraded; without it the verdict " in said
    assert "and C01 would pass" in said


def test_one_kind_of_a_mixed_fleet_can_be_named(tmp_path: Path):
    from poc_gate.app.ground.machines.load_profile import load_profile

    for record in (*clean_fleet(6, seed=1), record_of("s1", read=9e9, cpu__model="AMD EPYC 7413")):
        write_node(tmp_path / "fleet", record)
    worst = load_profile(str(tmp_path / "fleet"))
    assert worst.name == "worst of 7 nodes of epyc-9654-8x-h100"
    data = json.loads(view(tmp_path / "fleet", "json"))
    first = data["groups"][0]["id"]
    kind = load_profile(f"{tmp_path / 'fleet'}@{first}")
    assert kind.name == "worst of 6 nodes of epyc-9654-8x-h100"
    with pytest.raises(UsageError, match="no group of this fleet"):
        load_profile(f"{tmp_path / 'fleet'}@nothing")


def test_a_fleet_without_a_measured_node_is_no_machine(tmp_path: Path):
    write_node(tmp_path / "fleet", NodeRecord("a", NodeState.NOT_RUN, "busy"))
    done = poc_gate("assess", str(PILOT), "--machine", "fleet", cwd=tmp_path)
    assert done.returncode == 3
    assert "none of the 1 nodes was measured" in done.stderr


def test_a_minority_of_nodes_proves_nothing_of_a_fleet(tmp_path: Path):
    from poc_gate.app.ground.machines.fleet_machine import fleet_machine
    from poc_gate.model.claim import Provenance

    for record in clean_fleet(4, seed=1):
        write_node(tmp_path / "fleet", record)
    asked_for = tuple(f"n{n:03d}" for n in range(1, 9))
    for count, provenance in ((8, Provenance.MEASURED), (9, Provenance.DECLARED)):
        names = (*asked_for, "n099")[:count]
        write_fleet_run(tmp_path / "fleet", FleetRun(names, "ssh", "2026-11-28T00:00:00Z", "0.1.0"))
        machine = fleet_machine(tmp_path / "fleet")
        measured = {m.provenance for m in machine.profile.measurements if m.value is not None and m.grade}
        assert measured == {provenance}
    assert "a minority, so its figures count as declared" in machine.notices[0].message


def test_a_folder_remembers_what_was_asked_and_how(tmp_path: Path):
    from fleet_samples import fake_tool

    tool = fake_tool(tmp_path, {})
    write_fleet_run(tmp_path / "f", FleetRun(("a", "b"), "local", "2026-11-28T00:00:00Z", "0.1.0"))
    done = poc_gate("fleet", "probe", "-o", "f", "--tool", str(tool), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert states(tmp_path / "f") == {"a": ("OK", ""), "b": ("OK", "")}
    done = poc_gate("fleet", "probe", "-o", "other", cwd=tmp_path)
    assert done.returncode == 2
    assert "no node was given" in done.stderr
