"""The entry point: answers `--version` before anything is imported, everything else through `cli`."""

import atexit
import gc
import sys

from poc_gate import __version__

_GARBAGE_THRESHOLD = 100_000
"""New objects between two looks for cyclic garbage. Python's 700 suit processes that keep making it; one command
makes hardly any, and the looks cost some 5 % of its time."""


def main() -> None:
    """Run the command line; exits with the code that the command means."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"poc-gate {__version__}\n")
        return
    collect_rarely()
    try:
        from poc_gate.cli.app import run
    except KeyboardInterrupt:  # while the program was still being loaded
        sys.stderr.write("poc-gate: stopped; nothing was left half-written\n")
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


def collect_rarely() -> None:
    """Look for cyclic garbage rarely, and not at the end: what is left then goes with the process."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
    atexit.register(gc.freeze)


if __name__ == "__main__":
    main()
