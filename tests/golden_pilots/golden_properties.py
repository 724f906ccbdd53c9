"""What holds for every pilot that is ready, whatever is taken from it; shared by the short and the long test."""

from __future__ import annotations

import atexit
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))  # the descriptions lie beside the tests

from archetypes import ARCHETYPES
from msgspec.structs import replace
from test_golden_pilots import MACHINE, OTHER_MACHINES, RULES, STAGES
from write_pilots import DAY, write_pilot

from poc_gate.app.assess.assess import with_commit, with_draining
from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.reading.case import Case, CaseRequest, read_case
from poc_gate.model.fact import Fact
from poc_gate.model.finding import Finding, State
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Word

ORDER = {Word.NO_GO: 0, Word.INSUFFICIENT: 0, Word.CONDITIONAL: 1, Word.GO: 2}
"""Words that do not pass count alike: a truthful no is worse than silence in name only."""
READY = [(name, stage) for name in ARCHETYPES for stage in STAGES]


@cache
def case_of(name: str, stage: str, wrong: str = "{}") -> Case:
    """Return everything that a golden pilot at one stage rests on; `wrong` holds other values as JSON."""
    folder = Path(tempfile.mkdtemp(prefix="golden-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_pilot(folder, ARCHETYPES[name], RULES, stage=stage, changes=json.loads(wrong))
    return with_draining(
        with_commit(read_case(CaseRequest(folder, DAY, "", machine=str(OTHER_MACHINES.get(name, MACHINE)))))
    )


def twin_of(name: str, stage: str, wrong: dict[str, Any]) -> Case:
    """Return a golden pilot with some values wrong."""
    return case_of(name, stage, json.dumps(wrong, sort_keys=True))


@cache
def judged(name: str, stage: str) -> Judged:
    """Return how the untouched pilot is judged."""
    return judge_case(case_of(name, stage), in_full=False)


def stated(case: Case) -> list[str]:
    """Return the names of the facts that the pilot states, imports or measured."""
    return sorted(
        fact.name for fact in case.tree.facts.values() if fact.value is not None and not fact.derived
    )


def with_tree(case: Case, facts: dict[str, Fact]) -> Case:
    """Return the case over other facts; lists keep their items."""
    return replace(case, tree=replace(case.tree, facts=facts))


def without(case: Case, names: Iterable[str]) -> Case:
    """Return the case without some facts."""
    gone = set(names)
    return with_tree(case, {name: fact for name, fact in case.tree.facts.items() if name not in gone})


def changed(case: Case, **values: Any) -> Case:
    """Return the case with other values; a double underscore stands for a dot."""
    facts = dict(case.tree.facts)
    for key, value in values.items():
        name = key.replace("__", ".")
        facts[name] = replace(facts[name], value=value) if name in facts else Fact(name, value)
    return with_tree(case, facts)


def assert_forgetting_helps_nothing(name: str, stage: str, gone: tuple[str, ...]) -> None:
    """Without these facts word, lows, coverage and day are no better, and nothing fails."""
    full, less = judged(name, stage), judge_case(without(case_of(name, stage), gone), in_full=False)
    assert ORDER[less.verdict.word] <= ORDER[full.verdict.word], gone
    assert _none(less.verdict.coverage) <= _none(full.verdict.coverage) + 1e-9, gone
    lows = {score.key: score.low for score in full.verdict.dimensions if score.speaks}
    for score in less.verdict.dimensions:
        if score.speaks and score.key in lows:
            assert _none(score.low) <= _none(lows[score.key]) + 1e-9, (gone, score.key)
    if less.verdict.holds_until and full.verdict.holds_until:
        assert less.verdict.holds_until <= full.verdict.holds_until, gone
    assert_nothing_fails(less.findings, gone)


def assert_nothing_fails(findings: Iterable[Finding], gone: object) -> None:
    """Of a pilot that is ready, no part fails: silence is no failure, and no bound is wrong."""
    failed = [finding.rule for finding in findings if finding.state is State.FAIL]
    assert not failed, (failed, gone)


_ONLY_SPEAKS_AGAINST = {"F04-injection-suite": "evaluation.injection_success"}
"""Rule -> fact that can only add to what the counts of tries show: a rate stated over both kinds, 90 % beside clean counts."""


def assert_truth_never_turns_a_pass(
    name: str, stage: str, wrong: dict[str, Any], gone: tuple[str, ...]
) -> None:
    """What passes while facts are missing does not fail once they are told."""
    whole = twin_of(name, stage, wrong)
    told = {(f.rule, f.subject): f.state for f in judge_case(whole, in_full=False).findings}
    for finding in judge_case(without(whole, gone), in_full=False).findings:
        if finding.state is State.PASS and _ONLY_SPEAKS_AGAINST.get(finding.rule) not in gone:
            assert told.get((finding.rule, finding.subject)) is not State.FAIL, (finding.rule, gone)


def assert_people_never_hurt(name: str, stage: str) -> None:
    """Without reviewers and without anybody who may step in, the word is no better."""
    alone = changed(
        case_of(name, stage), oversight__review_share=Quantity(0.0, "1"), oversight__can_override=False
    )
    assert ORDER[judge_case(alone, in_full=False).verdict.word] <= ORDER[judged(name, stage).verdict.word]


def _none(value: float | None) -> float:
    return -1.0 if value is None else value
