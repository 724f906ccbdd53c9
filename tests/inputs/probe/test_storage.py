"""Storage: what is read, what is written and taken away again, and every path that cannot be measured."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from recorded_host import host

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.storage import storage_probe
from poc_gate.inputs.probe.storage.file_system import file_system_of
from poc_gate.inputs.probe.storage.scratch_file import scratch_file
from poc_gate.inputs.probe.storage.storage_reads import ReadFile
from poc_gate.model.quantity import Quantity

MIB = 2**20


def probed(path: Path, **options: int):
    outcome = storage_probe.PROBE.run(
        ProbeContext(ProbeOptions(effort="quick", storage=str(path), **options))
    )
    assert all(m.value is not None or m.reason for m in outcome.measurements)
    return {m.fact.removeprefix("machine.storage."): m for m in outcome.measurements}, outcome.notes


@pytest.fixture
def big_file(tmp_path: Path) -> Path:
    path = tmp_path / "data.bin"
    path.write_bytes(os.urandom(MIB) * 24)
    return path


def test_an_existing_file_is_read_and_nothing_else_is_touched(big_file: Path):
    before = big_file.stat()
    found, _ = probed(big_file)
    assert isinstance(found["direct_io"].value, bool)
    for name in (
        "read_sequential",
        "read_sequential_streams",
        "read_random_p50",
        "read_random_p99",
        "read_random_rate",
    ):
        assert isinstance(found[name].value, Quantity), name
        assert found[name].value.value > 0
        assert found[name].low <= found[name].value.value <= found[name].high
    assert found["read_random_p50"].value.value <= found["read_random_p99"].value.value
    assert (big_file.stat().st_mtime_ns, [p.name for p in big_file.parent.iterdir()]) == (
        before.st_mtime_ns,
        ["data.bin"],
    )


def test_a_folder_gets_one_scratch_file_that_is_gone_afterwards(tmp_path: Path):
    found, _ = probed(tmp_path, record=16384, streams=2)
    assert found["read_sequential"].value is not None
    assert "16384 B" in found["read_random_p50"].method
    assert "2 streams" in found["read_sequential_streams"].method
    assert list(tmp_path.iterdir()) == []


def test_memory_backed_files_say_that_no_device_answered():
    folder = Path("/dev/shm")
    if not os.access(folder, os.W_OK):
        pytest.skip("no writable /dev/shm")
    found, notes = probed(folder)
    if found["direct_io"].value is False:
        assert "from memory" in found["read_sequential"].method
        assert any("no direct I/O" in note for note in notes)
    assert not list(folder.glob("poc-gate-scratch-*"))


@pytest.mark.parametrize("name", ["missing", "empty", "small"])
def test_paths_that_cannot_be_measured_say_why(tmp_path: Path, name: str):
    path = tmp_path / name
    if name != "missing":
        path.write_bytes(b"x" * (100 if name == "small" else 0))
    found, notes = probed(path)
    assert found["read_sequential"].value is None
    assert found["read_sequential"].reason
    assert notes


def test_special_files_are_refused():
    found, _ = probed(Path("/dev/null"))
    assert found["read_sequential"].value is None
    assert "neither a file nor a folder" in found["read_sequential"].reason


def test_without_a_path_nothing_is_measured():
    outcome = storage_probe.PROBE.run(ProbeContext(ProbeOptions()))
    assert all(m.value is None and "--storage" in m.reason for m in outcome.measurements)


def test_a_scratch_file_is_bounded_and_goes_also_after_a_fault(tmp_path: Path):
    with scratch_file(tmp_path, 64 * MIB) as file:
        assert file.size == 64 * MIB
        assert file.sequential(0.05, 1).bytes_read > 0
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt), scratch_file(tmp_path, 16 * MIB):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_folder_is_named(tmp_path: Path):
    with pytest.raises(NotMeasuredError, match="missing"), scratch_file(tmp_path / "missing", 16 * MIB):
        pass


def test_reads_cover_their_file_and_stay_inside(big_file: Path):
    file = ReadFile(big_file)
    try:
        forward = file.sequential(0.2, 3)
        scattered = file.scattered(0.2, 2, 4096)
    finally:
        file.close()
    assert forward.bytes_read == len(forward.latencies) * MIB
    assert scattered.bytes_read == len(scattered.latencies) * 4096
    assert forward.rate > 0
    assert scattered.count_rate > 0


def test_the_file_system_is_the_innermost_mount(tmp_path: Path):
    number = tmp_path.stat().st_dev
    device = f"{os.major(number)}:{os.minor(number)}"
    lines = f"1 0 9:9 / / rw - ext4 /dev/root rw\n2 1 {device} / {tmp_path} rw,noatime shared:1 - xfs /dev/my\\040disk rw\n"
    found = file_system_of(tmp_path, host(tmp_path / "h", {"/proc/self/mountinfo": lines}))
    assert (found.kind, found.device, found.options) == ("xfs", "/dev/my disk", "rw,noatime")
    assert file_system_of(tmp_path, host(tmp_path / "h2", {})).words == "unknown"
    assert file_system_of(tmp_path / "missing", host(tmp_path / "h3", {})).kind == ""


def test_a_stream_that_runs_too_late_still_reads_once(big_file: Path):
    """Without it a slice on a very busy machine held nothing, and the probe ended in an internal error."""
    file = ReadFile(big_file)
    try:
        assert len(file.scattered(0.0, 1, 4096).latencies) >= 1
        assert file.sequential(-1.0, 2).rate > 0
    finally:
        file.close()
