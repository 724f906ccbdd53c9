"""One replica of a language model at the planned peak -> its times, with the interval over what of it is open and over its rates."""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.speed.grounds import factors, widenings
from poc_gate.flow.formulas.speed.shapes import Hardware
from poc_gate.flow.formulas.speed.worlds import worlds
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.domain import tell_load_domain
from poc_gate.flow.reading.model_reading import carried, pooled, read_family, read_hardware
from poc_gate.flow.reading.model_station import calibrated, serving_family
from poc_gate.flow.reading.network_reading import read_network
from poc_gate.flow.reading.slots import slotted
from poc_gate.flow.span import Span
from poc_gate.model.engines.serving_engines import serving_engine
from poc_gate.model.quantity import Quantity


def peak_server(view: FactView) -> tuple[BatchServer, Lengths, float]:
    """Return one replica, the lengths of its requests and its share of the peak rate."""
    prompt, answer = view.need("demand.in_tokens_p95", "demand.out_tokens_p95")
    rate, replicas, most = view.need("flow.demand.peak_rate", "target.replicas", "flow.concurrency.max")
    if replicas.likely < 1:
        raise CannotDeriveError("target.replicas is below 1: nothing serves the model")
    hardware = pooled(view, read_hardware(view, compute=True))
    server = BatchServer(
        read_network(view), hardware, serving_family(read_family(view)), max(1.0, slotted(view, most).likely),
        patience=serving_engine(view.text("model.engine")).patience,
    )  # fmt: skip
    found = calibrated(view, server, replicas.likely)
    if found is not None:
        server = server._replace(pace=found[0].factor.likely)
    else:
        tell_load_domain(view, server.network, hardware, read_family(view))
    return server, Lengths(prompt.likely, answer.likely), rate.likely / replicas.likely


_LOADED_FAMILIES = {
    "unknown": ("unknown", "server", "server25", "eager", "llama.cpp", "llama.cpp25", "portable", "unified")
}
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
        for maker in _makers(server.hardware)
        for network, hardware, name in worlds(server.network, maker, one)
        for paced in _paces(
            server._replace(network=network, hardware=hardware, family=serving_family(name)), measured
        )
    ]
    return Span(span.likely, min(span.low, *(c.low for c in cases)), max(span.high, *(c.high for c in cases)))


def _makers(hardware: Hardware) -> tuple[Hardware, ...]:
    """Return the devices, and where nobody says whose they are also AMD's, which reach less under load."""
    return (hardware,) if hardware.vendor else (hardware, hardware._replace(vendor="amd"))


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
            for one in widenings(server.network, hardware, family, batch=True, prompt=first, several=True)
            if one not in _HELD_UNDER_LOAD.get(server.family, {"latent"})
        ),
    )


_HELD_UNDER_LOAD = {"loaded": {"latent", "mixed-batch", "mixed-prompt"}}
"""Constants of a replica under load -> the widenings that published runs under load did not need: ten figures of Llama 4 Scout."""

_AS_MEASURED = {"loaded": "server25"}
"""Constants of a replica under load -> the family of engines that they were measured on."""

STRAIN, STRAIN_ELSEWHERE = 1.35, 1.6
"""How much longer steps with many requests in flight may take than predicted: on the ground that the constants were fitted on, and elsewhere.

Steps of eight requests and more took 0.64 to 1.30 of what constants say that were fitted without their source or half, and up to
1.46 where devices share layers over PCI Express.
"""

MeasuredEnds = tuple[float, float] | None
"""Time over likely time where this server was measured."""


def on_fitted_ground(server: BatchServer) -> bool:
    """Return whether replicas like this one decided the constants: dense models on NVIDIA's devices with fast links."""
    dense = server.network.active_share >= 1 and server.network.latent is not True
    return dense and loaded_intervals(server, "loaded") == ("loaded",)


def strain(server: BatchServer, measured: MeasuredEnds) -> float:
    """Return how much longer steps may take than predicted where many requests are in flight; no longer for having been measured."""
    ground = STRAIN if loaded_intervals(server, "loaded") == ("loaded",) else STRAIN_ELSEWHERE
    return ground if measured is None else max(1.0, min(ground, measured[1]))


def surely_served(view: FactView, server: BatchServer, lengths: Lengths, measured: MeasuredEnds) -> float:
    """Return the rate that the replica serves even where steps take as long and its cache holds as little as they may."""
    least = max(1.0, min(server.most, slotted(view, view.one("flow.concurrency.max")).low))
    slow = server._replace(most=least, pace=server.pace * strain(server, measured))
    return slow.highest_rate(lengths)


def quickest(
    server: BatchServer, time: Callable[[BatchServer, float, float, Lengths], float], rate: float, mean: Lengths, interval: str
) -> float:  # fmt: skip
    """Return the time of the replica at the quickest pace of the interval: requests that leave sooner also make the batch smaller.

    A replica that is full even then counts as empty: what is meant is a time that no request goes below. Zero away from the ground that
    the constants were fitted on, where physics alone bounds the time.
    """
    if not on_fitted_ground(server):
        return 0.0
    quick = server._replace(pace=server.pace * factors(*loaded_intervals(server, interval))[0])
    flight = quick.in_flight(rate, mean)
    return time(quick, 1.0, 0.0, mean) if flight is None else time(quick, flight, rate, mean)


def without_end(span: Span, quick: float) -> Span:
    """Return the time of a replica that may be full: at least so much, and no more is known.

    A queue grows for as long as the peak lasts, by what nobody can tell beforehand: 5 % more than is served or 50 %. As the low end
    is all that is said then, it is at most that of the `quick` replica.
    """
    return Span(span.likely, min(span.low, quick), float("inf"))


def tell_queue(view: FactView, rate: float, low: float, seen: list[float]) -> None:
    """Say that the replica may be full, and what would tell; `low` is the least time in seconds."""
    if seen:
        view.outside(
            f"at least {Quantity(low, 's')}, with no upper end: {rate:.3g} req/s arrive and one replica surely serves no more than "
            f"{min(seen):.2g} req/s, so requests may have to queue (a load test at that rate measures it)"
        )


def queued(view: FactView, busy: float, rate: float, full: float) -> Span:
    """Return the likely time of a full replica: `busy` in a full batch, and half of what gathers while the peak lasts; open upwards."""
    lasting = view.maybe("demand.peak_duration")
    if lasting is None:
        return Span(busy, busy, float("inf"))
    wait = 0.5 * max(0.0, rate / full - 1.0) * lasting.likely if full > 0 else lasting.likely
    return Span(busy + wait, busy, float("inf"))
