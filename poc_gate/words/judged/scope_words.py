"""Facts that say what a pilot is and whom it can hurt -> the questions a person hears, without a key."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.fact import generic_name
from poc_gate.model.fact_name import item_of
from poc_gate.words.grammar import and_list
from poc_gate.words.named_facts import readable

_QUESTIONS = {
    "agent.effects": "which of its tools change something for good",
    "agent.tools": "which tools it may call",
    "assessment.today": "the day",
    "model.hosting": "who runs the model",
    "oversight.review_share": "how much of its output a person reviews",
    "pilot.stage": "which stage it is to reach",
    "pilot.use_case_class": "whether people wait for it",
    "pilot.uses": "which techniques it uses",
    "purpose.acts": "what it does by itself and whether that can be undone",
    "purpose.audience": "who meets its output",
    "purpose.decides": "what it decides about people",
    "purpose.regimes": "which sector regulations apply to it",
    "purpose.risk_tier": "its risk tier",
    "purpose.role": "whether you provide or only deploy it",
    "purpose.users": "who uses it",
    "security.egress": "where it may send data",
    "security.egress[].name": "where it may send data",
    "security.prompts_personal": "whether prompts hold personal data",
    "sources": "what it reads",
    "sources[].classification": "how confidential its sources are",
    "sources[].personal_data": "which sources hold personal data",
    "sources[].untrusted": "which sources hold text by outsiders",
}


def scope_words(names: Sequence[str], most: int) -> str:
    """Return what is asked about the pilot itself, each question once, `most` at most."""
    asked = dict.fromkeys(_QUESTIONS.get(generic_name(name)) or _fallback(name) for name in names)
    return and_list([*asked], most)


def _fallback(name: str) -> str:
    item = item_of(name)
    return f"{readable(name)}{f' of {item}' if item else ''}"
