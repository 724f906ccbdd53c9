"""Real language models on this processor beside the product's predictions.

    python benchmarks/cpu_runs.py --out FILE.json [--threads N] [--budget SECONDS] [--engine NAME ...]
    python benchmarks/cpu_runs.py --report FILE.json ... [--best]

Models of 0.1 to 3 billion random weights in 4, 8, 16 and 32 bits, batches of 1 to 32 and prompts of 16 to 2,048 tokens run
under llama.cpp (xllamacpp), transformers and ONNX Runtime, whichever are installed, each case in a process of its own. The
probe runs before each case, so that prediction and run see the machine in the same state. With `--threads 1` times are those
of the processor, which other work on the machine disturbs little; with more, the least wall time counts.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGES = {"llama.cpp": "xllamacpp", "transformers": "transformers", "onnxruntime": "onnxruntime"}
Case = dict[str, Any]


def _case(engine: str, shape: str, weights: str, batch: int, prompt: int, answer: int = 17) -> Case:
    return {
        "engine": engine,
        "shape": shape,
        "weights": weights,
        "batch": batch,
        "prompt": prompt,
        "answer": answer,
    }


CASES = (
    _case("llama.cpp", "0.5B", "Q8_0", 1, 512),
    _case("llama.cpp", "1.3B", "Q4_0", 1, 128),
    _case("llama.cpp", "0.5B", "Q8_0", 8, 32),
    _case("transformers", "0.5B", "BF16", 1, 512),
    _case("onnxruntime", "0.15B", "INT8", 1, 64),
    _case("llama.cpp", "0.5B", "BF16", 1, 128),
    _case("llama.cpp", "0.15B", "Q8_0", 1, 128),
    _case("llama.cpp", "0.5B", "Q4_0", 1, 32),
    _case("transformers", "0.15B", "F32", 1, 128),
    _case("onnxruntime", "0.15B", "F32", 1, 64),
    _case("llama.cpp", "1.3B", "Q8_0", 1, 32),
    _case("llama.cpp", "0.5B", "Q8_0", 32, 16),
    _case("llama.cpp", "3B", "Q4_0", 1, 32, 9),
    _case("transformers", "0.5B", "BF16", 8, 32),
    _case("onnxruntime", "0.15B", "F32", 16, 64),
    _case("llama.cpp", "1.3B", "Q4_0", 8, 32, 9),
    _case("llama.cpp", "0.5B", "Q4_0", 4, 64),
    _case("llama.cpp", "0.5B", "Q8_0", 1, 2048, 9),
    _case("transformers", "0.15B", "BF16", 32, 32),
    _case("onnxruntime", "0.15B", "INT8", 16, 64),
    _case("llama.cpp", "0.5B", "BF16", 8, 32),
    _case("transformers", "0.5B", "F32", 4, 64),
    _case("onnxruntime", "0.5B", "F32", 1, 256),
    _case("llama.cpp", "0.15B", "Q4_0", 16, 32),
    _case("transformers", "0.15B", "BF16", 1, 2048, 9),
)
"""Interleaved, so that a run cut short has seen every engine."""


def probe(threads: int) -> dict[str, dict[str, Any]]:
    """Return the probe's rates by fact: value, interval and grade; with one thread those of one thread stand for all."""
    rows = [row for name in ("memory", "matrix") for row in _probed(name)]
    found = {}
    for row in rows:
        if row.get("value") is not None and row["fact"].startswith(("machine.memory.", "machine.cpu.matrix")):
            kept = {key: row.get(key) for key in ("median", "low", "high", "grade", "samples", "stable")}
            found[row["fact"]] = {**kept, "best": max(row["samples"] or [0.0])}
    if threads == 1:
        for name in [n for n in found if n.endswith("_1")]:
            found[name.removesuffix("_1") + "_all"] = found[name]
    return found


def _probed(name: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "machine.json"
        command = [sys.executable, "-m", "poc_gate", "probe", "-q", "--only", name, "-o", str(path)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return []
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["measurements"]
        return rows


def run_case(case: Case, limit: float) -> dict[str, Any]:
    """Run one case in a process of its own; a fault is a result too."""
    try:
        done = subprocess.run(
            [sys.executable, str(HERE / "cpu_engines.py"), json.dumps(case)],
            check=False, capture_output=True, text=True, timeout=limit,
            env={**os.environ, "OMP_NUM_THREADS": str(case["threads"])},
        )  # fmt: skip
        return json.loads(done.stdout.strip().splitlines()[-1])  # type: ignore[no-any-return]
    except subprocess.TimeoutExpired:
        return {"fault": f"took more than {limit:.0f} s"}
    except (IndexError, ValueError):
        return {"fault": done.stderr.strip()[-400:]}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run the cases until the budget is spent, the probe first and last."""
    begun = time.monotonic()
    threads = options.threads or len(os.sched_getaffinity(0))
    content: dict[str, Any] = {
        "threads": threads,
        "processor": _processor(),
        "probes": [probe(threads)],
        "runs": [],
    }
    for case in CASES:
        left = options.budget - (time.monotonic() - begun)
        if left < 10 or importlib.util.find_spec(PACKAGES[case["engine"]]) is None:
            continue
        if options.engine and case["engine"] not in options.engine:
            continue
        before = os.times()
        wall = time.monotonic()
        case = {**case, "threads": threads, "repeats": options.repeats}  # noqa: PLW2901
        just_before = probe(threads)
        found = run_case(case, min(left, options.limit))
        taken = os.times().children_user - before.children_user
        content["runs"].append({**case, **found, "load": os.getloadavg()[0], "probe": just_before})
        print(f"{case['engine']} {case['shape']} {case['weights']} batch {case['batch']} prompt {case['prompt']}: "
              f"{time.monotonic() - wall:.0f} s, {taken:.0f} s of processor, {found.get('fault', 'done')}")  # fmt: skip
        options.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    content["probes"].append(probe(threads))
    return content


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "unknown"


def main() -> int:
    """Measure, or report on earlier runs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threads", type=int, default=0, help="0: every allowed CPU")
    parser.add_argument("--budget", type=float, default=600.0)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--limit", type=float, default=90.0, help="seconds that one case may take")
    parser.add_argument("--engine", action="append", choices=sorted(PACKAGES))
    parser.add_argument("--report", type=Path, nargs="+")
    parser.add_argument("--best", action="store_true", help="report against the best slice of all probes")
    options = parser.parse_args()
    if options.report:
        from cpu_report import report

        return report(options.report, best=options.best)
    if options.out is None:
        parser.error("--out or --report")
    content = measure(options)
    options.out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
