"""Result -> the values of the engineer's part of the page: data path, machine, findings, frameworks."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from poc_gate.model.finding import Finding, Input, Lever, State
from poc_gate.model.quantity import Quantity, show_quantity, show_share
from poc_gate.model.rule import DIMENSIONS
from poc_gate.model.verdict import Hop, Result
from poc_gate.report import report_view as view
from poc_gate.report.curve_drawing import draw_curve, draw_sources
from poc_gate.report.picture_scales import fit_scale
from poc_gate.report.shown_values import (
    STATE_WORD,
    price_of_fix,
    show_place,
    show_provenance,
    show_range,
    show_score,
    show_used,
    show_value,
)

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
    binding: bool
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


def engineering(result: Result) -> dict[str, Any]:
    """Return everything below the leadership page."""
    return {
        "hops": _hop_rows(result.hops),
        "latency": _latency_rows(result),
        "sources": draw_sources(result),
        "machine": result.machine,
        "curves": [draw_curve(curve) for curve in result.machine.curves] if result.machine else [],
        "peaks": _peaks(result),
        "machine_facts": [_fact_row(result, f.name) for f in result.facts if f.name.startswith("machine.")],
        "groups": _groups(result),
        "steps": result.way_out,
        "states": [(STATE_WORD[state], number) for state, number in view.count_states(result).items()],
        "unknown": view.unknown_facts(result),
        "regimes": view.regimes(result),
        "clashes": result.contradictions,
        "notices": result.notices,
        "packs": result.packs,
        "inputs": sorted(result.inputs.items()),
    }


def _hop_rows(hops: tuple[Hop, ...]) -> list[HopRow]:
    total = sum(hop.time_per_request or 0.0 for hop in hops) or 1.0
    moved = fit_scale(
        (hop.per_request for hop in hops if hop.unit == "B/s" and hop.per_request > 0), 4.0, 100.0
    )
    rows, start = [], 0.0
    for hop in hops:
        share = (hop.time_per_request or 0.0) / total * 100
        is_bytes = hop.unit == "B/s" and hop.per_request > 0
        rows.append(_hop_row(hop, start, share, moved.at(hop.per_request) if is_bytes else None))
        start += share
    return rows


def _hop_row(hop: Hop, start: float, share: float, byte_share: float | None) -> HopRow:
    likely = hop.utilisation
    low, high = (hop.utilisation_low or 0.0, hop.utilisation_high or 0.0)
    used = show_used(likely)
    time = "–" if hop.time_per_request is None else show_quantity(Quantity(hop.time_per_request, "s"))
    each = show_quantity(Quantity(hop.per_request, hop.unit.removesuffix("/s") or "1"))
    ends = [show_used(low), show_used(high)]
    between = "" if likely is None or ends[0] == ends[1] else " to ".join(ends)
    return HopRow(
        title=hop.title,
        kind=hop.kind,
        binding=hop.binding,
        used=used,
        used_range=between,
        low=_percent(low),
        spread=round(max(_percent(high) - _percent(low), 0.0), 2),
        likely=None if likely is None else _percent(likely),
        capacity="" if hop.capacity is None else f"of {show_quantity(Quantity(hop.capacity, hop.unit))}",
        each=each,
        time=time,
        time_start=round(start, 2),
        time_width=round(share, 2),
        share_of_bytes=byte_share,
        spoken=f"{hop.title}: {used} in use{', the binding hop' if hop.binding else ''}",
        assumptions=hop.assumptions,
    )


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


def _fact_row(result: Result, name: str) -> dict[str, Any]:
    fact = next(fact for fact in result.facts if fact.name == name)
    unit = fact.value.unit if isinstance(fact.value, Quantity) else ""
    return {
        "name": name,
        "value": show_value(fact.value, result.currency, name),
        "range": show_range(fact.low, fact.high, unit) if unit else "",
        "provenance": show_provenance(fact.provenance, derived=fact.derived),
        "note": fact.note or fact.why_unknown or ("unstable" if fact.stable is False else ""),
        "resolve": fact.resolve if fact.value is None else "",
    }


def _groups(result: Result) -> list[dict[str, Any]]:
    """Return the findings by dimension and rule, in the order of the catalogue, worst first inside."""
    scores = {score.key: score for score in result.verdict.dimensions}
    groups = []
    for key, title in DIMENSIONS.items():
        found = [f for f in view.worst_first(result.findings) if f.dimension == key]
        if not found:
            continue
        score = scores.get(key)
        groups.append(
            {
                "letter": view.dimension_letter(key),
                "title": title,
                "range": f"{show_score(score.low)}–{show_score(score.high)}" if score else "–",
                "rules": [_rule(group, result) for group in view.by_rule(found)],
            }
        )
    return groups


def _rule(group: list[Finding], result: Result) -> dict[str, Any]:
    """Return what the findings of one rule share, then each of them."""
    worst = group[0]
    return {
        "worst": worst,
        "word": STATE_WORD[worst.state],
        "count": len(group),
        "references": [f"{r.framework} {r.edition}, {r.clause}" for r in worst.references],
        "fix": worst.fix if worst.state not in (State.PASS, State.NOT_APPLICABLE) else "",
        "price": price_of_fix(worst),
        "findings": [_finding(finding, result) for finding in group],
    }


def _finding(finding: Finding, result: Result) -> dict[str, Any]:
    currency, folder = result.currency, _folder(result)
    return {
        "finding": finding,
        "said": finding.message.removeprefix(f"{finding.subject}: "),
        "word": STATE_WORD[finding.state],
        "inputs": [_input(given, currency, folder) for given in finding.inputs],
        "held": finding.held.value if finding.held else "nothing",
        "flips": [
            f"{point.fact} = {show_value(point.value, currency, point.fact)} "
            f"(now {show_value(point.current, currency, point.fact)})"
            for point in finding.breakpoints
        ],
        "levers": [_lever(lever, currency) for lever in finding.levers],
        "place": show_place(finding.place).removeprefix(folder),
    }


def _lever(lever: Lever, currency: str) -> str:
    now = show_value(lever.current, currency, lever.fact)
    needed = show_value(lever.needed, currency, lever.fact)
    tail = ", ".join(part for part in (lever.effort, lever.note) if part)
    change = f"{now} -> {needed}" if lever.needed is not None else f"{now}, no value helps"
    return f"{lever.fact}: {change}{f' ({tail})' if tail else ''}"


def _folder(result: Result) -> str:
    """Return the manifest's folder: places inside it are shown without it."""
    folder, slash, _ = result.manifest.rpartition("/")
    return folder + slash


def _input(given: Input, currency: str, folder: str) -> tuple[str, str, str]:
    """Return (fact, value, where it comes from) of one input."""
    unit = given.value.unit if isinstance(given.value, Quantity) else ""
    between = show_range(given.low, given.high, unit, currency) if unit else ""
    place = f" {str(given.place).removeprefix(folder)}" if given.place else ""
    origin = f"{show_provenance(given.provenance)}{place}{f', {given.note}' if given.note else ''}"
    value = show_value(given.value, currency, given.fact)
    return given.fact, f"{value} ({between})" if between else value, origin
