"""The model that embeds -> how wide its vectors are, where no file says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.conclude.statements.imported_fact import imported_fact
from poc_gate.inputs.repository.noting.marks import ASKS_FOR_A_WIDTH
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.reading import Certainty, FoundFact, FoundModel
from poc_gate.inputs.repository.tables.marks.embedding_widths import has_one_width, width_of_embedding
from poc_gate.model.quantity import Quantity

_FACT = "retrieval.dims"


def state_widths(models: Sequence[FoundModel], signals: Signals) -> Iterator[FoundFact]:
    """Yield the dimensions that the one model which embeds has by default, unless any file says how many there are."""
    embeds = [one for one in models if one.role == "embedding"]
    if len(embeds) != 1 or any(seen.fact == _FACT for seen in signals.facts):
        return
    if any(one.name == ASKS_FOR_A_WIDTH for one in signals.techniques) and not has_one_width(embeds[0].name):
        return
    if any(_FACT in question.message for question in signals.questions):
        return
    if (width := width_of_embedding(embeds[0].name)) is not None:
        note = f"the default of {embeds[0].name}"
        yield imported_fact(_FACT, Quantity(float(width), "1"), embeds[0], Certainty.INFERRED, note)
