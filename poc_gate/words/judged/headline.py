"""Verdict and findings -> the plain sentence that opens every report, and what is used up first."""

from __future__ import annotations

from poc_gate.model.finding import Finding
from poc_gate.model.verdict import Hop, Verdict, Wall, Word
from poc_gate.words.judged.gates import holds_for
from poc_gate.words.judged.must_haves import count_words, must_haves
from poc_gate.words.shown_values import lower_first
from poc_gate.words.tightest import tightest_words

_ASKED = {"pilot": "to run as a pilot", "limited": "for a limited rollout", "production": "for production"}

_ANSWER = {
    Word.GO: "{name} is ready {asked}",
    Word.CONDITIONAL: "{name} is ready {asked} on conditions",
    Word.INSUFFICIENT: "It is too early to say whether {name} is ready {asked}",
    Word.NO_GO: "{name} is not ready {asked}",
}


_STAGE_UNDECIDED = (
    "Nobody has said which stage this is for, and it is too early to say whether it can run as a pilot."
)


def headline(name: str, verdict: Verdict, findings: tuple[Finding, ...], *, selected: int = 0) -> str:
    """Return one sentence: who may do what, and how much is still open.

    `selected` is the number of rules where only a selection was judged: then it speaks of those alone.
    """
    asked = _ASKED.get(verdict.stage, f"for stage {verdict.stage}")
    answer = _ANSWER[verdict.word].format(name=name, asked=asked)
    open_parts = count_words(must_haves(findings))
    reasons = open_parts
    if not reasons and verdict.word is not Word.GO:
        reasons = lower_first(verdict.reasons[0].removesuffix(".")) if verdict.reasons else ""
    if selected:
        those = f"{selected} rules" if selected > 1 else "one rule"
        told = open_parts or "no must-have is open"
        return f"{name}: only a selection was judged ({those}), which does not answer for the whole; {told}."
    if is_stage_undecided(verdict):
        return f"For {verdict.stage} {name} would be {Word.NO_GO}: {reasons}. {_STAGE_UNDECIDED}"
    holds = holds_for(verdict.bounds)
    return answer + (f": {reasons}." if reasons else ".") + (f" {holds}" if holds else "")


def is_stage_undecided(verdict: Verdict) -> bool:
    """Whether the word is as mild as it is only because nobody has said which stage this is for."""
    return verdict.is_stage_open and verdict.word is Word.INSUFFICIENT


def word_today(verdict: Verdict) -> str:
    """Return the word as part of a sentence, with what it would be for the stage that was judged where that differs."""
    if not is_stage_undecided(verdict):
        return verdict.word.value
    return f"{verdict.word.value}, since nobody has said which stage this is for; for {verdict.stage} it would be {Word.NO_GO}"


def binding_constraint(hops: tuple[Hop, ...], wall: Wall | None) -> str:
    """Return the sentence, with a number, of what is used up first as the load grows.

    That is the place of the path with the greatest share of its capacity in use; where no share is known, the
    first wall; where there is none, an empty text.
    """
    return tightest_words(hops) or (wall.cause if wall is not None else "")
