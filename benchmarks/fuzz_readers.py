"""Every reader of foreign files, fed damaged relatives of its samples until so many were recognised as its kind; prints a table.

    python benchmarks/fuzz_readers.py --each 10000                        # all readers: hours on two cores
    python benchmarks/fuzz_readers.py --each 10000 --seconds 100 --ledger counts.json   # goes on where it stopped
    python benchmarks/fuzz_readers.py --each 500 --only repository/

An input counts when the reader itself took it: for importers and observers the damaged file is still recognised as that
kind, for readers of a repository its path is the reader's, for files of ours it is the one they are read as. `read` are those
that gave a result, `refused` those that ended in a named error with a place or words, `broke` all else, which fails the run.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "fuzz"))

from fuzz_targets import Outcome, Target, targets

_STEP = 200
"""Seeds of one reader before the next one has its turn."""
_TRIES = 6
"""Seeds for each input that is asked for; a reader that still has too few is shown with what it got."""


def _feed(target: Target, held: dict, seeds: range, each: int) -> None:
    for seed in seeds:
        began = time.perf_counter()
        try:
            outcome = target.run(seed)
        except Exception as error:  # noqa: BLE001 - whatever breaks a reader down is counted, that is what this is for
            outcome = Outcome.BROKE
            held["errors"].setdefault(f"{type(error).__name__}: {error}"[:200], seed)
        held["slowest"] = max(held["slowest"], time.perf_counter() - began)
        held[outcome.value] += 1
        held["seeds"] = seed + 1
        if _taken(held) >= each:
            return


def _taken(held: dict) -> int:
    return held["read"] + held["refused"] + held["broke"]


def _new() -> dict:
    return {"seeds": 0, "read": 0, "refused": 0, "broke": 0, "other": 0, "slowest": 0.0, "errors": {}}


def feed_all(found: list[Target], ledger: dict, each: int, ends: float) -> None:
    """Give every reader its seeds in turns, until each has enough inputs or the time is over."""
    while time.monotonic() < ends:
        behind = [
            t for t in found if _taken(ledger[t.name]) < each and ledger[t.name]["seeds"] < each * _TRIES
        ]
        if not behind:
            return
        for target in sorted(behind, key=lambda one: _taken(ledger[one.name])):
            held = ledger[target.name]
            if time.monotonic() < ends:
                _feed(target, held, range(held["seeds"], held["seeds"] + _STEP), each)


def table(ledger: dict) -> str:
    """Return one line a reader, and the sum."""
    lines = [f"{'reader':36} {'inputs':>8} {'read':>8} {'refused':>8} {'broke':>6} {'slowest':>9}"]
    for name, held in sorted(ledger.items()):
        lines.append(
            f"{name:36} {_taken(held):8,} {held['read']:8,} {held['refused']:8,} {held['broke']:6,} {held['slowest']:7.2f} s"
        )
        lines += [f"    seed {seed}: {what}" for what, seed in held["errors"].items()]
    sums = [sum(held[word] for held in ledger.values()) for word in ("read", "refused", "broke")]
    lines.append(f"{f'{len(ledger)} readers':36} {sum(sums):8,} {sums[0]:8,} {sums[1]:8,} {sums[2]:6,}")
    return "\n".join(lines)


def main() -> int:
    """Read the command line, damage, print the table; 1 where a reader broke down or took an input of none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=200, help="recognised inputs of each reader")
    parser.add_argument("--seconds", type=float, default=1e9, help="time after which it stops")
    parser.add_argument("--ledger", type=Path, help="where counts are kept, so that a later run goes on")
    parser.add_argument("--only", default="", help="part of the names of readers")
    asked = parser.parse_args()
    found = [target for target in targets() if asked.only in target.name]
    held = json.loads(asked.ledger.read_text()) if asked.ledger and asked.ledger.exists() else {}
    ledger = {target.name: held.get(target.name) or _new() for target in found}
    try:
        feed_all(found, ledger, asked.each, time.monotonic() + asked.seconds)
    finally:
        if asked.ledger:
            asked.ledger.write_text(json.dumps(held | ledger, indent=1, sort_keys=True))
    print(table(ledger))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    few = [name for name, one in ledger.items() if not _taken(one)]
    if few:
        print(f"no input was recognised by: {', '.join(few)}")
    return 1 if few or any(one["broke"] for one in ledger.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
