"""One file read by our storage probe and by fio, the same patterns, past the page cache; part of memory_peers.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def output_of(*command: str) -> str:
    """Run a command and return what it printed; one that fails prints nothing usable."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done.stdout + done.stderr


def storage(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Read one file with the probe and with fio, the same patterns, past the page cache."""
    path = folder / "poc-gate-peer.bin"
    try:
        output_of(
            "fio", "--name=w", f"--filename={path}", "--rw=write", "--bs=1M", "--size=512M", "--end_fsync=1"
        )
        profile = folder / "storage.json"
        options = ["--only", "storage", "--storage", str(path), "-q", "-o", str(profile)]
        output_of(sys.executable, "-m", "poc_gate", "probe", *options)
        for row in json.loads(profile.read_text(encoding="utf-8"))["measurements"]:
            name = row["fact"].removeprefix("machine.storage.")
            if row["fact"].startswith("machine.storage.read") and row["value"]:
                yield name, "poc-gate", row["value"]["value"]
        for name, pattern, jobs, size in (
            ("read_sequential", "read", 1, "1M"),
            ("read_random_p50", "randread", 1, "4k"),
            ("read_random_rate", "randread", 8, "4k"),
        ):
            yield name, "fio psync", fio(path, pattern, jobs, size)[name]
    finally:
        for left in (path, folder / "storage.json"):
            left.unlink(missing_ok=True)


def fio(path: Path, pattern: str, jobs: int, size: str) -> dict[str, float]:
    """Run one fio pattern for two seconds and return its figures by our names."""
    options = [f"--rw={pattern}", f"--bs={size}", f"--numjobs={jobs}", "--group_reporting", "--direct=1"]
    fixed = [
        "--name=r",
        f"--filename={path}",
        "--ioengine=psync",
        "--runtime=2",
        "--time_based",
        "--readonly",
    ]
    text = output_of("fio", *fixed, *options, "--output-format=json")
    read = json.loads(text[text.index("{") :])["jobs"][0]["read"]
    return {
        "read_sequential": read["bw_bytes"],
        "read_random_p50": read["clat_ns"]["percentile"]["50.000000"] * 1e-9,
        "read_random_rate": read["iops"],
    }
