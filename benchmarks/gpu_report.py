"""A run on a GPU (`on_gpu.sh`) -> the probe beside PyTorch, and predictions beside measurements.

    python benchmarks/gpu_report.py FOLDER

Reads FOLDER/run.json and FOLDER/machine.json. Predictions are the product's own facts, derived from the recorded profile
and the shape of the model, as `assess` would derive them.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from product_facts import NotStatableError, derived

RATES = ("memory_bandwidth", "h2d_pinned", "d2h_pinned", "h2d_pageable", "compute_half")
SHAPES = {
    "small": {
        "model.layers": 16.0,
        "model.kv_heads": 8.0,
        "model.head_dim": 64.0,
        "model.hidden_size": 2048.0,
    },
    "large": {
        "model.layers": 32.0,
        "model.kv_heads": 8.0,
        "model.head_dim": 128.0,
        "model.hidden_size": 4096.0,
    },
}
Line = tuple[str, float, Any]
"""What, measured, and the fact predicted for it."""


def peers(run: dict[str, Any]) -> Iterator[str]:
    """Yield one line per rate: the medians of both and their ratio."""
    yield f"{'rate':24} {'probe':>10} {'PyTorch':>10} {'ratio':>6}"
    for name in (*RATES, "copy inside the device"):
        own, other = [], []
        for round_ in run.get("rounds", []):
            value = _own(round_["ours"], name)
            if value and round_["peers"]:
                own.append(value)
                other.append(round_["peers"][name])
        if own:
            ours, theirs = statistics.median(own), statistics.median(other)
            yield f"{name:24} {ours / 1e9:10.1f} {theirs / 1e9:10.1f} {ours / theirs:6.3f}"
        else:
            yield f"{name:24} not measured"


def _own(ours: dict[str, Any], name: str) -> float | None:
    if name != "copy inside the device":
        return (ours.get(name) or {}).get("median")
    words = ((ours.get("memory_bandwidth") or {}).get("details") or {}).get(name, "")
    return float(words.split()[0]) * 1e9 if words else None


def machine(folder: Path) -> dict[str, Any]:
    """Return the accelerator's facts of the recorded profile, in SI units."""
    rows = json.loads((folder / "machine.json").read_text(encoding="utf-8"))["measurements"]
    return {
        row["fact"]: float(row["median"])
        for row in rows
        if row["fact"].startswith("machine.") and row.get("median") is not None
    }


def predictions(run: dict[str, Any], known: dict[str, Any]) -> Iterator[Line]:
    """Yield every measured figure of the models with the product's fact for it."""
    models = {name: found for name, found in run.get("models", {}).items() if found}
    for part, found in models.items():
        kind, _, size = part.partition("-")
        if kind not in {"graph", "eager"}:
            continue
        stated = {**known, **SHAPES[size], **_pilot(found["weight_bytes"], kind)}
        for step in found["steps"]:
            prompt = float(step.get("prompt", step.get("context")))
            answer = float(step.get("answer", 2))
            case = {**stated, "model.planned_concurrency": float(step["batch"]), "demand.in_tokens_p95": prompt,
                    "demand.out_tokens_p95": answer}  # fmt: skip
            yield (
                f"{part} step, batch {step['batch']}, {prompt:g} tok",
                step["seconds"],
                _fact(case, "flow.tpot.likely"),
            )
        for prompt in found.get("prompts", []):
            case = {**stated, "model.planned_concurrency": 1.0, "demand.in_tokens_p95": float(prompt["tokens"]),
                    "demand.out_tokens_p95": 2.0}  # fmt: skip
            yield f"{part} prompt, {prompt['tokens']} tok", prompt["seconds"], _fact(case, "flow.ttft.likely")


def _pilot(weight_bytes: float, kind: str) -> dict[str, Any]:
    return {
        "model.weight_bytes": weight_bytes, "model.parameters": weight_bytes / 2.0, "model.kv_bits": 16.0,
        "model.engine": "transformers" if kind == "eager" else "other", "target.device": "gpu", "target.count": 1.0,
        "model.hosting": "self", "model.kind": "llm",
    }  # fmt: skip


def _fact(case: dict[str, Any], name: str) -> Any:
    try:
        return derived(case, (name,))[name]
    except NotStatableError as error:
        return str(error)


def main(folder: Path) -> int:
    """Print the report."""
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    print("\n".join(peers(run)))
    try:
        known = machine(folder)
    except (OSError, ValueError, KeyError) as error:
        print(f"no profile to predict from: {error}")
        return 1
    inside = total = 0
    print(f"\n{'what':42} {'measured':>10} {'predicted':>10}  interval")
    for what, seconds, fact in predictions(run, known):
        if isinstance(fact, str) or fact.value is None:
            print(
                f"{what:42} {seconds * 1e3:8.2f} ms  unknown: {fact if isinstance(fact, str) else fact.why_unknown}"
            )
            continue
        total += 1
        held = fact.low <= seconds <= fact.high
        inside += held
        print(
            f"{what:42} {seconds * 1e3:8.2f} ms {fact.value.value * 1e3:8.2f} ms  [{fact.low * 1e3:.2f}, {fact.high * 1e3:.2f}]"
            f"{'' if held else '  OUTSIDE'}"
        )
    print(f"\ninside: {inside} of {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
