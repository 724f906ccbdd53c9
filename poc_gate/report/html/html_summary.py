"""Result -> a short piece of HTML for a notebook's cell: the answer, why, and what is still open."""

from __future__ import annotations

from html import escape

from poc_gate.model.verdict import Result, Word
from poc_gate.report import report_view as view
from poc_gate.text.inert_text import inert
from poc_gate.words.judged.findings import with_item

SHOWN = 10
"""Open findings that the summary lists."""
_COLOURS = {
    Word.GO: "#1a7f37",
    Word.CONDITIONAL: "#9a6700",
    Word.INSUFFICIENT: "#8250df",
    Word.NO_GO: "#b42318",
}


def html_summary(result: Result) -> str:
    """Return a fragment without script, style sheet or request; every text of the pilot is escaped."""
    word = result.verdict.word
    badge = f'<b style="background:{_COLOURS[word]};color:#fff;padding:2px 8px">{_safe(word.value)}</b>'
    parts = [f"<div><p>{badge} {_safe(result.sentence)}</p>"]
    parts += ["<ul>", *(f"<li>{_safe(reason)}</li>" for reason in result.verdict.reasons), "</ul>"]
    found = view.open_findings(result)
    if found:
        parts.append("<table><tr><th>rule</th><th>state</th><th>what was found</th><th>where</th></tr>")
        parts += [
            f"<tr><td><code>{_safe(one.rule)}</code></td><td>{_safe(one.state.value)}</td>"
            f"<td>{_safe(with_item(one))}</td><td><code>{_safe(str(one.place))}</code></td></tr>"
            for one in found[:SHOWN]
        ]
        parts.append("</table>")
    if len(found) > SHOWN:
        parts.append(f"<p>{len(found) - SHOWN} more open findings: <code>result.findings</code></p>")
    return "".join([*parts, "</div>"])


def _safe(text: str) -> str:
    return escape(inert(text))
