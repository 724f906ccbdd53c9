"""Derived facts on calibration: what was predicted of the model's server, what load tests measured, and what follows."""

from __future__ import annotations

import math
from typing import NamedTuple

from poc_gate.flow.formulas.speed.calibration import Calibration, outside_prior
from poc_gate.flow.interface import CannotDeriveError, Derivation, DerivedValue, FactView
from poc_gate.flow.reading.model_station import (
    PRIOR_HIGH,
    PRIOR_LOW,
    batch_server,
    calibrated,
    is_served_language_model,
)
from poc_gate.flow.reading.path_reading import PATH_INPUTS, read_path
from poc_gate.flow.reading.tested_path import found_pace
from poc_gate.flow.reading.tested_reading import TESTED_INPUTS, Tested, tested_bracket
from poc_gate.flow.reading.wall_reading import read_promises
from poc_gate.flow.span import Span, as_span
from poc_gate.model.fact import Kind

_REFERENCE = "docs/models/calibration.md"


class _Found(NamedTuple):
    """What was calibrated: the model's server, or the whole path."""

    calibration: Calibration
    tested: Tested
    predicted: Span
    """Seconds, before anything was measured."""
    before: tuple[float, float]
    """Interval of the factor before anything was measured."""


def _found(view: FactView) -> _Found:
    if is_served_language_model(view) and view.maybe("model.time_per_call") is None:
        replicas = view.one("target.replicas").likely
        served = calibrated(view, batch_server(view), max(1.0, replicas))
        if served is not None:
            value = served[1].predicted
            return _Found(
                *served, Span(value, value * PRIOR_LOW, value * PRIOR_HIGH), (PRIOR_LOW, PRIOR_HIGH)
            )
    found = found_pace(view, read_path(view)) if any(True for _ in view.each("load_test.steps")) else None
    if found is None:
        raise CannotDeriveError(
            "no load test of the model's server, nor of the pilot at loads that held, was read",
            ("load_test.rate",),
        )
    tested = Tested(found.points, found.tested, found.predicted.likely, found.measured, found.what)
    return _Found(found.calibration, tested, found.predicted, (found.before.low, found.before.high))


def _predicted(view: FactView) -> DerivedValue:
    _, tested, predicted, _ = _found(view)
    if math.isinf(predicted.likely):
        raise CannotDeriveError(f"at {tested.highest:.4g} req/s an overload had been predicted")
    return DerivedValue(predicted, f"{tested.what} at {tested.highest:.4g} req/s, before calibration")


def _measured(view: FactView) -> DerivedValue:
    tested = _found(view).tested
    return DerivedValue(as_span(tested.measured), f"{tested.what} at {tested.highest:.4g} req/s, measured")


def _factor(view: FactView) -> DerivedValue:
    calibration, tested, *_ = _found(view)
    shown = ", ".join(f"{point.ratio:.3g}" for point in tested.points[:8])
    return DerivedValue(calibration.factor, f"measured / predicted {tested.what}: {shown}")


def _missed(view: FactView) -> DerivedValue:
    _, tested, _, before = _found(view)
    missed = outside_prior(*before, tested.points)
    said = f"predicted {tested.predicted * 1e3:.3g} ms, measured {tested.measured * 1e3:.3g} ms"
    return DerivedValue(missed, f"{tested.what}: {said}")


def _holds(view: FactView) -> DerivedValue:
    found = tested_bracket(view, read_promises(view)).holds
    if found is None:
        raise CannotDeriveError(
            "no load test shows a load at which every promise of the pilot was kept", ("load_test.rate",)
        )
    return DerivedValue(as_span(found), f"every promise was kept at {found:.4g} req/s")


def _breaks(view: FactView) -> DerivedValue:
    found = tested_bracket(view, read_promises(view)).breaks
    if found is None:
        raise CannotDeriveError("no load test shows a load at which the pilot breaks", ("load_test.rate",))
    return DerivedValue(
        as_span(found), f"a promise broke, requests failed or fell behind at {found:.4g} req/s"
    )


_PROMISES = ("slo.p50", "slo.p95", "slo.p99")

DERIVATIONS = (
    Derivation(
        "flow.calibration.predicted", "Predicted time at the highest load that was tested, before calibration",
        "step or request time of the serving model, else composed time of the path", PATH_INPUTS, _predicted, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.calibration.measured", "Measured time at the highest load that was tested", "as the load test says",
        PATH_INPUTS, _measured, "s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.calibration.factor", "Measured over predicted times of this pilot's server, or of its path, with its interval",
        "posterior of the factor, normal in logarithms", PATH_INPUTS, _factor, reference=_REFERENCE,
    ),
    Derivation(
        "flow.calibration.missed", "The measured times are outside of the interval that was predicted before",
        "measured / predicted beyond 0.6 to 2.5 for a server, beyond the path's own interval for a path", PATH_INPUTS, _missed, kind=Kind.FLAG, reference=_REFERENCE,
    ),
    Derivation(
        "flow.tested.holds", "Highest load at which a load test of the pilot kept every promise", "max over steps that held",
        (*TESTED_INPUTS, *_PROMISES), _holds, "req/s", reference=_REFERENCE,
    ),
    Derivation(
        "flow.tested.breaks", "Lowest load at which a load test saw a promise broken, failures or a growing backlog",
        "min over steps that broke", (*TESTED_INPUTS, *_PROMISES), _breaks, "req/s", reference=_REFERENCE,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
