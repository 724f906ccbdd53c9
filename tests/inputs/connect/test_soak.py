"""Windows that lie apart: really waited for, taken in turns, announced, and kept when Ctrl-C ends the waiting."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import resource
import signal
import subprocess
import termios
import threading
import time
from pathlib import Path

import pytest
from sources_runs import PROGRAM, SENT, environment, write_budget, write_data, write_manifest

from poc_gate.errors import UsageError
from poc_gate.inputs.connect.declared.presets import find_preset
from poc_gate.inputs.connect.load.take_turns import Turns, take_turns
from poc_gate.inputs.connect.run.plan_sources import plan_source
from poc_gate.inputs.connect.run.source_plan import total_seconds


def _start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*PROGRAM, *SENT, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(),
    )  # fmt: skip


def _pilot(folder: Path, *sources: str, rate: str = "900 req/s") -> None:
    write_data(folder)
    write_manifest(folder, *sources)
    write_budget(folder, "connections = 2", rate=rate)


def _line_with(process: subprocess.Popen[str], word: str) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if word in line:
            return line
    raise AssertionError(f"stderr ended without {word!r}")


def _report(folder: Path) -> dict[str, dict]:
    file = json.loads((folder / "out.json").read_bytes())
    return {source["id"]: source for source in file["sources"]} | {"": file}


def _measured(source: dict, name: str) -> dict:
    return next(one for one in source["measurements"] if one["fact"].endswith(f".{name}"))


def test_a_soak_waits_for_each_window_and_says_when_the_next_one_begins(tmp_path):
    _pilot(tmp_path, "{id: one, system: nfs, url: data}", "{id: two, system: nfs, url: data}")
    begun = time.monotonic()
    process = _start(tmp_path, "--preset", "soak", "--gap", "4 s")
    _, err = process.communicate(timeout=120)
    took = time.monotonic() - begun
    assert process.returncode == 0, err
    assert took >= 12, "four windows, three gaps of four seconds: the clock is the real one"
    announced = err.count("the next window begins at ")
    assert 1 <= announced <= 6, (
        "two sources, three gaps each; what takes longer than the gap leaves nothing to wait for"
    )
    found = _report(tmp_path)
    for name in ("one", "two"):
        p99 = _measured(found[name], "p99")
        assert p99["details"]["windows"] == "4"
        assert _measured(found[name], "samples")["value"]["value"] == 3000
    assert found[""]["claim"] == "4 windows 4 s apart, too close to speak for the source's long run"


def test_ctrl_c_between_windows_keeps_what_was_measured(tmp_path):
    _pilot(tmp_path, "{id: one, system: nfs, url: data, p99: 10 s}", "{id: two, system: nfs, url: data}")
    process = _start(tmp_path, "--preset", "soak", "--gap", "10 min")
    line = _line_with(process, "the next window begins at ")
    assert "Ctrl-C ends here and keeps what there is" in line
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "out.json, marked as such" in err
    assert "Traceback" not in err
    found = _report(tmp_path)
    for name in ("one", "two"):
        assert found[name]["state"] == "stopped"
        assert "interrupted after 788 of 3,152 calls, in window 1 of 4" in found[name]["reason"]
        assert "a new run begins at window 1" in found[name]["reason"]
        assert _measured(found[name], "p99")["stable"] is False
    assert {promise["answer"] for promise in found["one"]["promises"]} == {"undetermined"}
    assert "interrupted" in out


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_what_service_managers_and_terminals_send_keeps_it_too(tmp_path, asked):
    _pilot(tmp_path, "{id: one, system: nfs, url: data}")
    process = _start(tmp_path, "--preset", "soak", "--gap", "10 min")
    _line_with(process, "the next window begins at ")
    process.send_signal(asked)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + asked, err
    assert "out.json, marked as such" in err
    assert _report(tmp_path)["one"]["state"] == "stopped"


def test_under_nohup_a_closed_terminal_ends_nothing(tmp_path):
    _pilot(tmp_path, "{id: one, system: nfs, url: data}")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = _start(tmp_path, "--preset", "soak", "--gap", "2 s")
    finally:
        signal.signal(signal.SIGHUP, before)
    _line_with(process, "the next window begins at ")
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert _report(tmp_path)["one"]["state"] == "measured"


def test_a_terminal_that_is_closed_loses_nothing(tmp_path):
    """What draws the progress meets an error of its own then: nobody is there to see it."""
    _pilot(tmp_path, "{id: one, system: nfs, url: data}", rate="20 req/s")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *SENT],
        cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - it makes the terminal its own
        env=environment(TERM="xterm"),
    )  # fmt: skip
    os.close(theirs)
    told = b""
    while not re.search(rb"n=\d", told):
        told += os.read(ours, 4096)
    os.close(ours)
    assert process.wait(timeout=60) in {128 + signal.SIGHUP, 2}, "2: the words could not be written either"
    assert _report(tmp_path)["one"]["state"] == "stopped"


def test_a_file_that_cannot_be_written_is_told_before_anything_is_sent(tmp_path):
    _pilot(tmp_path, "{id: one, system: nfs, url: data}")
    process = _start(tmp_path, "-o", "no/such/out.json", "--preset", "soak")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert "there is no folder no/such" in err


def test_what_was_measured_is_shown_when_the_disk_is_full_at_the_end(tmp_path):
    _pilot(tmp_path, "{id: one, system: nfs, url: data}")

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [*PROGRAM, *SENT], cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=no_room,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
    )  # fmt: skip
    assert done.returncode == 2
    assert "out.json cannot be written: File too large" in done.stderr
    assert "one  (files)  measured" in done.stdout


def test_ctrl_c_within_a_window_keeps_the_calls_so_far(tmp_path, delays):
    delays.start("fixed:5")
    url = f"http://127.0.0.1:{delays.port}/x"
    _pilot(
        tmp_path, f"{{id: api, system: rest, url: '{url}'}}", "{id: later, system: nfs, url: data}", rate="20 req/s"
    )  # fmt: skip
    process = _start(tmp_path, "--preset", "standard")
    until = time.monotonic() + 60
    while len(delays.truth()["headers"]) < 130 and time.monotonic() < until:
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    found = _report(tmp_path)
    assert found["api"]["state"] == "stopped"
    assert found["api"]["reason"].startswith("interrupted after ")
    assert _measured(found["api"], "p50")["stable"] is False
    assert _measured(found["api"], "throughput")["value"] is None
    assert found["later"]["state"] == "not-measured"
    assert found["later"]["reason"] == "interrupted before its turn"
    shown = subprocess.run(
        [*PROGRAM, "sources", "show", "out.json"], cwd=tmp_path, capture_output=True,
        text=True, env=environment(), check=True,
    )  # fmt: skip
    assert "interrupted before its turn" in shown.stdout


def test_a_gap_needs_windows_and_a_time():
    with pytest.raises(UsageError, match="one window"):
        find_preset("quick", gap=5.0)
    assert find_preset("soak", gap=7200.0).claim == "4 windows 2 h apart"
    assert find_preset("soak").claim == "four windows an hour apart"


def test_sources_take_turns_while_others_wait():
    """The second source's first window lies in the first one's waiting time; the plan says as long as it takes."""
    order: list[str] = []

    def job(name: str, wait: float) -> Turns[str]:
        order.append(f"{name}1")
        yield time.monotonic() + wait
        order.append(f"{name}2")
        return name

    told: list[str] = []
    found = take_turns(
        [job("a", 0.3), job("b", 0.1)],
        unbegun=lambda _number: "",
        is_interrupted=lambda _found: False,
        announce=told.append,
    )
    assert found == ["a", "b"]
    assert order == ["a1", "b1", "b2", "a2"]
    assert len(told) == 2


def test_a_plan_of_windows_counts_the_waiting_once(tmp_path):
    from poc_gate.inputs.connect.declared.declaration import Declaration
    from poc_gate.inputs.connect.local_config import LocalConfig

    (tmp_path / "a").write_bytes(b"a" * 100)
    declared = Declaration("x", "nfs", url=str(tmp_path))
    plans = [plan_source(declared, LocalConfig(), find_preset("soak")) for _ in range(6)]
    assert 3 * 3600 < total_seconds(plans) < 3.5 * 3600
    quick = [plan_source(declared, LocalConfig(), find_preset("quick")) for _ in range(3)]
    assert total_seconds(quick) == pytest.approx(sum(plan.seconds for plan in quick))


def test_an_interrupt_reaches_what_has_begun_and_spares_what_has_not():
    asked = threading.Event()

    def begun() -> Turns[str]:
        try:
            yield time.monotonic() + 3600
        except KeyboardInterrupt:
            asked.set()
        return "kept"

    def interrupting() -> Turns[str]:
        yield time.monotonic()
        return "interrupted"

    found = take_turns(
        [begun(), interrupting()],
        unbegun=lambda number: f"never {number}",
        is_interrupted=lambda answer: answer == "interrupted",
        announce=lambda _text: None,
    )
    assert found == ["kept", "interrupted"]
    assert asked.is_set()
