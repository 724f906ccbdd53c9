"""Our memory probe beside every packaged memory benchmark found on this machine, interleaved in one run.

    python benchmarks/memory_peers.py [--rounds 5] [--storage FOLDER] [--wall] [--json FILE]

Each round runs the probe and every peer once, so that all of them meet the same moods of the machine. A run in which the
hypervisor took 0.05 CPU or more, or other processes used more than --most-foreign CPUs, is repeated twice and then dropped;
a peer that fell a third behind the best in both of the first rounds is left out of the later ones. Medians over the rounds are compared. Rates are
1e9 bytes per second; copy counts two and triad three array lengths, lines fetched before a plain store are counted by
nobody here. Our figure is the *median* of the probe's slices: likwid-bench, stress-ng, mbw and sysbench report means, so the
best slice, which the probe also prints, would flatter us. The pointer chase tells both, and both are compared. Peers come from the distribution: likwid, stress-ng, mbw,
sysbench, fio, and a C compiler for the pointer chase that lies beside this file.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peer_commands import BEST, Run, peers
from storage_peers import output_of, storage

from poc_gate.inputs.probe.host.disturbance import Watch
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.topology.cpu_topology import allowed_cpus, read_topology

ROOT = Path(__file__).resolve().parents[1]
OPERATIONS = ("read", "write", "copy", "triad")
MOST_STEAL = 0.05


@dataclass
class Table:
    """Samples by figure and tool."""

    rows: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    dropped: int = 0

    def add(self, figure: str, tool: str, value: float) -> None:
        """Note one sample."""
        self.rows.setdefault(figure, {}).setdefault(tool, []).append(value)

    def medians(self, figure: str) -> dict[str, float]:
        """Return the median of each tool."""
        return {tool: statistics.median(samples) for tool, samples in self.rows.get(figure, {}).items()}


def ours() -> Iterator[tuple[str, str, float]]:
    """Run the probe as a user would, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "machine.json"
        begun = time.monotonic()
        output_of(sys.executable, "-m", "poc_gate", "probe", "--only", "memory", "-q", "-o", str(path))
        wall = time.monotonic() - begun
        profile = json.loads(path.read_text(encoding="utf-8"))
    for row in profile["measurements"]:
        name = row["fact"].removeprefix("machine.memory.")
        if row["median"] is not None and row["fact"].startswith("machine.memory."):
            yield name, "poc-gate", row["median"] * (1 if name.startswith("latency") else 1e-9)
            yield name, f"poc-gate{BEST}", row["value"]["value"] * (1 if name.startswith("latency") else 1e-9)
            if name == "latency" and "on 4 KiB pages" in row["details"]:
                best, median = re.findall(r"([\d.]+) ns", row["details"]["on 4 KiB pages"])
                yield "latency 4 KiB", f"poc-gate{BEST}", float(best) * 1e-9
                yield "latency 4 KiB", "poc-gate", float(median) * 1e-9
    yield "wall", "poc-gate", wall


def quiet_run(run: Run, table: Table, most_foreign: float) -> list[tuple[str, str, float]]:
    """Run one tool and return its samples; a disturbed run is repeated twice and then dropped."""
    for _attempt in range(3):
        watch = Watch(HostFiles())
        samples = list(run())
        seen = watch.seen()
        foreign = seen.foreign - children_share(seen.seconds)
        if seen.steal < MOST_STEAL and foreign < most_foreign:
            for sample in samples:
                table.add(*sample)
            return samples
    table.dropped += 1
    return []


def children_share(seconds: float) -> float:
    """Return the CPUs that the tools themselves used since the last call: they are no foreign load."""
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = usage.ru_utime + usage.ru_stime
    last, children_share.total = getattr(children_share, "total", 0.0), total  # type: ignore[attr-defined]
    return (total - last) / seconds


def likwid_wall(megabytes: int) -> float:
    """Return the seconds that likwid-bench needs for the eight figures as it is meant to be used, calibrated."""
    begun = time.monotonic()
    for kernel in ("load_avx", "store_avx", "copy_avx", "stream_avx"):
        for threads in (1, len(allowed_cpus())):
            output_of("likwid-bench", "-t", kernel, "-w", f"S0:{megabytes}MB:{threads}")
    return time.monotonic() - begun


def show(table: Table) -> dict[str, float]:
    """Print the table and return our ratio to the best peer, figure by figure; above one is better for us."""
    ratios = {}
    for figure, tools in sorted(table.rows.items()):
        medians = table.medians(figure)
        smaller = figure.startswith("latency") or figure.endswith("p50")
        slices = {tool: value for tool, value in medians.items() if tool.endswith(BEST)}
        others = {
            t: value for t, value in medians.items() if not t.startswith("poc-gate") and t not in slices
        }
        print(f"\n{figure}")
        for tool in sorted(medians, key=medians.__getitem__, reverse=not smaller):
            low, high = min(tools[tool]), max(tools[tool])
            print(f"  {tool:<28} {medians[tool]:>12.5g}  [{low:.5g} - {high:.5g}]  n={len(tools[tool])}")
        if others and "poc-gate" in medians:
            best = min(others.values()) if smaller else max(others.values())
            ratios[figure] = best / medians["poc-gate"] if smaller else medians["poc-gate"] / best
            print(f"  ratio to the best peer       {ratios[figure]:>12.3f}")
            ends = min if smaller else max
            top = {tool: ends(samples) for tool, samples in tools.items() if tool not in slices}
            mine = top.pop("poc-gate")
            print(
                f"  ratio of the best rounds     {ends(top.values()) / mine if smaller else mine / ends(top.values()):>12.3f}"
            )
        if len(slices) == 2 and smaller:
            mine = slices.pop(f"poc-gate{BEST}")
            print(f"  ratio of the best slices     {min(slices.values()) / mine:>12.3f}")
    print(f"\n{table.dropped} disturbed runs dropped")
    return ratios


def beyond_cache() -> int:
    """Return megabytes well beyond the last-level cache: three times its stated size, at least 128."""
    topology = read_topology(HostFiles(), allowed_cpus())
    return max(128, 3 * topology.last_level(topology.allowed) >> 20)


def in_the_running(samples: list[tuple[str, str, float]], table: Table) -> bool:
    """Say whether a tool came within a third of the best peer of a figure; others need no further rounds."""
    for figure, _, value in samples:
        peers_only = [v for tool, v in table.medians(figure).items() if not tool.startswith("poc-gate")]
        if figure.startswith("latency") or value >= 0.67 * max(peers_only):
            return True
    return not samples


def rounds(table: Table, megabytes: int, options: argparse.Namespace) -> None:
    """Run every tool once a round, ours twice: at the beginning and in the middle."""
    limit = options.most_foreign
    seen: dict[str, list[tuple[str, str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        runs = peers(megabytes, Path(folder))
        for number in range(options.rounds):
            print(
                f"round {number + 1} of {options.rounds}, {len(runs)} peer runs of {megabytes} MB",
                file=sys.stderr,
            )
            children_share(1.0)
            quiet_run(ours, table, limit)
            for at, (name, run) in enumerate(runs.items()):
                seen[name] = seen.get(name, []) + quiet_run(run, table, limit)
                if at == len(runs) // 2:
                    quiet_run(ours, table, limit)  # twice a round, apart: both ends of its mood
            if options.storage and shutil.which("fio"):
                quiet_run(lambda: storage(options.storage), table, limit)
            if number:  # two rounds, so that one disturbed run puts nobody out
                runs = {name: run for name, run in runs.items() if in_the_running(seen[name], table)}


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--storage", type=Path, help="folder that may hold a file of 512 MiB for a while")
    parser.add_argument(
        "--wall", action="store_true", help="also time likwid-bench calibrated, about a minute"
    )
    parser.add_argument("--most-foreign", type=float, default=0.10, help="CPUs that other processes may use")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    table = Table()
    megabytes = beyond_cache()
    rounds(table, megabytes, options)
    ratios = show(table)
    wall = likwid_wall(megabytes) if options.wall and shutil.which("likwid-bench") else None
    ours_wall = table.medians("wall").get("poc-gate")
    wall_ratio = ours_wall / wall if wall and ours_wall else None
    if ours_wall:
        beside = f", likwid-bench {wall:.1f} s, ratio {wall_ratio:.3f}" if wall else ""
        print(f"wall time: ours {ours_wall:.2f} s{beside}")
    if options.json:
        document = {
            "ratios": ratios,
            "wall_ratio": wall_ratio,
            "medians": {f: table.medians(f) for f in table.rows},
        }
        options.json.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
