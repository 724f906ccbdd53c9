"""What a report says of a rule itself, apart from what it found."""

from __future__ import annotations

from msgspec import Struct


class RuleCard(Struct, frozen=True):
    """One rule: what to do in each state, and one worked example of each."""

    rule: str
    do_fails: str
    """What a person does when it fails, as a sentence."""
    do_unknown: str
    """The same while nobody has answered it."""
    passes: str
    """Values with which it passes, as text; empty where its examples hold none."""
    fails: str
