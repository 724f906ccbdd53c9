"""Real runs on processors (`cpu_runs.py`) beside the product's facts, derived from the probe of the same machine.

Prints one line per run and phase, then how many lie inside the interval and how wide the intervals are. Each run is held
against the probe taken right before it, as the product reads it: value, interval and grade. With one thread the time of the
processor is compared, else the median wall time, which is what a user of this machine sees; a step is compared only where it
took a fair part of its run, because it is the difference of two generations.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from product_facts import Stated, derived, stated_fact

from poc_gate.model.fact import Fact

SHAPES = {
    "0.15B": (12.0, 4.0, 64.0),
    "0.5B": (24.0, 8.0, 64.0),
    "1.3B": (24.0, 8.0, 128.0),
    "3B": (28.0, 8.0, 128.0),
}
"""Layers, KV heads and head width of `cpu_models.py`, which needs numpy."""
ENGINES = {"llama.cpp": "llama.cpp", "transformers": "transformers", "onnxruntime": "onnxruntime"}
CLEAR = 0.1
"""Share of the longer generation's time that the steps must have taken."""


def just_before(run: dict[str, Any]) -> dict[str, Fact]:
    """Return the facts of the probe that ran right before a run, with their intervals; empty where none did."""
    return {
        name: stated_fact(
            name, kept["median"], low=kept["low"], high=kept["high"], stable=kept["grade"] != "C"
        )
        for name, kept in run.get("probe", {}).items()
        if not name.startswith("machine.memory.latency")
    }


def machine(content: dict[str, Any]) -> dict[str, Stated]:
    """Return the best figure of all probes of a session: other work only ever slows a machine."""
    found: dict[str, float] = {}
    for probe in (*content["probes"], *(run.get("probe", {}) for run in content["runs"])):
        for name, kept in probe.items():
            if not name.startswith("machine.memory.latency"):
                found[name] = max(found.get(name, 0.0), kept["best"])
    stated: dict[str, Stated] = dict(found)
    if content.get("microarchitecture"):
        stated["machine.cpu.microarchitecture"] = content["microarchitecture"]
    return stated


def values(run: dict[str, Any]) -> dict[str, Stated]:
    """Return what a manifest would state of one run."""
    layers, heads, width = SHAPES[run["shape"]]
    return {
        "model.weight_bytes": run["weight_bytes"], "model.parameters": run["parameters"], "model.weight_bits": run["bits"],
        "model.layers": layers, "model.kv_heads": heads, "model.head_dim": width, "model.kv_bits": 16.0,
        "model.engine": ENGINES[run["engine"]], "model.hosting": "self", "model.kind": "llm", "target.device": "cpu",
        "model.planned_concurrency": float(run["batch"]), "demand.in_tokens_p95": float(run["prompt"]),
        "demand.out_tokens_p95": max(1.0, run["answer"] / 2.0),
    }  # fmt: skip


def report(paths: list[Path], *, best: bool = False) -> int:
    """Print the comparison; the exit code is 1 when fewer than nine in ten lie inside.

    With `best` each run is held against the best slice of all probes, which is what the processor does undisturbed:
    right for times of the processor (one thread) on a machine that other work shares.
    """
    inside, widths = [], []
    for path in paths:
        content = json.loads(path.read_text(encoding="utf-8"))
        known = machine(content)
        print(f"{path}: {content['processor']}, {content['threads']} threads")
        for run in content["runs"]:
            for phase, seconds, fact in compared(
                run, known if best else just_before(run) or known, content["threads"]
            ):
                name = f"{run['engine']} {run['shape']} {run['weights']} batch {run['batch']} prompt {run['prompt']} {phase}"
                if fact.value is None:
                    print(f"  {name:58} {seconds * 1e3:9.2f} ms  unknown: {fact.why_unknown}")
                    continue
                held = fact.low <= seconds <= fact.high
                inside.append(held)
                widths.append(fact.high / fact.low)
                print(
                    f"  {name:58} {seconds * 1e3:9.2f} ms, predicted {fact.value.value * 1e3:9.2f} "
                    f"[{fact.low * 1e3:.2f}, {fact.high * 1e3:.2f}]{'' if held else '  OUTSIDE'}"
                )
    print(
        f"inside {sum(inside)} of {len(inside)}, median width {statistics.median(widths):.2f}"
        if inside
        else "no runs"
    )
    return 0 if inside and sum(inside) >= 0.9 * len(inside) else 1


def compared(
    run: dict[str, Any], known: Mapping[str, Stated | Fact], threads: int
) -> list[tuple[str, float, Any]]:
    """Return phase, seconds and fact of what a run measured clearly."""
    if "fault" in run:
        return []
    clock = "processor" if threads == 1 else "usual" if "step_usual" in run else "wall"
    step, prompt = run[f"step_{clock}"], run.get(f"prompt_{clock}")
    stated = {**known, **values(run)}
    lines = []
    steps = step * (run["answer"] - 1)
    if prompt is None or steps > CLEAR * (steps + prompt):
        lines.append(("step", step, derived(stated, ("flow.tpot.likely",))["flow.tpot.likely"]))
    if prompt is not None and run["batch"] == 1 and run["prompt"] >= 32:
        lines.append(("prompt", prompt, derived(stated, ("flow.prefill.time",))["flow.prefill.time"]))
    return lines
