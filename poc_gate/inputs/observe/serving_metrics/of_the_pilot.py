"""Metrics held against the manifest: whether the models that the servers name are the pilot's own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.model.claim import Notice, Place, Value
from poc_gate.model.observation import Observed
from poc_gate.text.model_names import same_model

_NAMES = ("model.name", "model.version", "model.artifact", "retrieval.embedder", "retrieval.reranker")
_ENDS = ("].name", "].version", "].id")
_KEPT = ("serving.models", "serving.saturation_exported")


def of_the_pilot(
    observed: Observed, ids: Mapping[str, tuple[str, ...]] | None, values: Mapping[str, Value]
) -> Observed:
    """Return metrics without their figures where a server in them serves a model that the manifest does not name.

    A Prometheus watches many servers, and their requests, queues and errors are added up. A name can be an alias, so that
    the difference is a question.
    """
    served = next((one.value for one in observed.observations if one.fact == "serving.models"), None)
    planned = [
        value
        for fact, value in sorted(values.items())
        if isinstance(value, str)
        and value
        and (fact in _NAMES or (fact.startswith("models[") and fact.endswith(_ENDS)))
    ]
    if ids is None or not planned or not isinstance(served, tuple):
        return observed
    strange = [str(one) for one in served if not any(same_model(str(one), name) for name in planned)]
    if not strange:
        return observed
    kept = tuple(one for one in observed.observations if one.fact.startswith(_KEPT))
    others = "" if len(strange) == len(served) else "also "
    what = f"the metrics are {others}of {', '.join(strange[:4])}, which the manifest does not name: they are not taken as of the pilot"
    step = f"query the pilot's own servers alone, such as `--match 'model_name=\"{planned[0]}\"'`, or write `model.name: {strange[0]}` if it is the same"
    notice = Notice("question", what, Place(min(observed.files, default="")), step)
    return replace(observed, observations=kept, notices=(*observed.notices, notice))
