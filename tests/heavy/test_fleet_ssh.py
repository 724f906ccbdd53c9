"""A fleet over ssh with a real sshd in each of twelve network namespaces: cut cables, frozen and killed nodes."""
# Debian packages: openssh-server openssh-client iproute2
# Runs as root.

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cabled_nodes import Cabling, cabled
from fleet_samples import asked, fake_tool, states
from own_sshd import SSHD, make_key

NODES = [f"n{number}" for number in range(1, 13)]
LIMIT = 30
ROOT = Path(__file__).parents[2]
BEHAVIOUR = {
    "n2": "hang", "n3": "fail", "n5": "slow60", "n7": "slow60", "n8": "slow60", "n10": "slow2", "n11": "stubborn",
}  # fmt: skip


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Cabling]:
    """Serve ssh on every node; n4 greets, n9 knows another key, n12 takes connections and never answers."""
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    host, user, stranger = (make_key(tmp_path / name) for name in ("host", "user", "stranger"))
    greet = tmp_path / "greet"
    greet.write_text('#!/bin/sh\necho "Welcome! {}"\nsh -c "$SSH_ORIGINAL_COMMAND"\necho Bye\n')
    greet.chmod(0o755)
    with cabled(NODES) as cabling:
        servers = []
        for node in NODES:
            keys = tmp_path / f"keys-{node}"
            keys.write_text((stranger if node == "n9" else user).with_suffix(".pub").read_text())
            config = tmp_path / f"sshd-{node}"
            config.write_text(
                f"HostKey {host}\nAuthorizedKeysFile {keys}\nStrictModes no\nUsePAM no\nPidFile none\n"
                f"PasswordAuthentication no\nSetEnv POC_GATE_NODE={node} PATH={ROOT / '.venv' / 'bin'}:/usr/bin:/bin\n"
                + (f"ForceCommand {greet}\n" if node == "n4" else "")
            )
            command = cabling.inside(node, [SSHD, "-D", "-e", "-f", str(config)])
            servers.append(subprocess.Popen(command, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL))
        time.sleep(1)
        blocks = [
            f"Host {node}\n  HostName {cabling.address[node]}\n  User root\n  IdentityFile {user}\n"
            f"  UserKnownHostsFile {tmp_path / 'known'}\n  StrictHostKeyChecking accept-new\n  IdentitiesOnly yes\n"
            for node in NODES
        ]
        (tmp_path / "ssh_config").write_text("\n".join(blocks))
        yield cabling
    for server in servers:
        server.wait(10)


def fleet(cabling: Cabling, tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "poc_gate", "fleet", "probe", "-o", "f", "--engine-option=-F",
               f"--engine-option={tmp_path / 'ssh_config'}", *words]  # fmt: skip
    return subprocess.run(
        cabling.inside("hub", command), cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )


def trouble(cabling: Cabling, tmp_path: Path) -> None:
    """Pull n5's cable, freeze n7 and kill the probe of n8 while they are measured."""
    begin = time.monotonic()
    while not {"n5", "n7", "n8"} <= set(asked(tmp_path)) and time.monotonic() - begin < LIMIT:
        time.sleep(0.1)
    cabling.pull("n5")
    cabling.send("n7", signal.SIGSTOP)
    assert cabling.send("n8", signal.SIGKILL, only="tool") > 0


def test_every_node_has_the_right_state_within_limit_and_five_seconds(nodes: Cabling, tmp_path: Path):
    tool = fake_tool(tmp_path, BEHAVIOUR)
    nodes.pull("n6")
    nodes.send("n12", signal.SIGSTOP)
    troubling = threading.Thread(target=trouble, args=(nodes, tmp_path))
    troubling.start()
    begin = time.monotonic()
    done = fleet(nodes, tmp_path, "--nodes", "n[1-12]", "--limit", str(LIMIT), "--tool", str(tool))
    taken = time.monotonic() - begin
    troubling.join()
    print(f"\n12 nodes in {taken:.1f} s with a limit of {LIMIT} s")
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    found = states(tmp_path / "f")
    assert found.pop("n7") in [("NOT_RUN", "unreachable"), ("NOT_RUN", "timeout")]  # frozen: either way
    assert found == {
        "n1": ("OK", ""),
        "n2": ("NOT_RUN", "timeout"),
        "n3": ("FAILED", "poc-gate ended there with exit code 3 and no profile"),
        "n4": ("OK", ""),
        "n5": ("NOT_RUN", "unreachable"),
        "n6": ("NOT_RUN", "unreachable"),
        "n8": ("NOT_RUN", "timeout"),
        "n9": ("NOT_RUN", "auth"),
        "n10": ("OK", ""),
        "n11": ("NOT_RUN", "timeout"),
        "n12": ("NOT_RUN", "unreachable"),
    }
    assert taken <= LIMIT + 5 + 3  # three for the start-up and the end of Python under load
    nodes.send("n7", signal.SIGCONT)
    time.sleep(4)
    left = {node: [line for line in nodes.lines(node).values() if str(tool) in line] for node in NODES}
    assert {node: lines for node, lines in left.items() if lines} == {}


def test_the_true_probe_answers_over_ssh_and_a_missing_one_is_said(nodes: Cabling, tmp_path: Path):
    tool = f"{sys.executable} -m poc_gate"
    done = fleet(nodes, tmp_path, "--nodes", "n[1-3]", "--limit", "60", "--tool", tool, "--effort", "quick",
                 "--prolog", f"cd {ROOT}", "--even-busy", "--at-once", "1")  # fmt: skip
    print(done.stdout)
    assert set(states(tmp_path / "f").values()) == {("OK", "")}
    first, second = (json.loads((tmp_path / "f" / "nodes" / f"n{n}.json").read_text()) for n in (1, 2))
    assert first["profile"]["hardware"] == second["profile"]["hardware"]
    fleet(nodes, tmp_path, "--nodes", "n4,n1", "--tool", "/no/such/poc-gate", "--limit", "20")
    assert states(tmp_path / "f")["n4"] == ("NOT_RUN", "no tool")
    assert states(tmp_path / "f")["n1"] == ("OK", "")


def test_the_commands_of_the_page_work_as_they_are_written(nodes: Cabling, tmp_path: Path):
    """The section "A fleet over ssh" of docs/fleet.md, line by line, with the true probe on eight nodes."""
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    section = page.partition("## A fleet over ssh\n")[2].partition("\n## ")[0]
    lines = [line.strip() for line in section.splitlines() if line.startswith("    ")]
    assert len(lines) == 3
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "ssh").write_text(f'#!/bin/sh\nexec /usr/bin/ssh -F {tmp_path / "ssh_config"} "$@"\n')
    (folder / "ssh").chmod(0o755)
    path = f"{folder}:{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"
    for line in lines:
        done = subprocess.run(
            nodes.inside("hub", ["bash", "-c", line]), cwd=tmp_path, env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=200, check=False,
        )  # fmt: skip
        print(f"\n$ {line}\n{done.stdout}{done.stderr}")
        assert done.returncode in {0, 4}  # 4: fewer than 95 % were measured, since the machine is busy
    found = states(tmp_path / "fleet")
    assert set(found) == {f"n{n}" for n in range(1, 9)}
    assert set(found.values()) <= {("OK", ""), ("NOT_RUN", "busy")}
    assert (tmp_path / "fleet.html").read_text().startswith("<!DOCTYPE html>")


def test_a_full_disk_loses_no_record_and_the_run_goes_on_where_there_is_room(nodes: Cabling, tmp_path: Path):
    tool = fake_tool(tmp_path, {})
    small = tmp_path / "f"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "none", small], check=True)
    try:
        done = fleet(
            nodes,
            tmp_path,
            "--nodes",
            "n[1-4],n8,n10",
            "--limit",
            "20",
            "--tool",
            str(tool),
            "--at-once",
            "1",
        )
        assert done.returncode == 2
        assert "No space left on device" in done.stderr
        before = states(small)
        assert before
        assert set(before.values()) == {("OK", "")}
        assert not list(small.rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=10m", small], check=True)
        done = fleet(nodes, tmp_path, "--nodes", "n[1-4],n8,n10", "--limit", "20", "--tool", str(tool))
        assert done.returncode == 0, done.stderr
        assert f"{len(before)} nodes have a record already" in done.stderr
        assert set(states(small)) == {"n1", "n2", "n3", "n4", "n8", "n10"}
    finally:
        subprocess.run(["umount", small], check=True)
    assert os.geteuid() == 0
