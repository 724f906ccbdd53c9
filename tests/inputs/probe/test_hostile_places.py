"""The command where machines are unkind: one CPU, little memory, full and read-only disks, an interrupt in the middle."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
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


def test_memory_too_small_to_leave_the_caches_is_never_trusted(tmp_path: Path):
    out = tmp_path / "m.json"
    limited = ("bash", "-c", 'ulimit -v 100000; exec "$@"', "limited")
    done = run("--only", "memory", "--only", "topology", "-o", str(out), prefix=limited)
    assert done.returncode == 0, done.stderr
    found = facts(out)
    level = found["cpu.l3"]["value"] or found["cpu.l2"]["value"]
    assert isinstance(level, dict)
    if level["value"] >= 16 * 2**20:  # an eighth of 100,000 KiB is less
        assert {found[f"memory.{name}"]["grade"] for name in ("read_1", "copy_1", "latency")} == {"C"}
        # A busy machine may show it by its rates before the sizes are compared.
        why = str(found["memory.read_1"]["reason"])
        assert "fit in the stated last-level cache" in why or "caches still answer" in why


HIDDEN = 'mount -t tmpfs tmpfs "$0" && exec "$@"'


def namespaces() -> bool:
    return subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def outside() -> Iterator[Path]:
    """Yield a folder that is in none of the hidden ones; temporary ones may lie in `/dev/shm`."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.mark.parametrize("place", ["/sys", "/proc", "/dev"])
def test_what_a_hidden_folder_would_tell_is_unknown_and_never_none(outside: Path, place: str):
    if not namespaces():
        pytest.skip("this system gives no namespaces")
    out = outside / "m.json"
    hidden = ("unshare", "-rm", "bash", "-c", HIDDEN, place)
    chosen = [word for name in ("topology", "accelerator") for word in ("--only", name)]
    done = run(*chosen, "-o", str(out), prefix=hidden)
    assert done.returncode == 0, done.stderr
    found = facts(out)
    assert all(row["value"] is not None or row["reason"] for row in found.values())
    if place == "/dev":
        return
    for name in ("cpu.quota", "memory.limit"):
        assert found[name]["value"] is None
        assert "not known whether a limit is set" in str(found[name]["reason"])
    if place == "/sys":
        assert found["accelerators.count"]["value"] != {"unit": "1", "value": 0}
        assert found["cpu.cores"]["value"] is None
    else:
        assert found["virtualisation"]["value"] is None
        assert found["memory.total"]["value"] is None


CGROUPS = Path("/sys/fs/cgroup")


@pytest.fixture
def limited_groups() -> Iterator[list[Path]]:
    """Make groups that allow half a CPU and 512 MiB, in version 1 or 2, whichever is here."""
    name = f"poc-gate-test-{os.getpid()}"
    if (CGROUPS / "cgroup.controllers").exists():
        rows = [(CGROUPS / name, {"cpu.max": "50000 100000", "memory.max": str(512 << 20)})]
    else:
        rows = [
            (CGROUPS / "cpu" / name, {"cpu.cfs_quota_us": "50000"}),
            (CGROUPS / "memory" / name, {"memory.limit_in_bytes": str(512 << 20)}),
        ]
    made = []
    if not all((folder.parent / "cgroup.procs").exists() for folder, _ in rows):
        pytest.skip("left out: no control groups are mounted here")
    try:
        for folder, values in rows:
            folder.mkdir()
            made.append(folder)
            for key, value in values.items():
                (folder / key).write_text(value)
    except OSError as error:
        for folder in made:
            folder.rmdir()
        pytest.skip(f"left out: control groups cannot be made here ({error})")
    yield made
    for folder in made:
        folder.rmdir()


def test_a_cpu_quota_and_a_memory_limit_of_the_container_are_seen_and_kept(
    limited_groups: list[Path], tmp_path: Path
):
    out = tmp_path / "m.json"
    enter = "".join(f'echo $$ > "{folder}/cgroup.procs" && ' for folder in limited_groups)
    done = run(
        "--only",
        "memory",
        "--only",
        "topology",
        "-o",
        str(out),
        prefix=("bash", "-c", f'{enter} exec "$@"', "in"),
    )
    assert done.returncode == 0, done.stderr
    found = facts(out)
    assert found["cpu.quota"]["value"] == {"unit": "1", "value": 0.5}
    assert found["memory.limit"]["value"] == {"unit": "B", "value": 512 << 20}
    footprint = str(found["memory.read_1"]["details"]["footprint"])
    assert 16 <= int(footprint.removesuffix(" MiB")) <= 64


def test_a_file_system_that_takes_no_file_is_said(tmp_path: Path):
    done = run("--only", "storage", "--storage", "/proc", "-o", str(tmp_path / "m.json"))
    assert done.returncode == 4
    assert "no scratch file can be written in /proc" in done.stderr


class SmallDisk:
    """A file system of 8 MiB: root mounts it, others do so in a namespace of their own that a shell keeps open."""

    def __init__(self, folder: Path) -> None:
        """Mount it on a folder that is made here."""
        folder.mkdir()
        self.folder = folder
        """Its name for a program that `probe` starts."""
        self.seen = folder
        """Its name from here."""
        self.keeper: subprocess.Popen[str] | None = None
        self.inside: tuple[str, ...] = ()
        mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
        if os.geteuid() == 0:
            subprocess.run(mount, check=True)
            return
        shell = ["unshare", "-rm", "sh", "-c", '"$@" && echo mounted && read -r end', "keeper", *mount]
        self.keeper = subprocess.Popen(shell, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.keeper.stdout is not None
        assert self.keeper.stdout.readline() == "mounted\n"
        self.seen = Path(f"/proc/{self.keeper.pid}/root{folder}")
        self.inside = ("nsenter", "-t", str(self.keeper.pid), "-U", "-m", "--preserve-credentials")

    def probe(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run the probe where the disk is mounted."""
        return run(*options, prefix=self.inside)

    def make_read_only(self) -> None:
        """Mount it again, for reading alone."""
        options = ["-n", "-t", "tmpfs", "-o", "remount,ro,size=8m", "tmpfs"]
        subprocess.run([*self.inside, "mount", *options, str(self.folder)], check=True)

    def close(self) -> None:
        """Take it away."""
        if self.keeper:
            self.keeper.communicate("end\n")
        else:
            subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path / "disk")
    yield disk
    disk.close()


def test_a_full_disk_is_said_and_nothing_is_left(disk: SmallDisk):
    done = disk.probe("--only", "storage", "--storage", str(disk.folder))
    assert done.returncode == 4
    assert "less than 64 MiB are free" in done.stderr
    assert list(disk.seen.iterdir()) == []
    done = disk.probe("--only", "topology", "-o", str(disk.folder / "missing" / "m.json"))
    assert done.returncode == 2
    assert "cannot be written: there is no folder" in done.stderr


def test_a_disk_that_fills_keeps_the_old_profile_and_leaves_no_half_of_the_new_one(disk: SmallDisk):
    out = str(disk.folder / "m.json")
    assert disk.probe("--only", "topology", "-o", out).returncode == 0
    before = (disk.seen / "m.json").read_bytes()
    with (disk.seen / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(bytes(4096))
    done = disk.probe("--only", "topology", "-o", out)
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert (disk.seen / "m.json").read_bytes() == before
    assert {path.name for path in disk.seen.iterdir()} == {"m.json", "filler"}


def test_a_read_only_disk_is_said(disk: SmallDisk):
    disk.make_read_only()
    done = disk.probe("--only", "topology", "-o", str(disk.folder / "m.json"))
    assert done.returncode == 2
    assert "cannot be written to" in done.stderr


def wait_until_loaded(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Wait until Python itself has started and loads the program: before that no program can answer a signal."""
    maps = Path(f"/proc/{process.pid}/maps")
    for _ in range(3000):
        if not maps.exists() or "msgspec" in maps.read_text():
            return
        time.sleep(0.005)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("delay", [0.4, 1.0])
def test_a_killed_probe_leaves_no_file(tmp_path: Path, sent: signal.Signals, delay: float):
    process = subprocess.Popen(
        [*PROBE, "--only", "storage", "--storage", str(tmp_path)], stderr=subprocess.DEVNULL, cwd=ROOT
    )
    wait_until_loaded(process)
    time.sleep(delay)
    process.send_signal(sent)
    assert process.wait(timeout=30) in {0, -sent, 128 + sent}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3, 0.7, 1.2])
def test_an_interrupt_ends_it_without_a_traceback_and_leaves_no_file(tmp_path: Path, delay: float):
    process = subprocess.Popen(
        [*PROBE, "--storage", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    wait_until_loaded(process)
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []
    assert process.returncode in {0, 130}


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--only", "memroy"), 2, "unknown probe memroy"),
        (("--thorough",), 2, "exclude each other"),
        (("--effort", "thorough"), 2, "exclude each other"),
        (("--effort", "thorough", "--quick"), 2, "quick and thorough exclude each other"),
        (("--only", "topology", "--record-size", "5"), 2, "record size"),
        (
            ("--compare", "nothing", "at-all"),
            3,
            "nothing: is neither a profile file nor a shipped data sheet",
        ),
        (("show", "no-such-sheet"), 3, "no-such-sheet: is neither a profile file nor a shipped data sheet"),
    ],
)
def test_wrong_options_name_the_way_out(options: tuple[str, ...], code: int, words: str):
    done = run(*options)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_show_list_and_compare():
    assert "H100" in run("list").stdout
    assert "3.35 TB/s, read again 2026-11-25" in run("show", "h100-sxm-80gb").stdout
    done = run("--compare", "h100-sxm-80gb", "h200-sxm-141gb")
    assert done.returncode == 0
    assert "accelerators.memory_bandwidth: 3.35 TB/s -> 4.8 TB/s  (1.43 x)" in done.stdout
    assert "do not differ" in run("--compare", "l4-24gb", "l4-24gb").stdout
