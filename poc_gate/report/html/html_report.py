"""Result -> one self-contained page, as a report format."""

from __future__ import annotations

from poc_gate.report.html.html_page import render_html
from poc_gate.report.interface import Format

FORMAT = Format(
    "html",
    "one self-contained page for leadership and engineers",
    ".html",
    render_html,
    mark=rb'(?s)\A<!DOCTYPE html>.{0,4000}<meta name="generator" content="poc-gate ',
    shows_machines=True,
)
