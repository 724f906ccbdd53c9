"""Facts -> what a request waits for at sources, and its time on the way between regions."""

from __future__ import annotations

from poc_gate.flow.interface import FactView
from poc_gate.flow.span import Span, as_span

LIGHT_SPEED_IN_FIBRE = 2.0e8
"""Metres per second; 5 us per kilometre."""


def awaited(source: FactView) -> bool:
    """Return whether a request waits for the source; yes unless the pilot says otherwise."""
    return source.flag("sources[].awaited") is not False


def cross_region_time(view: FactView) -> tuple[Span, str]:
    """Return the seconds that a request spends on round trips across regions, and the formula."""
    hops = view.one("path.cross_region_hops")
    if hops.likely == 0:
        return as_span(0.0), "no call crosses a region"
    trip = view.maybe("path.cross_region_rtt")
    if trip is None:
        distance = view.one("path.cross_region_distance")
        trip = 2 * distance / LIGHT_SPEED_IN_FIBRE
        trip = trip.widened(1.0, 2.0)  # routes are up to twice the great circle
        view.assume("round trip from distance: 5 us per km of fibre, a floor")
    time = hops * trip
    return time, f"{hops.likely:g} calls x {trip.shown('s')} = {time.shown('s')}"


REGION_INPUTS = ("path.cross_region_hops", "path.cross_region_rtt", "path.cross_region_distance")
