"""A pilot -> the machines that carry its plan, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from poc_gate.app.assess.look.fitting_machines import fitting_machines
from poc_gate.app.assess.reading.case import CaseRequest, Progress, read_case
from poc_gate.model.parts.machines import Machines
from poc_gate.model.quantity import two_figures
from poc_gate.text.wrapped_text import wrapped

_WIDTH = 79
_NAMED = 5


def machines(
    request: CaseRequest,
    prices: Mapping[str, float] | None = None,
    progress: Progress = lambda _what, _share: None,
) -> Machines:
    """Return what carries the plan of a pilot; raises what `read_case` and `fitting_machines` raise."""
    return fitting_machines(read_case(structs.replace(request, unprobed=True)), prices, progress)


def machines_json(found: Machines) -> bytes:
    """Return the table as canonical JSON."""
    from poc_gate.report.result.plain_values import plain_data
    from poc_gate.text.documents.canonical_json import canonical_json

    return canonical_json(plain_data(found))


def machines_text(found: Machines, *, most: int = 20) -> str:
    """Return the table as text of at most 80 columns."""
    low, likely, high = (two_figures(end) for end in found.peak)
    between = f" ({low} to {high})" if low != high else ""
    lines = [
        f"{found.pilot}: machines that carry a peak of {likely} req/s{between}",
        "",
        f"{'machine':<26}{'devices':>8}{'replicas':>10}{'serves, req/s':>24}{'at once':>9}",
    ]
    for fit in found.fits[:most]:
        served = f"{two_figures(fit.likely)} ({two_figures(fit.low)} to {two_figures(fit.high)})"
        each = f"{fit.replicas} x {fit.count}"
        price = f"  {fit.price:.4g}/h" if fit.price is not None else ""
        lines.append(f"{fit.machine:<26}{fit.devices:>8}{each:>10}{served:>24}{fit.room:>9.0f}{price}")
    if len(found.fits) > most:
        lines.append(f"and {len(found.fits) - most} more with as many devices or more: --all")
    if not found.fits:
        lines.append("none of the shipped data sheets")
    told = []
    if found.without:
        told.append(f"Does not fit on {_some(found.without)}.")
    if found.untold:
        told.append(f"Not predicted, as the data sheet lacks a number: {_some(found.untold)}.")
    if found.assumed:
        told.append(f"Assumed, because nobody has said: {', '.join(found.assumed)}.")
    order = "Cheapest first where a price is given, then fewest devices"
    told.append(
        f"{order}; the peak takes at most 70 % of what they likely serve. At once: requests that one replica holds."
    )
    for paragraph in told:
        lines += ["", *wrapped(paragraph, _WIDTH)]
    return "\n".join(lines) + "\n"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
