"""Manifest keys -> questions in plain words, with the choices and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.fields.question_words import ASKED, Words
from poc_gate.model.fact import generic_name
from poc_gate.model.parts.first_look import PlainQuestion

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "pilot.use_case_class": {
        "interactive": "somebody waits at a screen for each answer",
        "assistive": "it works alongside a person, who can go on without it",
        "batch": "it runs over many records, and nobody waits for one of them",
        "agent": "it works through a task in several steps by itself",
    },
    "pilot.uses": {
        "llm": "a language model writes or reads text",
        "retrieval": "it looks things up in documents or an index first",
        "agent": "the model chooses steps and calls tools",
        "classic-ml": "a trained model scores or classifies, without a language model",
        "batch": "it runs over many records at once",
        "training": "it trains or fine-tunes a model",
    },
    "model.hosting": {
        "self": "your team runs the model on machines of its own, rented ones included",
        "hosted": "a provider runs it, and you call its interface",
        "none": "there is no model",
    },
    "purpose.decides": {
        "nothing": "it decides nothing about people",
        "assists": "a person decides about people with its help",
        "decides": "its result decides about a person",
    },
    "purpose.acts": {
        "none": "it changes nothing",
        "reversible": "what it changes can be undone",
        "irreversible": "what it changes cannot be undone, or reaches outsiders",
    },
    "purpose.audience": {
        "named-colleagues": "a list of people",
        "employees": "anybody in the organisation",
        "customers": "people who have a contract with it",
        "public": "anybody",
    },
}
"""Manifest key -> what each choice means, for those who ask."""

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


_ASKING = frozenset({"What", "Which", "Who", "Whom", "Whose", "Where", "When", "Why", "How"})
_LOOKED_UP = frozenset({"security.secrets_found"})
"""What the program finds out itself; a person who is asked would only promise it."""


def plain_question(name: str) -> PlainQuestion | None:
    """Return a manifest key as a question in plain words; None for one that no field has, or nobody needs to answer."""
    generic = generic_name(name)
    if generic in _LOOKED_UP:
        return None
    words = ASKED.get(generic)
    leaf = _leaves().get(generic)
    if leaf is None and generic != "sources[]":
        return None
    if words is None:
        assert leaf is not None
        words = Words(_asked(leaf), "")
    choices = leaf.choices if leaf is not None else ()
    if leaf is not None and leaf.type is bool:
        choices = ("yes", "no")
    example = _EXAMPLES.get(generic) or (leaf.example.strip("[]") if leaf is not None else "")
    section, _, key = name.rpartition(".")
    line = f"{key}: ...   # under {section}"
    return PlainQuestion(name, words.text, words.why, choices, example, line)


def _asked(leaf: Leaf) -> str:
    """Return the meaning of a field as a question; of a yes or no whether it holds, else to state what it is."""
    meaning = leaf.meaning.rstrip(".:")
    if meaning.partition(" ")[0] in _ASKING:
        return f"{meaning}?"
    small = meaning if meaning[1:2].isupper() else f"{meaning[:1].lower()}{meaning[1:]}"
    return f"Is this true: {small}?" if leaf.type is bool else f"Please give: {small}."


def meaning_of_choice(name: str, choice: str) -> str:
    """Return in plain words what a choice of a manifest key means; empty where the word says it."""
    return _CHOICES.get(generic_name(name), {}).get(choice, "")


@cache
def _leaves() -> Mapping[str, Leaf]:
    return {leaf.path: leaf for leaf in manifest_tree().leaves()}


def asked_keys() -> tuple[str, ...]:
    """Return every key that has words of its own."""
    return tuple(ASKED)
