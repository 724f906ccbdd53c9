"""Our copies to, from and inside a GPU beside nvbandwidth, interleaved; needs a GPU and nvbandwidth on the PATH.

    python benchmarks/gpu_peers.py [--rounds 5] [--json FILE]

nvbandwidth is NVIDIA's own benchmark; its copy-engine tests use the same method as the probe: page-locked buffers, several
copies between two events, the median of the samples. It counts copies inside a device once, as our figure in the details of
`accelerators.memory_bandwidth` counts twice; both are brought to bytes copied here. Without a GPU or without nvbandwidth
the script says which is missing and ends with exit code 4: there is nothing to compare.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = {
    "h2d_pinned": "host_to_device_memcpy_ce",
    "d2h_pinned": "device_to_host_memcpy_ce",
    "peer_bandwidth": "device_to_device_memcpy_read_ce",
}
NOT_MEASURED = 4


def ours() -> dict[str, float]:
    """Return the probe's medians in B/s by short fact name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "machine.json"
        command = [sys.executable, "-m", "poc_gate", "probe", "--only", "accelerator", "-q", "-o", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        rows = json.loads(path.read_text(encoding="utf-8"))["measurements"]
    known = {row["fact"].removeprefix("machine.accelerators."): row for row in rows}
    return {name: known[name]["median"] for name in TESTS if known[name]["median"] is not None}


def theirs(test: str) -> float | None:
    """Return the smallest rate of nvbandwidth's matrix in B/s, as ours is that of the slowest device."""
    done = subprocess.run(["nvbandwidth", "-j", "-t", test], check=False, capture_output=True, text=True)
    try:
        cases = json.loads(done.stdout[done.stdout.index("{") :])["nvbandwidth"]["testcases"]
    except (ValueError, KeyError):
        return None
    cells = [cell for case in cases for row in case.get("bandwidth_matrix", []) for cell in row]
    rates = [float(cell) for cell in cells if cell not in {"N/A", "0", 0}]
    return min(rates) * 1e9 if rates else None


def main() -> int:
    """Run the rounds, print medians and ratios; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if not shutil.which("nvbandwidth"):
        print("nvbandwidth is not on the PATH: nothing to compare with", file=sys.stderr)
        return NOT_MEASURED
    samples: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in TESTS}
    for _ in range(options.rounds):
        for name, value in ours().items():
            peer = theirs(TESTS[name])
            if peer is not None:
                samples[name][0].append(value)
                samples[name][1].append(peer)
    ratios = {}
    for name, (own, peers) in samples.items():
        if own:
            ratios[name] = statistics.median(own) / statistics.median(peers)
            spread = f"[{min(own) / 1e9:.1f} - {max(own) / 1e9:.1f}] beside [{min(peers) / 1e9:.1f} - {max(peers) / 1e9:.1f}]"
            print(f"{name:<16} {statistics.median(own) / 1e9:.1f} GB/s, ratio {ratios[name]:.3f}, {spread}")
    if not ratios:
        print("no accelerator could be measured; see poc-gate probe --only accelerator", file=sys.stderr)
        return NOT_MEASURED
    if options.json:
        options.json.write_text(json.dumps({"ratios": ratios}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
