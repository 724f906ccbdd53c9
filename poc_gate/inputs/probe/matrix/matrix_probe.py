"""How fast the processor multiplies matrices -> measurements: by number format, one thread and all allowed CPUs."""

from __future__ import annotations

from poc_gate.inputs.probe.interface import Probe, ProbeContext, ProbeOutcome, absent, machine_fact

FORMATS = {
    "fp32": "single precision",
    "bf16": "bf16 with 32-bit sums",
    "int8": "8-bit integers with 32-bit sums",
}

FACTS = tuple(
    machine_fact(
        f"cpu.matrix_rate_{form}_{threads}",
        f"Matrix rate of {who} in {words}; a multiplication and an addition count as two.",
        unit="flop/s",
        low=1e7,
        high=1e16,
    )
    for form, words in FORMATS.items()
    for threads, who in (("1", "one thread"), ("all", "all allowed CPUs together"))
)


def run(context: ProbeContext) -> ProbeOutcome:
    """Return the rates; without the compiled kernels every fact is absent with a reason."""
    from poc_gate.errors import NotMeasuredError
    from poc_gate.inputs.probe.memory.native_kernels import NOT_BUILT, load_kernels

    if load_kernels() is None:
        return ProbeOutcome(measurements=tuple(absent(spec, NOT_BUILT) for spec in FACTS))
    from poc_gate.inputs.probe.matrix.matrix_rate import measure_matrix_rates

    try:
        return measure_matrix_rates(context, FACTS)
    except NotMeasuredError as error:
        reason = error.message
    except OSError as error:
        reason = f"the system starts no threads for the measurement: {error.strerror}"
    return ProbeOutcome(measurements=tuple(absent(spec, reason) for spec in FACTS))


PROBE = Probe(
    name="matrix",
    summary="matrix rate of the processor in fp32, bf16 and int8, as far as it has instructions for them",
    facts=FACTS,
    run=run,
    heart="machine.cpu.matrix_rate_fp32_1",
)
