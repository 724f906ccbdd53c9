"""Derived facts on latency budgets: whether the stages' shares add up, and what the slowest part alone takes."""

from __future__ import annotations

from poc_gate.flow.interface import Derivation, DerivedValue, FactView
from poc_gate.flow.reading.awaited_calls import awaited
from poc_gate.flow.reading.path_reading import MODEL_STAGES, SEARCH_STAGES, stands_for
from poc_gate.flow.span import Span, as_span, total


def _budgets(view: FactView) -> list[tuple[str, Span, Span]]:
    stages: list[tuple[str, Span, Span]] = []
    missing: list[str] = []
    for stage in view.each("path.stages"):
        budget, quantile = stage.maybe("path.stages[].budget"), stage.maybe("path.stages[].quantile")
        if budget is None or quantile is None:
            pairs = (("budget", budget), ("quantile", quantile))
            missing += [stage.full_name(f"path.stages[].{name}") for name, span in pairs if span is None]
        else:
            stages.append((stage.item, budget, quantile))
    if missing or not stages:
        raise view.missing(*(missing or ["path.stages"]))
    return stages


def _budget_sum(view: FactView) -> DerivedValue:
    stages = _budgets(view)
    moved = view.one("flow.movement.time")
    whole = total(budget for _, budget, _ in stages) + moved
    shown = " + ".join(f"{name} {budget.shown('s')}" for name, budget, _ in stages)
    return DerivedValue(whole, f"{shown} + movement {moved.shown('s')} = {whole.shown('s')}")


def _floor(view: FactView) -> DerivedValue:
    """Return the largest p99 of the parts that every request passes, or of whole requests that were seen in traces.

    Raises naming the parts without one, with the largest known as a lower bound.
    """
    parts = [(source.item, "sources[].p99", _own_tail(source, "sources[]"), source)
             for source in view.each("sources") if _always_met(source)]  # fmt: skip
    parts += [(stage.item, "path.stages[].p99", _own_tail(stage, "path.stages[]"), stage)
              for stage in view.each("path.stages") if not _stands_for_another(stage)]  # fmt: skip
    if _model_answers(view):
        parts.append(("model", "model.time_per_call_p99", view.maybe("model.time_per_call_p99"), view))
    seen = view.maybe("observed.p99")
    if seen is not None:  # today's load is no higher than the planned peak, and times do not fall as it grows
        parts.append(("whole requests in traces", "observed.p99", seen, view))
    known = {name: time for name, _, time, _ in parts if time is not None}
    missing = [at.full_name(fact) for _, fact, time, at in parts if time is None]
    unstated = [name for name in ("sources",) if name not in view.tree.items]
    missing += [*unstated, *(["pilot.uses"] if view.texts("pilot.uses") is None else [])]
    if not parts and not missing:
        return DerivedValue(as_span(0.0), "no part takes time that is stated")
    name = max(known, key=lambda part: known[part].likely, default="")
    if missing:
        raise view.missing(*missing).bounded(low=known[name].low if name else None)
    return DerivedValue(known[name], f"p99 of {name} alone = {known[name].shown('s')}")


def _stands_for_another(stage: FactView) -> bool:
    """Whether a stage without a p99 of its own takes that of a source, the model or the search."""
    named = stage.text("path.stages[].source") or stands_for(stage.item, MODEL_STAGES | SEARCH_STAGES)
    return bool(named) and stage.maybe("path.stages[].p99") is None


def _model_answers(view: FactView) -> bool:
    uses = view.texts("pilot.uses") or ()
    return view.text("model.hosting") != "none" and not {"llm", "classic-ml", "agent"}.isdisjoint(uses)


def _always_met(source: FactView) -> bool:
    """Whether every request waits for at least one call to the source: none hedged, none answered by a cache."""
    calls, hits = source.maybe("sources[].calls_per_request"), source.maybe("sources[].cache_hit")
    called = calls is None or calls.likely >= 1
    cached = hits is not None and hits.likely > 0
    return awaited(source) and called and not cached and source.flag("sources[].hedged") is not True


def _own_tail(part: FactView, kind: str) -> Span | None:
    """Return the p99 of a part, cut at the time after which it is given up."""
    tail, timeout = part.maybe(f"{kind}.p99"), part.maybe(f"{kind}.timeout")
    given_up = tail is not None and timeout is not None and 0 < timeout.likely < tail.likely
    return timeout if given_up else tail


def _quantile_slack(view: FactView) -> DerivedValue:
    stages = _budgets(view)
    spent = total(1.0 - quantile for _, _, quantile in stages)
    slack = spent / (1.0 - 0.99)
    return DerivedValue(
        slack, f"sum(1 - quantile) / (1 - 0.99) = {spent.likely:.4g} / 0.01 = {slack.likely:.3g}"
    )


DERIVATIONS = (
    Derivation(
        "flow.latency.budget_sum", "Sum of the stages' budgets and of movement", "Q8: sum(budget_i) + t_mv",
        ("path.stages[].budget", "path.stages[].quantile", "flow.movement.time"), _budget_sum, "s", by_ends=True,
    ),
    Derivation(
        "flow.latency.floor", "Least p99 that the known times of single parts leave possible",
        "largest p99 of a part that every request waits for, or of the whole as traces show it today",
        ("sources[].awaited", "sources[].hedged", "sources[].p99", "sources[].timeout", "sources[].calls_per_request",
         "sources[].cache_hit", "path.stages[].p99", "path.stages[].timeout", "path.stages[].source",
         "model.time_per_call_p99", "model.hosting", "pilot.uses", "observed.p99"),
        _floor, "s",
    ),
    Derivation(
        "flow.latency.budget_quantile_slack", "Share of the late calls allowed by the p99 that the stages' quantiles use up",
        "Q8: sum(1 - alpha_i) / (1 - alpha)", ("path.stages[].budget", "path.stages[].quantile"), _quantile_slack,
        reference="union bound", by_ends=True,
    ),
)  # fmt: skip
"""In the order in which they build on each other."""
