"""Result -> the lines of the terminal report, in reading order; the same words with colour and without."""

from __future__ import annotations

from poc_gate.model.verdict import Result
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.terminal_lines import Line
from poc_gate.report.terminal import terminal_findings as findings
from poc_gate.report.terminal import terminal_summary as summary
from poc_gate.report.terminal.terminal_brief import brief_lines
from poc_gate.report.terminal.terminal_first_look import first_look_lines, first_look_page
from poc_gate.report.terminal.terminal_machine import machine_lines


def lay_out(result: Result, options: RenderOptions) -> list[Line]:
    """Return the report's lines; the same words with colour and without."""
    width, verbosity = options.width, options.verbosity
    if result.first_look is not None and result.first_look.without_manifest and verbosity >= 0:
        return first_look_page(result, width)
    if verbosity == 0:
        return brief_lines(result, options)
    lines = summary.answer(result, width)
    if verbosity < 0:
        return lines
    lines += first_look_lines(result, width)
    lines += summary.dimensions(result, width)
    lines += findings.blockers(result, options)
    lines += machine_lines(result, width)
    lines += summary.where_it_breaks(result, width, every=verbosity >= 1)
    lines += summary.way_out(result, width, every=verbosity >= 1)
    lines += findings.other_open(result, options)
    lines += findings.due(result, width)
    lines += summary.ledger(result, width)
    if verbosity >= 1:
        lines += findings.data_path(result, width)
        lines += findings.unknowns(result, width)
    if verbosity >= 2:
        lines += findings.all_findings(result, options)
    lines += summary.honest_lines(result, width)
    return lines + findings.where_to_look(result, options)
