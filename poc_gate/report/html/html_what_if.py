"""What flips when facts change -> one self-contained page: both words, a picture of before and after, the findings."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from poc_gate.base.shipped_files import template_text
from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Verdict
from poc_gate.model.what_if import Flip, Side, WhatIf
from poc_gate.report.drawing.change_drawing import draw_change
from poc_gate.report.drawing.wall_drawing import draw_wall
from poc_gate.words.judged.findings import title
from poc_gate.words.load_units import both_values, in_one_unit
from poc_gate.words.shown_values import STATE_WORD

_SHEETS = ("styles.css", "screen.css", "findings.css")
_WIDE, _NARROW = 540, 380
_RANK = {
    State.FAIL: 0,
    State.UNKNOWN: 1,
    State.ERROR: 1,
    State.WAIVED: 2,
    State.NOT_APPLICABLE: 3,
    State.PASS: 3,
}
_WORDS = {"NO-GO": "NO_GO", "INSUFFICIENT EVIDENCE": "INSUFFICIENT"}


def what_if_page(found: WhatIf) -> bytes:
    """Return the page; it loads nothing and runs nothing, every text of the pilot is escaped."""
    from markupsafe import Markup

    from poc_gate.report.html.html_templates import page_environment

    style = "".join(template_text(name) for name in _SHEETS)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rows = [_flip(flip) for flip in found.flips]
    template = page_environment().get_template("what_if.html")
    page: str = template.render(
        found=found,
        sides=[_answer("Now", found.before), _answer("With the change", found.after)],
        same=found.before.word is found.after.word,
        change=draw_change(*found.sides) if found.sides is not None else None,
        pictures=_pictures(found),
        better=[row for row in rows if row["better"]],
        worse=[row for row in rows if not row["better"]],
        moved=[
            (one.title or title(one), one.rule, one.message, STATE_WORD[one.state]) for one in found.moved
        ],
        facts=[(new.name, *both_values(old, new, found.currency)) for old, new in found.facts],
        # The style sheet is ours and its digest stands in the policy; nothing of a pilot is ever marked safe.
        style=Markup(style),  # noqa: S704
        style_digest=Markup(digest),  # noqa: S704
    )
    return f"{page}\n".encode(errors="replace")


def _answer(name: str, verdict: Verdict) -> dict[str, Any]:
    word = verdict.word.value
    return {
        "name": name,
        "word": word,
        "style": _WORDS.get(word, word),
        "reason": verdict.reasons[0] if verdict.reasons else "",
    }


def _flip(flip: Flip) -> dict[str, Any]:
    one = flip.after or flip.before
    assert one is not None
    states = [_state(flip.before), _state(flip.after)]
    ranks = [_RANK[side.state] if side is not None else 3 for side in (flip.before, flip.after)]
    return {
        "title": one.title or title(one),
        "rule": one.rule,
        "subject": one.subject,
        "before": states[0],
        "after": states[1],
        "state": flip.after.state.name if flip.after is not None else "NOT_APPLICABLE",
        "message": one.message,
        "better": ranks[1] > ranks[0],
    }


def _state(finding: Finding | None) -> str:
    return "not judged" if finding is None else STATE_WORD[finding.state]


def _pictures(found: WhatIf) -> list[tuple[str, list[Any], str]]:
    """Return the picture in load now and with the change; nothing where either has none."""
    if found.sides is None:
        return []
    names = ("Now", "With the change")
    drawn = [(name, _picture(side, found.currency)) for name, side in zip(names, found.sides, strict=True)]
    return [(name, *picture) for name, picture in drawn if picture is not None]


def _picture(side: Side, currency: str) -> tuple[list[Any], str] | None:
    picture = next((one for one in side.walls if one.axis == "req/s"), None)
    if picture is None:
        return None
    shown = in_one_unit(picture)
    return [draw_wall(shown, width, currency) for width in (_WIDE, _NARROW)], picture.sentence
