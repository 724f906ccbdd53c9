"""The questions of the first tier and of the first look in plain words: what is asked, and why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from poc_gate.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.model.fact import generic_name
from poc_gate.model.first_look import PlainQuestion


class _Words(NamedTuple):
    text: str
    why: str


_ASKED: Mapping[str, _Words] = {
    "pilot.name": _Words("What is the pilot called?", "The name heads every report."),
    "pilot.stage": _Words(
        "What should be decided: a pilot for a few people, a limited release, or production?",
        "The stage decides how much must be shown. Unstated, the strictest applies.",
    ),
    "pilot.use_case_class": _Words(
        "How do people wait for the answer?", "Somebody at a screen needs seconds, a nightly batch hours."
    ),
    "pilot.uses": _Words(
        "Which techniques does it use? Several are possible.",
        "Whole groups of rules apply or fall away with this answer.",
    ),
    "pilot.go_live": _Words(
        "On which day is it planned to start?", "Access and approvals that come later stop the launch."
    ),
    "purpose.intended_use": _Words(
        "What is it for, in one sentence?", "What it is used for decides which duties apply."
    ),
    "purpose.audience": _Words("Who meets its answers?", "The wider the audience, the more must be shown."),
    "purpose.decides": _Words(
        "Does it decide, or help to decide, about people?",
        "Decisions about people need oversight and appeal.",
    ),
    "purpose.risk_tier": _Words(
        "Which risk tier was it given?", "Nobody can release what has no approved tier."
    ),
    "purpose.role": _Words(
        "Do you build the system for others, use it, or both?", "Duties differ for provider and deployer."
    ),
    "purpose.regimes": _Words(
        "Which rules of law or supervision apply? Write `none` if none does.",
        "One answer adds or removes a whole pack of rules.",
    ),
    "people.business_owner": _Words(
        "Which role owns the result for the business?", "Somebody must be able to accept or stop it."
    ),
    "people.service_owner": _Words("Which role runs the service?", "Somebody is called when it fails."),
    "people.reviewer": _Words("Which role reviews it?", "The reviewer should not be the builder."),
    "people.builder": _Words("Which role builds it?", "The reviewer should not be the builder."),
    "demand.requests_per_day": _Words(
        "How many requests a day are planned?", "Load, memory, quota and cost all grow with it."
    ),
    "demand.peak_hour_share": _Words(
        "Which share of a day's requests falls into the busiest hour?", "Capacity has to carry the peak."
    ),
    "demand.burst_factor": _Words(
        "How much busier is the busiest minute than its hour?", "Capacity has to carry the peak."
    ),
    "demand.in_tokens_p50": _Words(
        "How many tokens does a typical prompt have, with everything that is retrieved?",
        "Long prompts fill memory and delay the first token.",
    ),
    "demand.in_tokens_p95": _Words(
        "How many tokens does a long prompt have, one in twenty?", "Memory has to hold the long ones."
    ),
    "demand.out_tokens_p50": _Words(
        "How many tokens does a typical answer have?",
        "The length of answers decides how many a machine serves.",
    ),
    "demand.out_tokens_p95": _Words(
        "How many tokens does a long answer have, one in twenty?",
        "The long answers decide the slowest responses.",
    ),
    "demand.growth_12m": _Words(
        "How many times today's planned load do you expect in a year?", "What fits today might not fit then."
    ),
    "slo.p50": _Words(
        "Within which time should half of the answers be complete?", "Without a promise nothing can break it."
    ),
    "slo.p99": _Words(
        "Within which time should nearly all answers (99 of 100) be complete?",
        "The slowest answers are what people remember.",
    ),
    "slo.ttft": _Words(
        "Within which time should the first words appear?", "It is what people feel as speed."
    ),
    "slo.availability": _Words(
        "How often must it be available?", "It decides how many machines and fallbacks are needed."
    ),
    "sources[]": _Words(
        "Which data sources does it read? Short names with commas between them, or `none`.",
        "Data that cannot be reached in time is why most pilots stall.",
    ),
    "sources[].system": _Words(
        "Which system holds this data?", "It decides how fast and how often it may be read."
    ),
    "sources[].owner": _Words("Which role owns this data?", "The owner has to agree to this use."),
    "sources[].rights": _Words(
        "Which agreement or licence allows the use of this data?", "Without rights it must not start."
    ),
    "sources[].rights_allow_ai": _Words("Does that agreement allow use by AI?", "Many agreements do not."),
    "sources[].classification": _Words("How confidential is this data?", "It decides where the data may go."),
    "sources[].personal_data": _Words(
        "Does it hold personal data?", "Personal data needs a basis and a reason."
    ),
    "sources[].prod_access": _Words("Is access granted for production?", "Access often takes months."),
    "sources[].p50": _Words("How long does a typical call to it take?", "Its time is part of every answer."),
    "sources[].p99": _Words(
        "How long does a slow call to it take, one in a hundred?", "Slow calls make slow answers."
    ),
    "sources[].calls_per_request": _Words(
        "How many calls to it does one request make?", "Calls multiply load and time."
    ),
    "sources[].max_age_needed": _Words("How old may this data be at most?", "Old data gives wrong answers."),
    "model.name": _Words("Which model answers?", "Its public name gives size, memory and context."),
    "model.hosting": _Words(
        "Who runs the model: you, a provider, or is there none?", "It decides what must be measured."
    ),
    "model.artifact": _Words("Where are the weights?", "What is released must be the thing that was tested."),
    "model.engine": _Words("Which engine serves the model?", "Engines differ several times in speed."),
    "model.time_per_call": _Words(
        "How long does one typical answer take today, measured?",
        "One measured time narrows every prediction of speed.",
    ),
    "model.planned_concurrency": _Words(
        "How many requests must one replica work on at once?", "Each one takes memory."
    ),
    "model.quota_tokens": _Words(
        "How many tokens a minute does the provider allow you?",
        "The quota ends the load before anything else.",
    ),
    "target.device": _Words("On which device does it run?", "Its memory and bandwidth bound everything."),
    "target.count": _Words("How many of them does one replica have?", "Memory and speed depend on it."),
    "target.replicas": _Words("How many replicas are planned?", "Each one adds the same load."),
    "agent.steps_typical": _Words(
        "How many steps does a typical task of the agent take?", "Every step calls the model again."
    ),
    "cost.gpu_hour": _Words("What does one device cost an hour?", "Without a price there is no cost."),
    "cost.in_token": _Words("What does a prompt token cost?", "Without a price there is no cost."),
    "cost.out_token": _Words("What does an answer token cost?", "Without a price there is no cost."),
    "cost.budget_12m": _Words(
        "Which budget is approved for the first year?", "A cost can only be too high against a budget."
    ),
    "operations.runbook": _Words("Where is the runbook?", "Somebody has to know what to do at night."),
}
"""Manifest key -> words; `sources[]` asks for one more source."""

_EXAMPLES: Mapping[str, str] = {
    "sources[]": "policy-db, wiki",
    "model.name": "Qwen/Qwen3-8B or gpt-4o",
    "purpose.regimes": "eu-ai-act, or none",
    "demand.in_tokens_p50": "1200",
    "demand.in_tokens_p95": "4000",
    "demand.out_tokens_p50": "250",
    "demand.out_tokens_p95": "700",
    "model.time_per_call": "6 s",
    "demand.peak_hour_share": "12 %",
    "demand.burst_factor": "2.5",
    "demand.requests_per_day": "500 a day",
    "target.replicas": "1",
    "agent.steps_typical": "6",
    "slo.ttft": "2 s",
}


def plain_question(name: str) -> PlainQuestion | None:
    """Return a manifest key as a question in plain words; None for a key that no field has."""
    generic = generic_name(name)
    words = _ASKED.get(generic)
    leaf = _leaves().get(generic)
    if leaf is None and generic != "sources[]":
        return None
    if words is None:
        assert leaf is not None
        words = _Words(f"{leaf.meaning}?" if leaf.type is bool else f"{leaf.meaning}:", "")
    choices = leaf.choices if leaf is not None else ()
    if leaf is not None and leaf.type is bool:
        choices = ("yes", "no")
    example = _EXAMPLES.get(generic) or (leaf.example if leaf is not None else "")
    section, _, key = name.rpartition(".")
    return PlainQuestion(name, words.text, words.why, choices, example, f"{key}: ...   # under {section}")


@cache
def _leaves() -> Mapping[str, Leaf]:
    return {leaf.path: leaf for leaf in manifest_tree().leaves()}


def asked_keys() -> tuple[str, ...]:
    """Return every key that has words of its own."""
    return tuple(_ASKED)
