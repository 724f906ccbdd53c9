"""The process that judges pilots: one job a line on its input, one answer a line on its output.

Run by `pool.py` through `own_python`, with the mebibytes it may take. Whatever a library prints goes to stderr.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import msgspec

from poc_gate.app.portfolio.job import Done, Job

READY = b"ready\n"


def main() -> None:
    """Judge until there is no more input."""
    limit = int(sys.argv[1])
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    _load()
    _bound_memory(limit)
    out.write(READY)
    for line in sys.stdin.buffer:
        done = _answer(msgspec.json.decode(line, type=Job), limit)
        out.write(msgspec.json.encode(done) + b"\n")
        if done.spent:
            break


def _load() -> None:
    """Import what every pilot needs before memory is bounded, and look at each repository once."""
    from poc_gate.app.assess.turning_days import unchanged_until  # noqa: F401
    from poc_gate.app.ground.packs.rule_packs import load_rule_packs
    from poc_gate.app.portfolio.judge_pilot import judge_pilot  # noqa: F401
    from poc_gate.app.secrets.look_at_files import keep_looks

    load_rule_packs()
    keep_looks()


def _bound_memory(limit: int) -> None:
    """Bound what one pilot may take beside what the process holds already; where the system has no such bound, none."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a file of the kernel's
            held = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (held + (limit << 20), held + (limit << 20)))


def _answer(job: Job, limit: int) -> Done:
    from poc_gate.app.portfolio.judge_pilot import judge_pilot

    try:
        return judge_pilot(job)
    except MemoryError:
        return Done(failed=f"it needs more than the {limit} MiB that one pilot may take", spent=True)
    except Exception as error:  # noqa: BLE001 - a bug of ours in one pilot keeps the others
        return Done(
            failed=f"an internal error of poc-gate: {type(error).__name__}: {str(error)[:200]}", spent=True
        )


if __name__ == "__main__":
    main()
