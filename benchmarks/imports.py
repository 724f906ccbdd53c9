"""Imports 1,000 mixed files and prints rate and memory; with `--fuzz N`, N damaged files for each importer.

Run from a checkout: `python benchmarks/imports.py` or `python benchmarks/imports.py --fuzz 10000`.
The files are the published ones and the samples of the tests, each with its names changed so that no two are alike.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests" / "inputs" / "artifacts"
sys.path[:0] = [str(ROOT), str(TESTS)]

from artifact_samples import SAMPLES  # noqa: E402 - lies beside the tests

from poc_gate.errors import InvalidInputError  # noqa: E402
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact  # noqa: E402

FILES = 1000


def mixed_files(count: int) -> list[tuple[str, bytes]]:
    """Return names and contents of `count` files over all kinds, in a fixed order."""
    published = [path for path in sorted((TESTS / "files").glob("*/*")) if "schema" not in path.name]
    pool = [(path.name, path.read_bytes()) for path in published]
    pool += [(sample.file, sample.content) for sample in SAMPLES]
    files = []
    for number in range(count):
        name, content = pool[number % len(pool)]
        if not name.endswith((".gguf", ".safetensors")):
            content = content.replace(b"orders", f"orders{number}".encode())
        files.append((name, content))
    return files


def import_all(count: int) -> None:
    """Import every file and print how many facts came out, how fast, and in how much memory."""
    files = mixed_files(count)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    facts, kinds, slowest = 0, Counter[str](), (0.0, "")
    started = time.perf_counter()
    for name, content in files:
        began = time.perf_counter()
        result = read_artifact(content, name)
        slowest = max(slowest, (time.perf_counter() - began, name))
        facts += len(result.claims)
        kinds[result.kind] += 1
    took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = sum(len(content) for _, content in files)
    print(f"{len(files)} files of {len(kinds)} kinds, {size / 1e6:.1f} MB, {facts} facts in {took:.2f} s")
    print(
        f"{len(files) / took:.0f} files/s, {size / 1e6 / took:.2f} MB/s; slowest {slowest[0] * 1000:.0f} ms ({slowest[1]})"
    )
    print(f"peak memory {peak / 1024:.0f} MiB, {(peak - base) / 1024:.0f} MiB above the start")


def fuzz(rounds: int) -> int:
    """Run the fuzzing test with that many damaged files for each importer; return its exit status."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(TESTS / "test_fuzz.py")]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "POC_GATE_FUZZ": str(rounds)}, check=False)
    total = rounds * (len(importers()) - 1)
    print(
        f"{total} damaged files in {time.perf_counter() - started:.0f} s: {'survived' if not done.returncode else 'FAILED'}"
    )
    return done.returncode


def main() -> int:
    """Read the command line and run what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    options = parser.parse_args()
    if options.fuzz:
        return fuzz(options.fuzz)
    try:
        import_all(options.files)
    except InvalidInputError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
