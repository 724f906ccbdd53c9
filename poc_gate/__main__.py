"""The entry point: answers `--version` before anything is imported, everything else through `cli`."""

import sys

from poc_gate import __version__


def main() -> None:
    """Run the command line; exits with the code that the command means."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"poc-gate {__version__}\n")
        return
    from poc_gate.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
