"""What a first look shows of a repository: in words, the telling things first, long lists cut short."""

from __future__ import annotations

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.model.parts.first_look import SeenFact
from poc_gate.words import first_look
from poc_gate.words.first_look import seen_label, seen_value, telling


def seen(fact: str, value: str) -> SeenFact:
    return SeenFact(fact, value, "app.py:1:1", certain=True)


def test_a_long_list_of_tools_names_twelve_and_counts_the_rest() -> None:
    names = [f"tool_{number}" for number in range(15)]
    assert seen_value(seen("agent.tools", ", ".join(names[:12]))) == ", ".join(names[:12])
    assert seen_value(seen("agent.tools", ", ".join(names))) == f"{', '.join(names[:12])} and 3 more"
    assert seen_value(seen("purpose.intended_use", ", ".join(names))) == ", ".join(names)


def test_what_cannot_be_undone_comes_before_what_it_runs_on() -> None:
    shown = telling(
        [seen("target.region", "x"), seen("agent.high_impact_tools", "pay"), seen("pilot.uses", "agent")]
    )
    assert [seen_label(one.fact) for one in shown] == [
        "built with",
        "tools that do what cannot be undone",
        "region",
    ]


def test_every_label_is_of_a_fact_that_exists() -> None:
    known = full_catalogue()
    items = {
        "sources",
        "security.egress",
        "models",
        "models.asked",
        "sources.asked",
        "security.egress.asked",
        "path.stages[model].timeout",
        "path.stages[model].retries",
        "agent.tools",
    }
    assert [fact for fact in first_look._LABELS if fact not in items and known.find(fact) is None] == []
