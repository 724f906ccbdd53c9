"""How often the interval that the probe prints holds the median of a long run.

    python benchmarks/interval_coverage.py [--repeats 30] [--json FILE]

Every repeat measures memory bandwidth as `poc-gate probe` does. The long run's value of a figure is the median over the
slices of all repeats together, which lie spread over the whole time.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path

from poc_gate.inputs.probe.interface import ProbeContext, ProbeOptions
from poc_gate.inputs.probe.memory.memory_probe import PROBE
from poc_gate.model.measurement import Measurement


def main() -> None:
    """Run the repeats and print the share of intervals that hold the long run's median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    runs: dict[str, list[Measurement]] = {}
    for _ in range(options.repeats):
        for measurement in PROBE.run(ProbeContext(ProbeOptions())).measurements:
            if measurement.low is not None:
                runs.setdefault(measurement.fact.removeprefix("machine.memory."), []).append(measurement)
    shares = {}
    for name, found in runs.items():
        long_run = statistics.median(sample for measurement in found for sample in measurement.samples)
        # A figure of grade C claims nothing: its interval is not offered as one that holds.
        trusted = [m for m in found if m.grade != "C"]
        held = sum(m.low <= long_run <= m.high for m in trusted if m.low is not None and m.high is not None)
        widths = [(m.high - m.low) / m.median for m in trusted if m.low and m.high and m.median]
        shares[name] = held / len(trusted) if trusted else None
        width = statistics.median(widths) if widths else float("nan")
        print(
            f"{name:<16} held {held} of {len(trusted)}, {len(found) - len(trusted)} of grade C, width {width:.1%}"
        )
    if options.json:
        options.json.write_text(json.dumps(shares, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
