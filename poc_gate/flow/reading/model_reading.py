"""Facts -> the speed model's values: the network, the hardware of a replica, the engine family."""

from __future__ import annotations

from poc_gate.flow.formulas.engine_family import family_of
from poc_gate.flow.formulas.engine_model import Hardware, Network
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.machine_reading import (
    compute_rate,
    devices_of_replica,
    memory_bandwidth,
    runs_on_host,
)

NETWORK_INPUTS = (
    "flow.weights.bytes",
    "flow.kv.bytes_per_token",
    "model.parameters",
    "model.active_parameters",
    "model.layers",
)
HARDWARE_INPUTS = (
    "target.device",
    "target.count",
    "model.engine",
    "model.tensor_parallel",
    "machine.accelerators.memory_total",
    "machine.accelerators.memory_bandwidth",
    "machine.accelerators.compute_half",
    "machine.memory.read_all",
)


def read_network(view: FactView) -> Network:
    """Return the language model's shape; raises when a part is unknown."""
    weights, per_token, parameters, layers = view.need(
        "flow.weights.bytes", "flow.kv.bytes_per_token", "model.parameters", "model.layers"
    )
    active = view.maybe("model.active_parameters")
    return Network(
        weight_bytes=weights.likely,
        parameters=parameters.likely,
        layers=layers.likely,
        active_parameters=active.likely if active else 0.0,
        kv_per_token=per_token.likely,
    )


def read_hardware(view: FactView, *, compute: bool) -> Hardware:
    """Return the devices that share each layer; `compute` also asks for their flop/s."""
    bandwidth = memory_bandwidth(view)
    return Hardware(
        bandwidth=bandwidth.likely,
        compute=compute_rate(view).likely if compute else None,
        devices=sharing_devices(view),
    )


def sharing_devices(view: FactView) -> float:
    """Return how many devices work on each layer at the same time: the tensor-parallel degree.

    Where it is not stated it is one device, the slower reading, whatever the count of devices. Raises
    CannotDeriveError when it is more than the devices that a replica has.
    """
    if runs_on_host(view):
        return 1.0
    stated, present = view.maybe("model.tensor_parallel"), view.maybe("target.count")
    if stated is not None:
        if present is not None and stated.likely > max(1.0, present.likely):
            raise CannotDeriveError(
                f"model.tensor_parallel is {stated.likely:g} and target.count {present.likely:g}: a layer cannot be "
                "split over more devices than a replica has, one of them is wrong"
            )
        return max(1.0, stated.likely)
    if devices_of_replica(view) > 1:
        view.assume("several devices split the layers without speeding up a stream (model.tensor_parallel)")
    return 1.0


def read_family(view: FactView) -> str:
    """Return the engine family; `unknown`, with wider intervals, when the engine is not stated."""
    if runs_on_host(view):
        return "cpu"
    family = family_of(view.text("model.engine"), view.text("target.device"))
    if family == "unknown":
        view.assume("the engine is not known: efficiency 0.2 to 0.95 of the memory bandwidth (model.engine)")
    return family
