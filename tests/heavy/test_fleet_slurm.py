"""A fleet with Slurm: a real controller and four node daemons; one killed, one frozen, one busy, one that fails."""
# Debian packages: slurm-wlm munge iproute2
# Runs as root.

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fleet_samples import asked, fake_tool, states
from own_slurm import OwnSlurm, own_slurm

from poc_gate.many.fleet.node_names import expand_names, fold_names

POC_GATE = [sys.executable, "-m", "poc_gate"]
LIMIT = 15
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSlurm]:
    """Start Slurm once for all tests of this file."""
    with own_slurm(tmp_path_factory.mktemp("slurm"), 4) as running:
        yield running


def probe(slurm: OwnSlurm, tmp_path: Path, tool: Path, *words: str) -> float:
    """Ask the four nodes and return how long it took."""
    begin = time.monotonic()
    done = slurm.run(
        [*POC_GATE, "fleet", "probe", "--via", "slurm", "--nodes", "n[1-4]", "--limit", str(LIMIT), "--tool",
         str(tool), "-o", "f", *words],
        cwd=tmp_path,
    )  # fmt: skip
    taken = time.monotonic() - begin
    print(f"\n{taken:.1f} s with a limit of {LIMIT} s\n{done.stdout}{done.stderr}")
    assert done.returncode == 0
    return taken


def test_four_nodes_answer_each_by_itself(slurm: OwnSlurm, tmp_path: Path):
    tool = fake_tool(tmp_path, {"n4": "fail"})
    probe(slurm, tmp_path, tool)
    assert sorted(asked(tmp_path)) == ["n1", "n2", "n3", "n4"]
    failed = ("FAILED", "poc-gate ended there with exit code 3 and no profile")
    assert states(tmp_path / "f") == dict.fromkeys(["n1", "n2", "n3"], ("OK", "")) | {"n4": failed}


def test_a_busy_node_is_left_to_its_job_and_asked_again_later(slurm: OwnSlurm, tmp_path: Path):
    tool = fake_tool(tmp_path, {})
    job = slurm.start("hub", ["srun", "-w", "n2", "-n1", "sleep", "600"])
    time.sleep(3)
    probe(slurm, tmp_path, tool)
    assert states(tmp_path / "f") == dict.fromkeys(["n1", "n3", "n4"], ("OK", "")) | {
        "n2": ("NOT_RUN", "busy")
    }
    job.terminate()
    job.wait(20)
    slurm.run(["scancel", "-u", "root"], cwd=tmp_path)
    slurm.wait_idle(["n1", "n2", "n3", "n4"])
    probe(slurm, tmp_path, tool, "--again", "unmeasured")
    assert states(tmp_path / "f")["n2"] == ("OK", "")
    assert len(asked(tmp_path)) == 4


def test_the_batch_file_is_accepted_run_and_taken_in(slurm: OwnSlurm, tmp_path: Path):
    tool = fake_tool(tmp_path, {"n3": "fail"})
    script = slurm.run([*POC_GATE, "fleet", "script", "--via", "slurm", "--nodes", "n[1-4]", "--limit", str(LIMIT),
                        "--tool", str(tool), "-o", "fleet"], cwd=tmp_path)  # fmt: skip
    (tmp_path / "job.sh").write_text(script.stdout)
    tested = slurm.run(["sbatch", "--test-only", "job.sh"], cwd=tmp_path)
    assert tested.returncode == 0, tested.stderr
    assert "using" in tested.stderr
    done = slurm.run(["sbatch", "--wait", "job.sh"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    outputs = sorted(str(path) for path in tmp_path.glob("poc-gate-*/*.out"))
    added = slurm.run([*POC_GATE, "fleet", "add", "fleet", *outputs], cwd=tmp_path)
    assert added.stdout == "4 nodes were added to fleet\n", added.stderr
    failed = ("FAILED", "poc-gate ended there with exit code 3 and no profile")
    assert states(tmp_path / "fleet") == dict.fromkeys(["n1", "n2", "n4"], ("OK", "")) | {"n3": failed}


def test_inside_an_allocation_its_nodes_are_asked_as_steps(slurm: OwnSlurm, tmp_path: Path):
    tool = fake_tool(tmp_path, {})
    done = slurm.run(
        ["salloc", "--quiet", "-N2", "-w", "n1,n2", "--exclusive", *POC_GATE, "fleet", "probe", "--via", "slurm",
         "--nodes", "n[1-2],n4", "--limit", str(LIMIT), "--tool", str(tool), "-o", "f"],
        cwd=tmp_path,
    )  # fmt: skip
    print(done.stdout, done.stderr)
    found = states(tmp_path / "f")
    assert (found["n1"], found["n2"]) == (("OK", ""), ("OK", ""))
    assert found["n4"][0] in {"NOT_RUN", "FAILED"}  # is no node of the allocation
    slurm.wait_idle(["n1", "n2", "n3", "n4"])


def test_the_commands_of_the_page_work_as_they_are_written(slurm: OwnSlurm, tmp_path: Path):
    """The section "A fleet with Slurm" of docs/fleet.md, line by line, with the true probe on every node."""
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    section = page.partition("## A fleet with Slurm\n")[2].partition("\n## ")[0]
    lines = [line.strip() for line in section.splitlines() if line.startswith("    ") and "#" not in line[:6]]
    assert len(lines) == 6
    slurm.environment["PATH"] = f"{ROOT / '.venv' / 'bin'}:{slurm.environment['PATH']}"
    for line in lines:
        done = slurm.run(["bash", "-c", line], cwd=tmp_path, seconds=400)
        print(f"\n$ {line}\n{done.stdout[-1500:]}{done.stderr[-500:]}")
        assert done.returncode == 0
    # A machine that runs four nodes and other tests besides is busy, and says so.
    assert set(states(tmp_path / "fleet")) == {"n1", "n2", "n3", "n4"}
    assert set(states(tmp_path / "fleet").values()) <= {("OK", ""), ("NOT_RUN", "busy")}
    shown = slurm.run(["poc-gate", "fleet", "show", "fleet"], cwd=tmp_path).stdout
    assert shown.startswith("4 nodes: ")


def test_names_are_those_that_slurm_understands(slurm: OwnSlurm, tmp_path: Path):
    for text in ("n[1-3,7]", "gpu[001-012]", "r[1-2]n[08-11],login", "a,b,c1"):
        theirs = slurm.run(["scontrol", "show", "hostnames", text], cwd=tmp_path).stdout.split()
        assert list(expand_names(text)) == theirs
        again = slurm.run(["scontrol", "show", "hostnames", fold_names(theirs)], cwd=tmp_path).stdout.split()
        assert sorted(again) == sorted(theirs)


def test_a_killed_and_a_frozen_node_have_their_states_though_srun_says_nothing(
    slurm: OwnSlurm, tmp_path: Path
):
    """Last, since two nodes are lost."""
    tool = fake_tool(tmp_path, dict.fromkeys(["n2", "n3"], "slow60") | {"n4": "hang"})

    def trouble() -> None:
        while not {"n2", "n3"} <= set(asked(tmp_path)):
            time.sleep(0.2)
        slurm.cabling.send("n2", signal.SIGKILL)
        slurm.cabling.send("n3", signal.SIGSTOP)

    troubling = threading.Thread(target=trouble)
    troubling.start()
    taken = probe(slurm, tmp_path, tool)
    troubling.join()
    found = states(tmp_path / "f")
    assert found["n1"] == ("OK", "")
    assert found["n4"] == ("NOT_RUN", "timeout")
    assert {found["n2"], found["n3"]} <= {("NOT_RUN", "unreachable"), ("NOT_RUN", "timeout")}
    assert taken <= LIMIT + 20
    slurm.cabling.send("n3", signal.SIGCONT)
    deadline = time.monotonic() + 40
    while any(
        str(tool) in line for node in ("n1", "n2", "n3", "n4") for line in slurm.cabling.lines(node).values()
    ):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    queue = slurm.run(["squeue", "-h", "-o", "%j %t"], cwd=tmp_path).stdout
    print(f"left in the queue: {queue!r}")
    assert not [line for line in queue.splitlines() if line and line.split()[1] != "CG"]
