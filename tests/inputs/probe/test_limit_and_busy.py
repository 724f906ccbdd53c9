"""A bounded probe says what it left out, a busy machine is named, and `-o -` is one document and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from msgspec import structs

from poc_gate.errors import UsageError
from poc_gate.inputs.probe import probe_machine as machine
from poc_gate.inputs.probe.fingerprint import hardware_of
from poc_gate.inputs.probe.host.busy import busy_reason, state_of
from poc_gate.inputs.probe.host.disturbance import Disturbance
from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOptions, ProbeOutcome, machine_fact
from poc_gate.inputs.probe.profile.profile_file import read_profile
from poc_gate.inputs.probe.run_within import run_within
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

FACT = machine_fact("cpu.cores", "Physical cores.", unit="1", low=1, high=65536)


def probe_that(run) -> Probe:
    return Probe("made-up", "a probe of the tests", (FACT,), run)


def within(run, seconds: float) -> ProbeOutcome:
    return run_within(probe_that(run), ProbeContext(ProbeOptions(limit=seconds or 1.0)), seconds)


def answer(_context: ProbeContext) -> ProbeOutcome:
    return ProbeOutcome((Measurement(FACT.name, Quantity(4.0), "1", samples=(0.1, 0.3)),), notes=("seen",))


def test_a_probe_within_its_time_hands_back_exactly_what_it_measured():
    assert within(answer, 20.0) == answer(ProbeContext(ProbeOptions()))


def begun_since(before: set[int]) -> list[psutil.Process]:
    """Return the processes that this one has begun since then and that still run; others may belong to other tests."""
    found = []
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if one.pid not in before and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
    return found


def sleep(_context: ProbeContext) -> ProbeOutcome:
    time.sleep(60)
    return ProbeOutcome()


def test_a_probe_that_hangs_is_ended_and_said():
    before = {one.pid for one in psutil.Process().children(recursive=True)}
    begin = time.monotonic()
    found = within(sleep, 1.0)
    assert (
        time.monotonic() - begin < 30
    )  # half of what it would sleep: a loaded machine is slow to begin a process
    (one,) = found.measurements
    assert one.value is None
    assert one.reason == "left out: the made-up probe had not ended within the limit of 1 s"
    _, left = psutil.wait_procs(begun_since(before), timeout=10)
    assert left == []


def test_a_probe_without_any_time_is_not_begun():
    assert "was not begun" in within(answer, 0.0).measurements[0].reason


def crash(_context: ProbeContext) -> ProbeOutcome:
    os.kill(os.getpid(), 9)
    return ProbeOutcome()


def refuse(_context: ProbeContext) -> ProbeOutcome:
    raise UsageError("there is no such path", next_step="name another")


def test_a_probe_that_dies_is_a_reason_and_one_that_refuses_its_options_still_does():
    assert within(crash, 20.0).measurements[0].reason == "the made-up probe ended by signal 9"
    with pytest.raises(UsageError, match="no such path") as refused:
        within(refuse, 20.0)
    assert refused.value.next_step == "name another"


@pytest.mark.parametrize(
    ("seen", "busy"),
    [
        (Disturbance(foreign=0.4, cpus=2, known=True), False),
        (Disturbance(foreign=0.6, cpus=2, known=True), True),
        (Disturbance(foreign=0.3, steal=0.3, cpus=2, known=True), True),
        (Disturbance(foreign=6.0, cpus=128, known=True), False),
        (Disturbance(foreign=14.0, cpus=128, known=True), True),
        (Disturbance(foreign=2.0, cpus=2, known=False), False),
    ],
)
def test_busy_is_a_tenth_of_the_cpus_and_never_guessed(seen: Disturbance, busy: bool):
    assert bool(busy_reason(seen)) is busy
    state = state_of(seen).get("state", "unknown")
    assert state.startswith("busy: other work took") if busy else state in {"calm", "unknown"}


def test_a_machine_left_to_others_is_described_and_not_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machine, "busy_reason", lambda _seen: "other work took 1.5 of 2 CPUs")
    options = ProbeOptions(effort="quick", yield_to_others=True)
    profile = machine.probe_machine(options, progress=lambda _w, _s: None, now="2026-11-28T00:00:00Z")
    values = {m.fact: m for m in profile.measurements}
    assert profile.environment["state"] == "busy: other work took 1.5 of 2 CPUs"
    assert values["machine.cpu.threads"].value is not None
    assert values["machine.memory.read_1"].reason == "busy: other work took 1.5 of 2 CPUs"
    assert profile.notes == ("busy: other work took 1.5 of 2 CPUs",)


def gib(value: float) -> Quantity:
    return Quantity(value * 2**30, "B")


def test_the_hardware_digest_survives_a_new_kernel_driver_and_link_and_sees_a_lost_device():
    base = {
        "cpu.model": "A", "memory.total": gib(503.7), "accelerators.name": "B", "accelerators.count": Quantity(8.0),
        "accelerators.driver": "550.1", "accelerators.link_width": Quantity(16.0), "cpu.threads": Quantity(128.0),
    }  # fmt: skip
    changed = {
        "memory.total": gib(499.2), "accelerators.driver": "570.2", "accelerators.link_width": Quantity(8.0),
        "cpu.threads": Quantity(64.0), "accelerators.count": Quantity(7.0), "accelerators.lost": Quantity(1.0),
    }  # fmt: skip

    def digest(**values: object) -> str:
        return hardware_of([Measurement(f"machine.{key}", value) for key, value in values.items()])

    assert digest(**base) == digest(**(base | changed))
    for other in ({"memory.total": gib(440)}, {"cpu.model": "C"}, {"accelerators.count": Quantity(4.0)}):
        assert digest(**base) != digest(**(base | other))


def poc_gate(*arguments: str, cwd: Path, **others: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "poc_gate", "probe", *arguments]
    return subprocess.run(command, cwd=cwd, timeout=120, check=False, **others)


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_stdout_holds_one_document_and_nothing_else(tmp_path: Path, name: str):
    with (tmp_path / "out").open("wb") as out:  # a plain file, which /dev/stdout then stands for
        done = poc_gate("--only", "topology", "-o", name, cwd=tmp_path, stdout=out, stderr=subprocess.PIPE)
    content = (tmp_path / "out").read_bytes()
    assert done.returncode == 0
    assert done.stderr == b""
    profile = read_profile(content, name)
    assert profile.hardware == json.loads(content)["hardware"] == hardware_of(profile.measurements)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_file_and_quiet_is_silent_and_errors_go_to_stderr(tmp_path: Path):
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = poc_gate("--only", "topology", "-o", "m.json", "-q", cwd=tmp_path, **both)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    read_profile((tmp_path / "m.json").read_bytes(), "m.json")
    done = poc_gate("--only", "topolgy", "-o", "-", cwd=tmp_path, **both)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"unknown probe topolgy" in done.stderr
    done = poc_gate("--limit", "0.2", cwd=tmp_path, **both)
    assert done.returncode == 2
    assert b"the limit must be 1 to 86400 seconds" in done.stderr


def test_a_limit_bounds_the_wall_time_of_the_longest_probe_and_says_what_is_missing(tmp_path: Path):
    begin = time.monotonic()
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = poc_gate(
        "--thorough",
        "--only",
        "memory",
        "--only",
        "topology",
        "--limit",
        "2",
        "-o",
        "-",
        cwd=tmp_path,
        **both,
    )
    assert time.monotonic() - begin < 20  # thorough alone is more than 90 s
    profile = read_profile(done.stdout, "-")
    values = {m.fact: m for m in profile.measurements}
    assert values["machine.cpu.threads"].value is not None
    assert "had not ended within the limit of 2 s" in values["machine.memory.read_1"].reason
    assert done.returncode == 4  # memory was asked for by name
    assert b"memory probe measured nothing: left out" in done.stderr


def test_an_edited_hardware_digest_is_refused(tmp_path: Path):
    from poc_gate.errors import InvalidInputError
    from poc_gate.inputs.probe.profile.profile_file import write_profile

    options = ProbeOptions(only=("topology",))
    profile = machine.probe_machine(options, progress=lambda _w, _s: None, now="2026-11-28T00:00:00Z")
    with pytest.raises(InvalidInputError, match="does not follow from the recorded values"):
        read_profile(write_profile(structs.replace(profile, hardware="0" * 16)), "m.json")
