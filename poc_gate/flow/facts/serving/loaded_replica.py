"""One replica of a language model at the planned peak -> its times, with the interval over what of it is open and over its rates."""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.grounds import widenings
from poc_gate.flow.formulas.speed.worlds import worlds
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.domain import tell_load_domain
from poc_gate.flow.reading.model_reading import carried, pooled, read_family, read_hardware
from poc_gate.flow.reading.model_station import calibrated, serving_family
from poc_gate.flow.reading.network_reading import read_network
from poc_gate.flow.span import Span
from poc_gate.model.engines.serving_engines import serving_engine


def peak_server(view: FactView) -> tuple[BatchServer, Lengths, float]:
    """Return one replica, the lengths of its requests and its share of the peak rate."""
    prompt, answer = view.need("demand.in_tokens_p95", "demand.out_tokens_p95")
    rate, replicas, most = view.need("flow.demand.peak_rate", "target.replicas", "flow.concurrency.max")
    if replicas.likely < 1:
        raise CannotDeriveError("target.replicas is below 1: nothing serves the model")
    hardware = pooled(view, read_hardware(view, compute=True))
    server = BatchServer(
        read_network(view), hardware, serving_family(read_family(view)), max(1.0, most.likely),
        patience=serving_engine(view.text("model.engine")).patience,
    )  # fmt: skip
    found = calibrated(view, server, replicas.likely)
    if found is not None:
        server = server._replace(pace=found[0].factor.likely)
    else:
        tell_load_domain(view, server.network, hardware, read_family(view))
    return server, Lengths(prompt.likely, answer.likely), rate.likely / replicas.likely


_LOADED_FAMILIES = {"unknown": ("unknown", "server25", "eager", "llama.cpp25", "portable", "unified")}
"""Engines that an unknown one may be, for a replica under load."""


def over_open(
    view: FactView, server: BatchServer, time: Callable[[BatchServer], Span], *, measured: bool = False
) -> Span:
    """Return the time of the replica with the interval over all that its unknown parts may be, and that of its rates.

    A server that was `measured` does not rest on the rates of its devices.
    """

    def of(one: BatchServer) -> Span:
        if measured:
            return time(one)
        return carried(view, one.hardware, lambda machine: time(one._replace(hardware=machine)))

    family, span = read_family(view), of(server)
    cases = [
        of(paced)
        for one in _LOADED_FAMILIES.get(family, (family,))
        for network, hardware, name in worlds(server.network, server.hardware, one)
        for paced in _paces(
            server._replace(network=network, hardware=hardware, family=serving_family(name)), measured
        )
    ]
    return Span(span.likely, min(span.low, *(c.low for c in cases)), max(span.high, *(c.high for c in cases)))


def _paces(server: BatchServer, measured: bool) -> tuple[BatchServer, ...]:
    """Return the replica, and one whose engine does as well with latent attention as with any other, as some since 2026 do.

    Requests that leave sooner also make the batch smaller: Mistral Small 4 on two H100 took 5.9 to 15.9 ms a token at 0.5 to 4 requests
    a second, where 22 to 76 ms are likely by the constants of 2025.
    """
    if not server.network.latent or measured:
        return (server,)
    return server, server._replace(pace=server.pace / server.slower)


def measured_ends(view: FactView, server: BatchServer, rate: float) -> tuple[float, float] | None:
    """Return the interval of time over likely time where this server was measured; None where it was not."""
    replicas = view.one("target.replicas").likely
    found = calibrated(view, server._replace(pace=1.0), replicas)
    return None if found is None else found[0].ends(rate * replicas, found[1].highest)


def loaded_intervals(server: BatchServer, name: str) -> tuple[str, ...]:
    """Return the names of the intervals: wider where devices share layers over PCI Express or an unknown link, and on AMD's and Intel's."""
    hardware = server.hardware
    slow = hardware.devices > 1 and hardware.link != "fast"
    family = _AS_MEASURED.get(server.family, server.family)
    first = name.startswith("loaded_ttft")
    return (
        f"{name}_pcie" if slow else name,
        *(("loaded_others",) if hardware.vendor in {"amd", "intel"} else ()),
        *(
            one
            for one in widenings(server.network, hardware, family, batch=True, prompt=first)
            if one not in _HELD_UNDER_LOAD.get(server.family, {"latent"})
        ),
    )


_HELD_UNDER_LOAD = {"loaded": {"latent", "mixed-batch", "mixed-prompt"}}
"""Constants of a replica under load -> the widenings that published runs under load did not need: ten figures of Llama 4 Scout."""

_AS_MEASURED = {"loaded": "server25"}
"""Constants of a replica under load -> the family of engines that they were measured on."""

STRAIN = 1.6
"""How much sooner than predicted a replica may be full, by the intervals of step time and KV capacity."""


def near_the_wall(view: FactView, server: BatchServer, lengths: Lengths, rate: float, span: Span) -> Span:
    """Return the time with its high end raised to that of a queue, where the replica may be full already."""
    full = server.highest_rate(lengths) / STRAIN
    if rate <= full:
        return span
    lasting = view.maybe("demand.peak_duration")
    view.assume("near the rate at which the replica is full requests may have to queue")
    if lasting is None:
        return Span(span.likely, span.low, float("inf"))
    return Span(span.likely, span.low, span.high + 0.5 * (rate / full - 1.0) * lasting.likely)


def queued(
    view: FactView, server: BatchServer, rate: float, busy: float, alone: float, lengths: Lengths
) -> Span:
    """Return a time of a full replica: `busy` in a full batch and `alone` in an empty one, and the mean wait before it.

    It may be full as much sooner as a replica near the wall, so that no load makes the interval narrower.
    """
    lasting, highest = view.maybe("demand.peak_duration"), server.highest_rate(lengths)
    if lasting is None:
        return Span(busy, min(busy, alone), float("inf"))
    wait, strained = (
        0.5 * max(0.0, rate / full - 1.0) * lasting.likely if full > 0 else lasting.likely
        for full in (highest, highest / STRAIN)
    )
    return Span(busy + wait, min(busy, alone), 2.5 * busy + max(3.0 * wait, strained))
