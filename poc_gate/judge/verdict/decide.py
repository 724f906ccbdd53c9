"""Findings -> verdict: gates in a fixed order, never an average, never a budget of failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from poc_gate.judge.verdict.score import (
    ScorePart,
    Totals,
    is_scored,
    is_undecided,
    is_unproven,
    score_parts,
    state_of,
    total,
)
from poc_gate.judge.verdict.thresholds import BY_STAGE, Thresholds
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity, Stage
from poc_gate.model.verdict import DimensionScore, Needed, Verdict, Word
from poc_gate.words.judged import gates as words


def decide(findings: Sequence[Finding], *, stage: Stage, parts: Sequence[ScorePart] | None = None) -> Verdict:
    """Return the verdict of one assessment; the first word whose gate is hit stands.

    Without rules, applicable rules or anything decided the word is INSUFFICIENT EVIDENCE and there is no
    index. `parts` are the findings' scores by dimension, where the caller has them already.
    """
    parts = score_parts(findings) if parts is None else parts
    dimensions, totals = tuple(part.dimension for part in parts), total(parts)
    scored = [finding for finding in findings if is_scored(finding)]
    gates = _Gates(scored, (dimensions, totals), BY_STAGE[stage])
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
    speaking = [dimension for dimension in dimensions if dimension.speaks]
    lowest = min(speaking, key=lambda dimension: dimension.low or 0.0, default=None)
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
        needed=Needed(
            checked=gates.limits.conditional_coverage,
            proven=gates.limits.conditional_confidence,
            area=gates.limits.conditional_low,
        ),
    )


def hold_selection(verdict: Verdict, judged: int, shipped: int) -> Verdict:
    """Return the verdict of a selection of rules: what was not judged cannot be GO."""
    note = words.only_selected(judged, shipped)
    if verdict.word is not Word.GO:
        return replace(verdict, reasons=(*verdict.reasons, note))
    return replace(verdict, word=Word.CONDITIONAL, reasons=(note,))


def hold_stage(verdict: Verdict, mildest: Verdict) -> Verdict:
    """Return the verdict where nobody has stated a stage: what stops production alone does not stop a pilot.

    `verdict` was judged for the strictest stage, `mildest` for the mildest; NO-GO needs both.
    """
    if verdict.word is not Word.NO_GO or mildest.word is Word.NO_GO:
        return verdict
    return replace(
        verdict,
        word=Word.INSUFFICIENT,
        reasons=(words.stage_decides(verdict.stage, verdict.reasons), *mildest.reasons),
        is_stage_open=True,
    )


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
        self.dimensions = [dimension for dimension in dimensions if dimension.speaks]
        self.totals = totals
        self.limits = limits
        self.blockers = [finding for finding in scored if finding.severity is Severity.BLOCKER]
        self.highs = [finding for finding in scored if finding.severity is Severity.HIGH]

    def nothing_seen(self) -> list[str]:
        """Return why nothing was looked at, if so."""
        if not self.scored:
            return ["No rule was judged, so nothing can be said."]
        if not self.totals.applicable:
            return ["No rule applies to this pilot, so nothing can be said."]
        return [] if self.totals.decided else ["Nothing could be decided: every applicable rule is unknown."]

    def no_go(self) -> list[str]:
        blockers = _causes(f for f in self.blockers if state_of(f) is State.FAIL and not f.short)
        failed = (f for f in self.highs if state_of(f) is State.FAIL and not f.short)
        highs = _causes(f for f in failed if not _is_accepted(f))
        reasons = [words.blockers_failed(blockers)] if blockers else []
        return [*reasons, words.highs_failed(highs)] if highs else reasons

    def insufficient(self) -> list[str]:
        unknown = _causes(f for f in self.blockers if is_undecided(f))
        unproven = _causes(f for f in self.blockers if is_unproven(f))
        highs = _causes(f for f in self.highs if is_undecided(f) and not _is_accepted(f))
        reasons = [words.blockers_unknown(unknown)] if unknown else []
        reasons += [words.blockers_unproven(unproven)] if unproven else []
        reasons += [words.highs_unknown(highs)] if highs else []
        coverage = self.totals.coverage or 0.0
        if coverage < self.limits.insufficient_coverage:
            reasons.append(words.too_little_known(coverage, self.limits.insufficient_coverage))
        return reasons + self.low_dimensions(self.limits.insufficient_low)

    def conditional(self) -> list[str]:
        accepted = _causes(f for f in self.highs if _is_accepted(f))
        reasons = [words.highs_accepted(accepted)] if accepted else []
        short = _causes(
            f
            for f in (*self.blockers, *self.highs)
            if state_of(f) is State.FAIL and f.short and not _is_accepted(f)
        )
        reasons += [words.fallen_short(short)] if short else []
        reasons += self.low_dimensions(self.limits.conditional_low)
        coverage, confidence = self.totals.coverage or 0.0, self.totals.confidence or 0.0
        if coverage < self.limits.conditional_coverage:
            reasons.append(words.known_short_of_go(coverage, self.limits.conditional_coverage))
        if confidence < self.limits.conditional_confidence:
            reasons.append(words.shown_short_of_go(confidence, self.limits.conditional_confidence))
        aside = _causes(f for f in (*self.blockers, *self.highs) if f.set_aside_by)
        return [*reasons, words.set_aside(aside)] if aside else reasons

    def let_pass(self) -> list[str]:
        """Return what GO rests on, and what it leaves open: a GO never hides open findings."""
        lesser = [f for f in self.scored if f.severity not in {Severity.BLOCKER, Severity.HIGH}]
        failed = _causes(f for f in lesser if state_of(f) is State.FAIL)
        unknown = _causes(f for f in lesser if is_undecided(f))
        return [words.EVERY_GATE, *words.left_open(failed, unknown)]

    def low_dimensions(self, needed: float) -> list[str]:
        short = [(d.title, d.low) for d in self.dimensions if d.low is not None and d.low < needed]
        return words.dimensions_short(short, needed)


def _is_accepted(finding: Finding) -> bool:
    """Whether a named role accepted what is open, with reason and expiry, in the ledger."""
    return finding.state is State.WAIVED


def _causes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return one name for each cause: the rule, or the first rule of a cause with the number of the others."""
    rules: dict[str, set[str]] = {}
    for finding in findings:
        key = f"cause {finding.cause}" if finding.cause else finding.rule
        rules.setdefault(key, set()).add(finding.rule)
    return tuple(sorted(words.one_cause(sorted(held)) for held in rules.values()))
