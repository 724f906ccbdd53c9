"""Large files of lines -> spans, read by several processes; each then adds up the traces that fall to it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.traces.span_store import SpanStore
from poc_gate.inputs.observe.traces.span_worker import receive, send
from poc_gate.inputs.observe.traces.totals.trace_totals import TraceTotals

_START = "import sys; sys.path[:] = sys.argv[1:]; from poc_gate.inputs.observe.traces.span_worker import work; work()"


def can_work_apart() -> bool:
    """Say whether further processes of this Python can be started, and there is more than one CPU for them."""
    try:
        cpus = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cpus = os.cpu_count() or 1
    return bool(sys.executable) and cpus > 1


class SpanWorkers:
    """Some processes that each hold a share of all traces."""

    def __init__(self, count: int) -> None:
        """Start them; they find the package where this process found it, and nothing in the folder it runs in."""
        home = str(Path(__file__).resolve().parents[4])
        paths = [
            home,
            *(one for one in sys.path if one and Path(one).is_absolute() and one != str(Path.cwd())),
        ]
        # -P: the folder that is looked at must not lend modules.
        call = [sys.executable, "-P", "-c", _START, *paths]
        self._processes = [
            subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this program
            for _ in range(count)
        ]
        self._shares: list[list[SpanStore]] = [[] for _ in range(count)]

    def read(self, stream: PackedStream) -> None:
        """Add the spans of one file; raises InvalidInputError with the line of the first fault in it."""
        count = len(self._processes)
        ends = [stream.size * part // count for part in range(count + 1)]
        results: list[object] = [None] * count
        done = [0] * count
        threads = []
        for at, process in enumerate(self._processes):
            assert process.stdin is not None
            send(
                process.stdin,
                ("read", str(stream.path.resolve()), stream.file, ends[at], ends[at + 1], count),
            )
            threads.append(threading.Thread(target=self._collect, args=(at, results, done), daemon=True))
            threads[-1].start()
        stream.sha256()  # meanwhile, so that the file is read from the disk once
        for thread in threads:
            while thread.is_alive():
                thread.join(0.1)
                stream.tell(min(0.95, sum(done) / max(1, stream.size)))
        self._keep(stream, results)

    def _collect(self, at: int, results: list[object], done: list[int]) -> None:
        output = self._processes[at].stdout
        assert output is not None
        try:
            while True:
                answer = receive(output)
                if isinstance(answer, tuple) and answer[0] == "progress":
                    done[at] = answer[1]
                else:
                    results[at] = answer
                    return
        except EOFError:
            return

    def _keep(self, stream: PackedStream, results: list[object]) -> None:
        faults: list[Fault] = []
        for answer in results:
            if not isinstance(answer, tuple):
                self.end()
                raise stream.fault(
                    "could not be read: a process that reads it was ended",
                    "give it more memory, or name a part of the file",
                )
            if answer[0] == "fault":
                before = _lines_before(stream.path, answer[1])
                faults += [one._replace(line=one.line + before) if one.line else one for one in answer[2]]
            else:
                for share, store in zip(self._shares, answer[1], strict=True):
                    share.append(store)
        if faults:
            self.end()
            raise InvalidInputError(faults[:1])

    def finish(self, rest: SpanStore) -> TraceTotals:
        """Return the totals of all spans, those of other files included."""
        shares, self._shares = self._shares, []
        if len(rest) or rest.broken:
            for share, store in zip(shares, rest.split(len(shares)), strict=True):
                share.append(store)
        totals = TraceTotals()
        try:
            threads = [
                threading.Thread(target=_order, args=(process, share), daemon=True)
                for process, share in zip(self._processes, shares, strict=True)
            ]
            for thread in threads:
                thread.start()
            for process in self._processes:
                assert process.stdout is not None
                found = receive(process.stdout)
                assert isinstance(found, TraceTotals)
                totals.take(found)
        except (EOFError, OSError) as error:
            fault = Fault(
                "traces",
                0,
                0,
                "could not be added up: a process that does it was ended",
                "give it more memory",
            )
            raise InvalidInputError([fault]) from error
        finally:
            self.end()
        return totals

    def end(self) -> None:
        """End the processes that are still there."""
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            if process.poll() is None:
                process.terminate()
            process.wait()


def _order(process: subprocess.Popen[bytes], share: list[SpanStore]) -> None:
    assert process.stdin is not None
    send(process.stdin, ("add", share))


def _lines_before(path: Path, start: int) -> int:
    """Return how many lines begin before a byte of a file; its line in part is counted from the next one."""
    if not start:
        return 0
    count = left = 0
    with path.open("rb") as file:
        while left < start - 1:
            block = file.read(min(1 << 20, start - 1 - left))
            if not block:
                break
            left += len(block)
            count += block.count(b"\n")
        file.seek(start - 1)
        return count + (1 if file.readline() else 0)
