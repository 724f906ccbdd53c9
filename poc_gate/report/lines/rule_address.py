"""Where the pages of `rules docs` are served -> the address of one rule, for formats that link to it."""

from __future__ import annotations

from urllib.parse import quote

from poc_gate.model.finding import Finding
from poc_gate.text.inert_text import inert


def rule_address(pages: str, finding: Finding) -> str:
    """Return the absolute address of a finding's rule; empty where no page holds it, or nobody said where pages are.

    `pages` is the folder of the pages, or an address in which `{pack}` and `{rule}` are replaced.
    """
    if not pages or not finding.pack:
        return ""
    pack, rule = (quote(inert(part), safe="-") for part in (finding.pack, finding.rule))
    if "{rule}" in pages:
        return pages.replace("{pack}", pack).replace("{rule}", rule)
    return f"{pages.rstrip('/')}/{pack}/{rule}.md"
