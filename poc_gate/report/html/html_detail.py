"""Result -> the values of the engineer's part of the page: data path, machine, findings, frameworks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from poc_gate.model.fact import Fact, generic_name
from poc_gate.model.quantity import Quantity, show_quantity, show_share
from poc_gate.model.verdict import Hop, Result
from poc_gate.report import report_view as view
from poc_gate.report.brief.boxes import OVER_RETRIED, with_retries
from poc_gate.report.drawing.curve_drawing import draw_curve, draw_sources
from poc_gate.report.drawing.picture_scales import fit_scale
from poc_gate.report.drawing.roofline_drawing import draw_roofline
from poc_gate.report.html.html_filters import area_mix, deciding_unknowns
from poc_gate.report.html.html_findings import FindingsView
from poc_gate.report.html.html_fits import fit_values
from poc_gate.report.html.html_rules import card_values
from poc_gate.words.shown_values import (
    STATE_WORD,
    show_provenance,
    show_range,
    show_used,
    show_value,
)
from poc_gate.words.tightest import mark_of

SHOWN_HOPS = 14
"""Hops drawn at once; of more, those least used are folded away."""

_MOST_UNKNOWN = 400
"""Rows of facts that nobody stated; an item of a list of thousands has one for each."""

_PEAKS = (
    ("Host memory, read, all threads", "machine.memory.read_all", "machine.memory.peak_bandwidth"),
    ("Host memory, copy, all threads", "machine.memory.copy_all", "machine.memory.peak_bandwidth"),
    ("Host memory, triad, all threads", "machine.memory.triad_all", "machine.memory.peak_bandwidth"),
    ("Host to accelerator, pinned", "machine.accelerators.h2d_pinned", "machine.accelerators.link_bandwidth"),
    ("Accelerator to host, pinned", "machine.accelerators.d2h_pinned", "machine.accelerators.link_bandwidth"),
    (
        "Host to accelerator, pageable",
        "machine.accelerators.h2d_pageable",
        "machine.accelerators.link_bandwidth",
    ),
)


class HopRow(Struct, frozen=True):
    """One hop of the data path; positions in percent of the row's width."""

    title: str
    kind: str
    mark: str
    """`tightest`, `over its limit` and the like; empty for most."""
    is_over: bool
    used: str
    used_range: str
    low: float
    spread: float
    likely: float | None
    capacity: str
    each: str
    time: str
    time_start: float
    time_width: float
    share_of_bytes: float | None
    """None for hops that count something else."""
    spoken: str
    assumptions: tuple[str, ...]
    """Its own; what several hops assume is told once, below them all."""
    shares_assumptions: bool
    minor: bool


def engineering(result: Result, rule_pages: str = "") -> dict[str, Any]:
    """Return everything below the leadership page."""
    hops = _hop_rows(result)
    shown = FindingsView(result)
    of_machine = [fact for fact in result.facts if fact.name.startswith("machine.")]
    return {
        "hops": hops,
        "minor_hops": sum(hop.minor for hop in hops),
        "assumed": _assumed_by_several(result.hops),
        "latency": _latency_rows(result),
        "sources": draw_sources(result),
        "machine": result.machine,
        "curves": [draw_curve(curve) for curve in result.machine.curves] if result.machine else [],
        "peaks": _peaks(result),
        "fits": fit_values(result),
        "cards": card_values(result, rule_pages),
        "machine_facts": [_fact_row(result, fact) for fact in of_machine if fact.value is not None],
        "machine_unknown": _alike([fact for fact in of_machine if fact.value is None]),
        "groups": shown.groups(),
        "deciding": deciding_unknowns(result),
        "area_mix": area_mix(result),
        "rooflines": [roof for width in (1080, 380) if (roof := draw_roofline(result, width))],
        "states": [(STATE_WORD[state], number) for state, number in view.count_states(result).items()],
        "unknown": _alike(view.unknown_facts(result)),
        "regimes": view.regimes(result),
        "clashes": [
            (clash, shown.place(clash.stronger_place), shown.place(clash.weaker_place))
            for clash in result.contradictions
        ],
        "notices": result.notices,
        "packs": result.packs,
        "inputs": [(shown.short(file), digest) for file, digest in sorted(result.inputs.items())],
    }


def _hop_rows(result: Result) -> list[HopRow]:
    hops, facts = result.hops, {fact.name: fact for fact in result.facts}
    total = sum(hop.time_per_request or 0.0 for hop in hops) or 1.0
    moved = fit_scale(
        (hop.per_request for hop in hops if hop.unit == "B/s" and hop.per_request > 0), 4.0, 100.0
    )
    common, major = set(_assumed_by_several(hops)), _major(hops)
    rows, start = [], 0.0
    for hop in hops:
        share = (hop.time_per_request or 0.0) / total * 100
        is_bytes = hop.unit == "B/s" and hop.per_request > 0
        place = (start, share, moved.at(hop.per_request) if is_bytes else None)
        row = _hop_row(hop, place, common, mark=mark_of(hop, hops), minor=hop.id not in major)
        rows.append(_with_retries(row, with_retries(hop, facts)))
        start += share
    return rows


def _with_retries(row: HopRow, share: float | None) -> HopRow:
    """Return the row with what a source gets when every call is retried, as the first screen says it."""
    if share is None:
        return row
    capacity = f"{row.capacity}, {show_used(share)} with retries"
    spoken = f"{row.spoken}, {show_used(share)} with retries"
    over = share > 1 and not row.is_over
    mark = ", ".join(filter(None, (row.mark, OVER_RETRIED))) if over else row.mark
    return replace(row, capacity=capacity, spoken=spoken, mark=mark, is_over=row.is_over or over)


def _assumed_by_several(hops: tuple[Hop, ...]) -> list[str]:
    counts = Counter(text for hop in hops for text in hop.assumptions)
    return [text for text, number in counts.items() if number > 1]


def _major(hops: tuple[Hop, ...]) -> set[str]:
    """Return the hops that are always in sight: those that bind, then the most used."""
    ranked = sorted(hops, key=lambda hop: (not hop.binding, -_use(hop)))
    return {hop.id for hop in ranked[:SHOWN_HOPS]}


def _use(hop: Hop) -> float:
    """Return the share of capacity in use; where it is unknown a hop may be full, if anything passes it."""
    if hop.utilisation is not None:
        return hop.utilisation
    return 1.0 if hop.per_request > 0 else 0.0


def _hop_row(
    hop: Hop, place: tuple[float, float, float | None], common: set[str], *, mark: str, minor: bool
) -> HopRow:
    start, share, byte_share = place
    likely = hop.utilisation
    low, high = (hop.utilisation_low or 0.0, hop.utilisation_high or 0.0)
    used = show_used(likely) if hop.demand > 0 else "not used"
    time = "–" if hop.time_per_request is None else show_quantity(Quantity(hop.time_per_request, "s"))
    each = _each(hop)
    ends = [show_used(low), show_used(high)]
    between = "" if likely is None or ends[0] == ends[1] else " to ".join(ends)
    return HopRow(
        title=hop.title,
        kind="" if hop.title.startswith(hop.kind) else hop.kind,
        mark=mark,
        is_over=likely is not None and likely > 1,
        used=used,
        used_range=between,
        low=_percent(low),
        spread=round(max(_percent(high) - _percent(low), 0.0), 2),
        likely=_percent(likely or 0.0) if likely is not None or not hop.demand else None,
        capacity="" if hop.capacity is None else f"of {show_quantity(Quantity(hop.capacity, hop.unit))}",
        each=each,
        time=time,
        time_start=round(start, 2),
        time_width=round(share, 2),
        share_of_bytes=byte_share,
        spoken=f"{hop.title}: {used} in use{f', {mark}' if mark else ''}",
        assumptions=tuple(text for text in hop.assumptions if text not in common),
        shares_assumptions=not common.isdisjoint(hop.assumptions),
        minor=minor,
    )


def _each(hop: Hop) -> str:
    """Return what one request asks of a hop; a place in the cache is held for a time."""
    unit = "s" if hop.kind == "kv-capacity" else hop.unit.removesuffix("/s") or "1"
    amount = show_quantity(Quantity(hop.per_request, unit))
    return f"a place for {amount}" if hop.kind == "kv-capacity" else amount


def _percent(share: float) -> float:
    return round(min(max(share, 0.0), 1.0) * 100, 2)


def _latency_rows(result: Result) -> list[dict[str, Any]]:
    rows = []
    for quantile in ("p50", "p95", "p99"):
        fact = view.fact_of(result, f"flow.latency.{quantile}")
        objective = view.fact_of(result, f"slo.{quantile}")
        if not fact or not isinstance(fact.value, Quantity):
            continue
        limit = objective.value.value if objective and isinstance(objective.value, Quantity) else None
        rows.append(
            {
                "quantile": quantile,
                "value": show_quantity(fact.value),
                "range": show_range(fact.low, fact.high, "s"),
                "objective": view.shown_fact(result, f"slo.{quantile}"),
                "over": limit is not None and fact.value.value > limit,
            }
        )
    return rows


def _peaks(result: Result) -> list[tuple[str, str, str, float, str]]:
    """Return (what, measured, peak, share in percent, share as text) where both are known."""
    rows = []
    for label, measured_name, peak_name in _PEAKS:
        measured, peak = view.fact_of(result, measured_name), view.fact_of(result, peak_name)
        if not measured or not peak:
            continue
        if not isinstance(measured.value, Quantity) or not isinstance(peak.value, Quantity):
            continue
        if peak.value.value > 0:
            share = measured.value.value / peak.value.value
            texts = (show_quantity(measured.value), show_quantity(peak.value))
            rows.append((label, *texts, _percent(share), show_share(share)))
    return rows


def _fact_row(result: Result, fact: Fact) -> dict[str, Any]:
    unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
    return {
        "name": fact.name,
        "value": show_value(fact.value, result.currency, fact.name),
        "range": show_range(fact.low, fact.high, unit) if unit else "",
        "provenance": show_provenance(fact.provenance, derived=fact.derived),
        "note": fact.note or ("unstable" if fact.stable is False else ""),
    }


def _alike(facts: list[Fact]) -> list[tuple[list[str], str, str]]:
    """Return (facts, why, how to resolve): facts with the same answer together, items of a list counted."""
    alike: dict[tuple[str, str], dict[str, int]] = {}
    for fact in facts:
        name = generic_name(fact.name)
        names = alike.setdefault((fact.why_unknown, fact.resolve), {})
        names[name] = names.get(name, 0) + 1
    rows = [
        ([name if count == 1 else f"{name} x {count}" for name, count in names.items()], why, resolve)
        for (why, resolve), names in list(alike.items())[:_MOST_UNKNOWN]
    ]
    rest = len(alike) - len(rows)
    return (
        [*rows, ([f"{rest:,} more"], "not shown here; the result as JSON holds each", "")] if rest else rows
    )
