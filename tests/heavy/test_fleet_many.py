"""Three hundred nodes as commands of this machine, 64 at once, killed half-way: time, memory, and only the rest asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from fleet_samples import asked, states
from test_carrying import left_running

NODES = 300
STAND_IN = """\
#!/bin/sh
# A stand-in that costs little: 300 interpreters on two cores would be measured instead.
echo "$POC_GATE_NODE" >>{log}
case "$POC_GATE_NODE" in
n007|n008) exec sleep 600 ;;
n009) exit 3 ;;
n010|n011|n012) echo no profile ;;
*) exec cat {profile} ;;
esac
"""


def cheap_tool(folder: Path) -> Path:
    """Write a stand-in for poc-gate that is a shell script."""
    from fleet_samples import profile_of

    from poc_gate.inputs.probe.profile.profile_file import write_profile

    (folder / "profile.json").write_bytes(write_profile(profile_of()))
    tool = folder / "tool"
    tool.write_text(STAND_IN.format(log=folder / "asked", profile=folder / "profile.json"))
    tool.chmod(0o755)
    return tool


def command(tool: Path) -> list[str]:
    return [sys.executable, "-m", "poc_gate", "fleet", "probe", "--nodes", f"n[001-{NODES}]", "--via", "local",
            "--at-once", "64", "--limit", "10", "--tool", str(tool), "-o", "f", "-q"]  # fmt: skip


def test_three_hundred_nodes_killed_half_way(tmp_path: Path):
    tool = cheap_tool(tmp_path)
    running = subprocess.Popen(command(tool), cwd=tmp_path)
    while len(list((tmp_path / "f" / "nodes").glob("*.json"))) < NODES // 2:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    time.sleep(5)
    assert left_running(tmp_path) == []
    kept = states(tmp_path / "f")
    (tmp_path / "asked").unlink()
    begin = time.monotonic()
    running = subprocess.Popen(command(tool), cwd=tmp_path)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    taken = time.monotonic() - begin
    print(f"\nkept {len(kept)}, the rest in {taken:.1f} s, {used.ru_maxrss / 1024:.0f} MB at most, "
          f"{used.ru_utime + used.ru_stime:.1f} s of CPU")  # fmt: skip
    assert os.waitstatus_to_exitcode(status) == 0
    found = states(tmp_path / "f")
    assert len(found) == NODES
    assert set(asked(tmp_path)) == set(found) - set(kept)
    assert found["n007"] == found["n008"] == ("NOT_RUN", "timeout")
    assert found["n009"][0] == found["n010"][0] == "FAILED"
    assert sum(state == ("OK", "") for state in found.values()) == NODES - 6


def test_three_hundred_nodes_in_one_go(tmp_path: Path):
    tool = cheap_tool(tmp_path)
    begin = time.monotonic()
    running = subprocess.Popen(command(tool), cwd=tmp_path)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    taken = time.monotonic() - begin
    print(f"\n{NODES} nodes in {taken:.1f} s, {used.ru_maxrss / 1024:.0f} MB at most, "
          f"{used.ru_utime + used.ru_stime:.1f} s of CPU")  # fmt: skip
    assert os.waitstatus_to_exitcode(status) == 0
    assert taken <= 60 + 10
    assert used.ru_maxrss / 1024 < 60
    assert len(states(tmp_path / "f")) == NODES
    assert left_running(tmp_path) == []
