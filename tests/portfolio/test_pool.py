"""A pool whose processes crash, hang, are killed and take all memory: one row each, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from poc_gate.app.portfolio import pool as pool_module
from poc_gate.app.portfolio.job import Done, Job
from poc_gate.app.portfolio.pool import Pool
from poc_gate.errors import InternalError

DAY = "2026-11-28"


@pytest.fixture
def jobs(pilots: Path) -> list[Job]:
    results = str(Path("results").resolve())
    paths = sorted(pilots.iterdir())
    return [Job(str(path), DAY, results, path.name, machine="l4-24gb", again=True) for path in paths]


_BEFORE: set[int] = set()
"""Children that other tests in the same process left, ended or not."""


@pytest.fixture(autouse=True)
def _known_children() -> None:
    _BEFORE.clear()
    _BEFORE.update(child.pid for child in psutil.Process().children(recursive=True))


def left_behind() -> list[psutil.Process]:
    """Return the processes that this test has started and that are still there."""
    return [child for child in psutil.Process().children(recursive=True) if child.pid not in _BEFORE]


def outcome(pool: Pool, jobs: list[Job], told=lambda _job: None) -> dict[str, Done]:
    found = {Path(job.path).name: done for job, done in pool.run(jobs, told)}
    assert not left_behind(), "a process was left behind"
    return found


def words(found: dict[str, Done]) -> dict[str, str]:
    return {name: done.judged.row.word if done.judged else done.failed for name, done in found.items()}


def strike(name: str, how: Callable[[int], None]) -> tuple[Callable[[Job], None], list[int]]:
    """Return a callback that hits the process which is given the pilot `name`, and the list of its victims."""
    victims: list[int] = []

    def told(job: Job) -> None:
        if Path(job.path).name != name:
            return
        for child in (one for one in psutil.Process().children() if one.pid not in _BEFORE):
            threading.Timer(0.05, lambda pid=child.pid: (victims.append(pid), how(pid))).start()

    return told, victims


def slow(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let one pilot take so long that its process is hit while it judges."""
    code = (
        "import sys, time; sys.argv = ['worker', '1024']\n"
        "from poc_gate.app.portfolio import judge_pilot as judging, worker\n"
        "real = judging.judge_pilot\n"
        "def slowly(job):\n"
        f"    time.sleep(5 if job.name == {name!r} else 0)\n"
        "    return real(job)\n"
        "judging.judge_pilot = slowly\n"
        "worker.main()\n"
    )
    own(monkeypatch, code)


def test_a_process_that_is_killed_costs_its_own_pilot_alone(monkeypatch, jobs: list[Job]):
    slow(monkeypatch, "p1")
    told, victims = strike("p1", lambda pid: os.kill(pid, signal.SIGKILL))
    found = words(outcome(Pool(1, limit_s=60, memory=1024), jobs, told))
    assert victims
    assert found.pop("p1") == "the process that judged it was killed by signal 9"
    assert found == {"p0": "NO-GO", "p2": "GO"}


def test_a_process_that_is_stopped_ends_at_its_deadline(monkeypatch, jobs: list[Job]):
    slow(monkeypatch, "p0")
    told, victims = strike("p0", lambda pid: os.kill(pid, signal.SIGSTOP))
    begin = time.monotonic()
    found = words(outcome(Pool(1, limit_s=10, memory=1024), jobs[:2], told))
    assert victims
    assert found == {"p0": "no answer within 10 s", "p1": "INSUFFICIENT EVIDENCE"}
    assert time.monotonic() - begin < 60


def test_a_pilot_that_takes_too_much_memory_is_a_row_that_says_so(monkeypatch, jobs: list[Job]):
    code = (
        "import sys; sys.argv = ['worker', '512']\n"
        "from poc_gate.app.portfolio import judge_pilot as judging, worker\n"
        "real = judging.judge_pilot\n"
        "def greedy(job):\n"
        "    held = bytearray(3 << 30) if job.name == 'p0' else b''\n"
        "    return real(job)\n"
        "judging.judge_pilot = greedy\n"
        "worker.main()\n"
    )
    own(monkeypatch, code)
    found = words(outcome(Pool(2, limit_s=120, memory=512), jobs[:3]))
    assert found == {
        "p0": "it needs more than the 512 MiB that one pilot may take",
        "p1": "INSUFFICIENT EVIDENCE",
        "p2": "GO",
    }


def test_a_process_that_crashes_tells_its_last_words(monkeypatch, tmp_path: Path, jobs: list[Job]):
    code = (
        "import sys, os\n"
        "sys.stdout.write('ready\\n'); sys.stdout.flush()\n"
        "sys.stdin.readline(); print('Fatal: no luck', file=sys.stderr, flush=True); os.abort()\n"
    )
    own(monkeypatch, code)
    found = outcome(Pool(2, limit_s=60, memory=64), jobs[:2])
    assert {done.failed for done in found.values()} == {
        "the process that judged it was killed by signal 6: Fatal: no luck"
    }


def test_processes_that_never_start_are_an_error_and_no_endless_loop(monkeypatch, jobs: list[Job]):
    own(monkeypatch, "raise SystemExit('cannot be imported')")
    with pytest.raises(InternalError, match="cannot be imported"):
        list(Pool(2, limit_s=60, memory=64).run(jobs))
    assert not left_behind()


def test_leaving_half_way_ends_every_process(jobs: list[Job]):
    running = Pool(2, limit_s=60, memory=1024).run(jobs)
    next(running)
    running.close()
    assert not left_behind()


def own(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the pool start a process of the test's own."""
    real = subprocess.Popen

    def start(_command: list[str], **options: object) -> subprocess.Popen:
        return real([sys.executable, "-c", code], **options)

    monkeypatch.setattr(pool_module.subprocess, "Popen", start)
