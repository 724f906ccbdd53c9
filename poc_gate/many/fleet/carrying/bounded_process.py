"""A command of this machine -> how it ended, within a deadline and a bound of output, with nothing left running."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from poc_gate.many.fleet.carrying.framed_answer import is_complete
from poc_gate.many.fleet.interface import Ended

MOST_BYTES = 8 * 2**20
"""Of an answer: a profile with every curve of a large server stays below one MiB."""
_MOST_STDERR = 4096
_CHUNK = 1 << 16
_TICK_S = 0.2
"""How soon a request to stop is heeded."""
_LEAVE_S = 3.0
"""For a command to end by itself once its answer is complete or it was asked to end: longer than a node takes to kill
a probe that does not heed (`remote_script`)."""


def run_command(
    command: Sequence[str],
    *,
    script: str,
    nonce: str,
    deadline_s: float,
    stop: threading.Event,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command that reads `script` from its standard input, which stays open until the answer is complete.

    The command gets a session of its own; at the deadline, at too much output and at a request to stop all of that
    session is ended. A command that keeps running after its complete answer, as a shared connection does, is not
    waited for.
    """
    running = subprocess.Popen(  # noqa: S603 - the engine's own command, node names behind `--`
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=None if environment is None else {**os.environ, **environment},
    )
    reader = _Reader(running, nonce)
    try:
        reader.send(script)
        cut = reader.read_until(time.monotonic() + deadline_s, stop)
    finally:
        _close(running)
    code = running.returncode
    return Ended(None if cut or reader.complete else code, bytes(reader.out), reader.said(), cut)


class _Reader:
    """Gathers both outputs of one process."""

    def __init__(self, running: subprocess.Popen[bytes], nonce: str) -> None:
        """Register both pipes."""
        self.out, self._err = bytearray(), bytearray()
        self.complete = False
        self._running, self._nonce = running, nonce
        self._pipes = selectors.DefaultSelector()
        for pipe in (running.stdout, running.stderr):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            self._pipes.register(pipe, selectors.EVENT_READ)

    def send(self, script: str) -> None:
        """Hand over the script; a command that does not even read it says so by how it ends."""
        assert self._running.stdin is not None
        with suppress(BrokenPipeError):
            self._running.stdin.write(script.encode())
            self._running.stdin.flush()

    def read_until(self, deadline: float, stop: threading.Event) -> str:
        """Read until both outputs end, the answer is complete, or it has to be cut; return why it was cut."""
        ended_at: float | None = None
        while self._pipes.get_map():
            now = time.monotonic()
            if stop.is_set():
                return "stopped"
            if now >= deadline:
                return "deadline"
            for key, _ in self._pipes.select(min(_TICK_S, deadline - now)):
                self._read(key.fileobj)
            if len(self.out) > MOST_BYTES:
                return "flood"
            if self.complete:
                for key, _ in self._pipes.select(0):
                    self._read(key.fileobj)  # what was said before the answer ended
                return ""
            if ended_at is None and self._running.poll() is not None:
                ended_at = now
            elif ended_at is not None and now - ended_at > _LEAVE_S:
                return ""  # somebody else holds its outputs open
        with suppress(subprocess.TimeoutExpired):
            self._running.wait(min(_LEAVE_S, max(0.0, deadline - time.monotonic())))
        return ""

    def said(self) -> str:
        """Return the end of stderr as text."""
        return self._err.decode("utf-8", errors="replace")

    def _read(self, pipe: object) -> None:
        chunk = os.read(pipe.fileno(), _CHUNK)  # type: ignore[attr-defined]
        if not chunk:
            self._pipes.unregister(pipe)  # type: ignore[arg-type]
        elif pipe is self._running.stdout:
            self.out += chunk
            self.complete = is_complete(bytes(self.out[-len(chunk) - 128 :]), self._nonce)
        else:
            self._err += chunk
            del self._err[:-_MOST_STDERR]


def _close(running: subprocess.Popen[bytes]) -> None:
    """Close standard input, which ends the script wherever it runs, and end whatever of the session is left."""
    with suppress(OSError):
        assert running.stdin is not None
        running.stdin.close()
    if not _ends_within(running, _LEAVE_S):
        _signal(running, signal.SIGTERM)
        _ends_within(running, 1.0)
    _signal(running, signal.SIGKILL)
    _ends_within(running, 1.0)
    for pipe in (running.stdout, running.stderr):
        assert pipe is not None
        pipe.close()


def _ends_within(running: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _signal(running: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, number)
