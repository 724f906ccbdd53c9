"""Plans and measurements of sources -> lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.inputs.connect.load.load_steps import LoadStep, calls_of
from poc_gate.inputs.connect.results.sources_file import SourceReport, SourcesFile
from poc_gate.inputs.connect.run.source_plan import READY, SourcePlan, total_seconds
from poc_gate.model.fact import generic_name
from poc_gate.model.measurement import Curve, Measurement
from poc_gate.model.quantity import Quantity, show_quantity

_BARS = "▁▂▃▄▅▆▇█"
_WIDTH = 48
_SHOWN = (0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)


def plan_lines(plans: Sequence[SourcePlan]) -> list[str]:
    """Return what would be sent where, and what keeps it harmless."""
    lines = ["Nothing has been sent yet. This is what `poc-gate sources run --yes` would do:", ""]
    for plan in plans:
        lines += _plan(plan)
        lines.append("")
    ready = [plan for plan in plans if plan.state == READY]
    total = total_seconds(plans)
    lines.append(
        f"{len(ready)} of {len(plans)} sources would be measured, in about {show_quantity(Quantity(total, 's'))}."
    )
    return lines


def _plan(plan: SourcePlan) -> list[str]:
    name = plan.connector.name if plan.connector else "no connector"
    lines = [f"{plan.id}  ({name})  {plan.state}"]
    if plan.state != READY:
        return lines + [f"  - {reason}" for reason in plan.reasons]
    assert plan.intent is not None
    assert plan.connector is not None
    limits = plan.target.limits
    hosts = ", ".join(f"{host}:{port}" for host, port in plan.hosts) or plan.target.path
    lines.append(f"  where      {hosts}, environment {plan.environment or 'production, permitted'}")
    if plan.intent.missing:
        lines.append(f"  latency    not measured: {plan.intent.missing}")
    else:
        windows = f" in each of {plan.windows} windows" if plan.windows > 1 else ""
        lines.append(f"  call       {plan.intent.call}")
        lines.append(f"  latency    {plan.calls:,} calls after {plan.cold} cold ones{windows}")
    if plan.steps:
        calls = ", ".join(f"{calls_of(one)} calls with {one} in flight" for one in plan.steps)
        lines.append(f"  steps      then at most {calls}")
    if plan.intent.freshness:
        lines.append(f"  freshness  {plan.intent.freshness}, once")
    if plan.intent.renewals:
        lines.append(f"  frequency  {plan.intent.renewals}, once")
    lines.append(
        f"  budget     at most {plan.most_calls:,} requests, {show_quantity(Quantity(plan.most_bytes, 'B'))}, "
        f"{limits.rate:g}/s, {limits.connections} connections, {show_quantity(Quantity(plan.seconds, 's'))}"
    )
    if plan.intent.cost:
        lines.append(f"  cost       {plan.intent.cost}")
    lines.append(f"  credential {plan.credential or 'none'}")
    for binding in plan.bindings:
        runs = (
            f"; runs: {binding.reference.removeprefix('cmd:')}"
            if binding.reference.startswith("cmd:")
            else ""
        )
        lines.append(
            f"    bound to  {', '.join(binding.hosts)} by {binding.source or 'the local configuration'}{runs}"
        )
    if plan.target.ca:
        lines.append(f"  trusts     the certificates in {plan.target.ca}, no others")
    lines += [f"  lock {number}     {lock}" for number, lock in enumerate(plan.connector.locks, 1)]
    return lines


def sources_lines(file: SourcesFile) -> list[str]:
    """Return what was measured, source by source."""
    head = f"Measured {file.measured_at}, preset {file.preset} ({file.claim}), {file.pattern} arrivals, seed {file.seed}"
    lines = [head, ""]
    for source in file.sources:
        lines += _source(source)
        lines.append("")
    return lines[:-1]


def _source(source: SourceReport) -> list[str]:
    lines = [f"{source.id}  ({source.connector or 'no connector'})  {source.state}"]
    if source.reason:
        lines.append(f"  reason      {source.reason}")
    if source.call:
        lines.append(f"  call        {source.call}")
    lines += [_measurement(one) for one in source.measurements if one.value is not None]
    if source.curve is not None:
        lines += _picture(source.curve)
    lines += [_step(step) for step in source.steps]
    for promise in source.promises:
        measured = f", measured {promise.measured}" if promise.measured else ""
        note = f" ({promise.note})" if promise.note else ""
        lines.append(f"  {promise.answer:<12} {promise.name} {promise.declared}{measured}{note}")
    lines += [f"  note        {note}" for note in source.notes]
    gone = [one for one in source.measurements if one.value is None and one.reason != source.reason]
    lines += [f"  not known   {_short(one)}: {one.reason}" for one in gone]
    return lines


def _step(step: LoadStep) -> str:
    """Return one load: calls in flight, calls a second, and how long each took."""
    times = (
        ("each", step.service_p50),
        ("first token", step.first_token_p50),
        ("per token", step.per_token_p50),
    )
    shown = ", ".join(
        f"{what} {show_quantity(Quantity(time, 's'))}" for what, time in times if time is not None
    )
    failed = f", {step.failed} of {step.calls} failed" if step.failed else ""
    doubt = "  CLIENT-LIMITED" if step.client_limited else ""
    stopped = f"  STOPPED: {step.stopped}" if step.stopped else ""
    load = f"{step.in_flight:.2g} in flight: {step.served_per_s:.3g}/s answered"
    return f"  step {step.concurrency:<4}       {load}, {shown}{failed}{doubt}{stopped}"


def _short(measurement: Measurement) -> str:
    return generic_name(measurement.fact).rpartition(".")[2]


def _measurement(measurement: Measurement) -> str:
    value = measurement.value
    text = str(value)
    if measurement.low is not None or measurement.high is not None:
        low, high = (
            "?" if end is None else show_quantity(Quantity(end, measurement.unit))
            for end in (measurement.low, measurement.high)
        )
        text += f"  [{low}, {high}]"
    doubt = f"  NOT STABLE: {measurement.reason}" if measurement.stable is False else ""
    return f"  {_short(measurement):<22}{text}{doubt}"


def _picture(curve: Curve) -> list[str]:
    """Return the distribution as one line of bars, shares of calls from left to right, and its percentiles."""
    step = max(1, len(curve.points) // _WIDTH)
    points = curve.points[::step]
    top = max(point.y for point in points) or 1.0
    bars = "".join(_BARS[min(7, int(8 * point.y / top))] for point in points)
    named = {round(point.x, 3): point.y for point in curve.points}
    shown = "  ".join(
        f"p{share * 100:g} {show_quantity(Quantity(named[share], 's'))}" for share in _SHOWN if share in named
    )
    return [f"  {bars}  fastest to slowest call, up to {show_quantity(Quantity(top, 's'))}", f"  {shown}"]
