"""Portfolios of many pilots, made by varying the three examples: CPU, wall time, memory and sizes, as a table.

usage: python benchmarks/portfolio.py [PILOTS] [--jobs N] [--keep FOLDER]

Cold, a tenth of the pilots changed, none changed, the next day, and pages of 3, 60, 1,000 and 10,000 rows. CPU seconds
are those of all processes; wall times depend on what else runs.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("claims-copilot", "fraud-scoring", "support-assistant")
OWNERS = (
    "head of claims",
    "head of payments",
    "head of service",
    "head of underwriting",
    "head of risk",
    "head of sales",
)
DAY = "2026-11-28"


def make_pilot(number: int, folder: Path, seed: int = 7) -> None:
    """Write one pilot: an example with another name, load, growth, owner and access, some with gaps."""
    dice = random.Random(seed * 1_000_003 + number)  # noqa: S311 - no secret, the same pilots every time
    kind = EXAMPLES[number % 3]
    shutil.copytree(ROOT / "examples" / kind, folder, ignore=shutil.ignore_patterns("machine.json"))
    manifest = folder / "pilot.yaml"
    text = manifest.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^  name: .*$", f"  name: {kind}-{number:04d}", text, count=1)
    text = re.sub(r"growth_12m: [0-9.]+", f"growth_12m: {dice.choice((1.1, 1.5, 2, 3))}", text)
    if dice.random() < 0.5:
        text = text.replace("prod_access: pending", "prod_access: granted")
    if dice.random() < 0.3:
        text = re.sub(r"(?m)^    quality_checks: .*\n", "", text)
    if dice.random() < 0.2:
        text = re.sub(r"(?m)^  can_override: .*\n", "", text)
    manifest.write_text(text, encoding="utf-8")
    team = folder / "records" / "team.yaml"
    if team.is_file():
        named = re.sub(r"(business: )[^,}]+", rf"\1{dice.choice(OWNERS)}", team.read_text(encoding="utf-8"))
        team.write_text(named, encoding="utf-8")


def make_portfolio(folder: Path, pilots: int) -> None:
    """Write a folder of so many pilots."""
    for number in range(pilots):
        make_pilot(number, folder / f"pilot-{number:04d}")


def change(folder: Path, share: float) -> int:
    """Change the load of a share of the pilots; return how many."""
    paths = sorted(folder.glob("*/pilot.yaml"))[:: int(1 / share)]
    for path in paths:
        path.write_text(
            path.read_text(encoding="utf-8") + f"\n# looked at again {time.time_ns()}\n", encoding="utf-8"
        )
    return len(paths)


def timed(label: str, *arguments: str, cwd: Path) -> float:
    """Run one command and print its row; return its wall time."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "poc_gate", *arguments]
    done = subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    wall = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode not in (0, 10, 11, 12):
        raise SystemExit(done.stderr.decode())
    print(f"| {label} | {wall:.1f} | {cpu:.1f} | {after.ru_maxrss / 1024:.0f} |", flush=True)
    return wall


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pilots", nargs="?", type=int, default=1000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--keep", default="")
    asked = parser.parse_args()
    base = Path(asked.keep or tempfile.mkdtemp(prefix="poc-gate-portfolio-"))
    pilots, results = base / "pilots", base / "results"
    if not pilots.is_dir():
        make_portfolio(pilots, asked.pilots)
    run = ("portfolio", "run", "pilots", "-m", "l4-24gb", "--jobs", asked.jobs, "-q")
    print(f"load {os.getloadavg()[0]:.1f}, {asked.pilots} pilots, {asked.jobs} processes\n")
    print("| what | wall s | CPU s | largest process so far MiB |\n|---|---|---|---|")
    timed("cold", *run, "-o", "results", "--on", DAY, "--again", "all", cwd=base)
    timed("none changed", *run, "-o", "results", "--on", DAY, cwd=base)
    share = change(pilots, 0.1)
    timed(f"{share} changed", *run, "-o", "results", "--on", DAY, cwd=base)
    timed("the next day", *run, "-o", "results", "--on", "2026-11-29", cwd=base)
    timed("page", "portfolio", "show", "results", "--format", "html=page.html", cwd=base)
    sizes = {"page": base / "page.html", "portfolio.json": results / "portfolio.json"}
    records = [path.stat().st_size for path in (results / "records").iterdir()]
    print(f"\nrecords: {len(records)}, at most {max(records) / 1000:.1f} kB compressed")
    print("; ".join(f"{name} {path.stat().st_size / 1e6:.2f} MB" for name, path in sizes.items()))
    if not asked.keep:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
