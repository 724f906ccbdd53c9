"""Costs: what one request and one month cost at a load, from declared prices only."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.interface import FactView
from poc_gate.flow.span import Span, as_span

MONTH = 86400.0 * 365.25 / 12.0
"""Seconds of a mean month."""

COST_INPUTS = (
    "demand.requests_per_day", "flow.demand.peak_rate", "model.hosting", "pilot.uses", "target.device", "target.count",
    "target.replicas", "target.replicas_max", "flow.replica.capacity", "cost.gpu_hour", "cost.host_hour",
    "cost.in_token", "cost.out_token", "cost.retrieval_per_request", "cost.egress", "cost.egress_bytes_per_request",
    "cost.wage", "cost.fixed_month", "cost.volume_discount_10x", "cost.scale_to_zero", "cost.duty",
    "oversight.review_share", "oversight.review_time", "demand.in_tokens_p50", "demand.in_tokens_p95",
    "demand.out_tokens_p50", "demand.out_tokens_p95",
)  # fmt: skip


class Prices(NamedTuple):
    """The parts of the cost: per request, per replica and second, and per month."""

    per_request: dict[str, float]
    """Money for each request, by name of the part."""
    replica_second: float = 0.0
    """Money per second of one replica that is kept running."""
    month: float = 0.0
    """Fixed money per month."""
    replicas: float = 0.0
    """Replicas paid for at the planned load."""
    replica_capacity: float | None = None
    """Requests per second that one replica carries, where it is known."""
    peak_over_mean: float = 1.0
    discount: float = 0.0
    """Discount on prices per token at ten times the volume."""
    in_proportion: bool = True
    """Whether replicas grow with the load where their capacity is unknown; a lower bound keeps those of today."""

    def monthly(self, rate: float, *, planned: float) -> float:
        """Return the money per month at a mean `rate`; replicas grow with the load beyond the planned one.

        Replicas grow in whole steps to keep peak utilisation at 70 % where their capacity is known, and
        in proportion otherwise. The discount applies from ten times the planned load.
        """
        cut = 1.0 - self.discount if planned > 0 and rate >= 10.0 * planned * (1 - 1e-9) else 1.0
        usage = sum(v * (cut if name == "tokens" else 1.0) for name, v in self.per_request.items())
        return (
            usage * rate * MONTH
            + self.replica_second * self.replicas_at(rate, planned=planned) * MONTH
            + self.month
        )

    def replicas_at(self, rate: float, *, planned: float) -> float:
        """Return the replicas paid for at a mean `rate`."""
        if self.replicas <= 0:
            return 0.0
        if self.replica_capacity:
            needed = math.ceil(rate * self.peak_over_mean / (0.7 * self.replica_capacity) - 1e-9)
            return max(self.replicas, float(needed))
        if not self.in_proportion:
            return self.replicas
        return self.replicas * max(1.0, rate / planned if planned > 0 else 1.0)


def read_prices(view: FactView) -> Prices:
    """Return the declared prices that apply; raises naming those that are missing."""
    prices, missing = known_prices(view)
    if missing:
        raise view.missing(*missing)
    return prices


def known_prices(view: FactView, *, least: bool = False) -> tuple[Prices, tuple[str, ...]]:
    """Return the prices that apply as far as they are declared, and which are missing.

    With `least` they are a lower bound: no part of a cost is negative, a missing median is not replaced by a
    p95, hours whose duty is unknown cost nothing, and replicas do not grow. Raises when
    it is not known which prices apply.
    """
    missing: dict[str, None] = {}
    per_request: dict[str, float] = {}
    uses = view.texts("pilot.uses")
    hosting = view.text("model.hosting")
    if not hosting or uses is None:
        raise view.missing(*(n for n, v in (("model.hosting", hosting), ("pilot.uses", uses)) if not v))
    if hosting == "hosted":
        _put(per_request, "tokens", _token_cost(view, missing, least=least))
    if "retrieval" in uses:
        retrieval = view.maybe("cost.retrieval_per_request")
        _put(per_request, "retrieval", _known(retrieval, "cost.retrieval_per_request", missing))
    _put(per_request, "egress", _group(view, ("cost.egress", "cost.egress_bytes_per_request"), missing))
    review = ("oversight.review_share", "oversight.review_time", "cost.wage")
    _put(per_request, "review", _group(view, review, missing))
    replica_second, replicas = _replica_cost(view, hosting, missing, least=least)
    mean, peak = view.maybe("demand.requests_per_day"), view.maybe("flow.demand.peak_rate")
    loads = (("demand.requests_per_day", mean), ("flow.demand.peak_rate", peak))
    missing.update(dict.fromkeys(name for name, span in loads if span is None))
    fixed, discount = view.maybe("cost.fixed_month"), view.maybe("cost.volume_discount_10x")
    capacity = view.maybe("flow.replica.capacity") if replicas and not least else None
    grows = mean is not None and peak is not None and mean.likely > 0
    prices = Prices(
        per_request=per_request,
        replica_second=replica_second,
        month=fixed.likely if fixed else 0.0,
        replicas=replicas,
        replica_capacity=capacity.likely if capacity else None,
        peak_over_mean=peak.likely / mean.likely if grows and peak is not None and mean is not None else 1.0,
        discount=discount.likely if discount else 0.0,
        in_proportion=not least,
    )
    return prices, tuple(missing)


def _put(parts: dict[str, float], name: str, value: float | None) -> None:
    if value is not None:
        parts[name] = value


def _known(span: Span | None, name: str, missing: dict[str, None]) -> float | None:
    if span is None:
        missing[name] = None
        return None
    return span.likely


def _group(view: FactView, names: tuple[str, ...], missing: dict[str, None]) -> float | None:
    """Return the product of values that count only together; a part that is stated asks for the others."""
    spans = [view.maybe(name) for name in names]
    if all(span is None for span in spans):
        return None
    absent = [name for name, span in zip(names, spans, strict=True) if span is None]
    missing.update(dict.fromkeys(absent))
    return None if absent else math.prod(span.likely for span in spans if span)


def _token_cost(view: FactView, missing: dict[str, None], *, least: bool) -> float | None:
    parts = []
    for price, middle, tail in (
        ("cost.in_token", "demand.in_tokens_p50", "demand.in_tokens_p95"),
        ("cost.out_token", "demand.out_tokens_p50", "demand.out_tokens_p95"),
    ):
        median, longest = view.maybe(middle), view.maybe(tail)
        money, length = view.maybe(price), median or (None if least else longest)
        _known(money, price, missing)
        _known(median or longest, tail, missing)
        if money and length:
            parts.append(money.likely * length.likely)
    return sum(parts) if parts else None


def _replica_cost(
    view: FactView, hosting: str, missing: dict[str, None], *, least: bool
) -> tuple[float, float]:
    """Return the money per second of one replica, and the replicas that are paid for."""
    device = view.text("target.device").lower()
    replicas = view.maybe("target.replicas")
    if hosting == "hosted":
        host = view.maybe("cost.host_hour")
        return (host.likely, replicas.likely) if host and replicas else (0.0, 0.0)
    name = "cost.host_hour" if device == "cpu" or hosting == "none" else "cost.gpu_hour"
    price = _known(view.maybe(name), name, missing)
    count = as_span(1.0) if name == "cost.host_hour" else view.maybe("target.count")
    _known(replicas, "target.replicas", missing)
    _known(count, "target.count", missing)
    if price is None or replicas is None or count is None:
        return 0.0, 0.0
    paid = price * count.likely
    if view.flag("cost.scale_to_zero"):
        duty = _known(view.maybe("cost.duty"), "cost.duty", missing)
        view.assume("capacity that is released when idle costs its duty share of the hours")
        unknown = 0.0 if least else 1.0
        paid *= duty if duty is not None else unknown
    return paid, replicas.likely
