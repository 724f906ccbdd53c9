"""The catalogue's entries of what only results of evaluations show."""

from __future__ import annotations

from poc_gate.model.fact import FactSpec, Kind
from poc_gate.model.fact_specs import SpecsOf

_FACTS = SpecsOf("observed", "name the raw result of the evaluation under `evaluation.report` or `imports:`")


def evaluation_facts() -> tuple[FactSpec, ...]:
    """Return the facts that the result of an evaluation shows and nobody types."""
    return (
        _FACTS.number("evaluation.broken_off", "1", 1e12, "Cases in which no answer could be marked, in any repeat"),
        _FACTS.stated("evaluation.tested_model", Kind.TEXT, "Model that was tested, by the name the tool was given"),
        _FACTS.stated("evaluation.tested_prompt", Kind.TEXT, "Version or digest of the prompt that was tested"),
        _FACTS.stated("evaluation.judge_model", Kind.TEXT, "Model that marked the answers"),
        _FACTS.stated("evaluation.dataset", Kind.TEXT, "Data set that was used"),
        _FACTS.stated("evaluation.dataset_digest", Kind.TEXT, "Digest of the cases that were used"),
        _FACTS.stated("evaluation.dataset_on", Kind.DATE, "Day of that data set"),
        _FACTS.stated("evaluation.tested_on", Kind.DATE, "Day on which the evaluation ran"),
        _FACTS.stated("evaluation.scores", Kind.TEXTS, "Scores as the tool reports them"),
    )  # fmt: skip
