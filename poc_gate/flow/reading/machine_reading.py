"""Which hardware number counts: measured on the machine, else its data sheet, else what the pilot declares."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.devices.power import NOTICED, least_pace
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.span import Span
from poc_gate.model.claim import Provenance
from poc_gate.model.engines.serving_engines import serving_engine
from poc_gate.model.parts.device_part import is_part_of_device

MACHINE_INPUTS = (
    "target.device",
    "target.count",
    "target.device_memory",
    "target.host_memory",
    "target.memory_limit",
    "model.engine",
    "machine.accelerators.memory_total",
    "machine.accelerators.count",
    "machine.accelerators.lost",
    "machine.accelerators.mig",
    "machine.memory.limit",
    "machine.memory.total",
)
"""What `runs_on_host` and `memory_of_replica` read."""


def runs_on_host(view: FactView) -> bool:
    """Return whether the model is computed by the host's processor; raises when nobody says on what."""
    device = view.text("target.device").lower()
    if serving_engine(view.text("model.engine")).on_processor or device == "cpu":
        return True
    if not device and view.maybe("machine.accelerators.memory_total") is None:
        raise view.missing("target.device")
    return False


def devices_of_replica(view: FactView) -> float:
    """Return how many accelerators one replica has; at least 1, and 1 on a host."""
    if runs_on_host(view):
        return 1.0
    planned = max(1.0, view.one("target.count").likely)
    lost, working = view.stated("machine.accelerators.lost"), view.stated("machine.accelerators.count")
    if lost is not None and lost.likely > 0 and working is not None:
        view.assume(f"{lost.likely:g} accelerators of the machine do not work; the others count")
        return min(planned, max(1.0, working.likely))
    return planned


def takes_part_of_device(view: FactView) -> bool:
    """Return whether the pilot has a slice or share of a device: by the machine's profile, or by the device's name."""
    return bool(view.flag("machine.accelerators.mig")) or is_part_of_device(view.text("target.device"))


def memory_of_replica(view: FactView) -> Span:
    """Return the bytes of memory that the model of one replica may fill."""
    if runs_on_host(view):
        return host_memory(view)
    if takes_part_of_device(view):
        view.assume("the pilot has a slice of an accelerator: the memory of the whole device is not its own")
        return view.one("target.device_memory") * devices_of_replica(view)
    each = view.first("machine.accelerators.memory_total", "target.device_memory")
    return each * devices_of_replica(view)


def host_memory(view: FactView) -> Span:
    """Return the bytes of host memory: the tightest of limit and total, measured before declared."""
    limits = [view.maybe(n) for n in ("target.memory_limit", "machine.memory.limit")]
    whole = view.maybe("machine.memory.total") or view.maybe("target.host_memory")
    known = [span for span in (*limits, whole) if span is not None]
    if not known:
        raise view.missing("machine.memory.total", "target.host_memory")
    return min(known, key=lambda span: span.likely)


def memory_bandwidth(view: FactView) -> Span:
    """Return the bytes per second that one device reads from its memory."""
    if runs_on_host(view):
        return view.one("machine.memory.read_all")
    return view.one("machine.accelerators.memory_bandwidth") * _part_of(
        view, "machine.accelerators.memory_bandwidth"
    )


POWER_INPUTS = (
    "target.power_limit",
    "machine.accelerators.power_limit",
    "machine.accelerators.power_default",
)
"""What `power_pace` reads."""


def power_pace(view: FactView) -> float:
    """Return the share of its clock that an accelerator has at least under its power limit; 1 where none is known to be set.

    The maker's own limit is what the driver calls the default, else what the data sheet states.
    """
    planned, found, default = (view.maybe(name) for name in POWER_INPUTS)
    limit, rated = planned or found, default or found
    return least_pace(limit.likely, rated.likely) if limit and rated else 1.0


def is_measured(view: FactView, name: str) -> bool:
    """Return whether a rate was measured, and not taken from a data sheet."""
    return view.fact(name).provenance is Provenance.MEASURED


def was_measured_as_planned(view: FactView) -> bool:
    """Return whether the accelerator's rates were measured under the power limit that the pilot has."""
    planned, found = view.maybe(POWER_INPUTS[0]), view.maybe(POWER_INPUTS[1])
    kept = planned is None or (found is not None and planned.likely >= NOTICED * found.likely)
    return kept and is_measured(view, "machine.accelerators.memory_bandwidth")


MATRIX_RATES = tuple(f"machine.cpu.matrix_rate_{form}_all" for form in ("fp32", "bf16", "int8"))
"""Measured matrix rates of the processor, all allowed CPUs together."""


def compute_rate(view: FactView) -> Span:
    """Return the dense flop/s of one device, or of the processor; raises naming what is missing."""
    if runs_on_host(view):
        known = known_compute_rate(view)
        if known is None:
            raise CannotDeriveError(
                "the prompt phase on a processor cannot be predicted, as its matrix rate is not measured: run "
                "poc-gate probe there, or state model.time_per_call and model.time_per_call_p99",
                (*MATRIX_RATES[:1], "model.time_per_call", "model.time_per_call_p99"),
            )
        return known
    return view.one("machine.accelerators.compute_half") * _part_of(view, "machine.accelerators.compute_half")


WIDE = frozenset(
    {"skylake-sp", "cascade lake", "cooper lake", "ice lake-sp", "ice lake-d", "sapphire rapids", "emerald rapids",
     "granite rapids", "granite rapids-d", "zen 5"}
)  # fmt: skip
"""Processors with two full units of 512 bits: engines feed half of them, as their kernels also unpack and convert."""

TILES = 4.0
"""A bf16 or int8 rate of more than this times the single-precision one is that of matrix tiles."""

TILES_REACHED = 0.45
"""Share of such a rate that frameworks reach on the matrices of models up to 3e9 parameters (docs/models/decode.md)."""


def known_compute_rate(view: FactView) -> Span | None:
    """Return the rate that an engine's matrices can use, or None when it is not known.

    On a processor: frameworks over oneDNN use its bf16 and int8 instructions, tiles included, where the weights have
    those formats; llama.cpp and all else run on the vector units, whose rate in single precision is their measure.
    """
    if not runs_on_host(view):
        known = view.maybe("machine.accelerators.compute_half")
        return known * _part_of(view, "machine.accelerators.compute_half") if known else None
    single = view.maybe(MATRIX_RATES[0])
    if single is not None and view.text("machine.cpu.microarchitecture") in WIDE:
        single = single * 0.5
    form = weight_form(view)
    if form == "fp32" or not serving_engine(view.text("model.engine")).matrix_units:
        return single
    narrow = view.maybe(f"machine.cpu.matrix_rate_{form}_all")
    if narrow is None or single is None:
        return single or narrow
    return narrow * TILES_REACHED if narrow.likely > TILES * single.likely else narrow


def weight_form(view: FactView) -> str:
    """Return the number format of the weights' matrices on a processor: `fp32`, `bf16` or `int8`."""
    precision, bits = view.text("model.precision").lower(), view.maybe("model.weight_bits")
    if "int8" in precision or "w8" in precision or (bits is not None and bits.likely < 12):
        return "int8"
    if "32" in precision or (bits is not None and bits.likely > 24):
        return "fp32"
    return "bf16"


def _part_of(view: FactView, rate: str) -> float:
    """Return which part of a device's rate the pilot has: all of it, or of a slice the share of its memory.

    A rate that was measured inside the slice is the slice's own.
    """
    if not takes_part_of_device(view) or is_measured(view, rate):
        return 1.0
    part, whole = view.need("target.device_memory", "machine.accelerators.memory_total")
    view.assume("a slice of an accelerator has the same share of its bandwidth and compute as of its memory")
    return min(1.0, part.likely / whole.likely)
