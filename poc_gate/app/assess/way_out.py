"""A judged case -> the shortest way out: which findings to close, cheapest first, and what each turns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from poc_gate.app.assess.case import Case
from poc_gate.app.assess.judge_case import Judged
from poc_gate.app.assess.step_words import action_of, reach_of
from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.score import (
    Part,
    is_scored,
    is_undecided,
    is_unproven,
    score_part,
    state_of,
)
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import DIMENSIONS, SEVERITY_RANK, SEVERITY_WEIGHT, Severity
from poc_gate.model.verdict import Step, Word

EFFORT_RANK = {"hours": 0, "days": 1, "weeks": 2, "months": 3, "": 4}
COST_RANK = {"none": 0, "low": 1, "medium": 2, "high": 3, "": 4}
_STATE_RANK = {State.FAIL: 3, State.ERROR: 2, State.UNKNOWN: 1}
WORD_RANK = {Word.NO_GO: 0, Word.INSUFFICIENT: 1, Word.CONDITIONAL: 2, Word.GO: 3}


class OpenRule(Struct, frozen=True):
    """One rule that is failed, unknown or not proven, with its open findings."""

    rule: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for the rule: the gravest, and what fails before what is only open."""
        return max(self.findings, key=lambda f: (SEVERITY_RANK[f.severity], _STATE_RANK.get(f.state, 0)))

    @property
    def fails(self) -> bool:
        """Whether something that is known has to change, not only to be stated, measured or shown."""
        return any(finding.state is State.FAIL for finding in self.findings)

    @property
    def order(self) -> tuple[int, int, int, float, str]:
        """Blockers first, then what is cheap for its weight."""
        first = self.first
        blocks = 0 if first.severity is Severity.BLOCKER else 1
        effort, cost = EFFORT_RANK.get(first.effort, 4), COST_RANK.get(first.cost, 4)
        return blocks, effort, cost, -float(SEVERITY_WEIGHT[first.severity]), self.rule


def cheapest_way_out(case: Case, judged: Judged) -> tuple[Step, ...]:
    """Return the steps from the present verdict to each better one and on to GO; none when it is GO.

    Out of NO-GO leads what fails: the blockers, then what is cheap for its weight, until the word is another.
    From there every open blocker comes first, then the cheapest of the other open rules until the next word is
    reached. Each step that the word can be reached without is dropped.
    """
    if judged.verdict.word is Word.GO:
        return ()
    way = _Way(case, judged)
    order = sorted(way.open_rules(), key=lambda rule: rule.order)
    chosen: list[OpenRule] = []
    for word in (Word.INSUFFICIENT, Word.CONDITIONAL, Word.GO):
        if WORD_RANK[way.word(chosen)] >= WORD_RANK[word]:
            continue
        rest = [rule for rule in order if rule not in chosen]
        if word is Word.INSUFFICIENT:
            rest.sort(key=lambda rule: not rule.fails)
        needed = way.shortest_prefix(chosen, rest, word)
        if needed is None:
            chosen += rest
            break
        chosen += way.without_idle(chosen, rest[:needed], word)
    return way.steps(chosen)


class _Way:
    """Asks what the verdict would be if some rules passed with the evidence they require."""

    def __init__(self, case: Case, judged: Judged) -> None:
        self.case = case
        self.findings = judged.findings
        self.closed = [_closed(finding) if is_open(finding) else finding for finding in judged.findings]
        tier = judged.tree.get("purpose.risk_tier").value
        self.tier = tier if isinstance(tier, str) else ""
        self._words: dict[frozenset[str], Word] = {}
        self._parts: dict[tuple[str, frozenset[str]], Part] = {}
        self.dimension_of = {f.rule: f.dimension for f in judged.findings}

    def open_rules(self) -> list[OpenRule]:
        by_rule: dict[str, list[Finding]] = {}
        for finding in self.findings:
            if is_open(finding):
                by_rule.setdefault(finding.rule, []).append(finding)
        return [OpenRule(rule, tuple(found)) for rule, found in by_rule.items()]

    def word(self, closed: Sequence[OpenRule]) -> Word:
        rules = frozenset(rule.rule for rule in closed)
        if rules not in self._words:
            self._words[rules] = self._decided(rules)
        return self._words[rules]

    def _decided(self, rules: frozenset[str]) -> Word:
        pairs = zip(self.findings, self.closed, strict=True)
        findings = [after if before.rule in rules else before for before, after in pairs]
        parts = self._parts_of(findings, rules)
        return decide(findings, stage=self.case.stage, risk_tier=self.tier, parts=parts).word

    def _parts_of(self, findings: list[Finding], closed: frozenset[str]) -> list[Part]:
        """Return the scores by dimension; most of them are known from other sets of closed rules."""
        by_dimension: dict[str, list[str]] = {}
        for rule in closed:
            by_dimension.setdefault(self.dimension_of[rule], []).append(rule)
        parts = []
        for key in DIMENSIONS:
            known = key, frozenset(by_dimension.get(key, ()))
            if known not in self._parts:
                scored = [f for f in findings if f.dimension == key and is_scored(f)]
                self._parts[known] = score_part(key, scored)
            parts.append(self._parts[known])
        return parts

    def shortest_prefix(self, closed: list[OpenRule], rest: list[OpenRule], word: Word) -> int | None:
        """Return how many of `rest`, in order, reach the word; None when all of them do not."""
        if WORD_RANK[self.word([*closed, *rest])] < WORD_RANK[word]:
            return None
        low, high = 0, len(rest)
        while low < high:
            middle = (low + high) // 2
            if WORD_RANK[self.word([*closed, *rest[:middle]])] >= WORD_RANK[word]:
                high = middle
            else:
                low = middle + 1
        return high

    def without_idle(self, closed: list[OpenRule], added: list[OpenRule], word: Word) -> list[OpenRule]:
        """Return the added rules without those that the word does not need, dearest tried first."""
        kept = list(added)
        for rule in reversed(added):
            if rule.first.severity is Severity.BLOCKER:
                continue  # an open blocker holds every word back
            fewer = [one for one in kept if one is not rule]
            if WORD_RANK[self.word([*closed, *fewer])] >= WORD_RANK[word]:
                kept = fewer
        return kept

    def steps(self, chosen: list[OpenRule]) -> tuple[Step, ...]:
        words = self.words(chosen)
        return tuple(
            Step(
                action=action_of(rule.findings, rule.first),
                rules=(rule.rule,),
                effort=rule.first.effort,
                cost=rule.first.cost,
                owner=rule.first.owner,
                verdict_after=words[number + 1],
                reach=reach_of(rule.findings),
            )
            for number, rule in enumerate(chosen)
        )

    def words(self, chosen: list[OpenRule]) -> list[Word]:
        """Return the word after each number of steps; it never worsens, so ends that agree fill the middle."""
        rules = [rule.rule for rule in chosen]
        prefixes = (frozenset(rules[:n]) for n in range(len(rules) + 1))
        words = {n: self._words[prefix] for n, prefix in enumerate(prefixes) if prefix in self._words}
        words |= {n: self.word(chosen[:n]) for n in (0, len(chosen))}

        def between(low: int, high: int) -> None:
            if words[low] == words[high] or high - low < 2:
                words.update(dict.fromkeys(range(low + 1, high), words[low]))
                return
            middle = (low + high) // 2
            words[middle] = self.word(chosen[:middle])
            between(low, middle)
            between(middle, high)

        for low, high in pairwise(sorted(words)):
            between(low, high)
        return [words[n] for n in range(len(chosen) + 1)]


def is_open(finding: Finding) -> bool:
    """Whether closing the finding could help: failed, undecided, unproven, or passed on weak evidence."""
    if finding.due or finding.state is State.NOT_APPLICABLE:
        return False
    if state_of(finding) is State.FAIL or is_undecided(finding) or is_unproven(finding):
        return True
    return finding.state is State.PASS and not finding.proven


def _closed(finding: Finding) -> Finding:
    return structs.replace(finding, state=State.PASS, held=finding.required, waiver="")
