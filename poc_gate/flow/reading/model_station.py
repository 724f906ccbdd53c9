"""Facts -> the model's station on the path: replicas that batch, or calls with a known time."""

from __future__ import annotations

from poc_gate.flow.formulas.load.batching import BatchServer, Lengths
from poc_gate.flow.formulas.load.path_model import ModelStation, Station
from poc_gate.flow.formulas.lognormal import mean_length
from poc_gate.flow.formulas.speed.calibration import Calibration, calibrate
from poc_gate.flow.formulas.speed.engine_family import newest
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.domain import tell_load_domain
from poc_gate.flow.reading.model_reading import HARDWARE_INPUTS, read_family, read_hardware
from poc_gate.flow.reading.network_reading import NETWORK_INPUTS, read_network
from poc_gate.flow.reading.slots import SLOT_INPUTS, slotted
from poc_gate.flow.reading.tested_reading import TESTED_INPUTS, Tested, tested_server
from poc_gate.model.claim import Provenance
from poc_gate.model.engines.serving_engines import serving_engine

MODEL_INPUTS = (
    "model.hosting", "model.kind", "model.time_per_call", "model.time_per_call_p99", "model.planned_concurrency",
    "model.quota_requests", "observed.requests", "agent.steps_typical", "target.replicas", "demand.in_tokens_p50",
    "demand.in_tokens_p95", "demand.out_tokens_p50", "demand.out_tokens_p95", "pilot.uses",
    "flow.concurrency.sustained", *NETWORK_INPUTS, *HARDWARE_INPUTS,
    *TESTED_INPUTS, *SLOT_INPUTS,
)  # fmt: skip


PRIOR_LOW, PRIOR_HIGH = 0.6, 2.5
"""Interval of loaded times over their prediction on published cases, before anything of this pilot was measured."""

GROWS_UNDER_LOAD = 1.8
"""How much longer a call may take at loads above those that traces show: the factor that predicted saturation is within."""


def model_station(view: FactView) -> Station | ModelStation:
    """Return the model as a station: batching replicas for a self-hosted language model, else calls.

    Raises naming what is missing. A stated time per call counts before a predicted one: somebody
    measured it, but it cannot tell how it grows under load, so it needs a capacity from the replicas.
    """
    if is_served_language_model(view) and view.maybe("model.time_per_call") is None:
        return batching_station(view)
    return calling_station(view)


def is_served_language_model(view: FactView) -> bool:
    """Return whether the pilot serves a language model on its own machines."""
    uses = view.texts("pilot.uses") or ()
    kind = view.text("model.kind")
    is_language = kind == "llm" or (not kind and "llm" in uses)
    return view.text("model.hosting") == "self" and is_language


def calls_of_request(view: FactView) -> float:
    """Return how often one request calls the model: once, or once a step where an agent acts."""
    if "agent" not in (view.texts("pilot.uses") or ()):
        return 1.0
    return max(1.0, round(view.one("agent.steps_typical").likely))


def calling_station(view: FactView) -> Station:
    """Return a hosted or classic model as a station with the stated time of one call."""
    p50, p99 = view.need("model.time_per_call", "model.time_per_call_p99")
    if p99.likely < p50.likely:
        raise CannotDeriveError(
            f"model.time_per_call_p99 ({p99.shown('s')}) is below model.time_per_call ({p50.shown('s')}): "
            "one of them is wrong"
        )
    servers: float | None = None
    capacity: float | None = None
    grown = 1.0
    if view.text("model.hosting") == "hosted":
        quota = view.maybe("model.quota_requests")
        if quota is None:
            view.assume("the provider never queues: no quota is stated", weaken=True)
        else:
            capacity = quota.likely
            # A quota refuses, it does not queue: time stays as stated until it is reached.
            servers = max(1.0, 1e4 * capacity * p99.likely)
    else:
        replicas, slots = view.need("target.replicas", "model.planned_concurrency")
        servers = replicas.likely * slots.likely
        view.assume("each replica works on its planned concurrency at the stated time per call")
        stated = view.tree.get("model.time_per_call")
        seen = stated.provenance in (Provenance.MEASURED, Provenance.IMPORTED)
        if seen and view.maybe("observed.requests") is not None:
            grown = GROWS_UNDER_LOAD
            view.assume(
                f"the time per call is that of the traces; at higher loads than theirs it may be {grown:g} times as long"
            )
    calls = calls_of_request(view)
    return Station(
        "model", "model", p50.likely, p99.likely, calls=calls, sequential=calls, servers=servers, capacity=capacity,
        low=p50.low / p50.likely if p50.likely else 1.0, high=grown * p99.high / p99.likely if p99.likely else grown,
    )  # fmt: skip


def batching_station(view: FactView) -> ModelStation:
    """Return the replicas of a self-hosted language model; raises when they cannot be sized."""
    server = batch_server(view)
    replicas, prompt95, answer95 = view.need(
        "target.replicas", "demand.in_tokens_p95", "demand.out_tokens_p95"
    )
    prompt50, answer50 = view.maybe("demand.in_tokens_p50"), view.maybe("demand.out_tokens_p50")
    if prompt50 is None or answer50 is None:
        view.assume("every request is as long as the p95 (medians of the lengths are not stated)")
    prompt = (prompt50 or prompt95).likely, prompt95.likely
    answer = (answer50 or answer95).likely, answer95.likely
    if prompt[1] < prompt[0] or answer[1] < answer[0]:
        raise CannotDeriveError("demand: a p95 length in tokens is below its median: one of them is wrong")
    if replicas.likely < 1:
        raise CannotDeriveError("target.replicas is below 1: nothing serves the model")
    found, highest = calibrated(view, server, replicas.likely), 0.0
    if found is not None:
        calibration, tested = found
        server, highest = server._replace(pace=calibration.factor.likely), tested.highest
    else:
        tell_load_domain(view, server.network, server.hardware, read_family(view))
    return ModelStation(
        server=server, replicas=replicas.likely, calibration=found[0] if found else None, tested=highest, p50=Lengths(prompt[0], answer[0]),
        p95=Lengths(prompt[1], answer[1]), mean=Lengths(mean_length(*prompt), mean_length(*answer)),
        calls=calls_of_request(view),
    )  # fmt: skip


def calibrated(view: FactView, server: BatchServer, replicas: float) -> tuple[Calibration, Tested] | None:
    """Return what measured loads say of this server, as predicted before; None where none was measured."""
    tested = tested_server(view, server, replicas)
    if tested is None:
        return None
    calibration = calibrate(tested.points, PRIOR_LOW, PRIOR_HIGH)
    return None if calibration is None else (calibration, tested)


def batch_server(view: FactView) -> BatchServer:
    """Return one replica of a self-hosted language model."""
    most = view.one("flow.concurrency.sustained")
    return BatchServer(
        network=read_network(view),
        hardware=read_hardware(view, compute=True),
        family=serving_family(read_family(view)),
        most=slotted(view, most).likely,
        patience=serving_engine(view.text("model.engine")).patience,
    )


def serving_family(family: str) -> str:
    """Return the constants that hold under load: serving engines have their own, fitted on loaded runs of engines since 2025.

    Those whose scheduler ran in Python between two steps, until then, keep the constants of their steps.
    """
    return "loaded" if family.startswith(("server-", "server25", "fused")) else newest(family)
