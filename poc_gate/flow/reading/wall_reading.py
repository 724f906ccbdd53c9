"""Facts -> the load axis: the path with every further limit, the promises, and where the axis runs."""

from __future__ import annotations

from poc_gate.flow.formulas.load.load_walls import QUANTILE_OF_SLO
from poc_gate.flow.formulas.load.path_model import RequestPath
from poc_gate.flow.interface import CannotDeriveError, FactView
from poc_gate.flow.reading.path_reading import PATH_INPUTS, read_path
from poc_gate.flow.reading.quota_reading import request_tokens

WALL_INPUTS = (
    "flow.demand.peak_rate", "slo.p50", "slo.p95", "slo.p99", "model.quota_requests", "model.quota_tokens",
    "flow.network.utilisation", "sources[].tolerated_rate", "sources[].peak_rate", *PATH_INPUTS,
)  # fmt: skip


def read_limited_path(view: FactView) -> RequestPath:
    """Return the request path with the ends that no station has: tolerated loads, quotas, the network."""
    path = read_path(view)
    limits: list[tuple[str, float, str]] = []
    for source in view.each("sources"):
        tolerated = source.maybe("sources[].tolerated_rate")
        calls = source.maybe("sources[].calls_per_request")
        if tolerated is None or calls is None:
            continue
        hit = source.maybe("sources[].cache_hit")
        reach = calls.likely * (1.0 - (hit.likely if hit else 0.0))
        if reach > 0:
            load = tolerated.likely / reach
            name = f"{source.item} (tolerated load)"
            limits.append(
                (
                    name,
                    load,
                    f"{source.item} receives the {tolerated.shown('req/s')} that its owner tolerates, even without retries",
                )
            )
    _add_tokens(view, limits)
    _add_network(view, limits)
    return RequestPath(
        path.groups, path.fixed, path.arrival_variation, tuple(limits), tuple(view.trace.assumptions)
    )


def _add_tokens(view: FactView, limits: list[tuple[str, float, str]]) -> None:
    quota, prompt, answer = (
        view.maybe(name) for name in ("model.quota_tokens", "demand.in_tokens_p95", "demand.out_tokens_p95")
    )
    if quota and prompt and answer and prompt.likely + answer.likely > 0:
        load = request_tokens(view).highest_rate(quota.likely)
        limits.append(("token quota", load, f"the provider's quota of {quota.shown('tok/s')} is used up"))


def _add_network(view: FactView, limits: list[tuple[str, float, str]]) -> None:
    share, peak = view.maybe("flow.network.utilisation"), view.maybe("flow.demand.peak_rate")
    if share and peak and share.likely > 0 and peak.likely > 0:
        limits.append(("network link", peak.likely / share.likely, "the network link is full"))


def read_promises(view: FactView) -> dict[str, float]:
    """Return the stated latency objectives in seconds; raises when there is none."""
    promises = {name: view.maybe(name) for name in QUANTILE_OF_SLO}
    known = {name: span.likely for name, span in promises.items() if span is not None}
    if not known:
        raise view.missing("slo.p95", "slo.p99")
    return known


def planned_peak(view: FactView) -> float:
    """Return the planned peak in requests per second; raises when it is unknown or zero."""
    peak = view.one("flow.demand.peak_rate").likely
    if peak <= 0:
        raise CannotDeriveError("the planned load is zero: there is no load axis without load")
    return peak
