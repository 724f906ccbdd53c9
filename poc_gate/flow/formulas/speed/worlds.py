"""What unknown parts of an engine or machine may be: every case of them, and the interval that holds all their intervals.

So that stating more only ever narrows a prediction: what is stated picks one of the cases that were inside before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from poc_gate.flow.formulas.speed.devices.power import at_pace
from poc_gate.flow.formulas.speed.engine_family import ALTERNATIVES
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.span import Span
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

World = tuple[Network, Hardware, str]

FLOP_PER_BYTE = (30.0, 420.0)
"""Least and most dense half-precision flop per byte of memory bandwidth, over the data sheets of accelerators since 2016."""


def worlds(network: Network, hardware: Hardware, family: str, *, batches: bool = False) -> list[World]:
    """Return network, hardware and family for every case that the unknown parts of them leave open; one if none is.

    Open may be the engine's generation, the kind of attention, how many devices share the layers, their link, the
    number format, and how far a power limit slows them; with `batches` also the rate of compute and the vendor, which
    decide little of a single stream.
    """
    caches = (False, True) if network.latent is None else (network.latent,)
    return [
        (network._replace(latent=cache), machine, name)
        for cache in caches
        for machine in _machines(hardware, batches=batches and not family.startswith("cpu"))
        for name in ALTERNATIVES.get(family, (family,))
    ]


def _machines(hardware: Hardware, *, batches: bool) -> list[Hardware]:
    rates: tuple[float | None, ...] = (hardware.compute,)
    if hardware.compute is None and batches:
        rates = tuple(hardware.bandwidth * each for each in FLOP_PER_BYTE)
    vendors = ("nvidia", "amd", "other") if batches and not hardware.vendor else (hardware.vendor,)
    found = []
    for devices in dict.fromkeys((hardware.devices, max(hardware.devices, hardware.most_devices))):
        unlinked = devices > 1 and hardware.link not in {"fast", "pcie"}
        for link in ("fast", "pcie") if unlinked else (hardware.link,):
            for rate in rates:
                for faster in dict.fromkeys((1.0, hardware.narrower)):
                    found += [
                        hardware._replace(
                            devices=devices, link=link, compute=None if rate is None else rate * faster,
                            precision=_FORMS.get(faster, hardware.precision), vendor=vendor, most_devices=0.0, narrower=1.0,
                        )
                        for vendor in vendors
                    ]  # fmt: skip
    return [case for machine in found for paced in _paces(machine) for case in _kernels(paced)]


def _paces(hardware: Hardware) -> list[Hardware]:
    """Return the devices at their full clock and, where their power is limited, at the least that it leaves them."""
    return [at_pace(hardware, pace) for pace in dict.fromkeys((1.0, hardware.pace))]


def _kernels(hardware: Hardware) -> list[Hardware]:
    """Return every case of the kernels that an engine may use: its own for the format, or half precision's on weights written out."""
    cases = []
    for written in (False, True) if hardware.written_out is None else (hardware.written_out,):
        machine = hardware
        if written and hardware.compute is not None:
            slower = next((times for times, form in _FORMS.items() if form == hardware.precision), 1.0)
            machine = hardware._replace(compute=hardware.compute / slower, precision="fp16")
        singly = (False, True) if hardware.singly is None else (hardware.singly,)
        apart = (False, True) if hardware.mlx is None else (hardware.mlx,)
        yields = (1.0, 1.0 + hardware.guessed) if hardware.kept is None else (hardware.kept,)
        sampled = _SAMPLED if hardware.sampling is None else ((hardware.sampling, hardware.wrapped),)
        cases += [
            machine._replace(
                written_out=written, singly=one, mlx=mlx, kept=kept, sampling=each, wrapped=wrapped
            )
            for one in singly
            for mlx in apart
            for kept in yields
            for each, wrapped in sampled
        ]
    return cases


_SAMPLED = ((0.0, False), (max(row.sampling for row in SERVING_ENGINES), True))
"""Seconds for each token of an engine's own process, and whether they come on top of one stream too: of servers, and of engines for one user."""


_FORMS = {2.0: "fp8", 4.0: "fp4"}
"""Formats by how much faster than half precision a device with units for them computes."""


_ENGINES = (
    "llama.cpp",
    "llama.cpp25",
    "fused",
    "server",
    "server-native",
    "server25",
    "eager",
    "portable",
    "unified",
)
_ENGINES_APPLE = ("apple", "apple25", "eager")


def over_engines(span: Span, family: str, hardware: Hardware, of_family: Callable[[str], Span]) -> Span:
    """Return the span of a known family as it is, and that of an unknown engine from the least to the most of all families."""
    if family != "unknown":
        return span
    every = [of_family(name) for name in (_ENGINES_APPLE if hardware.vendor == "apple" else _ENGINES)]
    return Span(
        span.likely, min(span.low, *(one.low for one in every)), max(span.high, *(one.high for one in every))
    )


def hull(spans: Iterable[Span]) -> Span:
    """Return the span that holds all of them, likely in the geometric middle; raises ValueError when there is none."""
    every = list(spans)
    return Span(middle([s.likely for s in every]), min(s.low for s in every), max(s.high for s in every))


def middle(times: list[float]) -> float:
    """Return the geometric middle between the least and the most; raises ValueError when there is none."""
    return math.sqrt(min(times) * max(times))
