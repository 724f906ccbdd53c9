"""NVIDIA accelerators of this machine -> measurements; every way in which there is none is a named state."""

from __future__ import annotations

from poc_gate.inputs.probe.accelerator.accelerator_facts import FACTS
from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome


def run(context: ProbeContext) -> ProbeOutcome:
    """Return what the driver's own libraries tell and what copies and kernels measure."""
    from poc_gate.inputs.probe.accelerator.accelerator_outcome import probe_accelerators
    from poc_gate.inputs.probe.accelerator.nvml_calls import LiveNvml

    try:
        calls = LiveNvml()
    except ImportError:
        calls = None
    return probe_accelerators(context, calls)


PROBE = Probe(
    name="accelerator",
    summary="NVIDIA GPUs: state, memory, links, copies, device memory bandwidth, matrix rate",
    facts=FACTS,
    run=run,
)
