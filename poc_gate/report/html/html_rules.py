"""Cards of the rules behind the open findings -> what the page says of each, with its limits and the texts it cites."""

from __future__ import annotations

from typing import Any

from poc_gate.model.verdict import Result
from poc_gate.report.lines.rule_address import rule_address
from poc_gate.report.report_view import worst_first
from poc_gate.words.judged.finding_wording import cited
from poc_gate.words.judged.findings import title
from poc_gate.words.shown_values import show_limit


def card_values(result: Result, pages: str = "") -> list[dict[str, Any]]:
    """Return the cards by id; one whose rule found nothing has no way back.

    `pages` is where the pages of the rules are served; without it no card leads out of the file.
    """
    first = {finding.rule: finding for finding in reversed(worst_first(result.findings))}
    limits = {term.rule: term.limits for pack in result.packs for term in pack.terms}
    return [
        {
            "rule": card.rule,
            "title": (found.title or title(found)) if found is not None else "",
            "found": found is not None,
            "page": rule_address(pages, found) if found is not None else "",
            "what": found.what.rstrip(".") if found is not None else card.rule,
            "do_fails": card.do_fails,
            "do_unknown": card.do_unknown,
            "passes": card.passes,
            "fails": card.fails,
            "limits": [(one.name, show_limit(one)) for one in limits.get(card.rule, ())],
            "cites": cited(found) if found is not None else "",
        }
        for card in result.rules
        for found in [first.get(card.rule)]
    ]
