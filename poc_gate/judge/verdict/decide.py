"""Findings -> verdict: gates in a fixed order, never an average."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from poc_gate.judge.verdict.score import (
    Part,
    Totals,
    is_scored,
    is_undecided,
    is_unproven,
    score_parts,
    state_of,
    total,
)
from poc_gate.judge.verdict.thresholds import Thresholds, thresholds_for
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import show_number, show_share
from poc_gate.model.rule import Severity, Stage
from poc_gate.model.verdict import DimensionScore, Verdict, Word

_MOST_NAMED = 3


def decide(
    findings: Sequence[Finding], *, stage: Stage, risk_tier: str = "", parts: Sequence[Part] | None = None
) -> Verdict:
    """Return the verdict of one assessment; the first word whose gate is hit stands.

    `risk_tier` is the declared one, empty when unknown. Without rules, applicable rules or anything
    decided the word is INSUFFICIENT EVIDENCE and there is no index. `parts` are the findings' scores by
    dimension, where the caller has them already.
    """
    parts = score_parts(findings) if parts is None else parts
    dimensions, totals = tuple(part.dimension for part in parts), total(parts)
    scored = [finding for finding in findings if is_scored(finding)]
    gates = _Gates(scored, (dimensions, totals), thresholds_for(stage, risk_tier))
    word, reasons = Word.GO, gates.let_pass()
    for candidate, gate in (
        (Word.INSUFFICIENT, gates.nothing_seen),
        (Word.NO_GO, gates.no_go),
        (Word.INSUFFICIENT, gates.insufficient),
        (Word.CONDITIONAL, gates.conditional),
    ):
        if hit := gate():
            word, reasons = candidate, hit
            break
    known = [dimension for dimension in dimensions if dimension.low is not None]
    lowest = min(known, key=lambda dimension: dimension.low or 0.0, default=None)
    seen = lowest is not None and not gates.nothing_seen()
    return Verdict(
        word=word,
        label=totals.label,
        stage=stage,
        reasons=tuple(reasons),
        index=lowest.low if seen and lowest is not None else None,
        index_dimension=lowest.key if seen and lowest is not None else "",
        coverage=totals.coverage,
        confidence=totals.confidence,
        not_applicable_share=totals.not_applicable_share,
        dimensions=dimensions,
    )


def hold_selection(verdict: Verdict, judged: int, shipped: int) -> Verdict:
    """Return the verdict of a selection of rules: what was not judged cannot be GO."""
    note = f"Only a selection was judged, {judged} of {shipped} rules; GO needs all of them."
    if verdict.word is not Word.GO:
        return replace(verdict, reasons=(*verdict.reasons, note))
    return replace(verdict, word=Word.CONDITIONAL, reasons=(note,))


class _Gates:
    """The gates of each word; every one returns the sentences of what was hit."""

    def __init__(
        self,
        scored: list[Finding],
        scores: tuple[tuple[DimensionScore, ...], Totals],
        limits: Thresholds,
    ) -> None:
        dimensions, totals = scores
        self.scored = scored
        self.dimensions = [dimension for dimension in dimensions if dimension.low is not None]
        self.totals = totals
        self.limits = limits
        blocker, high, fail = Severity.BLOCKER, Severity.HIGH, State.FAIL
        self.blockers = [finding for finding in scored if finding.severity is blocker]
        highs = [finding for finding in scored if finding.severity is high]
        self.failed_highs = _rules(f for f in highs if state_of(f) is fail)
        open_highs = [f for f in highs if state_of(f) is fail or is_undecided(f)]
        self.open_highs = _rules(open_highs)
        self.unplanned = _rules(f for f in open_highs if _lacks_plan(f))

    def nothing_seen(self) -> list[str]:
        """Return why nothing was looked at, if so."""
        if not self.scored:
            return ["No rule was judged, so nothing can be said."]
        if not self.totals.applicable:
            return ["No rule applies to this pilot, so nothing can be said."]
        return [] if self.totals.decided else ["Nothing could be decided: every applicable rule is unknown."]

    def no_go(self) -> list[str]:
        fail = State.FAIL
        failed = _rules(f for f in self.blockers if state_of(f) is fail)
        reasons = [f"{_several(failed, 'blocker')} failed: {_named(failed)}."] if failed else []
        needed = self.limits.no_go_high
        short = [(d.title, d.high) for d in self.dimensions if d.high is not None and d.high < needed]
        reasons += _short_of(short, "reaches {} of 100 at best", "reach less at best", needed)
        if len(self.failed_highs) > self.limits.most_open_highs:
            reasons.append(
                f"{len(self.failed_highs)} rules of high severity failed; "
                f"at most {self.limits.most_open_highs} may: {_named(self.failed_highs)}."
            )
        return reasons

    def insufficient(self) -> list[str]:
        unknown = _rules(f for f in self.blockers if is_undecided(f))
        unproven = _rules(f for f in self.blockers if is_unproven(f))
        reasons = [f"{_several(unknown, 'blocker')} unknown: {_named(unknown)}."] if unknown else []
        if unproven:
            reasons.append(f"{_several(unproven, 'blocker')} claimed but not proven: {_named(unproven)}.")
        coverage = self.totals.coverage or 0.0
        if coverage < self.limits.insufficient_coverage:
            needed = show_share(self.limits.insufficient_coverage)
            reasons.append(
                f"Only {show_share(coverage)} of the applicable weight is known; {needed} is needed."
            )
        reasons += self.low_dimensions(self.limits.insufficient_low)
        if len(self.open_highs) > self.limits.most_open_highs:
            reasons.append(
                f"{len(self.open_highs)} rules of high severity failed or are unknown; at most "
                f"{self.limits.most_open_highs} may: {_named(self.open_highs)}."
            )
        if self.limits.plans_required and self.unplanned:
            reasons.append(
                f"{_several(self.unplanned, 'open rule')} of high severity without owner, plan and expiry: "
                f"{_named(self.unplanned)}."
            )
        return reasons

    def conditional(self) -> list[str]:
        reasons: list[str] = []
        if len(self.open_highs) > self.limits.conditional_open_highs:
            reasons.append(
                f"{_several(self.open_highs, 'rule')} of high severity open: {_named(self.open_highs)}."
            )
        reasons += self.low_dimensions(self.limits.conditional_low)
        coverage, confidence = self.totals.coverage or 0.0, self.totals.confidence or 0.0
        if coverage < self.limits.conditional_coverage:
            needed = show_share(self.limits.conditional_coverage)
            reasons.append(f"{show_share(coverage)} of the applicable weight is known; GO needs {needed}.")
        if confidence < self.limits.conditional_confidence:
            needed = show_share(self.limits.conditional_confidence)
            reasons.append(
                f"{show_share(confidence)} of the applicable weight passed on artifacts or measurements; "
                f"GO needs {needed}."
            )
        aside = _rules(f for f in self.blockers if f.set_aside_by)
        if aside:
            reasons.append(f"{_several(aside, 'blocker')} set aside by a person: {_named(aside)}.")
        return reasons

    def let_pass(self) -> list[str]:
        """Return what GO rests on, and what this stage forgives: a GO never hides open findings."""
        reasons = ["Every gate of this stage is met."]
        if self.open_highs:
            most, count = self.limits.conditional_open_highs, len(self.open_highs)
            reasons.append(
                f"This stage lets {most} rules of high severity stay open, and {count} "
                f"{'is' if count == 1 else 'are'}, {len(self.failed_highs) or 'none'} of them failed: "
                f"{_named(self.open_highs)}."
            )
        return reasons

    def low_dimensions(self, needed: float) -> list[str]:
        short = [(d.title, d.low) for d in self.dimensions if d.low is not None and d.low < needed]
        return _short_of(short, "stands at {} of 100", "stand lower", needed)


def _lacks_plan(finding: Finding) -> bool:
    """Whether an open finding has no entry in the ledger that names owner, plan and expiry."""
    return not (finding.state is State.WAIVED and finding.waiver_plan)


def _short_of(scores: list[tuple[str, float]], one: str, several: str, needed: float) -> list[str]:
    """Return one sentence on the dimensions whose score is short of what is needed, the worst named first."""
    if not scores:
        return []
    if len(scores) == 1:
        title, score = scores[0]
        return [f"{title} {one.format(show_number(score))}; {show_number(needed)} are needed."]
    worst = sorted(scores, key=lambda named: named[1])[:_MOST_NAMED]
    told = ", ".join(f"{title} {show_number(score)}" for title, score in worst)
    more = f" and {len(scores) - len(worst)} more" if len(scores) > len(worst) else ""
    return [f"{len(scores)} dimensions need {show_number(needed)} of 100 and {several}: {told}{more}."]


def _rules(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the ids of the rules, each once."""
    return tuple(sorted({finding.rule for finding in findings}))


def _several(rules: tuple[str, ...], noun: str) -> str:
    return f"{len(rules)} {noun}{'s' if len(rules) != 1 else ''}"


def _named(rules: tuple[str, ...]) -> str:
    more = f" and {len(rules) - _MOST_NAMED} more" if len(rules) > _MOST_NAMED else ""
    return ", ".join(rules[:_MOST_NAMED]) + more
