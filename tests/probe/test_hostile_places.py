"""The command where machines are unkind: one CPU, little memory, full and read-only disks, an interrupt in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = [sys.executable, "-m", "poc_gate", "probe", "--quick", "-q"]


def run(*options: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*prefix, *PROBE, *options], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def facts(path: Path) -> dict[str, dict[str, object]]:
    return {row["fact"].removeprefix("machine."): row for row in json.loads(path.read_text())["measurements"]}


@pytest.mark.skipif(not shutil.which("taskset"), reason="taskset is not installed")
def test_one_allowed_cpu_is_all_there_is(tmp_path: Path):
    cpu = str(min(os.sched_getaffinity(0)))
    out = tmp_path / "m.json"
    done = run("--only", "memory", "--only", "topology", "-o", str(out), prefix=("taskset", "-c", cpu))
    assert done.returncode == 0, done.stderr
    found = facts(out)
    assert found["cpu.allowed"]["value"] == {"unit": "1", "value": 1}
    assert found["memory.read_all"]["value"] == found["memory.read_1"]["value"]
    assert "same figure" in found["memory.read_all"]["details"]["note"]
    assert found["memory.latency_loaded"]["value"] is None
    assert "second allowed CPU" in found["memory.latency_loaded"]["reason"]


def test_memory_that_is_refused_is_said_and_asked_for_it_is_exit_4(tmp_path: Path):
    out = tmp_path / "m.json"
    limited = ("bash", "-c", 'ulimit -v 80000; exec "$@"', "limited")
    done = run("--only", "memory", "-o", str(out), prefix=limited)
    assert done.returncode == 4, done.stderr
    assert "measured nothing" in done.stderr
    found = facts(out)
    assert found["memory.read_1"]["value"] is None
    assert "gives no" in str(found["memory.read_1"]["reason"]) or "threads" in str(
        found["memory.read_1"]["reason"]
    )


def test_a_file_system_that_takes_no_file_is_said(tmp_path: Path):
    done = run("--only", "storage", "--storage", "/proc", "-o", str(tmp_path / "m.json"))
    assert done.returncode == 4
    assert "no scratch file can be written in /proc" in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_nothing_is_left(small_disk: Path):
    done = run("--only", "storage", "--storage", str(small_disk))
    assert done.returncode == 4
    assert "less than 64 MiB are free" in done.stderr
    assert list(small_disk.iterdir()) == []
    done = run("--only", "topology", "-o", str(small_disk / "missing" / "m.json"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr


def test_a_read_only_disk_is_said(small_disk: Path):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = run("--only", "topology", "-o", str(small_disk / "m.json"))
    assert done.returncode == 2
    assert "Read-only" in done.stderr


@pytest.mark.parametrize("delay", [0.3, 0.7, 1.1, 1.6])
def test_an_interrupt_ends_it_without_a_traceback_and_leaves_no_file(tmp_path: Path, delay: float):
    process = subprocess.Popen(
        [*PROBE, "--storage", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
    assert process.returncode in {0, 1, 130, -signal.SIGINT}


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--only", "memroy"), 2, "no probe is named memroy"),
        (("--thorough",), 2, "exclude each other"),
        (("--only", "topology", "--record-size", "5"), 2, "record size"),
        (("--compare", "nothing", "at-all"), 3, "nothing: cannot be read"),
        (("show", "no-such-sheet"), 3, "no-such-sheet: cannot be read"),
    ],
)
def test_wrong_options_name_the_way_out(options: tuple[str, ...], code: int, words: str):
    done = run(*options)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_show_list_and_compare():
    assert "H100" in run("list").stdout
    assert "3.35 TB/s" in run("show", "h100-sxm-80gb").stdout
    done = run("--compare", "h100-sxm-80gb", "h200-sxm-141gb")
    assert done.returncode == 0
    assert "accelerators.memory_bandwidth: 3.35 TB/s -> 4.8 TB/s  (1.43 x)" in done.stdout
    assert "do not differ" in run("--compare", "l4-24gb", "l4-24gb").stdout
