"""Result -> one self-contained page: what leadership needs on two sheets, what engineers need below."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from poc_gate.model.verdict import Result
from poc_gate.report.html_detail import engineering
from poc_gate.report.html_view import leadership
from poc_gate.report.inert_text import inert
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.shipped_files import template_text


def render_html(result: Result, options: RenderOptions) -> bytes:
    """Return the page: no script, no request, every text escaped, the style sheet named by its digest."""
    from markupsafe import Markup

    style = template_text("styles.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page: str = (
        _environment()
        .get_template("report.html")
        .render(
            result=result,
            page=leadership(result, options),
            detail=engineering(result),
            # The style sheet is ours and its digest stands in the policy; nothing of a pilot is ever marked safe.
            style=Markup(style),  # noqa: S704
            style_digest=Markup(digest),  # noqa: S704
        )
    )
    return page.encode(errors="replace")


def _environment() -> Any:
    """Return the templates' environment: everything is escaped, a misspelt name is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: object) -> object:
    """Make every text inert before it is escaped; markup of our own macros passes unchanged."""
    if hasattr(value, "__html__"):
        return value
    return inert(value if isinstance(value, str) else str(value))


FORMAT = Format("html", "one self-contained page for leadership and engineers", ".html", render_html)
