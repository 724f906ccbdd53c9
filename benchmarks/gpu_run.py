"""One run on a machine with a GPU: the probe and PyTorch in turn, then models, each step in a process of its own.

A step that fails is recorded with its last words and the run goes on; so is one that runs out of its share of the time.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PARTS = ("graph-small", "graph-large", "eager-small", "eager-large", "train", "embed", "load")
ROUNDS = 3
LONGEST = 75.0
"""Seconds that one step may take."""


class Run:
    """Steps with a common deadline, and what they brought."""

    def __init__(self, out: Path, budget: float, parts: tuple[str, ...], *, rehearse: bool) -> None:
        """Begin the clock."""
        self.out, self.parts, self.rehearse = out, parts, rehearse
        self.begun, self.budget = time.monotonic(), budget
        self.found: dict[str, Any] = {"steps": {}}

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.budget - (time.monotonic() - self.begun)

    def step(self, name: str, command: list[str]) -> str:
        """Run one step and return what it printed; an empty text when it failed."""
        began = time.monotonic()
        try:
            done = subprocess.run(
                command,
                check=False,
                capture_output=True,
                text=True,
                timeout=max(5.0, min(LONGEST, self.left)),
            )
            output, fault = done.stdout, done.stderr[-2000:] if done.returncode else ""
        except (OSError, subprocess.TimeoutExpired) as error:
            output, fault = "", str(error)
        took = time.monotonic() - began
        self.found["steps"][name] = {"seconds": round(took, 1), **({"fault": fault} if fault else {})}
        print(f"{name}: {took:.1f} s{f', failed: {fault[-300:]}' if fault else ''}")
        self.save()
        return "" if fault else output

    def object(self, name: str, command: list[str]) -> Any:
        """Run one step that prints JSON on its last line; None when it failed."""
        printed = self.step(name, command).strip()
        try:
            return json.loads(printed.splitlines()[-1]) if printed else None
        except ValueError:
            return None

    def save(self) -> None:
        """Write what is known so far."""
        (self.out / "run.json").write_text(json.dumps(self.found, indent=1) + "\n", encoding="utf-8")


def measure(run: Run) -> None:
    """Take every measurement, the peers of the probe first."""
    python, flags = sys.executable, ["--rehearse"] if run.rehearse else []
    run.found["python"] = platform.python_version()
    query = "name,driver_version,memory.total,clocks.max.memory,clocks.max.sm,pcie.link.gen.max,pcie.link.width.max,power.limit,ecc.mode.current,mig.mode.current"
    run.found["nvidia-smi"] = run.step("nvidia-smi", ["nvidia-smi", f"--query-gpu={query}", "--format=csv"])
    run.found["lscpu"] = run.step("lscpu", ["lscpu"])
    probe = [python, "-m", "poc_gate", "probe", "-q", "-o"]
    whole = [*probe, str(run.out / "machine.json"), "--storage", str(run.out)]
    run.step("probe", whole)
    if "fault" in run.found["steps"]["probe"]:
        run.step(
            "probe without the matrix rate",
            [*whole, *_only("topology", "memory", "accelerator", "storage", "network")],
        )
    rounds = run.found["rounds"] = []
    for number in range(1 if run.rehearse else ROUNDS):
        path = run.out / f"accelerator{number}.json"
        run.step(f"accelerator probe {number}", [*probe, str(path), "--only", "accelerator"])
        peers = run.object(f"PyTorch's rates {number}", [python, str(HERE / "gpu_peers_torch.py"), *flags])
        rounds.append({"ours": _rates(path), "peers": peers})
        path.unlink(missing_ok=True)
        run.save()
    models = run.found["models"] = {}
    for name in run.parts:
        if run.left > 15:
            command = [python, str(HERE / "gpu_models.py"), name, *flags, "--folder", str(run.out)]
            models[name] = run.object(name, command)
            run.save()


def _only(*names: str) -> list[str]:
    return [word for name in names for word in ("--only", name)]


def _rates(path: Path) -> dict[str, Any]:
    """Return the accelerator's figures of a profile by short name, with grade and copies inside the device."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["measurements"]
    except (OSError, ValueError, KeyError):
        return {}
    return {
        row["fact"].removeprefix("machine.accelerators."): {
            key: row.get(key) for key in ("median", "low", "high", "grade", "reason", "details")
        }
        for row in rows
        if row["fact"].startswith("machine.accelerators.")
    }


def main() -> int:
    """Run, then compare; the exit code is 1 where a step failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--budget", type=float, default=280.0, help="seconds for everything")
    parser.add_argument("--rehearse", action="store_true", help="tiny shapes on the processor")
    parser.add_argument(
        "--part", action="append", choices=(*PARTS, "none"), help="only these parts of the models"
    )
    options = parser.parse_args()
    parts = tuple(name for name in options.part or PARTS if name != "none")
    run = Run(options.out.resolve(), options.budget, parts, rehearse=options.rehearse)
    measure(run)
    report = run.step("report", [sys.executable, str(HERE / "gpu_report.py"), str(run.out)])
    (run.out / "report.txt").write_text(report, encoding="utf-8")
    print(report)
    failed = [name for name, step in run.found["steps"].items() if "fault" in step]
    expected = {"nvidia-smi"} if run.rehearse else set()
    return 1 if set(failed) - expected else 0


if __name__ == "__main__":
    sys.exit(main())
