"""Open findings -> what a person has to do, one task for each artifact, in the order of what it can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from poc_gate.judge.verdict.priors import chance, kind_of_pilot
from poc_gate.judge.verdict.score import is_undecided, is_unproven, state_of
from poc_gate.model.fact import FactTree
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.exposure import FACETS, facet_fact
from poc_gate.model.rule import CLASS_RANK, SEVERITY_RANK, Record, Rule, Severity

SCOPE = "scope"
"""Key of the first task: what the pilot is, whom it touches, which regimes bind it."""
SCOPE_FACTS = frozenset({"pilot.uses", "pilot.stage", "purpose.regimes", "purpose.role"})
STOPS: Mapping[Severity, float] = {
    Severity.BLOCKER: 1.0, Severity.HIGH: 0.85, Severity.MEDIUM: 0.1, Severity.LOW: 0.02,
}  # fmt: skip
"""What a finding of each severity can stop, the release being 1; poc-gate's own choice."""
EFFORT: Mapping[str, float] = {"hours": 1.0, "days": 1.05, "weeks": 1.15, "months": 1.2}
"""How much an effort divides the worth of a question: far less than the time itself, since whether a thing was
done is said in an hour, however long doing it takes; poc-gate's own choice."""
SECOND = 0.5
"""How much the second likeliest stop of a record counts: the two seldom come apart; poc-gate's own choice."""
_UNPROVEN, _WEAK, _ACCEPTED = 0.5, 0.1, 0.3
"""Share of the chance that is left where a claim passes already, where only weak proof lowers a score, and
where somebody has accepted what is open."""


class Task(Struct, frozen=True):
    """One thing to do, and the open findings that it closes."""

    key: str
    findings: tuple[Finding, ...]
    title: str = ""
    """Of the record; empty where the task is one rule, or one cause."""
    effort: str = ""
    owner: str = ""
    worth: float = 0.0
    """Chance that it stops the release, over effort."""
    raises: tuple[str, ...] = ()
    """Rules that count as graver until a task of scope is done."""
    names: tuple[str, ...] = ()
    """Facts that a task of scope asks for."""
    likeliest: tuple[str, ...] = ()
    """Its rules, the likeliest to stop the release first."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it closes, each once."""
        return tuple(sorted({finding.rule for finding in self.findings}))

    @property
    def first(self) -> Finding:
        """The finding that speaks for the task: of the likeliest rule the gravest, and what fails before what is only open."""
        spoken = [f for f in self.findings if f.rule in self.likeliest[:1]] or self.findings
        return max(spoken, key=lambda f: (SEVERITY_RANK[f.severity], _STATE_RANK.get(f.state, 0)))

    @property
    def fails(self) -> bool:
        """Whether something that is known has to change, not only to be stated, measured or shown."""
        return any(state_of(finding) is State.FAIL for finding in self.findings)


_STATE_RANK = {State.FAIL: 3, State.ERROR: 2, State.UNKNOWN: 1}


def is_open(finding: Finding) -> bool:
    """Whether closing the finding could help: failed, undecided, or passed on less than its rule requires."""
    if finding.due or finding.state is State.NOT_APPLICABLE:
        return False
    return state_of(finding) is State.FAIL or is_undecided(finding) or is_unproven(finding)


def tasks(
    findings: Sequence[Finding], rules: Mapping[str, Rule], records: Mapping[str, Record], tree: FactTree
) -> tuple[Task, ...]:
    """Return the work to do, what can change most first; the scope of the pilot before everything.

    What fails makes one task for each cause, or rule. What is unanswered or unproven makes one task
    for each record that answers it, else for each cause, or rule.
    """
    open_ones = [finding for finding in findings if is_open(finding)]
    scope = scope_facts(tree)
    about = {name for name in scope if name.startswith(("pilot.", "purpose."))}
    asked = {id(f) for f in open_ones if f.unknown and about.issuperset(f.unknown)}
    grouped: dict[str, list[Finding]] = {}
    for finding in open_ones:
        if id(finding) not in asked:
            grouped.setdefault(_key(finding, rules, records), []).append(finding)
    kind = kind_of_pilot(tree)
    found = [_task(key, held, rules, records, kind) for key, held in grouped.items()]
    found.sort(key=lambda task: (-task.worth, -len(task.rules), task.key))
    raised = tuple(sorted({f.rule for f in open_ones if f.exposure_unknown}))
    mine = tuple(f for f in open_ones if id(f) in asked)
    if not mine and not raised:
        return tuple(found)
    names = tuple(sorted(scope if raised else {name for f in mine for name in f.unknown}))
    return (Task(SCOPE, mine, effort="hours", raises=raised, names=names, worth=1.0), *found)


def scope_facts(tree: FactTree) -> frozenset[str]:
    """Return the facts, still unknown, that say what a pilot is, whom it touches and which regimes bind it."""
    missing = {name for name in SCOPE_FACTS if tree.get(name).value is None}
    facets = [facet_fact(facet) for facet in FACETS if facet != "level"]
    return frozenset(missing.union(*(_missing_behind(name, tree) for name in facets)))


def _missing_behind(name: str, tree: FactTree) -> set[str]:
    """Return what a person has to state for a facet to be known."""
    fact = tree.get(name)
    if fact.value is not None:
        return set()
    behind = [other for other in fact.inputs if tree.get(other).value is None]
    if not behind:
        return set() if fact.derived else {name}
    return set().union(*(_missing_behind(other, tree) for other in behind))


def _key(finding: Finding, rules: Mapping[str, Rule], records: Mapping[str, Record]) -> str:
    rule = rules.get(finding.rule)
    fails = state_of(finding) is State.FAIL
    if rule is not None and not fails and rule.record in records:
        return f"record {rule.record}"
    if finding.cause:
        return f"cause {finding.cause}{' fails' if fails else ''}"
    return finding.rule


def _task(
    key: str,
    held: Sequence[Finding],
    rules: Mapping[str, Rule],
    records: Mapping[str, Record],
    kind: frozenset[str],
) -> Task:
    record = records.get(key.removeprefix("record ")) if key.startswith("record ") else None
    stops = {rule: _stop(group, rules.get(rule), kind) for rule, group in _by_rule(held)}
    likeliest = tuple(sorted(stops, key=lambda rule: (-stops[rule], rule)))
    first = Task(key, tuple(held), likeliest=likeliest).first
    effort = record.effort if record is not None and record.effort else first.effort
    return Task(
        key=key,
        findings=tuple(held),
        title=record.title if record is not None else "",
        effort=effort,
        owner=record.owner if record is not None and record.owner else first.owner,
        worth=_any_of([stops[rule] for rule in likeliest]) / EFFORT.get(effort, EFFORT["weeks"]),
        likeliest=likeliest,
    )


def _any_of(stops: Sequence[float]) -> float:
    """Return the chance that the likeliest stop happens or, counted by `SECOND`, the next likeliest.

    Many unlikely ones must not push a likely one down, so no further ones count.
    """
    first, *others = stops
    return 1.0 - (1.0 - first) * (1.0 - SECOND * others[0] if others else 1.0)


def _by_rule(held: Iterable[Finding]) -> Iterable[tuple[str, list[Finding]]]:
    found: dict[str, list[Finding]] = {}
    for finding in held:
        found.setdefault(finding.rule, []).append(finding)
    return found.items()


def _stop(group: Sequence[Finding], rule: Rule | None, kind: frozenset[str]) -> float:
    """Return the chance that the findings of one rule stop the release."""
    return max(_likelihood(finding, rule, kind) * STOPS[_weight(finding)] for finding in group)


def _weight(finding: Finding) -> Severity:
    """Return how grave a finding is for the order: what falls short stops nothing."""
    grave = finding.severity in {Severity.BLOCKER, Severity.HIGH}
    return Severity.MEDIUM if finding.short and grave else finding.severity


def _likelihood(finding: Finding, rule: Rule | None, kind: frozenset[str]) -> float:
    if finding.state is State.WAIVED:
        return _ACCEPTED
    if state_of(finding) is State.FAIL:
        return 1.0
    estimate = chance(rule, kind)
    if is_undecided(finding):
        return estimate
    lacks = finding.severity is Severity.BLOCKER and finding.held is not None
    weak = lacks and CLASS_RANK[finding.held] < CLASS_RANK[finding.required]  # type: ignore[index]
    return estimate * (_UNPROVEN if weak else _WEAK)
