"""A session and planned arrivals -> one record per call: worker threads that send when it is due, not when it suits.

Threads, not an event loop: against a server that knows its own delays an event loop's client added a quarter to
the median, threads a tenth. A worker takes the next slot, sleeps until it is due, sends, and records. A slot that
is already overdue when a worker gets free waited in the queue, and that wait belongs to the response.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from msgspec import Struct, field

from poc_gate.inputs.connect.interface import Call, Limits, Link, Session, SourceBusyError, SourceError
from poc_gate.inputs.connect.load.abort_rules import AbortRules

INTERRUPTED = "interrupted"
"""Why a run ended that Ctrl-C or another signal ended."""
_SWITCH_S = 0.0005
"""Seconds between switches of threads while measuring; the default of 5 ms would be seen in every percentile."""
_LOOK_EVERY_S = 0.1
_NEAR_S = 0.2
_GRACE_S = 0.5
"""Beyond the timeout before a call that does not return is broken off from outside."""
_GIVE_UP_S = 3.0
"""Beyond that, a worker that still does not return is left behind and the run ends."""


class Record(Struct, frozen=True):
    """One call; all times in seconds on one monotonic clock."""

    number: int
    intended: float
    free: float
    """When its worker had nothing else to do."""
    sent: float
    done: float
    error: str = ""
    """Kind of the error; empty for a call that succeeded."""
    call: Call = field(default_factory=Call)

    @property
    def response(self) -> float:
        """Seconds from the intended send to the end; what a user of the source waits."""
        return self.done - self.intended

    @property
    def service(self) -> float:
        """Seconds from the actual send to the end."""
        return self.done - self.sent

    @property
    def queue_wait(self) -> float:
        """Seconds in which every connection was busy when the call was due."""
        return max(0.0, self.free - self.intended)

    @property
    def wake_up_lag(self) -> float:
        """Seconds that an idle worker sent late: the client's fault."""
        return self.sent - max(self.free, self.intended)


class Run(Struct, frozen=True):
    """One window of calls against one source."""

    records: tuple[Record, ...]
    """In the order of the plan; calls that were never sent are absent."""
    planned: int
    stopped: str
    """Why it ended before its plan; empty when it did not."""
    seconds: float
    processor_seconds: float
    """Processor time of this whole process meanwhile."""
    bytes: int
    messages: tuple[str, ...]
    """The first errors, in the driver's words; to be scrubbed before they are shown."""


Tell = Callable[[list[float], int], None]
"""Told the response times so far, in seconds, and how many calls are planned."""


class OpenLoop:
    """One run; used once."""

    def __init__(
        self, session: Session, arrivals: tuple[float, ...], limits: Limits, *, tell: Tell | None = None
    ) -> None:
        """Prepare a run of calls at the intended `arrivals`, seconds from its start."""
        self._session = session
        self._arrivals = arrivals
        self._limits = limits
        self._tell = tell
        self._rules = AbortRules(len(arrivals))
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._stopped = ""
        self._next = 0
        self._start = 0.0
        self._records: list[Record] = []
        self._bytes = 0
        self._largest = 0
        self._messages: list[str] = []
        self._under_way: dict[int, tuple[float, Link]] = {}

    def run(self, links: list[Link]) -> Run:
        """Send every call that is due, each link in a worker of its own, and close the links at the end."""
        with _fast_switching():
            processor = time.process_time()
            self._start = time.perf_counter()
            workers = [
                threading.Thread(target=self._work, args=(index, link), name=f"poc-gate-{index}", daemon=True)
                for index, link in enumerate(links)
            ]
            for worker in workers:
                worker.start()
            try:
                self._watch(workers)
            except KeyboardInterrupt:
                self._halt(INTERRUPTED)
                self._watch(workers)  # calls under way end by themselves or at their timeout
            seconds = time.perf_counter() - self._start
            processor = time.process_time() - processor
        with self._lock:
            records = tuple(sorted(self._records, key=lambda record: record.number))
        return Run(
            records,
            len(self._arrivals),
            self._stopped,
            seconds,
            processor,
            self._bytes,
            tuple(self._messages),
        )

    def _work(self, index: int, link: Link | None) -> None:
        free = self._start
        while (number := self._take()) is not None:
            due = self._start + self._arrivals[number]
            self._sleep_until(due)
            if self._stop.is_set():
                break
            sent = time.perf_counter()
            link, call, error = self._send(index, link, number)
            done = time.perf_counter()
            self._keep(Record(number, due, free, sent, done, error, call))
            free = done
        if link is not None:
            _close(link, self._session.failures)

    def _sleep_until(self, due: float) -> None:
        """Wait for the moment of a call; far ones so that a halt is heard, near ones by the cheaper plain sleep."""
        far = due - time.perf_counter() - _NEAR_S
        if far > 0:
            self._stop.wait(far)
        near = due - time.perf_counter()
        if near > 0 and not self._stop.is_set():
            time.sleep(near)

    def _take(self) -> int | None:
        """Return the next slot, or None at the end of the plan or of the budget."""
        with self._lock:
            if self._stop.is_set() or self._next >= len(self._arrivals):
                return None
            if self._bytes + self._largest > self._limits.bytes:
                self._halt(f"the budget of {self._limits.bytes:,} bytes is used up")
                return None
            self._next += 1
            return self._next - 1

    def _send(self, index: int, link: Link | None, number: int) -> tuple[Link | None, Call, str]:
        """Do one call, on a new connection where the last one failed; return link, outcome and kind of error."""
        try:
            if link is None:
                link = self._session.connect()
            with self._lock:
                self._under_way[index] = (time.perf_counter(), link)
            return link, link.call(number), ""
        except self._session.failures as error:
            with self._lock:
                if len(self._messages) < 5:
                    self._messages.append(f"{type(error).__name__}: {error}")
            if link is not None:
                _close(link, self._session.failures)
            return None, Call(), _kind(error)
        finally:
            with self._lock:
                self._under_way.pop(index, None)

    def _keep(self, record: Record) -> None:
        with self._lock:
            self._records.append(record)
            self._bytes += record.call.bytes
            self._largest = max(self._largest, record.call.bytes)
            why = self._rules.ended(record.service, record.error, lag=record.wake_up_lag)
            if why:
                self._halt(why)

    def _halt(self, why: str) -> None:
        self._stopped = self._stopped or why
        self._stop.set()

    def _watch(self, workers: list[threading.Thread]) -> None:
        """Wait for the workers; tell of progress, break off calls that hang, end the run at its wall."""
        ended_at = 0.0
        while alive := [worker for worker in workers if worker.is_alive()]:
            alive[0].join(_LOOK_EVERY_S)
            now = time.perf_counter()
            with self._lock:
                responses = [self._counted(record) for record in self._records] if self._tell else []
                hanging = [(since, link) for since, link in self._under_way.values()]
                if now - self._start > self._limits.wall and not self._stop.is_set():
                    self._halt(f"the budget of {self._limits.wall:g} s is used up")
            if self._tell:
                self._tell(responses, len(self._arrivals))
            for since, link in hanging:
                if now - since > self._limits.timeout + _GRACE_S:
                    with suppress(*self._session.failures):  # it ended by itself just now
                        link.abort()
            ended_at = ended_at or (now if self._stop.is_set() else 0.0)
            if ended_at and now - ended_at > self._limits.timeout + _GIVE_UP_S:
                with self._lock:
                    self._stopped += "; a call never returned and was left behind"
                return

    def _counted(self, record: Record) -> float:
        return counted_response(record, self._limits.timeout)


def counted_response(record: Record, timeout: float) -> float:
    """Return the response in seconds as it counts: a call that failed counts as at least the timeout."""
    return max(record.response, timeout) if record.error else record.response


def _kind(error: Exception) -> str:
    if isinstance(error, SourceBusyError):
        return "busy"
    if isinstance(error, SourceError):
        return error.kind
    if isinstance(error, TimeoutError) or "timeout" in type(error).__name__.lower():
        return "timeout"
    text = str(error).lower()
    return "timeout" if "timed out" in text or "timeout" in text else "error"


def _close(link: Link, failures: tuple[type[Exception], ...]) -> None:
    try:
        link.close()
    except failures:
        return  # it was of no use any more; the call's own error is what counts


@contextmanager
def _fast_switching() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
