"""A judged case -> what leadership asks next: of what a month's cost is made, and what the next stage still asks."""

from __future__ import annotations

from msgspec import structs

from poc_gate.app.assess.judge_case import Judged, judge_case
from poc_gate.app.assess.reading.case import Case
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import SEVERITY_RANK, Stage
from poc_gate.model.verdict import CostPart, NextStage, Word

_PASSING = {Word.GO, Word.CONDITIONAL}
_MOST_TITLES = 6
_NAMES = {
    "tokens": "model tokens",
    "retrieval": "retrieval",
    "egress": "outbound traffic",
    "review": "human review",
}


def cost_parts(judged: Judged) -> tuple[CostPart, ...]:
    """Return the parts of a month's cost at the planned load, the largest first; parts whose price is unknown are left out."""
    from poc_gate.flow.derive_facts import Deriver
    from poc_gate.flow.facts.money.costs import MONTH, known_prices
    from poc_gate.flow.interface import CannotDeriveError

    view = Deriver(judged.tree).view()
    try:
        prices, _ = known_prices(view)
        mean = view.maybe("demand.requests_per_day")
    except (CannotDeriveError, ZeroDivisionError, OverflowError):
        return ()
    rate = mean.likely if mean is not None else 0.0
    parts = [
        CostPart(_NAMES.get(name, name), value * rate * MONTH) for name, value in prices.per_request.items()
    ]
    machines = prices.replica_second * prices.replicas_at(rate, planned=rate) * MONTH
    parts += [CostPart("machines", machines), CostPart("fixed costs", prices.month)]
    return tuple(sorted((part for part in parts if part.month > 0), key=lambda part: -part.month))


def next_stage(case: Case, judged: Judged) -> NextStage | None:
    """Return what the next stage still asks of a pilot that passed this one; None for the last stage."""
    from poc_gate.words.judged.must_haves import must_haves

    stages = list(Stage)
    place = stages.index(case.stage) + 1
    if judged.verdict.word not in _PASSING or place >= len(stages) or case.only:
        return None
    then = judge_case(structs.replace(case, stage=stages[place]), in_full=False, derived=judged.tree)
    counted = must_haves(then.findings)
    wanted = {*counted.failed, *counted.unanswered, *counted.unproven}
    order = sorted((f for f in then.findings if f.rule in wanted and not _is_met(f)), key=_gravest)
    owners: dict[str, str] = {}
    for finding in order:
        owners.setdefault(finding.title, finding.owner)
    titles = tuple(owners)[:_MOST_TITLES]
    return NextStage(
        stages[place],
        then.verdict.word,
        titles,
        len(counted.failed),
        len(counted.unanswered),
        len(counted.unproven),
        tuple(owners[title] for title in titles),
    )


def _is_met(finding: Finding) -> bool:
    if finding.state is State.PASS:
        return finding.proven
    return finding.state in (State.NOT_APPLICABLE, State.WAIVED)


def _gravest(finding: Finding) -> tuple[int, bool, str]:
    return (-SEVERITY_RANK[finding.severity], finding.state is not State.FAIL, finding.rule)
