"""An evaluation held against the manifest: whether the tested model and prompt are those that are deployed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun
from poc_gate.inputs.observe.plain_values import mapping, text
from poc_gate.model.claim import Notice, Place, Value
from poc_gate.model.observation import Observed, is_day
from poc_gate.text.model_names import same_model

_OF_QUALITY = ("evaluation.n", "evaluation.failures", "evaluation.broken_off", "evaluation.repeats", "evaluation.spread",
               "evaluation.worst_slice_gap", "evaluation.slices", "evaluation.injection_")  # fmt: skip
_APPLICATION = re.compile(
    r"^(https?:|file:|exec:|python:|golang:|ruby:|package:|javascript:|webhook|browser|mcp|websocket|.*\.(py|js|ts|mjs)$)",
    re.IGNORECASE,
)
"""Targets that are the application itself, which names no model."""
_STAND_IN = ("mockllm", "dummy", "echo", "test.blank", "test.repeat", "test.lipsum")
"""Targets of tools that answer without a model."""
_PAIR = re.compile(r"\b(version|ended|model|prompt|dataset)\s*=\s*([^,;]+)")
_DATASET_DAY = re.compile(r"\bdataset_on\s*=\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\b")


def of_the_pilot(
    observed: Observed, ids: Mapping[str, tuple[str, ...]] | None, values: Mapping[str, Value]
) -> Observed:
    """Return an evaluation without its counts where it is of another model or of another version of the prompt.

    A name can be an alias, so that the difference is a question and no failure.
    """
    about = mapping(observed.details.get("about"))
    tested = text(about.get("tested_model"))
    place = Place(min(observed.files, default=""))
    if any(tested.lower().startswith(word) for word in _STAND_IN):
        what = f"the tested target {tested} is a placeholder of the tool, not a model"
        return _without(observed, Notice("limit", what, place, "evaluate the model that is deployed"))
    if ids is None:
        return observed
    planned = [
        name for fact in ("model.name", "model.version") if isinstance(name := values.get(fact), str) and name
    ]
    if (
        tested
        and planned
        and not _APPLICATION.match(tested)
        and not any(_same(tested, name) for name in planned)
    ):
        what = f"the evaluation is of {tested}, and the manifest names {planned[0]}: it is not taken as of the pilot"
        step = f"evaluate the model that is deployed, or write `model.name: {tested}` if it is the same"
        return _without(observed, Notice("question", what, place, step))
    prompt, deployed = text(about.get("tested_prompt")), text(values.get("model.prompt_version"))
    if prompt and deployed and not (prompt.startswith(deployed) or deployed.startswith(prompt)):
        what = f"the tested prompt is {prompt[:40]} and the deployed one {deployed[:40]}: whether they are the same is not shown"
        return replace(observed, notices=(*observed.notices, Notice("question", what, place)))
    return observed


def _same(tested: str, planned: str) -> bool:
    """Compare the last part of a name such as `openai:chat:gpt-4o` or `hf/Qwen/Qwen2.5-7B`."""
    return same_model(re.split(r"[:=]", tested)[-1], planned) or same_model(tested, planned)


def _without(observed: Observed, notice: Notice) -> Observed:
    kept = tuple(one for one in observed.observations if not one.fact.startswith(_OF_QUALITY))
    return replace(observed, observations=kept, notices=(*observed.notices, notice))


def completed(run: EvaluationRun, option: str) -> EvaluationRun:
    """Return a run completed by what the option says; what the file itself says is kept."""
    for name, value in _PAIR.findall(option):
        if not getattr(run, name):
            run = replace(run, **{name: value.strip()[:200]})
    day = _DATASET_DAY.search(option)
    if day and not run.dataset_day and is_day(day[1]):
        run = replace(run, dataset_day=day[1], dataset_day_typed=True)
    return run
