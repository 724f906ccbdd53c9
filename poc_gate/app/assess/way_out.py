"""A judged case -> the way out: what to do, what can change most first, and the word after each step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from poc_gate.app.assess.bounds import load_bound
from poc_gate.app.assess.judge_case import Judged
from poc_gate.app.assess.reading.case import Case
from poc_gate.app.assess.step_words import action_of, reach_of
from poc_gate.judge.verdict.decide import decide
from poc_gate.judge.verdict.questions import Task, is_open, tasks
from poc_gate.judge.verdict.score import ScorePart, is_scored, score_part, weights_of
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import DIMENSIONS, Severity
from poc_gate.model.verdict import Step, Word

WORD_RANK = {Word.NO_GO: 0, Word.INSUFFICIENT: 1, Word.CONDITIONAL: 2, Word.GO: 3}
_GRAVE = {Severity.BLOCKER, Severity.HIGH}


def cheapest_way_out(case: Case, judged: Judged) -> tuple[Step, ...]:
    """Return the steps from the present verdict to GO, what can change most first; none when it is GO.

    Every task that holds an open blocker or high belongs to it. Where they do not suffice because too
    little is known or shown, as many of the others follow as the word needs, less those it can spare.
    """
    if judged.verdict.word is Word.GO:
        return ()
    way = _Way(case, judged)
    order = list(tasks(judged.findings, case.packs.rules, case.packs.records, judged.tree))
    needed = [task for task in order if _is_needed(task)]
    others = [task for task in order if task not in needed]
    word = next((word for word in (Word.GO, Word.CONDITIONAL) if way.reaches([*needed, *others], word)), None)
    if word is None:
        return way.steps(order)
    most = way.shortest_prefix(needed, others, word)
    chosen = [*needed, *way.without_idle(needed, others[:most], word)]
    return way.steps([task for task in order if task in chosen])


def _is_needed(task: Task) -> bool:
    """Whether no word that passes can be had without the task."""
    grave = [finding for finding in task.findings if finding.severity in _GRAVE]
    return bool(task.raises) or any(not _passes(finding) for finding in grave)


def _passes(finding: Finding) -> bool:
    """Whether a grave finding holds nothing back: it passes, and a blocker with the evidence it requires."""
    return finding.state is State.PASS and (finding.proven or finding.severity is not Severity.BLOCKER)


class _Way:
    """Asks what the verdict would be if some tasks were done, with the evidence their rules require."""

    def __init__(self, case: Case, judged: Judged) -> None:
        self.case = case
        self.findings = judged.findings
        self.packs = case.packs
        self.closed = [_closed(finding) if is_open(finding) else finding for finding in judged.findings]
        self.weights = weights_of(finding for finding in judged.findings if is_scored(finding))
        load = load_bound(judged.tree)
        self.is_beyond = load is not None and not load.is_met
        self._words: dict[frozenset[int], Word] = {}
        self._parts: dict[tuple[str, frozenset[int]], ScorePart] = {}
        self._place = {id(finding): number for number, finding in enumerate(judged.findings)}

    def word(self, done: Sequence[Task]) -> Word:
        places = frozenset(self._place[id(finding)] for task in done for finding in task.findings)
        if places not in self._words:
            self._words[places] = self._decided(places)
        return self._words[places]

    def _decided(self, places: frozenset[int]) -> Word:
        findings = [self.closed[n] if n in places else finding for n, finding in enumerate(self.findings)]
        word = decide(findings, stage=self.case.stage, parts=self._parts_of(findings, places)).word
        return Word.CONDITIONAL if word is Word.GO and self.is_beyond else word

    def _parts_of(self, findings: list[Finding], places: frozenset[int]) -> list[ScorePart]:
        """Return the scores by dimension; most of them are known from other sets of closed findings."""
        by_dimension: dict[str, list[int]] = {}
        for place in places:
            by_dimension.setdefault(self.findings[place].dimension, []).append(place)
        parts = []
        for key in DIMENSIONS:
            known = key, frozenset(by_dimension.get(key, ()))
            if known not in self._parts:
                scored = [f for f in findings if f.dimension == key and is_scored(f)]
                self._parts[known] = score_part(key, scored, self.weights)
            parts.append(self._parts[known])
        return parts

    def reaches(self, done: Sequence[Task], word: Word) -> bool:
        return WORD_RANK[self.word(done)] >= WORD_RANK[word]

    def shortest_prefix(self, done: list[Task], rest: list[Task], word: Word) -> int:
        """Return how many of `rest`, in order, reach a word that all of them reach."""
        low, high = 0, len(rest)
        while low < high:
            middle = (low + high) // 2
            if self.reaches([*done, *rest[:middle]], word):
                high = middle
            else:
                low = middle + 1
        return high

    def without_idle(self, done: list[Task], added: list[Task], word: Word) -> list[Task]:
        """Return the added tasks without those that the word does not need, the least worth tried first."""
        kept = list(added)
        for task in reversed(added):
            fewer = [one for one in kept if one is not task]
            if self.reaches([*done, *fewer], word):
                kept = fewer
        return kept

    def steps(self, chosen: list[Task]) -> tuple[Step, ...]:
        words = self.words(chosen)
        return tuple(
            Step(
                action=action_of(task, self.packs.rules),
                rules=task.rules,
                effort=task.effort,
                cost=task.first.cost if task.findings else "none",
                owner=task.owner,
                verdict_after=words[number + 1],
                reach=reach_of(task.findings, self.case.reading.currency),
            )
            for number, task in enumerate(chosen)
        )

    def words(self, chosen: list[Task]) -> list[Word]:
        """Return the word after each number of steps; it never worsens, so ends that agree fill the middle."""
        words = {n: self.word(chosen[:n]) for n in (0, len(chosen))}

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


def _closed(finding: Finding) -> Finding:
    return structs.replace(finding, state=State.PASS, held=finding.required, waiver="")
