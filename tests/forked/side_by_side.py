"""Runs the collected tests in several processes that are forked from the one which collected them.

Collecting sixteen thousand tests takes longer than most folders take to run: here it is done once, and what it loaded
stays shared. The tests of a file stay together and in order; a process that is done with one takes the next that waits.
"""

from __future__ import annotations

import atexit
import mmap
import os
import sys
import time
import traceback
from collections import deque
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from warnings import WarningMessage

import pytest

OPTION = "--processes"


def add_option(parser: pytest.Parser) -> None:
    """Let pytest be told in how many processes the tests run."""
    parser.addoption(
        OPTION, type=int, default=0, help="run the tests in so many forked processes; 0: in this one"
    )


def run_tests(session: pytest.Session) -> bool | None:
    """Run what was collected, side by side; None where that was not asked for, or nothing is there to run.

    Raises what pytest's own loop does when the run is to stop.
    """
    wanted = session.config.getoption("processes")
    if not wanted or not session.items or session.testsfailed or session.config.option.collectonly:
        return None
    files: dict[Path, list[int]] = {}
    for number, item in enumerate(session.items):
        files.setdefault(item.path, []).append(number)
    _Processes(session, list(files.values())).run(min(wanted, len(files)))
    return True


class _Processes:
    """The processes as the one that collected sees them: it hands out files and hears what came of each test."""

    def __init__(self, session: pytest.Session, files: list[list[int]]) -> None:
        self._session, self._files = session, deque(files)
        self._running: dict[Connection, int] = {}
        self._at: dict[Connection, mmap.mmap] = {}
        self._been_in: dict[Path, set[Connection]] = {}
        self._ended = 0

    def run(self, count: int) -> None:
        """Start so many, and return when all tests have run; raises what pytest's own loop does."""
        try:
            for number in range(count):
                self._start(number)
            while self._running:
                for channel in wait(list(self._running)):
                    self._hear(channel)
                self._stop_where_asked()
        finally:
            for channel in self._running:
                channel.close()  # it ends after the test that it is at
            for process in self._running.values():
                os.waitpid(process, 0)
        if self._ended != len(self._session.items):
            raise self._session.Failed(f"{self._ended} of {len(self._session.items)} tests have run")

    def _start(self, number: int) -> None:
        ours, theirs = Pipe()
        # What a process prints to the terminal when it breaks is not to repeat what waits here.
        sys.stdout.flush()
        sys.stderr.flush()
        self._session.config._tmp_path_factory.getbasetemp()
        at = mmap.mmap(-1, _NUMBER)  # both processes see what is written there
        process = os.fork()
        if process == 0:
            for other in (ours, *self._running):
                other.close()
            _live(self._session, theirs, number, at)
        theirs.close()
        self._running[ours], self._at[ours] = process, at

    def _hear(self, channel: Connection) -> None:
        try:
            kind, said = channel.recv()
        except (EOFError, ConnectionResetError):
            self._lost(channel)
            return
        config = self._session.config
        if kind == "next":
            channel.send(self._next_file(channel))
        elif kind == "warning":
            config.hook.pytest_warning_recorded.call_historic(kwargs=said)
        elif kind == "ended":
            for number, reports in said:
                item = self._session.items[number]
                self._ended += 1
                config.hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
                for told in reports:
                    report = config.hook.pytest_report_from_serializable(config=config, data=told)
                    config.hook.pytest_runtest_logreport(report=report)
                config.hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        elif kind == "broken":
            self._session.shouldfail = f"a process of tests broke:\n{said}"
        else:
            assert kind == "done", kind
            self._reap(channel)

    def _next_file(self, channel: Connection) -> list[int] | None:
        """Return the first file that waits, of a folder where the process has been if half of them have been there.

        What a folder sets up once for all its files, such as servers, is then set up less often, and those that wait
        for servers run beside those that compute.
        """
        for place, numbers in enumerate(self._files):
            been = self._been_in.setdefault(self._session.items[numbers[0]].path.parent, set())
            if channel in been or 2 * len(been) < len(self._running):
                been.add(channel)
                del self._files[place]
                return numbers
        return self._files.popleft() if self._files else None

    def _lost(self, channel: Connection) -> None:
        """Blame the test that was running when a process was gone, and run no more."""
        at = int.from_bytes(self._at[channel][:], "little")
        status = self._reap(channel)
        if at:
            item = self._session.items[at - 1]
            self._session.config.hook.pytest_runtest_logreport(report=_report_of_loss(item, status))
        self._session.shouldfail = self._session.shouldfail or f"a process of tests ended with {status}"

    def _reap(self, channel: Connection) -> int:
        channel.close()
        return os.waitstatus_to_exitcode(os.waitpid(self._running.pop(channel), 0)[1])

    def _stop_where_asked(self) -> None:
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)


def _report_of_loss(item: pytest.Item, status: int) -> pytest.TestReport:
    return pytest.TestReport(
        item.nodeid,
        item.location,
        {},
        "failed",
        f"the process ended with {status} while the test ran",
        "call",
    )


_NUMBER = 8
"""Bytes that say at which test a process is: its number and one, or nothing between two files."""


def _live(session: pytest.Session, channel: Connection, number: int, at: mmap.mmap) -> None:
    """Run files in this process, which was just forked, until none is left; never returns."""
    code = 1
    try:
        _be_apart(session.config, number)
        teller = _Teller(session.config, channel)
        session.config.pluginmanager.register(teller, "teller")
        try:
            _run_files(session, channel, teller, at)
        finally:
            session._setupstate.teardown_exact(None)
        session.config._ensure_unconfigure()
        channel.send(("done", None))
        code = 0
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass  # nobody listens any more
    except BaseException:  # noqa: BLE001 - whatever it is, the run has failed
        channel.send(("broken", traceback.format_exc()))
    finally:
        channel.close()
        atexit._run_exitfuncs()
        os._exit(code)


def _be_apart(config: pytest.Config, number: int) -> None:
    """Give this process its own folder and its own capturing of what is printed; it shows nothing itself."""
    factory = config._tmp_path_factory
    factory._basetemp = factory.getbasetemp() / f"process-{number}"
    factory._basetemp.mkdir(mode=0o700)
    config.pluginmanager.unregister(name="terminalreporter")
    if capturing := config.pluginmanager.getplugin("capturemanager"):
        if capturing.is_globally_capturing():
            capturing.read_global_capture()  # the other process shows it
        capturing.stop_global_capturing()
        capturing.start_global_capturing()


_WAIT_S = 0.2
"""How long what came of a test may wait to be told with what comes of the next ones."""


class _Teller:
    """Passes on what pytest says about the tests of this process."""

    def __init__(self, config: pytest.Config, channel: Connection) -> None:
        self._config, self._channel = config, channel
        self._all = bool(config.option.durations or config.option.xmlpath)
        self._reports: list[object] = []
        self._ended: list[tuple[int, list[object]]] = []
        self._due = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what came of one phase of a test; that it was set up and torn down in silence is seldom asked for."""
        if not report.passed:
            self._due = 0.0
        elif report.when != "call" and not report.sections and not self._all:
            return
        told = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._reports.append(told)

    def end(self, number: int) -> None:
        """Note that a test has ended; what fails is told at once."""
        self._ended.append((number, self._reports))
        self._reports = []
        if time.monotonic() >= self._due:
            self.tell()

    def tell(self) -> None:
        """Tell what came of the tests that have ended."""
        if self._ended:
            self._channel.send(("ended", self._ended))
        self._ended, self._due = [], time.monotonic() + _WAIT_S

    def pytest_warning_recorded(
        self,
        warning_message: WarningMessage,
        when: str,
        nodeid: str,
        location: tuple[str, int, str] | None,
    ) -> None:
        """Tell a warning that is no error."""
        told = {"warning_message": warning_message, "when": when, "nodeid": nodeid, "location": location}
        self._channel.send(("warning", told))


class _AnyFile:
    """Stands for the test after the last one of a file: whatever it will be, the fixtures of the session stay."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[pytest.Session]:
        """Return what stays set up."""
        return [self._session]


def _run_files(session: pytest.Session, channel: Connection, teller: _Teller, at: mmap.mmap) -> None:
    """Run file after file; raises BrokenPipeError or EOFError where nobody listens any more."""
    while True:
        at[:] = bytes(_NUMBER)
        teller.tell()
        channel.send(("next", None))
        numbers = channel.recv()
        if numbers is None:
            return
        tests = [session.items[number] for number in numbers]
        for number, item, after in zip(numbers, tests, [*tests[1:], _AnyFile(session)], strict=True):
            at[:] = (number + 1).to_bytes(_NUMBER, "little")
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            teller.end(number)
