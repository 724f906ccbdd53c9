"""Result -> one self-contained page: what leadership needs on one sheet, what engineers need below."""

from __future__ import annotations

import base64
import hashlib

from poc_gate.base.shipped_files import template_text
from poc_gate.model.verdict import Result
from poc_gate.report.brief.screen import screen_of
from poc_gate.report.html.html_detail import engineering
from poc_gate.report.html.html_filters import filters_of
from poc_gate.report.html.html_view import below_the_screen, launch_line
from poc_gate.report.interface import RenderOptions
from poc_gate.words.glossary import TERMS

_SHEETS = ("styles.css", "screen.css", "findings.css", "print.css")


def render_html(result: Result, options: RenderOptions) -> bytes:
    """Return the page: no script, no request, every text escaped, the style sheet named by its digest."""
    return page_of(result, options, paper=False)


def page_of(result: Result, options: RenderOptions, *, paper: bool) -> bytes:
    """Return the page; on `paper` without the engineers' part, which nobody can open there."""
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    filters = filters_of(result)
    style = "".join([*(template_text(name) for name in _SHEETS), filters.style])
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    screen = screen_of(result, options.base_result)
    template = page_environment().get_template("report.html")
    page: str = template.render(
        result=result,
        screen=screen,
        line=launch_line(result, screen.launch),
        page=below_the_screen(result, options),
        detail={} if paper else engineering(result, options.rule_pages) | {"filters": filters},
        paper=paper,
        glossary=TERMS,
        # The style sheet is ours and its digest stands in the policy; nothing of a pilot is ever marked safe.
        style=Markup(style),  # noqa: S704
        style_digest=Markup(digest),  # noqa: S704
    )
    return f"{page}\n".encode(errors="replace")
