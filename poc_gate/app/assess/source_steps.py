"""Rising loads that `poc-gate sources --steps` sent to the pilot's own model -> steps of a load test, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from poc_gate.model.claim import Place, Provenance
from poc_gate.model.fact import FactTree
from poc_gate.model.observation import Observation
from poc_gate.model.quantity import Quantity

if TYPE_CHECKING:
    from poc_gate.inputs.connect.load.load_steps import LoadStep
    from poc_gate.inputs.connect.results.sources_file import SourcesFile

SHORT_PROMPT = 20.0
"""Tokens of the fixed prompt that the connector sends, about; a prompt of the user's own may be longer."""
_MOST_FAILED = 0.05


def steps_of_sources(
    file: SourcesFile, name: str, tree: FactTree, counting: frozenset[str], provenance: Provenance
) -> tuple[Observation, ...]:
    """Return the steps of sources in `counting` whose model is the one that the manifest names.

    A step that showed this machine more than the server, or in which calls failed, is left out.
    """
    from poc_gate.text.model_names import same_model

    planned = tree.get("model.name").value
    found: list[Observation] = []
    for report in file.sources:
        if report.id not in counting or not report.model or not isinstance(planned, str):
            continue
        if same_model(report.model, planned):
            for number, step in enumerate(report.steps, start=1):
                found += _facts(
                    step, f"load_test.steps[{report.id}-{number}]", name, file.measured_at[:10], provenance
                )
    return tuple(found)


def _facts(step: LoadStep, item: str, file: str, day: str, provenance: Provenance) -> Iterator[Observation]:
    if step.client_limited or not step.calls or step.failed > _MOST_FAILED * step.calls:
        return
    method = (
        f"{step.calls} calls with {step.concurrency} in flight, sent by the clock; time from the actual send"
    )
    values = (
        ("rate", step.offered_per_s, "req/s"), ("served_rate", step.served_per_s, "req/s"),
        ("concurrency", step.in_flight, "1"), ("requests", float(step.calls), "1"), ("duration", step.seconds, "s"),
        ("p50", step.service_p50, "s"), ("p95", step.service_p95, "s"), ("tpot", step.per_token_p50, "s"),
        ("in_tokens", SHORT_PROMPT, "tok"), ("out_tokens", step.out_tokens_p50, "tok"),
        ("error_rate", step.failed / step.calls, "1"),
    )  # fmt: skip
    for field, value, unit in values:
        if value is not None:
            yield Observation(
                f"{item}.{field}", Quantity(value, unit), Place(file), samples=step.calls, method=method,
                provenance=provenance, dated=day,
            )  # fmt: skip
    for field, flag in (("open_loop", True), ("of_model", True)):
        yield Observation(
            f"{item}.{field}",
            flag,
            Place(file),
            samples=step.calls,
            method=method,
            provenance=provenance,
            dated=day,
        )
