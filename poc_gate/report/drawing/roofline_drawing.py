"""Machine and model -> the roofline: what the accelerator can give at each arithmetic intensity, and where the model is."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.model.quantity import Quantity, show_number, show_quantity, two_figures
from poc_gate.model.verdict import Result
from poc_gate.report.drawing.picture_scales import Scale, path, ticks

HEIGHT = 250
_LEFT, _TOP, _BOTTOM = 92.0, 22.0, 206.0
_LOWEST, _HIGHEST = 0.25, 2000.0
"""FLOP per byte at the ends of the axis."""
_BITS = 8.0
_FLOP_PER_WEIGHT = 2.0
"""One multiplication and one addition for each weight and token (Williams et al. 2009 for the roofline itself)."""
_NARROW = 500.0
"""Width of the plot up to which a point is named without its rate."""
_LETTER = 8.0
"""Width of a letter of a label, with what the label keeps from its point."""


class RoofPoint(Struct, frozen=True):
    """The model at one batch."""

    x: float
    y: float
    label: str
    anchor: str


class Roofline(Struct, frozen=True):
    """The drawing, in the units of its view box."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    roof: str
    ridge: float
    ridge_label: str
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    points: list[RoofPoint]
    sentence: str
    description: str


def draw_roofline(result: Result, width: int) -> Roofline | None:
    """Return the roofline; None where bandwidth, compute or the size of the model is unknown."""
    values = {f.name: f.value.value for f in result.facts if isinstance(f.value, Quantity)}
    bandwidth = values.get("machine.accelerators.memory_bandwidth", 0.0)
    compute = values.get("machine.accelerators.compute_half", 0.0)
    weights, bits = values.get("model.parameters", 0.0), values.get("model.weight_bits", 0.0)
    if not (bandwidth > 0 and compute > 0 and weights > 0 and bits > 0):
        return None
    ridge = compute / bandwidth
    right = width - 16.0
    x = Scale(_LOWEST, _HIGHEST, _LEFT, right, log=True)
    y = Scale(bandwidth * _LOWEST, compute * 2, _BOTTOM, _TOP, log=True)
    one = _FLOP_PER_WEIGHT / (bits / _BITS)
    batches = [1.0, *([plan] if (plan := values.get("model.planned_concurrency", 0.0)) > 1 else [])]
    points = [_point(batch, one * batch, min(bandwidth * one * batch, compute), x, y) for batch in batches]
    roof = path(
        [(x.at(_LOWEST), y.at(bandwidth * _LOWEST)), (x.at(ridge), y.at(compute)), (right, y.at(compute))]
    )
    needed = ridge / one
    sentence = (
        f"Up to a batch of about {two_figures(needed)}, generating a token waits for memory, not for "
        f"arithmetic: at batch 1 it uses {two_figures(one / ridge * 100)} % of the compute."
    )
    return Roofline(
        width, HEIGHT, _LEFT, right, _TOP, _BOTTOM, roof, x.at(ridge), f"{show_number(ridge)} FLOP/B",
        ticks(x, "1", most=5), ticks(y, "flop/s", most=4), points, sentence,
        f"{show_quantity(Quantity(bandwidth, 'B/s'))} and {show_quantity(Quantity(compute, 'flop/s'))}. {sentence}",
    )  # fmt: skip


def _point(batch: float, intensity: float, rate: float, x: Scale, y: Scale) -> RoofPoint:
    at = x.at(intensity)
    label = "batch 1" if batch == 1 else f"planned batch {batch:,.0f}"
    if x.end - x.start > _NARROW:
        label += f": {show_quantity(Quantity(rate, 'flop/s'))}"
    fits = at + _LETTER * len(label) <= x.end
    return RoofPoint(at, y.at(rate), label, "start" if fits else "end")
