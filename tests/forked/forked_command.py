"""Runs `poc-gate ARGUMENTS` in a process of its own that is forked from one that has loaded it already.

What depends on how Python starts (its own variables, the locale, a hostile working folder, loading itself) is tested with
`python -m poc_gate` instead, and so is each command at least once.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "support-assistant"
_OF_PYTHON = ("PYTHON", "LC_", "LANG", "TZ", "LD_", "POC_GATE_CACHE_DIR", "XDG_CACHE_HOME", "HOME")
"""Variables that are read as Python starts, or that say where to keep what the forking process holds already."""


def run_command(
    words: Sequence[str | os.PathLike[str]],
    *,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
    streams: tuple[int, int, int] | None = None,
    may_look_everywhere: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Return what `poc-gate WORDS` came to, with nothing on its standard input.

    `streams` are open files that it is given for its standard ones; what it writes there is not in the answer.
    Where not `may_look_everywhere`, root's right to enter every folder is taken from it.
    Raises subprocess.TimeoutExpired when it takes longer than `timeout` seconds; it is then ended.
    """
    given, environment = [os.fspath(word) for word in words], dict(os.environ if env is None else env)
    if _needs_its_own_start(environment):
        assert streams is None, "what Python reads as it starts cannot be changed"
        assert may_look_everywhere, "what Python reads as it starts cannot be changed"
        return run_afresh(given, cwd=cwd, env=environment, timeout=timeout)
    asked = (given, str(Path(cwd or ".").absolute()), environment, may_look_everywhere)
    if streams is not None:
        return subprocess.CompletedProcess(
            ["poc-gate", *given], _server().run_on(streams, asked, timeout), "", ""
        )
    return _server().run(asked, timeout)


def run_afresh(
    words: Sequence[str | os.PathLike[str]],
    *,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Return what `python -m poc_gate WORDS` came to, by a Python that has loaded nothing yet."""
    return subprocess.run(
        [sys.executable, "-m", "poc_gate", *map(os.fspath, words)], cwd=cwd, env=env, timeout=timeout, check=False,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def _needs_its_own_start(environment: Mapping[str, str]) -> bool:
    names = {name for name in {*environment, *_STARTED_WITH} if name.startswith(_OF_PYTHON)} - {"PYTHONPATH"}
    return environment.get("PYTHONPATH", _ROOT) != _ROOT or any(
        environment.get(name) != _STARTED_WITH.get(name) for name in names
    )


_ROOT = str(ROOT)
_STARTED_WITH = {**os.environ, "PYTHONPATH": _ROOT}
"""The environment of the forking process."""


def load_early() -> None:
    """Load the command line now, in a process from which those of all test processes are forked."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    _LOADED.append((ours, _started(theirs)))
    atexit.register(_end_loaded, os.getpid())


def _end_loaded(started_by: int) -> None:
    """Leave it, and wait for its end where this process has started it: it ends with the last that holds on to it."""
    for ours, process in _LOADED:
        ours.close()
        if os.getpid() == started_by:
            process.wait(10)


_LOADED: list[tuple[socket.socket, subprocess.Popen[bytes]]] = []
"""The process that was loaded early, and where it is asked to fork itself."""


def _started(theirs: socket.socket) -> subprocess.Popen[bytes]:
    words = [Path(__file__).with_name("fork_server.py"), theirs.fileno(), EXAMPLE, EXAMPLE / "machine.json"]
    process = subprocess.Popen(
        [sys.executable, *map(str, words)],
        pass_fds=[theirs.fileno()],
        env=_STARTED_WITH,
        cwd="/",
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    return process


class _Server:
    """The forking process of this test process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        if _LOADED:
            socket.send_fds(_LOADED[0][0], [b"1"], [theirs.fileno()])
            theirs.close()
        else:
            self._process = _started(theirs)
        self._asked, self._lock = ours, threading.Lock()
        self._answers = ours.makefile("r")
        atexit.register(self.close)

    def close(self) -> None:
        """End it: it returns when nobody is there to ask."""
        self._answers.close()
        self._asked.close()
        if self._process is not None:
            self._process.wait(10)

    def run(self, asked: _Asked, timeout: float) -> subprocess.CompletedProcess[str]:
        """Run one command and read what it says; several threads take turns."""
        with open(os.devnull) as nothing:  # noqa: PTH123
            outs = [os.pipe(), os.pipe()]
            said: list[str] = ["", ""]
            readers = [
                threading.Thread(target=_read, args=(said, number, os.fdopen(read, encoding="utf-8")))
                for number, (read, _) in enumerate(outs)
            ]
            for reader in readers:
                reader.start()
            writes = [write for _, write in outs]
            try:
                code = self.run_on((nothing.fileno(), *writes), asked, timeout, given_away=writes)
            finally:
                for reader in readers:
                    reader.join()
        return subprocess.CompletedProcess(["poc-gate", *asked[0]], code, *said)

    def run_on(
        self, streams: Sequence[int], asked: _Asked, timeout: float, given_away: Sequence[int] = ()
    ) -> int:
        """Run one command on three open files and return its exit code; those `given_away` are closed here."""
        request = json.dumps(asked).encode() + b"\n"
        with self._lock:
            socket.send_fds(self._asked, [request[:65536]], streams)
            self._asked.sendall(request[65536:])
            for stream in given_away:
                os.close(stream)
            child = int(self._answers.readline())
            late = threading.Timer(timeout, _end, [child])
            late.start()
            code = int(self._answers.readline())
            ended_late = not late.is_alive()
            late.cancel()
        if ended_late:
            raise subprocess.TimeoutExpired(["poc-gate", *asked[0]], timeout)
        return code


_Asked = tuple[list[str], str, dict[str, str], bool]
"""Words, folder, environment, and whether it may look everywhere."""


def _read(said: list[str], number: int, stream: IO[str]) -> None:
    with stream:
        said[number] = stream.read()


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


@cache
def _server() -> _Server:
    return _Server()
