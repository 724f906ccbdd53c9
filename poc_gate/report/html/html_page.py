"""Result -> one self-contained page: what leadership needs on two sheets, what engineers need below."""

from __future__ import annotations

import base64
import hashlib

from poc_gate.model.verdict import Result
from poc_gate.report.html.html_detail import engineering
from poc_gate.report.html.html_view import leadership
from poc_gate.report.interface import RenderOptions
from poc_gate.shipped_files import template_text


def render_html(result: Result, options: RenderOptions) -> bytes:
    """Return the page: no script, no request, every text escaped, the style sheet named by its digest."""
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    style = template_text("styles.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = page_environment().get_template("report.html")
    page: str = template.render(
        result=result,
        page=leadership(result, options),
        detail=engineering(result),
        # The style sheet is ours and its digest stands in the policy; nothing of a pilot is ever marked safe.
        style=Markup(style),  # noqa: S704
        style_digest=Markup(digest),  # noqa: S704
    )
    return f"{page}\n".encode(errors="replace")
