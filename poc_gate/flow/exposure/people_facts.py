"""Whom a pilot touches: who meets its output, what it decides about people, who reviews it."""

from __future__ import annotations

from poc_gate.flow.exposure.circle import circle_of
from poc_gate.flow.interface import DerivedValue, FactView
from poc_gate.model.parts.exposure import FACETS

AUDIENCE_INPUTS = ("purpose.audience", "purpose.users")
DECIDES_INPUTS = (
    "purpose.decides", "purpose.annex_iii_point", "purpose.clinical_decision_support", "purpose.medical_device",
    "purpose.fundamental_rights_due", "purpose.affected_people", "oversight.person_decides",
)  # fmt: skip
RELIANCE_INPUTS = ("oversight.review_share",)
_CIRCLES, _DECISIONS = FACETS["audience"], FACETS["decides"]
_EVERY = 0.999
"""Share of reviewed decisions from which on every one counts as reviewed."""


def audience(view: FactView) -> DerivedValue:
    """Return the widest circle: as stated, or as the words about its users say, whichever is wider."""
    stated, users = view.text("purpose.audience"), view.text("purpose.users")
    read = circle_of(users)
    if not users or not (stated or read):
        raise view.missing(
            *(["purpose.users"] if not users else []), *([] if stated else ["purpose.audience"])
        )
    known = [circle for circle in (stated, read) if circle]
    widest = max(known, key=_CIRCLES.index)
    if stated and _CIRCLES.index(stated) >= _CIRCLES.index(widest):
        return DerivedValue(stated, "stated")
    return DerivedValue(widest, f"the users are {users!r}")


def decides(view: FactView) -> DerivedValue:
    """Return what it does to decisions about people; a duty that only such systems have shows at least help.

    Where that is not stated, and it is stated that no person decides about those affected, the pilot does.
    """
    stated = view.text("purpose.decides")
    if not stated and view.text("purpose.affected_people") and view.flag("oversight.person_decides") is False:
        return DerivedValue("decides", "no person decides about those affected")
    signs = {
        "an Annex III point": bool(view.text("purpose.annex_iii_point")),
        "clinical decision support": view.flag("purpose.clinical_decision_support") is True,
        "a medical device": view.flag("purpose.medical_device") is True,
        "a fundamental-rights assessment": view.flag("purpose.fundamental_rights_due") is True,
    }
    shown = [sign for sign, holds in signs.items() if holds]
    if not stated and not shown:
        raise view.missing("purpose.decides")
    if shown and _DECISIONS.index(stated or "nothing") < _DECISIONS.index("assists"):
        return DerivedValue("assists", f"it is {' and '.join(shown)}" if shown else "stated")
    return DerivedValue(stated, "stated")


def reliance(view: FactView) -> DerivedValue:
    """Return how far people rely on it unreviewed."""
    share = view.one("oversight.review_share").likely
    value = "reviewed" if share >= _EVERY else "sampled" if share > 0 else "unreviewed"
    return DerivedValue(value, f"a person reviews {share:.0%} of the decisions")
