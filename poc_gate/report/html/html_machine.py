"""A machine profile -> one self-contained page: its curves as pictures, every figure, and what is unknown."""

from __future__ import annotations

import base64
import hashlib

from msgspec import Struct

from poc_gate.base.shipped_files import template_text
from poc_gate.model.measurement import MachineProfile, Measurement
from poc_gate.model.parts.peak_shares import peak_shares
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.report.drawing.curve_drawing import HEIGHT, WIDTH, draw_curve


class _Row(Struct, frozen=True):
    name: str
    value: str
    median: str
    grade: str
    how: str


def render_machine(profile: MachineProfile, sheets: tuple[MachineProfile, ...] = ()) -> bytes:
    """Return the page of a profile; it loads nothing, runs nothing and fits any width.

    `sheets` are the data sheets known to describe this machine: rates that they state are compared with them.
    """
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    style = template_text("styles.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    known = [m for m in profile.measurements if m.value is not None]
    page = (
        page_environment()
        .get_template("machine.html")
        .render(
            profile=profile,
            # The style sheet is ours and its digest stands in the policy; nothing of a profile is ever marked safe.
            style=Markup(style),  # noqa: S704
            style_digest=Markup(digest),  # noqa: S704
            curves=[draw_curve(curve) for curve in profile.curves],
            width=WIDTH,
            height=HEIGHT,
            shares=peak_shares(profile, sheets),
            known=[_row(m) for m in known],
            unknown=_unknown(profile),
            conditions=sorted(profile.environment.items()),
        )
    )
    return page.encode(errors="replace")


def _row(measurement: Measurement) -> _Row:
    value = measurement.value
    if isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = ", ".join(value) if isinstance(value, tuple) else str(value)
    median = measurement.median
    return _Row(
        name=measurement.fact.removeprefix("machine."),
        value=text,
        median="" if median is None else show_quantity(Quantity(median, measurement.unit)),
        grade=measurement.grade,
        how="; ".join(part for part in (measurement.variant, measurement.reason, measurement.source) if part),
    )


def _unknown(profile: MachineProfile) -> list[tuple[str, str]]:
    """Return each reason once, with the facts it explains."""
    reasons: dict[str, list[str]] = {}
    for measurement in profile.measurements:
        if measurement.value is None:
            reasons.setdefault(measurement.reason, []).append(measurement.fact.removeprefix("machine."))
    return [(reason, ", ".join(names)) for reason, names in reasons.items()]
