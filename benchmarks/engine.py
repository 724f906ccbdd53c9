"""How fast packs load and pilots are judged, how both grow, and how other engines do on the same rules.

usage: python benchmarks/engine.py [--pilots N] [--rounds N] [--json FILE] [--svg FOLDER]

Cold numbers are processes of their own, less `python -c pass`; warm numbers are medians of CPU time in one
process. `states` leaves out messages, formulas and flip points, as searches for levers do. Byte code is there,
as it is after `pip install`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
# ruff: noqa: E402 - the checkout is found first, so that the script runs without an installation

import engine_peers as peers
from engine_pilots import sample_pilot, vary
from engine_plot import line_plot

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.base.shipped_files import shipped_packs
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.pack_set import PackSet
from poc_gate.judge.verdict.decide import decide
from poc_gate.model.fact import FactTree
from poc_gate.model.rule import Stage

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
AIM_COLD, AIM_WARM = 150.0, 5.0
"""Milliseconds: packs loaded and one pilot judged after start; 120 rules on a loaded pilot."""

COLD = """
from poc_gate.__main__ import collect_rarely
collect_rarely()  # as the command does
from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.judge.evaluate.evaluate_rules import evaluate_rules
from poc_gate.judge.verdict.decide import decide
from poc_gate.model.fact import FactTree
from poc_gate.model.rule import Stage
packs = load_rule_packs(catalogue=full_catalogue())
findings = evaluate_rules(packs, FactTree({}), stage=Stage.PRODUCTION, today="2026-11-22")
assert decide(findings, stage=Stage.PRODUCTION).word == "INSUFFICIENT EVIDENCE"
"""


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median CPU milliseconds of a call."""
    times = []
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(times)


def cold_ms(source: str, rounds: int, cache: str) -> float:
    """Return the median CPU milliseconds of a process that runs `source`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["POC_GATE_CACHE_DIR"] = cache
    times = []
    for _ in range(rounds):
        process = subprocess.Popen([sys.executable, "-c", source], cwd=ROOT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("the cold run failed")
        times.append((usage.ru_utime + usage.ru_stime) * 1000)
    return statistics.median(times)


def judge(packs: PackSet, tree: FactTree, *, in_full: bool) -> object:
    """Judge one pilot and decide."""
    findings = evaluate_rules(packs, tree, stage=Stage.PRODUCTION, today=TODAY, in_full=in_full)
    return decide(findings, stage=Stage.PRODUCTION)


def measure_cold(rounds: int) -> dict[str, float]:
    """Return cold numbers without and with the cache of checked packs, less the interpreter's start."""
    with tempfile.TemporaryDirectory() as cache:
        floor = cold_ms("pass", rounds, "")
        without = cold_ms(COLD, rounds, "")
        cold_ms(COLD, 1, cache)
        return {
            "floor": floor,
            "without cache": without - floor,
            "with cache": cold_ms(COLD, rounds, cache) - floor,
        }


def measure_many(packs: PackSet, tree: FactTree, pilots: int) -> dict[str, float]:
    """Judge many synthetic pilots; return pilots a second and how the process grew."""
    import psutil

    process = psutil.Process()
    for seed in range(200):
        judge(packs, vary(tree, seed), in_full=False)
    before, start = process.memory_info().rss, time.process_time()
    for seed in range(pilots):
        judge(packs, vary(tree, seed), in_full=False)
    spent = time.process_time() - start
    grown = (process.memory_info().rss - before) / 2**20
    return {"pilots": pilots, "per second": pilots / spent, "grown MiB": grown}


def measure_growth(packs: PackSet, rounds: int) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Return milliseconds over the number of rules and over the number of sources."""
    one = sample_pilot(packs, 1)
    by_rules: dict[str, list[tuple[float, float]]] = {"in full": [], "states": []}
    for share in (0.25, 0.5, 0.75, 1.0):
        some = PackSet(tuple(_part(pack, share) for pack in packs.packs), packs.catalogue)
        for name, in_full in (("in full", True), ("states", False)):
            work = lambda some=some, in_full=in_full: judge(some, one, in_full=in_full)  # noqa: E731
            by_rules[name].append((len(some.rules), median_ms(work, rounds)))
    by_sources: dict[str, list[tuple[float, float]]] = {"in full": [], "states": []}
    for count in (1, 10, 20, 40, 80):
        tree = sample_pilot(packs, count)
        for name, in_full in (("in full", True), ("states", False)):
            work = lambda tree=tree, in_full=in_full: judge(packs, tree, in_full=in_full)  # noqa: E731
            by_sources[name].append((count, median_ms(work, rounds)))
    return {"rules": by_rules, "sources": by_sources}


def _part(pack: Any, share: float) -> Any:
    from msgspec.structs import replace

    return replace(pack, rules=pack.rules[: round(len(pack.rules) * share)], adjust=())


def measure_peers(packs: PackSet, rounds: int) -> dict[str, float]:
    """Return microseconds for eight rules on a pilot with four sources, by engine; answers must agree."""
    inputs = [peers.plain_pilot(seed, 4) for seed in range(rounds)]
    wanted = [peers.python_peer()(conf) for conf in inputs]
    engines = {
        "Python check classes": peers.python_peer(),
        "Rego on opa-eval (regorus)": peers.regorus_peer(),
        "Rego on regopy (rego-cpp)": peers.rego_cpp_peer(),
    }
    found: dict[str, float] = {}
    for name, engine in engines.items():
        if engine is None:
            continue
        if [engine(conf) for conf in inputs] != wanted:
            raise SystemExit(f"{name} answers differently")
        found[name] = median_ms(lambda engine=engine: [engine(conf) for conf in inputs], 5) / rounds * 1000  # type: ignore[misc]
    chosen = tuple(_only(pack) for pack in packs.packs)
    eight = PackSet(tuple(pack for pack in chosen if pack.rules), packs.catalogue)
    tree = sample_pilot(packs, 4)
    for name, in_full in (("poc-gate, states", False), ("poc-gate, in full", True)):
        work = lambda in_full=in_full: judge(eight, tree, in_full=in_full)  # noqa: E731
        found[name] = median_ms(work, rounds) * 1000
    return found


def _only(pack: Any) -> Any:
    from msgspec.structs import replace

    return replace(pack, rules=tuple(rule for rule in pack.rules if rule.id in peers.RULES), adjust=())


def main() -> None:
    """Measure, print the table, and write JSON and plots where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--pilots", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--svg", type=Path)
    asked = parser.parse_args()
    catalogue = full_catalogue()
    folders = {f"rules/{name}": files for name, files in shipped_packs().items()}
    packs = load_packs(folders, catalogue)
    one = sample_pilot(packs, 1)
    found: dict[str, Any] = {"cold ms": measure_cold(asked.rounds)}
    found["load and check all packs ms"] = median_ms(lambda: load_packs(folders, catalogue), 3)
    found["judge ms"] = {
        "states": median_ms(lambda: judge(packs, one, in_full=False), asked.rounds * 5),
        "in full": median_ms(lambda: judge(packs, one, in_full=True), asked.rounds * 5),
    }
    found["many pilots"] = measure_many(packs, one, asked.pilots)
    found["eight rules us"] = measure_peers(packs, asked.rounds * 10)
    found["growth"] = measure_growth(packs, asked.rounds)
    report(found, len(packs.rules))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for axis, series in found["growth"].items() if asked.svg else ():
        asked.svg.mkdir(parents=True, exist_ok=True)
        title = f"Judging one pilot by number of {axis}"
        plot = line_plot(series, title=title, x_label=f"number of {axis}", y_label="CPU ms")
        (asked.svg / f"engine-{axis}.svg").write_text(plot, encoding="utf-8")


def report(found: dict[str, Any], rules: int) -> None:
    """Print the table."""
    cold, many = found["cold ms"], found["many pilots"]
    print(f"{rules} rules; CPU time, medians")
    print(f"cold, after start: packs + one pilot, no cache   {cold['without cache']:8.1f} ms")
    print(
        f"cold, after start: packs + one pilot, cached     {cold['with cache']:8.1f} ms   aim {AIM_COLD:.0f} ms"
    )
    print(f"read and check all packs, warm                   {found['load and check all packs ms']:8.1f} ms")
    print(
        f"judge a loaded pilot, states                     {found['judge ms']['states']:8.1f} ms   aim {AIM_WARM:.0f} ms"
    )
    print(f"judge a loaded pilot, in full                    {found['judge ms']['in full']:8.1f} ms")
    print(
        f"{many['pilots']:,} pilots: {many['per second']:.0f} a second, process grew by {many['grown MiB']:.1f} MiB"
    )
    print("eight rules, one pilot with four sources:")
    for name, spent in sorted(found["eight rules us"].items(), key=lambda pair: pair[1]):
        print(f"  {name:<46} {spent:8.0f} us")
    for axis, series in found["growth"].items():
        for name, points in series.items():
            print(f"by {axis}, {name}: " + ", ".join(f"{x:.0f}: {y:.1f} ms" for x, y in points))


if __name__ == "__main__":
    main()
