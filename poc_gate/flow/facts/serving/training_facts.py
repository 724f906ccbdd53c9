"""Derived facts on training and batch: ingest, accelerator utilisation, checkpoints, windows, backlog."""

from __future__ import annotations

import math

from poc_gate.flow.formulas.movement import (
    CHECKPOINT_BYTES_PER_PARAMETER,
    LONG_SEQUENCE,
    SMALL_MODEL,
    accelerators_fed,
    ingest_need,
    training_rate,
)
from poc_gate.flow.formulas.speed.engine_family import vendor_of
from poc_gate.flow.formulas.speed.fitted_constants import KINDS
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.model_reading import device_name
from poc_gate.flow.span import Span, as_span

_STEP = ("training.batch_size", "training.sample_bytes", "training.step_time")


def _need(view: FactView) -> DerivedValue:
    batch, size, step, count, wanted = view.need(
        *_STEP, "training.accelerators", "training.utilisation_needed"
    )
    if step.likely <= 0:
        raise CannotDeriveError("training.step_time is 0 s: a step takes time")
    need = ingest_need(batch, size, step, utilisation=wanted) * count
    return DerivedValue(
        need,
        f"batch x sample / step x utilisation x accelerators = {batch.likely:g} x {size.shown('B')} / "
        f"{step.shown('s')} x {wanted.likely:g} x {count.likely:g} = {need.shown('B/s')}",
    )


def _have(view: FactView) -> DerivedValue:
    rate = view.first(
        "machine.storage.read_sequential_streams", "machine.storage.read_sequential", "training.read_rate",
        "target.storage_read",
    )  # fmt: skip
    return DerivedValue(rate, f"cold read rate = {rate.shown('B/s')}")


def _utilisation(view: FactView) -> DerivedValue:
    stated = view.maybe("training.utilisation")
    if stated is not None:
        return DerivedValue(stated, f"as reached = {stated.likely:.3g}")
    batch, size, step, count, have = view.need(*_STEP, "training.accelerators", "flow.ingest.have")
    each = batch * size * count
    if have.likely <= 0:
        raise CannotDeriveError("flow.ingest.have is 0: the store delivers nothing")
    busy = step / _longest(step, each / have)
    view.assume("reading runs ahead of computing, so the slower of the two sets the pace")
    return DerivedValue(
        busy, f"step / max(step, read) = {step.shown('s')} / max(.., {(each / have).shown('s')})"
    )


def _longest(left: Span, right: Span) -> Span:
    return Span(max(left.likely, right.likely), max(left.low, right.low), max(left.high, right.high))


def _stall(view: FactView) -> DerivedValue:
    size, rate, interval = view.need(
        "training.checkpoint_bytes", "training.write_rate", "training.checkpoint_interval"
    )
    share = size / rate / interval
    return DerivedValue(
        share,
        f"{size.shown('B')} / {rate.shown('B/s')} / {interval.shown('s')} = {share.likely:.3g}",
    )


def _checkpoint(view: FactView) -> DerivedValue:
    size = view.one("model.parameters") * CHECKPOINT_BYTES_PER_PARAMETER
    return DerivedValue(size, f"parameters x {CHECKPOINT_BYTES_PER_PARAMETER:g} B = {size.shown('B')}")


_OTHER_MAKERS = 0.6
"""What devices of other makers may reach of the low end: published runs on AMD's reach 0.6 to 1 of NVIDIA's share of the peak."""


def _training_rate(view: FactView) -> DerivedValue:
    parameters, compute, tokens = view.need(
        "model.parameters", "machine.accelerators.compute_half", "training.sequence_tokens"
    )
    active, precision = view.maybe("model.active_parameters"), view.text("training.compute_precision")
    faster = {"fp8": 2.0, "fp4": 4.0, "fp32": 0.5}.get(precision, 1.0)
    reached = compute * faster * (KINDS["train"].get(precision, 1.0) if faster > 1 else 1.0)
    span = training_rate(
        parameters.likely, reached.likely, tokens=tokens.likely, recomputed=bool(view.flag("training.recompute")),
        active=active.likely if active else 0.0, half=compute.likely,
    )  # fmt: skip
    if active is not None and 0 < active.likely < parameters.likely:
        view.outside("few mixtures of experts were measured in training")
    if vendor_of(device_name(view)) != "nvidia":
        view.outside("training was measured on NVIDIA's devices only (target.device)")
        span = span.widened(_OTHER_MAKERS, 1.0)
    if parameters.likely < SMALL_MODEL:
        view.outside(
            "models below a billion parameters train at 7 to 50 % of the peak, by the recipe (a step that was measured)"
        )
    if tokens.likely > LONG_SEQUENCE:
        view.outside(f"few training runs with sequences beyond {LONG_SEQUENCE:,.0f} tokens were measured")
    used = min(parameters.likely, active.likely) if active and active.likely > 0 else parameters.likely
    bound = compute.likely * faster / (6.0 * used)
    span = span.widened(compute.low / compute.likely, compute.high / compute.likely).capped(bound)
    return DerivedValue(
        span, f"F x MFU / (6 P_act + attention) = {span.likely:,.0f} tok/s a device, at most {bound:,.0f}"
    )


def _drain(view: FactView) -> DerivedValue:
    outage, items, every, rate = view.need(
        "pipeline.outage_tolerated", "pipeline.items_per_run", "pipeline.refresh", "pipeline.items_rate"
    )
    if every.likely <= 0:
        raise CannotDeriveError("pipeline.refresh is 0 s: state how often the pipeline runs")
    arriving = items / every
    spare = rate - arriving
    if spare.likely <= 0:
        return DerivedValue(
            as_span(math.inf),
            f"the backlog never drains: {arriving.likely:.4g}/s arrive and {rate.likely:.4g}/s are handled",
        )
    time = outage * arriving / spare
    return DerivedValue(
        time,
        f"outage x arriving / (handled - arriving) = {outage.shown('s')} x {arriving.likely:.4g} / "
        f"({rate.likely:.4g} - {arriving.likely:.4g}) = {time.shown('s')}",
    )


def _window(view: FactView, growth: Span, label: str) -> DerivedValue:
    window = view.one("pipeline.window")
    late = view.maybe("pipeline.upstream_ready_p95")
    if late is None:
        raise view.missing("pipeline.upstream_ready_p95")
    run = view.maybe("pipeline.run_p95")
    if run is None:
        items, rate = view.need("pipeline.items_per_run", "pipeline.items_rate")
        run = items / rate
    run = run * growth
    share = (late + run) / window
    return DerivedValue(
        share,
        f"(upstream ready {late.shown('s')} + run{label} {run.shown('s')}) / window {window.shown('s')} = "
        f"{share.likely:.3g}",
    )


def _window_now(view: FactView) -> DerivedValue:
    return _window(view, as_span(1.0), "")


def _window_in_a_year(view: FactView) -> DerivedValue:
    growth = view.first("demand.corpus_growth_12m", "demand.growth_12m")
    view.assume("the run's time grows with the volume")
    return _window(view, growth, f" x {growth.likely:g}")


def _accelerators_fed(view: FactView) -> DerivedValue:
    batch, size, step, wanted, have = view.need(*_STEP, "training.utilisation_needed", "flow.ingest.have")
    if step.likely <= 0:
        raise CannotDeriveError("training.step_time is 0 s: a step takes time")
    each = ingest_need(batch, size, step, utilisation=wanted)
    fed = accelerators_fed(have.likely, each.likely, batch=batch.likely)
    return DerivedValue(
        fed, f"floor(reach x {have.shown('B/s')} / {each.shown('B/s')} per accelerator) = {fed.likely:.3g}"
    )


_WINDOW = (
    "pipeline.window", "pipeline.upstream_ready_p95", "pipeline.run_p95", "pipeline.items_per_run",
    "pipeline.items_rate",
)  # fmt: skip

DERIVATIONS = (
    Derivation(
        "flow.training.rate", "Training tokens per second of one accelerator", "F x MFU / (6 P_act + attention)",
        ("model.parameters", "model.active_parameters", "machine.accelerators.compute_half", "training.sequence_tokens",
         "training.recompute", "training.compute_precision", "target.device", "machine.accelerators.name"),
        _training_rate, "tok/s", reference="docs/models/ingest.md",
    ),
    Derivation(
        "flow.checkpoint.bytes", "Bytes of one training checkpoint with an Adam optimiser", "14 B x P",
        ("model.parameters",), _checkpoint, "B", reference="MLPerf Storage checkpoint sizes",
    ),
    Derivation(
        "flow.ingest.need", "Bytes per second that keep the accelerators at the utilisation wanted",
        "Q6: batch x sample / step x AU x accelerators",
        (*_STEP, "training.accelerators", "training.utilisation_needed"), _need, "B/s",
        reference="MLPerf Storage rules; docs/models/ingest.md",
    ),
    Derivation(
        "flow.ingest.have", "Bytes per second that the store delivers cold", "measured, else declared",
        ("machine.storage.read_sequential_streams", "machine.storage.read_sequential", "training.read_rate",
         "target.storage_read"),
        _have, "B/s",
    ),
    Derivation(
        "flow.ingest.accelerators_fed", "Accelerators that the store can keep at the utilisation wanted",
        "Q6: BW / (batch x sample / step x AU)", (*_STEP, "training.utilisation_needed", "flow.ingest.have"),
        _accelerators_fed, reference="MLPerf Storage rules; docs/models/ingest.md",
    ),
    Derivation(
        "flow.accelerator.utilisation", "Share of the time in which the accelerators compute",
        "Q6: t_compute / max(t_compute, t_read)",
        ("training.utilisation", *_STEP, "training.accelerators", "flow.ingest.have"), _utilisation,
        reference="MLPerf Storage rules",
    ),
    Derivation(
        "flow.checkpoint.stall_share", "Share of the time in which training waits for checkpoints",
        "size / write rate / interval",
        ("training.checkpoint_bytes", "training.write_rate", "training.checkpoint_interval"), _stall,
    ),
    Derivation(
        "flow.backlog.drain", "Time to catch up after the longest tolerated outage", "Q20: d x lambda / (mu - lambda)",
        ("pipeline.outage_tolerated", "pipeline.items_per_run", "pipeline.refresh", "pipeline.items_rate"), _drain, "s",
    ),
    Derivation(
        "flow.window.finish_share", "Share of the batch window used when the p95 run ends",
        "(upstream ready + run) / window", _WINDOW, _window_now, by_ends=True,
    ),
    Derivation(
        "flow.window.finish_share_12m", "Share of the batch window used in twelve months",
        "(upstream ready + run x growth) / window", (*_WINDOW, "demand.corpus_growth_12m", "demand.growth_12m"),
        _window_in_a_year, by_ends=True,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
