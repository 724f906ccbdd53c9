"""Storage below a path that the user names -> read rates and latencies; without a path nothing is read or written."""

from __future__ import annotations

from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, absent, machine_fact
from poc_gate.model.fact import Kind

_NO_PATH = "no path was given: poc-gate probe --storage PATH"

FACTS = (
    machine_fact("storage.path", "Path whose storage was measured."),
    machine_fact("storage.free", "Free space there.", unit="B", low=0, high=2.0**60),
    machine_fact("storage.filesystem", "File system, device and mount options below the path."),
    machine_fact("storage.read_sequential", "Sequential read rate of one stream, 1 MiB reads.", unit="B/s", low=1e4, high=1e13),
    machine_fact("storage.read_sequential_streams", "Sequential read rate of parallel streams, 1 MiB reads.", unit="B/s", low=1e4, high=1e13),
    machine_fact("storage.read_random_p50", "Median latency of one random read of the declared record size.", unit="s", low=1e-8, high=100),
    machine_fact("storage.read_random_p99", "99th percentile of the latency of one random read.", unit="s", low=1e-8, high=1000),
    machine_fact("storage.read_random_rate", "Random reads per second of parallel streams.", unit="1/s", low=0.01, high=1e9),
    machine_fact("storage.direct_io", "The reads went past the page cache to the device.", kind=Kind.FLAG),
)  # fmt: skip


def run(context: ProbeContext) -> ProbeOutcome:
    """Return the storage facts of `options.storage`; a path that cannot be measured says why."""
    if not context.options.storage:
        return ProbeOutcome(measurements=tuple(absent(spec, _NO_PATH) for spec in FACTS))
    from poc_gate.inputs.probe.storage.storage_outcome import probe_storage

    return probe_storage(context, FACTS)


PROBE = Probe(
    name="storage",
    summary="sequential and random reads, past the page cache where the file system allows it",
    facts=FACTS,
    run=run,
    heart="machine.storage.read_sequential",
)
