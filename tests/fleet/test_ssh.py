"""Over a real sshd: a hang, an error, a greeting, a wrong key, an unknown host and a closed port; nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from fleet_samples import asked, fake_tool, states
from own_sshd import free_ports, make_key, own_sshd
from test_carrying import fleet, left_running, wait_for

NODES = ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"]


def options(config: Path) -> list[str]:
    return ["--engine-option=-F", f"--engine-option={config}"]


def spoil(config: Path, folder: Path) -> None:
    """Give n5 a key that nobody knows, n6 a host key that is not known, and n7 a port on which nobody listens."""
    make_key(folder / "stranger")
    blocks = config.read_text().split("\n\n")
    spoilt = {
        "Host n5": (str(folder / "user_key"), str(folder / "stranger")),
        "Host n6": (str(folder / "known_hosts"), "/dev/null"),
    }
    for number, block in enumerate(blocks):
        for head, (old, new) in spoilt.items():
            if block.startswith(f"{head}\n"):
                blocks[number] = block.replace(old, new)
        if block.startswith("Host n7\n"):
            lines = [
                line if "Port" not in line else f"  Port {free_ports(1)[0]}" for line in block.split("\n")
            ]
            blocks[number] = "\n".join(lines)
    config.write_text("\n\n".join(blocks))


def test_each_node_has_its_state_within_the_limit_and_nothing_is_left(tmp_path: Path):
    tool = fake_tool(tmp_path, {"n2": "hang", "n3": "fail", "n8": "flood"})
    with own_sshd(tmp_path, NODES, greeting=("n4",)) as config:
        spoil(config, tmp_path)
        begin = time.monotonic()
        done = fleet("probe", "--nodes", "n[1-8]", "--limit", "6", "--tool", str(tool), "-o", "f", *options(config),
                     cwd=tmp_path)  # fmt: skip
        taken = time.monotonic() - begin
        assert done.returncode == 0, done.stderr
        assert states(tmp_path / "f") == {
            "n1": ("OK", ""),
            "n2": ("NOT_RUN", "timeout"),
            "n3": ("FAILED", "poc-gate ended there with exit code 3 and no profile"),
            "n4": ("OK", ""),
            "n5": ("NOT_RUN", "auth"),
            "n6": ("NOT_RUN", "auth"),
            "n7": ("NOT_RUN", "unreachable"),
            "n8": ("FAILED", "it sent more than any profile holds"),
        }
        assert taken < 6 + 5 + 5  # the limit, ending it, and start-up on a machine that runs other tests
        wait_for(lambda: left_running(tmp_path) == [], 5)
    assert "Host key verification failed" in done.stdout
    assert sorted(asked(tmp_path)) == ["n1", "n2", "n3", "n4", "n8"]


def test_a_killed_run_ends_what_it_started_on_the_nodes(tmp_path: Path):
    tool = fake_tool(tmp_path, {"n1": "hang", "n2": "stubborn"})
    with own_sshd(tmp_path, ["n1", "n2"]) as config:
        command = [sys.executable, "-m", "poc_gate", "fleet", "probe", "--nodes", "n1,n2", "--limit", "60", "--tool",
                   str(tool), "-o", "f", "-q", *options(config)]  # fmt: skip
        running = subprocess.Popen(command, cwd=tmp_path)
        wait_for(lambda: len(asked(tmp_path)) == 2)
        running.kill()
        running.wait(10)
        wait_for(lambda: left_running(tmp_path) == [], 10)
    assert states(tmp_path / "f") == {}
