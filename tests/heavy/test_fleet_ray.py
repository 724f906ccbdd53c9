"""A fleet with Ray: a real cluster of four nodes on this machine; one removed, one frozen, one that hangs (1.5 GB)."""
# Python packages: ray>=2.40 opentelemetry-api

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from fleet_samples import asked, fake_tool, states

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own
LIMIT = 25


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Start a head and four nodes."""
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.nodes = {f"n{n}": made.add_node(num_cpus=1, node_name=f"n{n}") for n in range(1, 5)}
    yield made
    made.shutdown()


def probe(cluster: object, tmp_path: Path, tool: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "poc_gate", "fleet", "probe", "--via", "ray", "--limit", str(LIMIT), "--tool", str(tool),
         "--engine-option", cluster.address, "-o", "f", *words],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(running: subprocess.Popen[str]) -> str:
    out, err = running.communicate(timeout=150)
    print(out, err[-2000:])
    assert running.returncode == 0
    return out


def freeze(node: object) -> list[psutil.Process]:
    """Stop every process of one node: its connections stay open, as those of a node that hangs."""
    raylet = node.all_processes["raylet"][0].process.pid
    found = [psutil.Process(raylet), *psutil.Process(raylet).children(recursive=True)]
    for one in found:
        one.send_signal(signal.SIGSTOP)
    return found


def test_each_node_is_asked_once_and_our_own_deadline_decides(cluster: object, tmp_path: Path):
    tool = fake_tool(tmp_path, {"n1": "fail", "n2": "slow120", "n3": "slow120"})
    running = probe(cluster, tmp_path, tool, "--nodes", "n[1-4],n9")
    begin = time.monotonic()
    while not {"n2", "n3"} <= set(asked(tmp_path)):
        assert time.monotonic() - begin < 90
        time.sleep(0.2)
    cluster.remove_node(cluster.nodes["n2"], allow_graceful=False)
    frozen = freeze(cluster.nodes["n3"])
    begin = time.monotonic()
    out = finished(running)
    print(f"\n{time.monotonic() - begin:.1f} s after the trouble, with a limit of {LIMIT} s")
    assert time.monotonic() - begin <= LIMIT + 10
    assert out.startswith("5 nodes: ")
    found = states(tmp_path / "f")
    for one in frozen:
        one.send_signal(signal.SIGCONT)
    assert found.pop("n2")[0] == "NOT_RUN"
    assert found == {
        "n1": ("FAILED", "poc-gate ended there with exit code 3 and no profile"),
        "n3": ("NOT_RUN", "timeout"),
        "n4": ("OK", ""),
        "n9": ("NOT_RUN", "unreachable"),
    }
    assert os.path.exists(tmp_path / "f" / "fleet.json")  # noqa: PTH110 - beside the records


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "poc_gate", "fleet", "probe", "--via", "ray", "-n", "a", "-o", "f", "--engine-option",
         "127.0.0.1:9"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    print(done.stderr[-1500:])
    assert done.returncode == 4
    assert "cannot be reached" in done.stderr
