"""The entry point: answers `--version` before anything is imported, everything else through `cli`."""

import atexit
import gc
import sys

from poc_gate.version import __version__

_GARBAGE_THRESHOLD = 100_000
"""New objects between two looks for cyclic garbage. Python's 700 suit processes that keep making it; one command
makes hardly any, and the looks cost some 5 % of its time."""

_INTERRUPT_AGAIN_S = 0.01
"""Seconds until an interrupt that was lost is sent again: long enough to be out of the callback that lost it."""


def main() -> None:
    """Run the command line; exits with the code that the command means."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"poc-gate {__version__}\n")
        return
    collect_rarely()
    sys.unraisablehook = interrupt_again
    try:
        from poc_gate.cli.app import run
    except KeyboardInterrupt:  # while the program was still being loaded
        sys.stderr.write("poc-gate: stopped; nothing was left half-written\n")
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


def interrupt_again(lost: "sys.UnraisableHookArgs") -> None:
    """Interrupt once more where Ctrl-C fell into a callback that can raise nothing (a finaliser, a weak reference).

    Python would print a traceback there and go on as if nobody had asked it to stop.
    """
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    import _thread

    # A `Timer` would wait here for its thread, and lose what comes then.
    _thread.start_new_thread(_interrupt_main, ())


def _interrupt_main() -> None:
    import _thread
    import signal
    import threading
    import time

    from poc_gate.cli.interrupts import heard

    main_thread = threading.main_thread().ident or 0
    time.sleep(_INTERRUPT_AGAIN_S)
    # On a busy machine it may still be there, and what falls into the hook itself is lost for good.
    while _is_still_in_hook(main_thread):
        time.sleep(_INTERRUPT_AGAIN_S)
    if hasattr(signal, "pthread_kill"):  # a signal, so that a wait in the system ends too
        signal.pthread_kill(main_thread, heard())
    else:
        _thread.interrupt_main()


def _is_still_in_hook(thread: int) -> bool:
    """Say whether a thread has not come back from `interrupt_again`."""
    frame = sys._current_frames().get(thread)  # noqa: SLF001 - there is no other way to see where a thread is
    while frame is not None:
        if frame.f_code is interrupt_again.__code__:
            return True
        frame = frame.f_back
    return False


def collect_rarely() -> None:
    """Look for cyclic garbage rarely, and not at the end: what is left then goes with the process."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
    atexit.register(gc.freeze)


if __name__ == "__main__":
    main()
