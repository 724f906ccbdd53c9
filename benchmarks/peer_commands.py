"""The packaged memory benchmarks as runs that yield figure, tool and value; part of memory_peers.py."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from storage_peers import output_of

from poc_gate.inputs.probe.host.container_limits import read_container_limits
from poc_gate.inputs.probe.host.host_files import HostFiles
from poc_gate.inputs.probe.host.system_memory import usable_memory
from poc_gate.inputs.probe.memory.memory_plan import EFFORTS, plan_memory
from poc_gate.inputs.probe.topology.cpu_topology import allowed_cpus, read_topology

LIKWID = {
    "read": ("load_sse", "load_avx", "load_avx512"),
    "write": ("store_sse", "store_avx", "store_avx512", "store_mem_sse", "store_mem_avx", "store_mem_avx512"),
    "copy": ("copy_sse", "copy_avx", "copy_avx512", "copy_mem_sse", "copy_mem_avx", "copy_mem_avx512"),
    "triad": (
        "stream_sse",
        "stream_avx",
        "stream_avx512",
        "stream_mem_sse",
        "stream_mem_avx",
        "stream_mem_avx512",
    ),
}

BEST = " best slice"
"""Ends the names of figures that are a best slice and are compared with such figures only."""

Run = Callable[[], Iterator[tuple[str, str, float]]]
"""One run of a tool: yields figure, tool's name and value."""


def likwid(kernel: str, operation: str, threads: int, megabytes: int) -> Run:
    """Return a run of one likwid-bench kernel with ten iterations, the fewest it accepts as meaningful."""

    def run() -> Iterator[tuple[str, str, float]]:
        text = output_of("likwid-bench", "-t", kernel, "-w", f"S0:{megabytes}MB:{threads}", "-i", "10")
        found = re.search(r"MByte/s:\s+([\d.]+)", text)
        if found:
            yield f"{operation}_{name_of(threads)}", f"likwid {kernel}", float(found[1]) / 1000

    return run


def stress(threads: int, megabytes: int) -> Run:
    """Return a run of every memrate method; it prints MiB per second and instance."""

    def run() -> Iterator[tuple[str, str, float]]:
        options = ["--memrate-bytes", f"{megabytes}M", "-t", "8", "--metrics"]
        text = output_of("stress-ng", "--memrate", str(threads), *options)
        for operation in ("read", "write"):
            rates = re.findall(rf"([\d.]+) {operation}\w+ MB per sec", text)
            if rates:
                best = max(map(float, rates)) * threads * 2**20 / 1e9
                yield f"{operation}_{name_of(threads)}", "stress-ng memrate", best

    return run


def sysbench(operation: str, threads: int) -> Run:
    """Return a run with blocks far beyond the caches; it prints MiB per second."""

    def run() -> Iterator[tuple[str, str, float]]:
        size = ["--memory-block-size=512M", "--memory-scope=local", "--memory-total-size=16G", "--time=2"]
        text = output_of(
            "sysbench", "memory", *size, f"--memory-oper={operation}", f"--threads={threads}", "run"
        )
        found = re.search(r"\(([\d.]+) MiB/sec\)", text)
        if found:
            yield f"{operation}_{name_of(threads)}", "sysbench", float(found[1]) * 2**20 / 1e9

    return run


def mbw(megabytes: int) -> Iterator[tuple[str, str, float]]:
    """Run both copies of mbw; it counts copied bytes once, so its MiB per second count double here."""
    for test, name in (("-t0", "mbw memcpy x2"), ("-t1", "mbw loop x2")):
        text = output_of("mbw", "-q", "-n", "5", test, str(megabytes))
        found = re.search(r"AVG.*Copy: ([\d.]+)", text)
        if found:
            yield "copy_1", name, float(found[1]) * 2 * 2**20 / 1e9


def chase(binary: Path, megabytes: int) -> Iterator[tuple[str, str, float]]:
    """Run the independent pointer chase with huge and with small pages; it tells best slice and median."""
    for pages, size, figure in (("huge", megabytes, "latency"), ("small", megabytes // 4, "latency 4 KiB")):
        best, median = map(float, output_of(str(binary), str(size), pages).split())
        yield figure, f"pointer chase in C{BEST}", best * 1e-9
        yield figure, "pointer chase in C", median * 1e-9


def latency_arena() -> int:
    """Return the bytes that our own probe's chase spans, so that both span the same."""
    files = HostFiles()
    usable = usable_memory(files, read_container_limits(files))
    return plan_memory(read_topology(files, allowed_cpus()), usable, EFFORTS["default"]).latency_size


def name_of(threads: int) -> str:
    """Return the catalogue's name for a number of threads."""
    return "1" if threads == 1 else "all"


def peers(megabytes: int, folder: Path) -> dict[str, Run]:
    """Return a run for every peer that is installed."""
    cpus = allowed_cpus()
    flags = read_topology(HostFiles(), cpus).flags
    counts = (1, len(cpus)) if len(cpus) > 1 else (1,)
    found: dict[str, Run] = {}
    if shutil.which("likwid-bench"):
        for operation, kernels in LIKWID.items():
            for kernel in kernels:
                needs = "avx512f" if "512" in kernel else "avx" if "avx" in kernel else "sse2"
                for threads in counts if needs in flags else ():
                    found[f"{kernel} {threads}"] = likwid(kernel, operation, threads, megabytes)
    for threads in counts:
        if shutil.which("stress-ng"):
            found[f"stress-ng {threads}"] = stress(threads, megabytes)
        if shutil.which("sysbench"):
            found[f"sysbench read {threads}"] = sysbench("read", threads)
            found[f"sysbench write {threads}"] = sysbench("write", threads)
    if shutil.which("mbw"):
        found["mbw"] = lambda: mbw(megabytes // 2)
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler:
        binary = folder / "pointer_chase"
        output_of(compiler, "-O2", "-o", str(binary), str(Path(__file__).with_name("pointer_chase.c")))
        found["pointer chase"] = lambda: chase(binary, latency_arena() >> 20)
    return found
