"""Jobs -> answers, from a pool of processes of which each may crash, hang or take all memory without hurting another.

The pools of the standard library fail everything that is pending when one of their processes dies; here a process has
one pilot at a time, a deadline and a bound on its memory, and is replaced when it is gone.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO

import msgspec

from poc_gate.app.portfolio.job import Done, Job
from poc_gate.app.portfolio.worker import READY
from poc_gate.base.own_python import own_python
from poc_gate.errors import InternalError

START_S = 120.0
"""Within which a process must have started; loading takes half a second on an idle machine."""
_TAIL = 400
_MOST_ANSWER = 64 << 20


class _Worker:
    """One process with at most one pilot in its hands."""

    def __init__(self, memory: int) -> None:
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            own_python("poc_gate.app.portfolio.worker", str(memory)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=True,  # an interrupt at the keyboard is for the pool, which ends its processes itself
        )
        self.job: Job | None = None
        self.ready = False
        self.since = time.monotonic()
        self.held = bytearray()
        self.words = ""
        """Last line of its stderr, once it has ended."""

    def give(self, job: Job) -> None:
        self.job, self.since = job, time.monotonic()
        assert self.process.stdin is not None
        with suppress(OSError):  # one that is gone is noticed by the end of its output
            self.process.stdin.write(msgspec.json.encode(job) + b"\n")
            self.process.stdin.flush()

    def read(self) -> list[bytes] | None:
        """Return the lines that came, None at the end of the output."""
        assert self.process.stdout is not None
        try:
            more = os.read(self.process.stdout.fileno(), 1 << 16)
        except OSError:
            return None
        if not more or len(self.held) > _MOST_ANSWER:
            return None
        self.held += more
        *lines, rest = bytes(self.held).split(b"\n")
        self.held = bytearray(rest)
        return lines

    def end(self) -> int:
        """End the process, stopped ones too, and return its exit status."""
        with suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self.words = self._last_words()
        return code

    def _last_words(self) -> str:
        """Return the last line that it wrote to stderr, and close that."""
        size = self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, size - _TAIL))
        lines = self.errors.read().decode(errors="replace").split("\n")
        self.errors.close()
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


class Pool:
    """Judges jobs in `processes` processes."""

    def __init__(self, processes: int, *, limit_s: float, memory: int) -> None:
        """Take the seconds and the MiB that one pilot may take."""
        self.processes, self.limit_s, self.memory = processes, limit_s, memory
        self._waiting: deque[Job] = deque()
        self._workers: dict[int, _Worker] = {}
        self._failed_starts = 0

    def run(
        self, jobs: Sequence[Job], told: Callable[[Job], None] = lambda _job: None
    ) -> Iterator[tuple[Job, Done]]:
        """Yield each job with what came of it, in the order in which they end; `told` of each that begins.

        Raises InternalError when no process starts. However it is left, no process of it stays behind.
        """
        self._waiting.extend(jobs)
        selector = selectors.DefaultSelector()
        left = len(jobs)
        try:
            while left:
                self._fill(selector, left)
                for key, _ in selector.select(timeout=self._until_next_deadline()):
                    for job, done in self._heard(selector, key.fd, told):
                        left -= 1
                        yield job, done
                for job, done in self._overdue(selector):
                    left -= 1
                    yield job, done
        finally:
            selector.close()
            for worker in self._workers.values():
                worker.end()
            self._workers.clear()

    def _fill(self, selector: selectors.BaseSelector, left: int) -> None:
        while len(self._workers) < min(self.processes, left):
            worker = _Worker(self.memory)
            assert worker.process.stdout is not None
            fd = worker.process.stdout.fileno()
            self._workers[fd] = worker
            selector.register(fd, selectors.EVENT_READ)

    def _until_next_deadline(self) -> float:
        now = time.monotonic()
        ends = [self._deadline(worker) - now for worker in self._workers.values() if self._is_timed(worker)]
        return max(0.0, min(ends, default=1.0))

    def _is_timed(self, worker: _Worker) -> bool:
        return worker.job is not None or not worker.ready

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (self.limit_s if worker.ready else START_S)

    def _heard(
        self, selector: selectors.BaseSelector, fd: int, told: Callable[[Job], None]
    ) -> Iterator[tuple[Job, Done]]:
        worker = self._workers[fd]
        lines = worker.read()
        if lines is None:
            yield from self._gone(selector, fd)
            return
        for line in lines:
            if not worker.ready:
                if line + b"\n" != READY:
                    raise InternalError("a worker process answered before it was asked")
                worker.ready, self._failed_starts = True, 0
            elif worker.job is not None:
                job, worker.job = worker.job, None
                done = msgspec.json.decode(line, type=Done)
                yield job, done
                if done.spent:
                    self._drop(selector, fd)
                    return
        if worker.ready and worker.job is None and self._waiting:
            job = self._waiting.popleft()
            told(job)
            worker.give(job)

    def _gone(self, selector: selectors.BaseSelector, fd: int) -> Iterator[tuple[Job, Done]]:
        worker, code = self._drop(selector, fd)
        words = worker.words
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > self.processes + 2:
                raise InternalError(f"no worker process starts: {words or code}")
        if worker.job is not None:
            how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
            said = f": {words}" if words else ""
            yield worker.job, Done(failed=f"the process that judged it {how}{said}")

    def _overdue(self, selector: selectors.BaseSelector) -> Iterator[tuple[Job, Done]]:
        now = time.monotonic()
        late = [fd for fd, one in self._workers.items() if self._is_timed(one) and self._deadline(one) <= now]
        for fd in late:
            worker, _ = self._drop(selector, fd)
            if worker.job is not None:
                yield worker.job, Done(failed=f"no answer within {self.limit_s:g} s")
            elif not worker.ready:
                self._failed_starts += 1
                if self._failed_starts > self.processes + 2:
                    raise InternalError(f"no worker process starts within {START_S:g} s")

    def _drop(self, selector: selectors.BaseSelector, fd: int) -> tuple[_Worker, int]:
        worker = self._workers.pop(fd)
        selector.unregister(fd)
        return worker, worker.end()
