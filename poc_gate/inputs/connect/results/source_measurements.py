"""What a source showed -> measurements under the catalogue's names; what is absent says why."""

from __future__ import annotations

from poc_gate.inputs.connect.declared.presets import Preset
from poc_gate.inputs.connect.interface import Bulk
from poc_gate.inputs.connect.run.run_source import Observed
from poc_gate.inputs.connect.run.source_plan import SourcePlan
from poc_gate.inputs.connect.summary.latency_summary import SHARES, LatencySummary, least_calls
from poc_gate.inputs.estimate.percentiles import (
    Percentile,
    nearest_rank,
    samples_needed,
)
from poc_gate.model.fact import item_name
from poc_gate.model.measurement import Curve, Measurement, Point
from poc_gate.model.quantity import Quantity, show_quantity

_CURVE_SHARES = (*(step / 50 for step in range(1, 48)), 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999)
_PARTS = {
    "first_token": ("time_to_first_token", "s"),
    "per_token": ("time_per_output_token", "s"),
    "tokens_rate": ("output_tokens_rate", "tok/s"),
}


def measurements_of(plan: SourcePlan, preset: Preset, observed: Observed) -> tuple[Measurement, ...]:
    """Return one measurement for every fact that probing this source can supply."""
    return _Naming(plan, preset, observed).all()


def absent_measurements(plan: SourcePlan, why: str) -> tuple[Measurement, ...]:
    """Return the measurements of a source that was not dialled: no values, one reason."""
    return tuple(
        Measurement(item_name(f"sources[].{name}", plan.id), None, unit, reason=why)
        for name, unit in (
            ("p50", "s"),
            ("p95", "s"),
            ("p99", "s"),
            ("error_rate", "1"),
            ("measured_age", "s"),
        )
    )


def latency_curve(latency: LatencySummary) -> Curve:
    """Return the distribution of the responses: share of calls on x, seconds on y."""
    ordered = sorted(latency.samples)
    shares = [share for share in _CURVE_SHARES if len(ordered) * (1 - share) >= 1 or share < 0.95]
    points = tuple(Point(share, nearest_rank(ordered, share)) for share in shares)
    return Curve("latency", "Response time of one call", "1", "s", points, "share of calls", "response time")


class _Naming:
    """Puts one source's observations under their names."""

    def __init__(self, plan: SourcePlan, preset: Preset, observed: Observed) -> None:
        self._plan = plan
        self._preset = preset
        self._observed = observed
        self._call = plan.intent.call if plan.intent else ""

    def all(self) -> tuple[Measurement, ...]:
        return (
            *self._latency(),
            *self._connecting(),
            *self._bulk(),
            *self._newest(),
            *self._renewed(),
            *self._server(),
        )

    def _name(self, name: str) -> str:
        return item_name(f"sources[].{name}", self._plan.id)

    def _absent(self, name: str, unit: str, why: str) -> Measurement:
        return Measurement(self._name(name), None, unit, reason=why or "not measured")

    def _plain(self, name: str, value: float, unit: str, method: str) -> Measurement:
        return Measurement(self._name(name), Quantity(value, unit), unit, method=method, median=value)

    def _latency(self) -> list[Measurement]:
        latency = self._observed.latency
        if latency is None:
            why = self._observed.failure or self._observed.reasons.get("latency", "")
            units = {"p50": "s", "p95": "s", "p99": "s", "error_rate": "1", "samples": "1"}
            return [self._absent(name, unit, why) for name, unit in units.items()]
        found = [self._percentile(name, latency) for name in SHARES]
        calls = len(latency.samples) + len(latency.cold)
        found.append(self._plain("samples", len(latency.samples), "1", f"calls measured of {calls} sent"))
        kinds = ", ".join(f"{count} {kind}" for kind, count in latency.errors.items()) or "none"
        found.append(self._plain("error_rate", latency.error_rate, "1", f"failed calls of {calls}: {kinds}"))
        if latency.cold:
            cold = nearest_rank(sorted(latency.cold), 0.5)
            found.append(self._plain("cold_p50", cold, "s", f"median of the first {len(latency.cold)} calls"))
        for part, (name, unit) in _PARTS.items():
            if part in latency.parts:
                found.append(
                    self._plain(
                        name, latency.parts[part][0], unit, f"median; p99 {latency.parts[part][1]:.4g} {unit}"
                    )
                )
        return found

    def _percentile(self, name: str, latency: LatencySummary) -> Measurement:
        found = latency.percentiles.get(name)
        if found is None:
            return self._absent(name, "s", self._too_few(name, latency))
        return Measurement(
            fact=self._name(name),
            value=Quantity(found.value, "s"),
            unit="s",
            median=found.value,
            minimum=min(latency.samples),
            maximum=latency.maximum,
            low=found.low,
            high=found.high,
            interval="95 %, order statistics",
            method=self._method(),
            stable=found.complete and name not in latency.limited and not latency.stopped,
            reason=_why_unstable(name, latency, found),
            details={
                "samples": f"{found.samples}",
                "variance inflation by correlation": f"{found.inflation:.2f}",
                "service p50": f"{latency.service_p50:.6f} s",
                "service p99": f"{latency.service_p99:.6f} s",
                "client's own lag p99": f"{latency.lag_p99:.6f} s",
                "calls that found every connection busy": f"{latency.queue_share:.4f}",
                "windows": f"{latency.windows}",
            },
        )

    def _too_few(self, name: str, latency: LatencySummary) -> str:
        if name not in self._preset.shares:
            return f"the preset {self._preset.name} prints no {name}; run --preset standard"
        why = f"{len(latency.samples)} calls cannot carry a {name}; {least_calls(name)} can"
        return f"{why}; {latency.stopped}" if latency.stopped else why

    def _method(self) -> str:
        return (
            f"{self._call}; response from the intended send, open loop at {self._plan.target.limits.rate:g}/s over "
            f"{self._plan.target.limits.connections} connections; {self._preset.claim}"
        )

    def _connecting(self) -> list[Measurement]:
        times = sorted(self._observed.connects)
        if not times:
            return [self._absent("connect_time", "s", self._observed.failure)]
        return [
            self._plain(
                "connect_time",
                nearest_rank(times, 0.5),
                "s",
                f"median of {len(times)} connections, one after the other",
            )
        ]

    def _bulk(self) -> list[Measurement]:
        bulk, several = self._observed.bulk, self._observed.parallel
        why = self._observed.failure or self._observed.reasons.get("bulk", "")
        if bulk is None or bulk.seconds <= 0 or not bulk.bytes:
            return [self._absent("throughput", "B/s", why), self._absent("rows_rate", "1/s", why)]
        found = [self._read("throughput", bulk)]
        if bulk.rows:
            rate = bulk.rows / bulk.seconds
            found.append(self._plain("rows_rate", rate, "1/s", f"{bulk.rows:,} rows: {bulk.method}"))
        if several is not None and several.seconds > 0 and several.bytes:
            found.append(self._read("parallel_throughput", several))
        elif "parallel" in self._observed.reasons:
            found.append(self._absent("parallel_throughput", "B/s", self._observed.reasons["parallel"]))
        return found

    def _read(self, name: str, bulk: Bulk) -> Measurement:
        return self._plain(name, bulk.bytes / bulk.seconds, "B/s", f"{bulk.bytes:,} bytes: {bulk.method}")

    def _newest(self) -> list[Measurement]:
        newest = self._observed.newest
        if newest is None:
            return [
                self._absent(
                    "measured_age", "s", self._observed.failure or self._observed.reasons.get("newest", "")
                )
            ]
        return [self._plain("measured_age", newest.age, "s", newest.method)]

    def _renewed(self) -> list[Measurement]:
        renewals, growth, found = self._observed.renewals, self._observed.growth, []
        if renewals is not None and renewals.longest_gap is not None:
            span = show_quantity(Quantity(renewals.span, "s"))
            method = f"{len(renewals.ages):,} times over {span}: {renewals.method}"
            found.append(self._plain("renewal_gap", renewals.longest_gap, "s", method))
        elif renewals is not None:
            why = f"fewer than two different times: {renewals.method}"
            found.append(self._absent("renewal_gap", "s", why))
        elif "renewals" in self._observed.reasons:
            found.append(self._absent("renewal_gap", "s", self._observed.reasons["renewals"]))
        if growth is not None:
            method = f"{growth.records:,} in {show_quantity(Quantity(growth.seconds, 's'))}: {growth.method}"
            found.append(self._plain("arrival_rate", growth.rate, "1/s", method))
        return found

    def _server(self) -> list[Measurement]:
        server, found = self._observed.server, []
        if server.version:
            found.append(
                Measurement(self._name("server_version"), server.version, method="as the server reports it")
            )
        if server.replica_lag is not None:
            found.append(
                self._plain("replica_lag", server.replica_lag, "s", "as the replica that answered reports it")
            )
        return found


def _why_unstable(name: str, latency: LatencySummary, percentile: Percentile) -> str:
    reasons = []
    if latency.stopped:
        reasons.append(f"stopped early: {latency.stopped}")
    if name in latency.limited:
        reasons.append(f"client-limited: this machine sent {latency.lag_p99 * 1000:.3g} ms late at p99")
    if not percentile.complete:
        needed = samples_needed(latency.samples, percentile)
        more = f"{max(1, (needed or 0) - percentile.samples):,} more calls needed"
        reasons.append(f"undetermined: the interval lacks an end, {more}")
    return "; ".join(reasons)
