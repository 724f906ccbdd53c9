"""The words of a first look that every report shares."""

from __future__ import annotations

from collections.abc import Sequence

from poc_gate.model.parts.first_look import FirstLook, PlainQuestion, SeenFact
from poc_gate.model.quantity import Quantity, show_quantity, show_share
from poc_gate.words.named_facts import readable

_NUMBERS = ("questions", "question", "two questions", "three questions", "four questions", "five questions")

_LABELS = {
    "pilot.uses": "built with",
    "model.name": "model",
    "models": "other models",
    "models.asked": "perhaps other models",
    "model.hosting": "the model runs",
    "model.version": "version of the model",
    "model.alias_floating": "the model can change under its name",
    "model.engine": "engine",
    "sources": "data source",
    "sources.asked": "perhaps a data source",
    "agent.tools": "tools of the agent",
    "agent.high_impact_tools": "tools that do what cannot be undone",
    "agent.human_approval": "tools that a person has to approve",
    "security.egress": "talks to",
    "security.egress.asked": "perhaps talks to",
    "retrieval.embedder": "embedding model",
    "retrieval.dims": "dimensions of a vector",
    "retrieval.top_k": "passages retrieved",
    "target.device": "device",
    "target.replicas": "replicas",
    "target.service": "runs on",
    "target.platform": "platform",
    "target.region": "region",
    "target.memory_limit": "memory of the service",
    "operations.request_deadline": "time limit of a request",
    "path.stages[model].timeout": "time limit of a call of the model",
    "path.stages[model].retries": "retries of a call of the model",
    "security.output_cap": "longest answer",
    "pipeline.refresh": "the pipeline runs every",
    "purpose.intended_use": "purpose",
    "security.dependencies_pinned": "versions of packages pinned",
    "security.dependencies_hashed": "packages checked by hash",
    "operations.runbook": "runbook",
    "operations.infrastructure_as_code": "infrastructure as code",
    "agent.max_steps": "steps of the agent at most",
    "model.max_context": "longest context",
    "model.max_concurrency": "requests at the same time at most",
    "model.quota_requests": "quota of requests",
    "model.quota_tokens": "quota of tokens",
    "model.safe_format": "weights in a format that cannot run code",
    "model.kv_utilisation": "share of memory that the engine may use",
    "model.tensor_parallel": "devices that a replica spans",
    "target.count": "devices",
    "target.replicas_max": "replicas at most",
    "target.image_pinned": "image by a tag or digest that stays",
    "operations.graceful_stop": "time that a stopping replica is given",
    "operations.readiness_probe": "readiness is probed",
    "operations.resources_set": "resources of the service are limited",
    "monitoring.trace_id": "requests are traced",
    "security.input_cap": "longest question",
}
_ORDER = {fact: number for number, fact in enumerate(_LABELS)}
_VALUES = {
    ("model.hosting", "hosted"): "at a provider",
    ("model.hosting", "self"): "on machines of your own",
}
_TECHNIQUES = {
    "llm": "language model",
    "retrieval": "retrieval",
    "agent": "agent",
    "classic-ml": "trained model",
    "batch": "batch runs",
    "training": "training",
}
_HOSTS = "security.egress["
_MOST_HOSTS = 4
_NAMES = frozenset({"agent.tools", "agent.high_impact_tools", "agent.human_approval"})
_MOST_NAMES = 12

_QUIET = ("model.kind", "pilot.name", "pilot.description")
"""Facts that a list for people can do without."""


def telling(seen: Sequence[SeenFact], *, hosts: bool = True) -> list[SeenFact]:
    """Return what a reader wants to know of what was seen, the names of things first; `hosts` in one line."""
    shown = [
        one
        for one in seen
        if one.fact not in _QUIET and not one.fact.endswith((".id", ".name", ".interface"))
    ]
    shown += [one for one in seen if one.fact == "model.name"]
    asked = [one for one in seen if one.fact.startswith(_HOSTS) and one.fact.endswith(".name")]
    if hosts and asked:
        more = f" and {len(asked) - _MOST_HOSTS} more" if len(asked) > _MOST_HOSTS else ""
        names = ", ".join(one.value for one in asked[:_MOST_HOSTS])
        shown.append(SeenFact("security.egress", f"{names}{more}", asked[0].place, certain=False))
    return sorted(shown, key=_rank)


def _rank(one: SeenFact) -> int:
    """Return where a fact comes in the list: as in the table of labels, what has none last, in its own order."""
    fact = "sources" if one.fact.startswith("sources[") and one.fact.endswith(".system") else one.fact
    return _ORDER.get(fact, len(_ORDER))


def seen_label(fact: str) -> str:
    """Return what was seen in words."""
    source, _, key = fact.removeprefix("sources[").partition("].") if fact.startswith("sources[") else ("", "", "")  # fmt: skip
    if source:
        return _LABELS["sources"] if key == "system" else f"{readable(key)} of {source}"
    return _LABELS.get(fact, readable(fact))


def seen_value(one: SeenFact) -> str:
    """Return what was seen, in words where its own are short for something."""
    if one.fact == "pilot.uses":
        return ", ".join(_TECHNIQUES.get(part, part) for part in one.value.split(", "))
    names = one.value.split(", ") if one.fact in _NAMES else []
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
    return _VALUES.get((one.fact, one.value), one.value)


def assumed_words(look: FirstLook) -> str:
    """Return one sentence with every value that an answer rests on and nobody stated; empty where there is none."""
    used = {name for answer in look.answers for name in answer.rests_on}
    shown = [
        f"{one.fact} {_value(one.low, one.unit, one.fact)} to {_value(one.high, one.unit, one.fact)}"
        if one.low != one.high
        else f"{one.fact} {_value(one.likely, one.unit, one.fact)}"
        for one in look.assumed
        if one.fact in used
    ]
    return f"Assumed, because nobody has said: {'; '.join(shown)}." if shown else ""


def assumed_rows(look: FirstLook) -> list[tuple[str, str, str, str]]:
    """Return each value that an answer rests on and nobody stated: its name, both ends, and why it is assumed."""
    used = {name for answer in look.answers for name in answer.rests_on}
    return [
        (one.fact, _value(one.low, one.unit, one.fact), _value(one.high, one.unit, one.fact), one.why)
        for one in look.assumed
        if one.fact in used
    ]


def questions_heading(look: FirstLook) -> str:
    """Return the heading over the questions."""
    return f"The {_NUMBERS[len(look.questions)]} that matter most"


def answer_hint(one: PlainQuestion) -> str:
    """Return the manifest key of a question with its choices or an example."""
    hint = " | ".join(one.choices) if one.choices else f"such as {one.example}" if one.example else ""
    return f"{one.fact}: {hint}" if hint else one.fact


def _value(value: float, unit: str, fact: str) -> str:
    if fact.endswith("share"):
        return show_share(value)
    return show_quantity(Quantity(float(f"{value:.3g}"), unit))
