"""The catalogue's entries of what only results of evaluations show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind

_RESOLVE = "name the raw result of the evaluation under `evaluation.report` or `imports:`"


def evaluation_facts() -> tuple[FactSpec, ...]:
    """Return the facts that the result of an evaluation shows and nobody types."""
    return (
        _spec("evaluation.broken_off", Kind.QUANTITY, "Cases in which no answer could be marked, in any repeat"),
        _spec("evaluation.tested_model", Kind.TEXT, "Model that was tested, by the name the tool was given"),
        _spec("evaluation.tested_prompt", Kind.TEXT, "Version or digest of the prompt that was tested"),
        _spec("evaluation.judge_model", Kind.TEXT, "Model that marked the answers"),
        _spec("evaluation.dataset", Kind.TEXT, "Data set that was used"),
        _spec("evaluation.dataset_digest", Kind.TEXT, "Digest of the cases that were used"),
        _spec("evaluation.dataset_on", Kind.DATE, "Day of that data set"),
        _spec("evaluation.tested_on", Kind.DATE, "Day on which the evaluation ran"),
        _spec("evaluation.scores", Kind.TEXTS, "Scores as the tool reports them"),
    )  # fmt: skip


def _spec(name: str, kind: Kind, meaning: str) -> FactSpec:
    quantity = kind is Kind.QUANTITY
    return FactSpec(
        name=name, kind=kind, unit="1" if quantity else "", low=0 if quantity else None, high=1e12 if quantity else None,
        meaning=meaning, origin="observed", resolve=_RESOLVE,
    )  # fmt: skip
