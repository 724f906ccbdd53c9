"""How long poc-gate takes to start and to assess, side by side with Python itself and with the CLI library alone.

usage: PYTHON benchmarks/startup.py [--rounds N] [--json FILE]

PYTHON is the interpreter of an environment into which the wheel was installed; an editable install starts later.

Each round runs every command once, in shuffled order, as a process of its own; the table gives medians,
quartiles and ratios to `python -c pass` of the same run. CPU is user + system time of the process, which a
busy machine disturbs less than the wall clock. The last lines give peak memory and the installed size.
Byte code is there after the round that is thrown away, as it is after `pip install`, which compiles it.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "claims-copilot"
MACHINE = ROOT / "examples" / "support-assistant" / "machine.json"
RECORDED = {
    "claims-copilot": MACHINE,
    "fraud-scoring": ROOT / "examples" / "fraud-scoring" / "machine.json",
    "support-assistant": MACHINE,
}
"""Example -> the recorded machine that it is assessed on."""

FLOOR = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def one(path: str = typer.Argument(".")):
    pass
app()
"""


def commands(folder: str) -> dict[str, list[str]]:
    """Return what is run, by the name in the table."""
    gate = [sys.executable, "-m", "poc_gate"]
    assess = [*gate, "assess", str(EXAMPLE), "--machine", str(MACHINE), "--format", "terminal"]
    as_json = ["--format", f"json={folder}/out.json"]
    recorded = {
        f"assess {name}": [*gate, "assess", str(ROOT / "examples" / name), "--machine", str(machine)]
        for name, machine in RECORDED.items()
    }
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "typer alone": [sys.executable, "-c", FLOOR],
        "--version": [*gate, "--version"],
        "--help": [*gate, "--help"],
        **recorded,
        "assess (terminal, JSON)": [*assess, *as_json],
        "assess (terminal, JSON, HTML)": [*assess, *as_json, "--format", f"html={folder}/out.html"],
    }


AIMS = {f"assess {name}": 15 for name in RECORDED} | {
    "--version": 2,
    "--help": 8,
    "assess (terminal, JSON)": 14,
    "assess (terminal, JSON, HTML)": 18,
}


def run_once(command: list[str]) -> tuple[float, float, float]:
    """Run one command; return wall seconds, CPU seconds and peak resident MiB."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 10, 11, 12):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(rounds: int) -> dict[str, list[tuple[float, float, float]]]:
    """Run all commands `rounds` times, shuffled in each round, after one round that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        todo = commands(folder)
        samples: dict[str, list[tuple[float, float, float]]] = {name: [] for name in todo}
        for number in range(rounds + 1):
            names = list(todo)
            random.Random(number).shuffle(names)  # noqa: S311 - an order, not a secret
            for name in names:
                sample = run_once(todo[name])
                if number:
                    samples[name].append(sample)
    return samples


def installed_megabytes() -> tuple[float, int]:
    """Return the size of the core dependencies in MB (1e6 bytes, without byte code) and their number."""
    seen: set[str] = set()
    todo = ["poc-gate"]
    size = 0
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        for file in found.files or ():
            if file.suffix != ".pyc" and name != "poc-gate":
                path = Path(str(found.locate_file(file)))
                size += path.stat().st_size if path.is_file() else 0
        needed = [requirement for requirement in found.requires or () if "extra ==" not in requirement]
        todo += [r.split(";")[0].split("[")[0].rstrip(" <>=!~0123456789.,").strip() for r in needed]
    return size / 1e6, len(seen) - 1


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    samples = measure(options.rounds)
    floor = statistics.median(s[1] for s in samples["python -c pass"])
    table = {}
    print(
        f"{options.rounds} interleaved rounds, Python {sys.version.split()[0]}; CPU ms [quartiles], ratio to python -c pass"
    )
    for name, runs in samples.items():
        cpu = [s[1] * 1000 for s in runs]
        low, _, high = statistics.quantiles(cpu, n=4)
        ratio = statistics.median(cpu) / (floor * 1000)
        wall = statistics.median(s[0] for s in runs) * 1000
        peak = max(s[2] for s in runs)
        aim = f"aim <= {AIMS[name]}x" if name in AIMS else ""
        print(
            f"{name:32} {statistics.median(cpu):7.0f} [{low:4.0f}-{high:4.0f}]  {ratio:5.1f}x  wall {wall:5.0f} ms  peak {peak:4.0f} MiB  {aim}"
        )
        table[name] = {"cpu_ms": statistics.median(cpu), "ratio": ratio, "wall_ms": wall, "peak_mib": peak}
    size, number = installed_megabytes()
    print(f"core dependencies: {size:.1f} MB in {number} distributions")
    if options.json:
        Path(options.json).write_text(
            json.dumps({"rows": table, "megabytes": size, "distributions": number}, indent=2)
        )


if __name__ == "__main__":
    main()
