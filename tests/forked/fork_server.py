"""A process that has loaded the command line and forks itself once for each command that it is asked to run.

Each command runs in a process of its own, with its own standard streams, folder and environment, as `python -m poc_gate`
would; it is spared the loading of some five hundred modules and the compilation of the shipped rules. Several test processes
have one each, all forked from the first.
"""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import signal
import socket
import sys
import traceback

STREAMS = 3
RUN_BEFORE = "FORKED_RUN_BEFORE"
"""The variable that names a script of the test to run in the process before the command, as `sitecustomize` would."""


def _warm(example: str, machine: str) -> None:
    """Assess once, so that modules, catalogue, rules and patterns are there before anybody forks."""
    from poc_gate.cli.app import run

    shown, told = sys.stdout, sys.stderr
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        run(["assess", example, "--machine", machine, "--on", "2026-11-23", "--format", "html=" + os.devnull])
    finally:
        sys.stdout, sys.stderr = shown, told


_CAPABILITIES_3 = 0x20080522
_LOOK_EVERYWHERE = 1 << 1 | 1 << 2
"""The rights `dac_override` and `dac_read_search`."""


def _look_no_further() -> None:
    """Give up root's right to enter folders that are closed; who is not root has none."""
    header, rights = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
    system = ctypes.CDLL(None, use_errno=True)
    if system.capget(header, rights) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for number in range(3):  # effective, permitted, inheritable
        rights[number] &= ~_LOOK_EVERYWHERE
    if system.capset(header, rights) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _become(
    words: list[str], folder: str, environment: dict[str, str], streams: list[int], *, everywhere: bool
) -> None:
    """Run the command in this process, which ends with it; never returns."""
    code = 1
    try:
        if not everywhere:
            _look_no_further()
        for wanted, given in enumerate(streams):
            os.dup2(given, wanted)
        os.closerange(STREAMS, 1024)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
        if before := os.environ.pop(RUN_BEFORE, ""):
            with open(before, encoding="utf-8") as script:  # noqa: PTH123
                exec(compile(script.read(), before, "exec"), {"__name__": "before"})
        sys.argv = ["poc-gate", *words]
        from poc_gate.__main__ import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - a traceback is what a process would print
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _serve(asked: socket.socket) -> None:
    """Fork for each request and answer with the process first, with its status when it has ended."""
    while True:
        message, streams, _, _ = socket.recv_fds(asked, 1 << 20, STREAMS)
        if not message:
            return
        while not message.endswith(b"\n"):
            message += asked.recv(1 << 20)
        words, folder, environment, everywhere = json.loads(message)
        child = os.fork()
        if child == 0:
            _become(words, folder, environment, streams, everywhere=everywhere)
        for stream in streams:
            os.close(stream)
        asked.sendall(f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        asked.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _breed(wanted: socket.socket) -> None:
    """Fork one that serves for each end of a connection that comes, until nobody is left to send one."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        message, ends, _, _ = socket.recv_fds(wanted, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            wanted.close()
            _serve(socket.socket(fileno=ends[0]))
            os._exit(0)
        os.close(ends[0])


if __name__ == "__main__":
    from poc_gate.__main__ import collect_rarely

    collect_rarely()
    _warm(*sys.argv[2:4])
    gc.collect()
    gc.freeze()  # what is there already is never looked at again, so that its pages stay shared
    given = socket.socket(fileno=int(sys.argv[1]))
    if given.type == socket.SOCK_SEQPACKET:
        _breed(given)
    else:
        _serve(given)
