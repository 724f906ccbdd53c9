"""An overview -> one self-contained page: no script, no request; owners are chosen by style rules alone."""

from __future__ import annotations

import base64
import hashlib

from poc_gate.base.shipped_files import template_text
from poc_gate.model.many.portfolio import Overview
from poc_gate.report.portfolio.portfolio_view import owner_rules, page_values


def portfolio_page(overview: Overview, folder: str = "") -> bytes:
    """Return the page; `folder` leads from it to the folder of the results, where the pilots' own pages are."""
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    style = template_text("styles.css") + template_text("portfolio.css") + owner_rules(overview)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = page_environment().get_template("portfolio.html")
    page: str = template.render(
        page=page_values(overview, folder),
        # The style sheet is ours and its digest stands in the policy; nothing of a pilot is ever marked safe.
        style=Markup(style),  # noqa: S704
        style_digest=Markup(digest),  # noqa: S704
    )
    return f"{page}\n".encode(errors="replace")
