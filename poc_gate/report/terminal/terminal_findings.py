"""Result -> the lower half of the terminal report: blockers, open findings, inputs, hops, next commands."""

from __future__ import annotations

from poc_gate.model.claim import Place
from poc_gate.model.finding import Finding, Input, State
from poc_gate.model.quantity import Quantity, show_quantity
from poc_gate.model.verdict import Hop, Result
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import (
    Line,
    StyledText,
    cells,
    columns,
    heading,
    line,
    paragraph,
    plain,
    span,
)
from poc_gate.report.report_view import (
    by_rule,
    count_states,
    due_findings,
    open_blockers,
    open_findings,
    same_case,
    unknown_facts,
    worst_first,
)
from poc_gate.words.shown_values import (
    STATE_WORD,
    first_sentence,
    price_of_fix,
    show_place,
    show_provenance,
    show_range,
    show_used,
    show_value,
)
from poc_gate.words.tightest import tightest

_ROOM_FOR_KINDS = 110
SHOWN_BLOCKERS = 5


def blockers(result: Result, options: RenderOptions) -> list[Line]:
    """Return the open blockers with numbers and next step: five, or all of them with -v."""
    found = open_blockers(result)
    if not found:
        return [*heading("Blockers"), line(span("  no blocker is open", "good"))]
    groups = by_rule(found)
    if options.verbosity:
        return heading(f"Blockers ({len(found)} open)") + [
            row for finding in found for row in _finding(finding, result, options)
        ]
    rows = heading(
        f"Blockers ({len(groups)} open)"
        if len(groups) == len(found)
        else f"Blockers ({len(groups)} rules, {len(found)} findings open)"
    )
    for group in groups[:SHOWN_BLOCKERS]:
        rows += _finding(group[0], result, options)
        also = ", ".join(finding.subject for finding in group[1:])
        rows += paragraph(also, width=options.width, indent=4, lead="also   ") if also else []
    left = len(groups) - SHOWN_BLOCKERS
    return rows + ([line(span(f"  ... {left} more with -v", "dim"))] if left > 0 else [])


def other_open(result: Result, options: RenderOptions) -> list[Line]:
    """Return the open findings below blocker: a count, or with -v each of them."""
    blocking = {id(finding) for finding in open_blockers(result)}
    rest = [finding for finding in open_findings(result) if id(finding) not in blocking]
    if not rest:
        return []
    rows = heading(f"Other open findings ({len(rest)})")
    if options.verbosity < 1:
        table = [["rule", "state", "severity", "what was found"]]
        table += [[f.rule, STATE_WORD[f.state], f.severity.value, f.message] for f in rest[:SHOWN_BLOCKERS]]
        more = len(rest) - SHOWN_BLOCKERS
        tail = [line(span(f"  ... {more} more with -v", "dim"))] if more > 0 else []
        return [*rows, *columns(table, width=options.width), *tail]
    for finding in rest:
        rows += _finding(finding, result, options)
    return rows


def _finding(finding: Finding, result: Result, options: RenderOptions) -> list[Line]:
    """Return one finding: who, what with numbers, next step, where; with -vv what it was computed from."""
    width = options.width
    rows = [*_head(finding, width), *paragraph(finding.message, width=width, indent=4)]
    if options.verbosity >= 2:
        rows += _numbers(finding, result, width)
    rows += _next_steps(finding, result.currency, options)
    return rows + _where(finding.place, options)


def _head(finding: Finding, width: int) -> list[Line]:
    """Return state, rule, item and severity; where the line is short the item goes below."""
    subject = f"  {finding.subject}" if finding.subject else ""
    start = (
        "  ",
        span(STATE_WORD[finding.state], f"state:{finding.state.name}"),
        span(f"  {finding.rule}", "strong"),
    )
    end = span(f"  {finding.severity.value}", "dim")
    whole = line(*start, span(subject), end)
    if cells(plain(whole)) <= width or not subject:
        return [whole]
    return [line(*start, end), *paragraph(finding.subject, width=width, indent=4)]


def _numbers(finding: Finding, result: Result, width: int) -> list[Line]:
    rows: list[Line] = []
    if finding.why:
        rows += paragraph(finding.why, width=width, indent=4, lead="why    ")
    if finding.formula:
        by = f"  [limit set by {finding.limit_set_by}]" if finding.limit_set_by else ""
        rows += paragraph(finding.formula + by, width=width, indent=4, lead="judged ")
    for given in finding.inputs:
        rows += paragraph(_input_text(given, result.currency), width=width, indent=4, lead="from   ")
    for name in finding.evidence_files:
        rows += paragraph(name, width=width, indent=4, lead="file   ")
    for note in finding.evidence_notes:
        rows += paragraph(note, width=width, indent=4, lead="note   ")
    return rows


def _input_text(given: Input, currency: str) -> str:
    unit = given.value.unit if isinstance(given.value, Quantity) else ""
    between = show_range(given.low, given.high, unit, currency) if unit else ""
    parts = [f"{given.fact} = {show_value(given.value, currency, given.fact)}"]
    parts += [f"({between})"] if between else []
    parts += [f"{show_provenance(given.provenance)}", show_place(given.place)]
    return "  ".join(parts) + (f"  {given.note}" if given.note else "")


def _next_steps(finding: Finding, currency: str, options: RenderOptions) -> list[Line]:
    """Return the next step; the summary gives its first sentence, -v all of it."""
    rows: list[Line] = []
    width = options.width
    if finding.state is State.UNKNOWN or not finding.fix:
        for step in finding.resolve:
            rows += paragraph(step, width=width, indent=4, lead="next   ")
    elif finding.fix:
        price = price_of_fix(finding)
        fix = finding.fix if options.verbosity else first_sentence(finding.fix)
        tail = f" ({price})" if price else ""
        rows += paragraph(fix + tail, width=width, indent=4, lead="next   ")
    for point in [point for point in finding.breakpoints if point.settable][:1]:
        value, current = (show_value(held, currency, point.fact) for held in (point.value, point.current))
        text = f"if {point.fact} = {value} (now {current})"
        rows += paragraph(text, width=width, indent=4, lead="enough ")
    return rows


def _where(place: Place, options: RenderOptions) -> list[Line]:
    """Return the place on a line of its own, whole where it is a file, so that it can be clicked or copied."""
    if not place.line:
        return paragraph(str(place), width=options.width, indent=4, lead="at     ")
    return [line("    ", StyledText("at     ", "dim"), _link(place, options))]


def _link(place: Place, options: RenderOptions) -> StyledText:
    if not (options.hyperlinks and options.link_root) or place.file.startswith(("/", "datasheet:")):
        return span(str(place), "place")
    from urllib.parse import quote

    line_part = f"#L{place.line}" if place.line else ""
    address = quote(f"{options.link_root.rstrip('/')}/{place.file}")
    return span(str(place), "place", f"file://{address}{line_part}")


def due(result: Result, width: int) -> list[Line]:
    """Return the duties that bind at a later date."""
    later = due_findings(result)
    if not later:
        return []
    rows = heading("Applies later")
    table = [["from", "rule", "state", "what was found"]]
    table += [[f.due, f.rule, STATE_WORD[f.state], f.message] for f in later]
    return [*rows, *columns(table, width=width)]


def all_findings(result: Result, options: RenderOptions) -> list[Line]:
    """Return every finding in one table."""
    rows = heading(f"All findings ({len(result.findings)})")
    table = [["rule", "state", "severity", "needs", "held", "what was found"]]
    for finding in worst_first(result.findings):
        held = finding.held.value if finding.held else "-"
        name = f"{finding.rule} {finding.subject}".strip()
        state = STATE_WORD[finding.state]
        table.append([name, state, finding.severity.value, finding.required.value, held, finding.message])
    return [*rows, *columns(table, width=options.width)]


def data_path(result: Result, width: int) -> list[Line]:
    """Return the data path, one hop per row, the binding one marked."""
    if not result.hops:
        return []
    table = [["", "hop", "kind", "used", "per request", "capacity", "time"]]
    table += [_hop_row(hop, is_tightest=hop is tightest(result.hops)) for hop in result.hops]
    if width < _ROOM_FOR_KINDS:  # the names tell the kind in words, and are worth more
        table = [[*row[:2], *row[3:]] for row in table]
    return [*heading("Data path of one request"), *columns(table, width=width)]


def _hop_row(hop: Hop, *, is_tightest: bool) -> list[str]:
    base = hop.unit.removesuffix("/s")
    used = show_used(hop.utilisation)
    capacity = "unknown" if hop.capacity is None else show_quantity(Quantity(hop.capacity, hop.unit))
    time = "-" if hop.time_per_request is None else show_quantity(Quantity(hop.time_per_request, "s"))
    each = show_quantity(Quantity(hop.per_request, base or "1"))
    return [">" if is_tightest else "", hop.title, hop.kind, used, each, capacity, time]


def unknowns(result: Result, width: int) -> list[Line]:
    """Return the missing facts with the line to add or the command to run."""
    missing = unknown_facts(result)
    if not missing:
        return []
    rows = heading(f"Not known ({len(missing)})")
    for fact in missing:
        why = f" ({fact.why_unknown})" if fact.why_unknown else ""
        rows += paragraph(f"{fact.name}{why}: {fact.resolve}", width=width, indent=2)
    return rows


def where_to_look(result: Result, options: RenderOptions) -> list[Line]:
    """Return the counts of all six states and the commands that show more."""
    counts = ", ".join(f"{number} {state.value}" for state, number in count_states(result).items())
    rows = [line(), *paragraph(counts, width=options.width, style="dim")]
    first = next(iter(open_findings(result)), None)
    again = same_case(result)
    hints = [f"poc-gate explain {first.rule} {again}"] if first else []
    hints += [f"poc-gate assess {again} --format html=report.html"] if options.verbosity < 2 else []
    for hint in hints:
        rows += paragraph(hint, width=options.width, indent=2, lead="see: ", style="dim")
    return rows
