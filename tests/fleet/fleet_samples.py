"""Made-up nodes with known truth, and a stand-in for poc-gate on them whose behaviour follows from the node's name."""

from __future__ import annotations

import json
import math
import random
import stat
import sys
from pathlib import Path

from poc_gate.inputs.probe.fingerprint import fingerprint_of, hardware_of
from poc_gate.inputs.probe.profile.profile_file import write_profile
from poc_gate.model.many.fleet import NodeRecord, NodeState
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.quantity import Quantity

GIB = 2.0**30
READ, LATENCY = "machine.memory.read_all", "machine.memory.latency"


def figure(fact: str, value: float, unit: str, grade: str = "A") -> Measurement:
    """Return a measured figure with an interval of 1 % to both sides."""
    return Measurement(
        fact, Quantity(value, unit), unit, samples=(value,) * 8, median=value, low=0.99 * value,
        high=1.01 * value, grade=grade, stable=grade != "C", reason="" if grade == "A" else "other work ran",
    )  # fmt: skip


def profile_of(
    read: float = 400e9, latency: float = 100e-9, grade: str = "A", **facts: object
) -> MachineProfile:
    """Return the profile of a node; `facts` are further values by name, dots as two underscores."""
    stated: dict[str, object] = {
        "cpu.model": "AMD EPYC 9654", "cpu.cores": Quantity(192.0), "cpu.threads": Quantity(384.0),
        "cpu.sockets": Quantity(2.0), "memory.total": Quantity(1511 * GIB, "B"), "architecture": "x86_64",
        "accelerators.name": "NVIDIA H100 80GB HBM3", "accelerators.count": Quantity(8.0),
    }  # fmt: skip
    stated |= {name.replace("__", "."): value for name, value in facts.items()}
    plain = [
        Measurement(f"machine.{name}", value, value.unit if isinstance(value, Quantity) else "")
        for name, value in stated.items()
    ]
    found = [*plain, figure(READ, read, "B/s", grade), figure(LATENCY, latency, "s", grade)]
    fingerprint = fingerprint_of(found)
    identity = {"name": "epyc-9654-8x-h100", "fingerprint": fingerprint, "kind": "measured"}
    found += [Measurement(f"machine.{key}", value) for key, value in identity.items()]
    return MachineProfile(
        name="epyc-9654-8x-h100",
        fingerprint=fingerprint,
        measured_at="2026-11-28T00:00:00Z",
        tool_version="0.1.0",
        measurements=tuple(sorted(found, key=lambda one: one.fact)),
        environment={"state": "calm"},
        hardware=hardware_of(found),
    )


def record_of(node: str, **values: object) -> NodeRecord:
    """Return the record of a node that answered."""
    at = "2026-11-28T00:00:00Z"
    return NodeRecord(node, NodeState.OK, "", "", "local", at, at, profile_of(**values))


def clean_fleet(count: int, *, seed: int, variation: float = 0.01) -> list[NodeRecord]:
    """Return nodes whose figures scatter by `variation` (standard deviation of the logarithm)."""
    rng = random.Random(seed)
    return [
        record_of(
            f"n{number:03d}",
            read=400e9 * math.exp(rng.gauss(0, variation)),
            latency=100e-9 * math.exp(rng.gauss(0, variation)),
        )
        for number in range(1, count + 1)
    ]


FAKE_TOOL = """\
#!{python}
import json, os, sys, time
node = os.environ.get("POC_GATE_NODE") or os.environ.get("SLURMD_NODENAME", "")
with open({log!r}, "a") as log:
    log.write(node + "\\n")
what = {behaviour!r}.get(node, "answer")
profile = open({profile!r}, "rb").read()
if what == "hang":
    time.sleep(600)
elif what == "stubborn":
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)
elif what == "fail":
    sys.stderr.write("poc-gate: something broke \\x1b[31m here\\n")
    sys.exit(3)
elif what == "flood":
    while True:
        sys.stdout.write("x" * 65536)
elif what == "nonsense":
    print("Welcome to " + node)
elif what == "half":
    sys.stdout.buffer.write(profile[:100])
elif what == "sheet":
    data = json.loads(profile)
    data["kind"] = "datasheet"
    print(json.dumps(data))
elif what.startswith("slow"):
    time.sleep(float(what[4:]))
    sys.stdout.buffer.write(profile)
else:
    sys.stdout.buffer.write(profile)
"""


def fake_tool(folder: Path, behaviour: dict[str, str], profile: MachineProfile | None = None) -> Path:
    """Write a stand-in for poc-gate and return it; `asked` beside it lists who was asked."""
    kept = folder / "profile.json"
    kept.write_bytes(write_profile(profile or profile_of()))
    path = folder / "tool"
    path.write_text(
        FAKE_TOOL.format(
            python=sys.executable, log=str(folder / "asked"), behaviour=behaviour, profile=str(kept)
        )
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def asked(folder: Path) -> list[str]:
    """Return the nodes that the stand-in was started on, in order."""
    path = folder / "asked"
    return path.read_text().split() if path.exists() else []


def states(folder: Path) -> dict[str, tuple[str, str]]:
    """Return node -> state and reason of every record in a fleet's folder."""
    found = {}
    for path in sorted((folder / "nodes").glob("*.json")):
        data = json.loads(path.read_text())
        found[data["node"]] = (data["state"], data["reason"])
    return found
