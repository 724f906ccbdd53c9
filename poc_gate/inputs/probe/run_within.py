"""One probe and the seconds it may take -> its outcome, or why there is none; a probe that hangs holds nobody up."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from contextlib import suppress

import msgspec

from poc_gate.errors import PocGateError, UsageError
from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, absent

_GRACE_S = 1.0
"""For the system to take away a process that was killed; one that waits for a dead disk takes longer and is left."""
_CHUNK = 1 << 16


class _Sent(msgspec.Struct, frozen=True):
    """What the child hands back: an outcome, or what it refused."""

    outcome: ProbeOutcome | None = None
    refused: str = ""
    next_step: str = ""


def run_within(probe: Probe, context: ProbeContext, seconds: float) -> ProbeOutcome:
    """Return what a probe measured within `seconds`; else each of its facts is absent, with the reason.

    The probe runs in a child of this process, which is killed when its time is over. Raises UsageError where the
    probe refuses its options. Where the system cannot fork, the probe runs here and only its start is bounded.
    """
    if seconds <= 0:
        return left_out(probe, context.options.limit, "was not begun")
    if not hasattr(os, "fork"):
        return probe.run(context)
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_as_child(probe, context, writing)
    os.close(writing)
    try:
        content, ended = _read_until(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        status = _end(child)
    if not ended:
        return left_out(probe, context.options.limit, "had not ended")
    return _received(probe, content, status)


def left_out(probe: Probe, limit: float, what: str) -> ProbeOutcome:
    """Return the outcome of a probe for which there was no time."""
    return nothing(probe, f"left out: the {probe.name} probe {what} within the limit of {limit:g} s")


def nothing(probe: Probe, reason: str) -> ProbeOutcome:
    """Return an outcome in which every fact is absent for one reason."""
    return ProbeOutcome(tuple(absent(spec, reason) for spec in probe.facts), notes=(reason,))


def _run_as_child(probe: Probe, context: ProbeContext, writing: int) -> None:
    """Run the probe, write what it gave, and end; never returns."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        quiet = msgspec.structs.replace(context, progress=lambda _what, _share: None)
        try:
            sent = _Sent(probe.run(quiet))
        except PocGateError as error:
            sent = _Sent(refused=error.message, next_step=error.next_step)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(sent))
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, this process must end here and not run its parent's code
        with suppress(OSError):
            traceback.print_exc()
    finally:
        os._exit(code)


def _read_until(reading: int, deadline: float) -> tuple[bytes, bool]:
    """Return what was written until the deadline, and whether the writer ended before it."""
    content = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([reading], [], [], left)[0]:
            break
        chunk = os.read(reading, _CHUNK)
        if not chunk:
            return bytes(content), True
        content += chunk
    return bytes(content), False


def _end(child: int) -> int:
    """Kill a child unless it has ended, and return its status as the system tells it; -1 where it cannot be ended."""
    deadline = time.monotonic() + _GRACE_S
    with suppress(ProcessLookupError):
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.01)  # what has closed its pipe is about to end by itself
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        os.kill(child, signal.SIGKILL)
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.01)
    return -1


def _received(probe: Probe, content: bytes, status: int) -> ProbeOutcome:
    try:
        sent = msgspec.msgpack.decode(content, type=_Sent)
    except msgspec.MsgspecError:
        how = (
            f"by signal {os.WTERMSIG(status)}"
            if status > 0 and os.WIFSIGNALED(status)
            else "without a result"
        )
        return nothing(probe, f"the {probe.name} probe ended {how}")
    if sent.outcome is None:
        raise UsageError(sent.refused, next_step=sent.next_step)
    return sent.outcome
