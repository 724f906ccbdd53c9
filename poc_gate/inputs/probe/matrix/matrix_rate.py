"""Matrix kernels on packed panels in the caches -> rates by number format for one thread and for all allowed CPUs.

Every variant that the processor has is checked against the known result of a product of ones and tried for a moment; the
fastest is then measured in slices that go round-robin over all figures, as for memory, and graded alike.
"""

from __future__ import annotations

import struct
from typing import Any

from msgspec import Struct, field, structs

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.host.disturbance import Disturbance, Watch
from poc_gate.inputs.probe.interface import ProbeContext, ProbeOutcome, absent
from poc_gate.inputs.probe.memory.native_kernels import Variant, kernel_variants, load_kernels
from poc_gate.inputs.probe.sampling import grade, summarise
from poc_gate.inputs.probe.topology.cpu_topology import Topology, allowed_cpus, read_topology
from poc_gate.model.fact import FactSpec
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

BLOCK = 65536
"""Bytes of each of the three arrays of a block (MB_MATRIX_BYTES)."""
_RESULT = 96 * 64 * 4
"""Bytes of a block's result: 96 x 64 numbers of 32 bits."""
INNER = {"fp32": 160, "bf16": 320, "int8": 640}
"""Inner dimension of a block: 640 bytes."""
_ONES = {"fp32": struct.pack("<2f", 1, 1), "bf16": b"\x80\x3f" * 4, "int8": b"\x01" * 8}
_SUMS = {
    "fp32": struct.pack("<2f", 160, 160),
    "bf16": struct.pack("<2f", 320, 320),
    "int8": struct.pack("<2i", 640, 640),
}
_EFFORTS = {"quick": (5, 0.002), "default": (9, 0.004), "thorough": (60, 0.02)}
"""Slices and seconds of each."""
_FIRST_GUESS = 2e10
_MISSING = {
    "bf16": "the processor has no instructions for products of bf16",
    "int8": "the processor has no instructions for products of 8-bit integers",
    "fp32": "no kernel gave the right result",
}


class Rate(Struct):
    """One figure in the making, such as int8 by all CPUs."""

    form: str
    threads: str
    """`1` or `all`."""
    cpus: tuple[int, ...]
    variant: Variant
    trials: dict[str, float]
    samples: list[float] = field(default_factory=list)


class Bench(Struct):
    """Panels for every allowed CPU, and the kernels."""

    kernels: Any
    topology: Topology
    handle: Any = None
    _pace: dict[tuple[int, int], float] = field(default_factory=dict)

    def open(self) -> None:
        """Map the memory; raises NotMeasuredError when the system gives none."""
        try:
            self.handle = self.kernels.arena_new(3 * BLOCK * len(self.topology.allowed), 0)
        except MemoryError as error:
            raise NotMeasuredError("the system gives no memory for the measurement") from error

    def close(self) -> None:
        """Give the memory back."""
        if self.handle is not None:
            self.kernels.arena_free(self.handle)
            self.handle = None

    def tasks(self, cpus: tuple[int, ...]) -> list[tuple[int, int, int, int, int]]:
        """Return one task for each CPU on panels of its own."""
        starts = [3 * BLOCK * index for index in range(len(cpus))]
        return [(cpu, at, at + BLOCK, at + 2 * BLOCK, BLOCK) for cpu, at in zip(cpus, starts, strict=True)]

    def is_right(self, variant: Variant, form: str) -> bool:
        """Say whether the variant multiplies panels of ones into the inner length."""
        (one,), (total,) = struct.unpack("<d", _ONES[form]), struct.unpack("<d", _SUMS[form])
        cpus = self.topology.allowed
        self.kernels.fill(self.handle, [(cpu, at, 0, 0, 3 * BLOCK) for cpu, at, *_ in self.tasks(cpus)], one)
        self.kernels.run(self.handle, variant.index, self.tasks(cpus), 1)
        return not self.kernels.mismatches(self.handle, 0, _RESULT, total)

    def slice(self, variant: Variant, form: str, cpus: tuple[int, ...], seconds: float) -> float:
        """Run one slice of about `seconds` and return its rate in operations per second."""
        key = (variant.index, len(cpus))
        work = 2.0 * 96 * 64 * INNER[form] * len(cpus)
        passes = max(1, round(seconds * self._pace.get(key, _FIRST_GUESS * len(cpus)) / work))
        nanoseconds, _, _ = self.kernels.run(self.handle, variant.index, self.tasks(cpus), passes)
        self._pace[key] = work * passes / max(nanoseconds, 1.0) * 1e9
        return self._pace[key]


def measure_matrix_rates(context: ProbeContext, specs: tuple[FactSpec, ...]) -> ProbeOutcome:
    """Return the measured rates; a format without instructions is absent with the reason. Raises NotMeasuredError."""
    bench = Bench(load_kernels(), read_topology(context.files, allowed_cpus()))
    slices, seconds = _EFFORTS[context.options.effort]
    bench.open()
    try:
        rates = _chosen(bench, seconds)
        for _attempt in (0, 1):
            watch = Watch(context.files)
            for number in range(slices):
                context.progress("matrix rate", number / slices)
                for rate in rates:
                    bench.slice(rate.variant, rate.form, rate.cpus, seconds / 4)
                    rate.samples.append(bench.slice(rate.variant, rate.form, rate.cpus, seconds))
            seen = watch.seen()
            found = {f"machine.cpu.matrix_rate_{r.form}_{r.threads}": _measured(r, seen) for r in rates}
            if all(measurement.grade != "C" for measurement in found.values()):
                break
    finally:
        bench.close()
    return ProbeOutcome(measurements=tuple(_filled(spec, found, bench.topology) for spec in specs))


def _chosen(bench: Bench, seconds: float) -> list[Rate]:
    """Return the figures with the fastest right variant of each."""
    one, cores, every = (
        (bench.topology.first_allowed(),),
        bench.topology.one_per_core(),
        bench.topology.allowed,
    )
    rates = []
    for form in INNER:
        variants = [
            v for v in kernel_variants() if v.operation == f"matrix_{form}" and bench.is_right(v, form)
        ]
        if not variants:
            continue
        bench.is_right(variants[0], form)  # fills the panels with numbers of this format
        for threads, choices in (("1", {one}), ("all", {cores, every} - {one})):
            tried = {
                (variant, cpus): max(bench.slice(variant, form, cpus, seconds / 2) for _ in range(3))
                for variant in variants
                for cpus in choices
            }
            if tried:
                best, cpus = max(tried, key=lambda pair: tried[pair])
                trials = {f"{v.title} on {len(c)}": rate for (v, c), rate in tried.items()}
                rates.append(Rate(form, threads, cpus, best, trials))
    if not rates:
        raise NotMeasuredError("no matrix kernel gave the right result")
    return rates


def _measured(rate: Rate, seen: Disturbance) -> Measurement:
    summary = summarise(tuple(rate.samples), higher_is_better=True)
    letter, reason = grade(summary, seen, higher_is_better=True, threads=len(rate.cpus))
    poor = letter == "C"
    trials = sorted(rate.trials.items(), key=lambda pair: -pair[1])
    return Measurement(
        fact=f"machine.cpu.matrix_rate_{rate.form}_{rate.threads}",
        value=Quantity(summary.best, "flop/s"),
        unit="flop/s",
        samples=tuple(rate.samples[-64:]),
        median=summary.median,
        minimum=summary.minimum,
        maximum=summary.maximum,
        low=min(summary.low, summary.best),
        high=max(summary.high, summary.best),
        interval="long-run median, 95 %, up to the best slice",
        spread=summary.spread,
        method=f"product of packed panels in the caches on {len(rate.cpus)} pinned threads, slices round-robin",
        variant=rate.variant.title,
        stable=not poor,
        grade=letter,
        reason=f"not trustworthy, also when repeated: {reason}" if poor else reason,
        details={
            "cpus": ",".join(map(str, rate.cpus)),
            "steal": f"{seen.steal:.3f} CPU",
            "foreign load": f"{seen.foreign:.3f} CPU",
            "variants tried": "; ".join(f"{name}: {value / 1e9:.1f} Gflop/s" for name, value in trials),
        },
    )


def _filled(spec: FactSpec, found: dict[str, Measurement], topology: Topology) -> Measurement:
    if spec.name in found:
        return found[spec.name]
    twin = found.get(spec.name.replace("_all", "_1"))
    if len(topology.allowed) == 1 and twin is not None:
        note = {"note": "one CPU is allowed: the same figure as for one thread"}
        return structs.replace(twin, fact=spec.name, details=twin.details | note)
    return absent(spec, _MISSING[spec.name.split("_")[-2]])
