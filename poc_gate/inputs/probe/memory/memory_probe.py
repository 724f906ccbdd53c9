"""Memory bandwidth and latency of this machine -> measurements and curves, with grades and conditions."""

from __future__ import annotations

from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, absent, machine_fact

_RATE = "bytes of the arrays a pass reads or writes; the line fetched before a plain store is not counted"


def _rate(name: str, meaning: str) -> tuple[str, str]:
    return f"memory.{name}", f"{meaning}; counted are the {_RATE}."


FACTS = (
    *(
        machine_fact(*_rate(f"{operation}_{threads}", f"Memory {operation} bandwidth of {who}"), unit="B/s", low=1e7, high=1e14)
        for operation in ("read", "write", "copy", "triad")
        for threads, who in (("1", "one thread"), ("all", "all allowed CPUs together"))
    ),
    machine_fact(
        "memory.latency",
        "Time of one dependent load from memory: 64-byte lines in random order, huge pages asked for.",
        unit="s",
        low=1e-9,
        high=1e-4,
    ),
    machine_fact(
        "memory.latency_loaded",
        "The same while every other allowed CPU reads memory as fast as it can.",
        unit="s",
        low=1e-9,
        high=1e-3,
    ),
)  # fmt: skip


def run(context: ProbeContext) -> ProbeOutcome:
    """Return bandwidth, latency and their curves; without the compiled kernels every fact is absent with a reason."""
    from poc_gate.errors import NotMeasuredError
    from poc_gate.inputs.probe.memory.native_kernels import NOT_BUILT, load_kernels

    if load_kernels() is None:
        return ProbeOutcome(measurements=tuple(absent(spec, NOT_BUILT) for spec in FACTS))
    from poc_gate.inputs.probe.memory.memory_outcome import measure_memory

    try:
        return measure_memory(context, FACTS)
    except NotMeasuredError as error:
        reason = error.message
    except OSError as error:  # of starting a thread: the kernels do nothing else that the system can refuse
        reason = f"the system starts no threads for the measurement: {error.strerror}"
    return ProbeOutcome(measurements=tuple(absent(spec, reason) for spec in FACTS))


PROBE = Probe(
    name="memory",
    summary="memory bandwidth (read, write, copy, triad) and latency, idle and loaded",
    facts=FACTS,
    run=run,
    heart="machine.memory.read_1",
)
