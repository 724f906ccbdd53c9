"""Damages every result in the tests by seed, and counts what became of it; stops when its time is over and goes on from there.

    python benchmarks/mutations.py --until 2000 --seconds 170 --ledger seeds.json
    python benchmarks/mutations.py --until 2000 --seconds 170 --ledger seeds.json --only k6

Of each sample the ledger keeps up to which seed it was damaged, how many of its relatives were read and refused, and the
seeds at which a reader broke down. The same seed gives the same damage. Exits 1 where one broke down.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests" / "inputs" / "observe"
sys.path[:0] = [str(ROOT), str(TESTS), str(TESTS / "traces")]

from damaged_results import SAMPLES, survives  # noqa: E402 - lies beside the tests
from damaged_traces import TRACES  # noqa: E402

from poc_gate.inputs.observe.read_observed import find_observer  # noqa: E402

_STEP = 50
"""Seeds of one sample before the next one has its turn."""


def samples(only: str) -> dict[str, tuple[bytes, str, str]]:
    """Return content, file name and kind of every sample whose name has the word in it."""
    found = {f"traces/{name}": (content, "traces.binpb" if name == "protobuf" else "traces.jsonl", "traces") for name, content in TRACES.items()}  # fmt: skip
    for path in SAMPLES:
        kind = find_observer(path, path.name)
        if kind is not None:
            found[f"{path.parent.name}/{path.name}"] = (path.read_bytes(), path.name, kind.name)
    return {name: one for name, one in found.items() if only in name}


def damage_all(ledger: dict[str, dict[str, object]], only: str, until: int, ends: float) -> None:
    """Bring every sample up to seed `until`, fifty seeds a turn, unless the time is over before."""
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < ends:
            behind = [
                (int(str(ledger.setdefault(name, _new())["seeds"])), name, one)
                for name, one in samples(only).items()
            ]
            turn = [(seeds, name, one) for seeds, name, one in sorted(behind) if seeds < until]
            if not turn:
                return
            for seeds, name, one in turn:
                if time.monotonic() < ends:
                    _damage_one(ledger[name], one, range(seeds, min(seeds + _STEP, until)), Path(folder))


def _new() -> dict[str, object]:
    return {"seeds": 0, "read": 0, "refused": 0, "broke": {}}


def _damage_one(held: dict, one: tuple[bytes, str, str], seeds: range, folder: Path) -> None:
    content, file, kind = one
    for seed in seeds:
        try:
            held["read" if survives(content, seed, folder / file, kind) else "refused"] += 1
        except Exception as error:  # noqa: BLE001 - whatever breaks a reader down is counted, that is what this is for
            held["broke"][str(seed)] = f"{type(error).__name__}: {error}"[:300]
        held["seeds"] = seed + 1


def main() -> int:
    """Read the command line, damage, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--until", type=int, default=2000, help="seeds of each sample")
    parser.add_argument("--seconds", type=float, default=170.0, help="time after which it stops")
    parser.add_argument("--ledger", type=Path, required=True, help="where seeds and counts are kept")
    parser.add_argument("--only", default="", help="part of the names of samples")
    asked = parser.parse_args()
    ledger = json.loads(asked.ledger.read_text()) if asked.ledger.exists() else {}
    try:
        damage_all(ledger, asked.only, asked.until, time.monotonic() + asked.seconds)
    finally:
        asked.ledger.write_text(json.dumps(ledger, indent=1, sort_keys=True))
    done = [int(one["seeds"]) for one in ledger.values()]
    broke = {name: one["broke"] for name, one in ledger.items() if one["broke"]}
    read, refused = (sum(int(one[word]) for one in ledger.values()) for word in ("read", "refused"))
    print(
        f"{len(done)} samples, {sum(done):,} damaged files ({min(done, default=0):,} to {max(done, default=0):,} a sample)"
    )
    print(f"{read:,} read, {refused:,} refused, {sum(map(len, broke.values()))} broke down")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    for name, seeds in broke.items():
        kinds = sorted({str(error) for error in seeds.values()})
        print(f"{name}: {len(seeds)} seeds, first {min(map(int, seeds))}", *kinds[:5], sep="\n  ")
    return 1 if broke else 0


if __name__ == "__main__":
    raise SystemExit(main())
