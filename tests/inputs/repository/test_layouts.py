"""Each layout is read as an engineer would read it: uses, sources, models, limits and tools, and nothing that is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from acting_layouts import ACTING_LAYOUTS
from address_layouts import ADDRESS_LAYOUTS
from apart_layouts import APART_LAYOUTS
from asked_layouts import ASKED_LAYOUTS
from assembled_layouts import ASSEMBLED_LAYOUTS
from azure_layouts import AZURE_LAYOUTS
from beside_layouts import BESIDE_LAYOUTS
from branched_layouts import BRANCHED_LAYOUTS
from brought_layouts import BROUGHT_LAYOUTS
from called_layouts import CALLED_LAYOUTS
from checked_layouts import CHECKED_LAYOUTS
from chosen_layouts import CHOSEN_LAYOUTS
from classic_layouts import CLASSIC_LAYOUTS
from clocked_layouts import CLOCKED_LAYOUTS
from cloud_layouts import CLOUD_LAYOUTS
from copied_layouts import COPIED_LAYOUTS
from counted_layouts import COUNTED_LAYOUTS
from defaulted_layouts import DEFAULTED_LAYOUTS
from deployed_layouts import DEPLOYED_LAYOUTS
from described_layouts import DESCRIBED_LAYOUTS
from destination_layouts import DESTINATION_LAYOUTS
from destined_layouts import DESTINED_LAYOUTS
from edge_layouts import EDGE_LAYOUTS
from elsewhere_layouts import ELSEWHERE_LAYOUTS
from entrusted_layouts import ENTRUSTED_LAYOUTS
from extended_layouts import EXTENDED_LAYOUTS
from first_layouts import FIRST_LAYOUTS
from further_layouts import FURTHER_LAYOUTS
from gateway_layouts import GATEWAY_LAYOUTS
from gathered_layouts import GATHERED_LAYOUTS
from given_layouts import GIVEN_LAYOUTS
from handed_layouts import HANDED_LAYOUTS
from held_layouts import HELD_LAYOUTS
from helping_layouts import HELPING_LAYOUTS
from housed_layouts import HOUSED_LAYOUTS
from idle_layouts import IDLE_LAYOUTS
from kept_layouts import KEPT_LAYOUTS
from kit_layouts import KIT_LAYOUTS
from labelled_layouts import LABELLED_LAYOUTS
from later_layouts import LATER_LAYOUTS
from launched_layouts import LAUNCHED_LAYOUTS
from layouts import LAYOUTS, Layout
from left_layouts import LEFT_LAYOUTS
from listed_layouts import LISTED_LAYOUTS
from living_layouts import LIVING_LAYOUTS
from made_layouts import MADE_LAYOUTS
from modelled_layouts import MODELLED_LAYOUTS
from more_layouts import MORE_LAYOUTS
from named_layouts import NAMED_LAYOUTS
from numbered_layouts import NUMBERED_LAYOUTS
from off_layouts import OFF_LAYOUTS
from offered_layouts import OFFERED_LAYOUTS
from overheard_layouts import OVERHEARD_LAYOUTS
from overseen_layouts import OVERSEEN_LAYOUTS
from pilot_layouts import PILOT_LAYOUTS
from placed_layouts import PLACED_LAYOUTS
from platform_layouts import PLATFORM_LAYOUTS
from platformed_layouts import PLATFORMED_LAYOUTS
from reached_layouts import REACHED_LAYOUTS
from recalled_layouts import RECALLED_LAYOUTS
from regional_layouts import REGIONAL_LAYOUTS
from registered_layouts import REGISTERED_LAYOUTS
from resting_layouts import RESTING_LAYOUTS
from reviewed_layouts import REVIEWED_LAYOUTS
from running_layouts import RUNNING_LAYOUTS
from sent_layouts import SENT_LAYOUTS
from served_layouts import SERVED_LAYOUTS
from shown_layouts import SHOWN_LAYOUTS
from side_layouts import SIDE_LAYOUTS
from specified_layouts import SPECIFIED_LAYOUTS
from spoken_layouts import SPOKEN_LAYOUTS
from stood_in_layouts import STOOD_IN_LAYOUTS
from switched_layouts import SWITCHED_LAYOUTS
from taken_in_layouts import TAKEN_IN_LAYOUTS
from taken_layouts import TAKEN_LAYOUTS
from template_layouts import TEMPLATE_LAYOUTS
from told_layouts import TOLD_LAYOUTS
from tool_layouts import TOOL_LAYOUTS
from unasked_layouts import UNASKED_LAYOUTS
from uncalled_layouts import UNCALLED_LAYOUTS
from unstarted_layouts import UNSTARTED_LAYOUTS
from unused_layouts import UNUSED_LAYOUTS
from use_layouts import USE_LAYOUTS
from valued_layouts import VALUED_LAYOUTS
from versioned_layouts import VERSIONED_LAYOUTS
from watched_layouts import WATCHED_LAYOUTS
from weighed_layouts import WEIGHED_LAYOUTS
from within_layouts import WITHIN_LAYOUTS

from poc_gate.inputs.repository.read_repository import read_repository

ALL = {
    **LAUNCHED_LAYOUTS,
    **LAYOUTS,
    **ADDRESS_LAYOUTS,
    **MODELLED_LAYOUTS,
    **MORE_LAYOUTS,
    **ASSEMBLED_LAYOUTS,
    **LATER_LAYOUTS,
    **OVERSEEN_LAYOUTS,
    **OVERHEARD_LAYOUTS,
    **PILOT_LAYOUTS,
    **TEMPLATE_LAYOUTS,
    **SWITCHED_LAYOUTS,
    **GIVEN_LAYOUTS,
    **SERVED_LAYOUTS,
    **SENT_LAYOUTS,
    **CLASSIC_LAYOUTS,
    **DEPLOYED_LAYOUTS,
    **NAMED_LAYOUTS,
    **OFFERED_LAYOUTS,
    **OFF_LAYOUTS,
    **USE_LAYOUTS,
    **UNSTARTED_LAYOUTS,
    **UNUSED_LAYOUTS,
    **CALLED_LAYOUTS,
    **CHOSEN_LAYOUTS,
    **REACHED_LAYOUTS,
    **RECALLED_LAYOUTS,
    **REGISTERED_LAYOUTS,
    **RUNNING_LAYOUTS,
    **HELD_LAYOUTS,
    **HELPING_LAYOUTS,
    **HOUSED_LAYOUTS,
    **ACTING_LAYOUTS,
    **APART_LAYOUTS,
    **EDGE_LAYOUTS,
    **ELSEWHERE_LAYOUTS,
    **ENTRUSTED_LAYOUTS,
    **SHOWN_LAYOUTS,
    **SIDE_LAYOUTS,
    **VALUED_LAYOUTS,
    **STOOD_IN_LAYOUTS,
    **SPOKEN_LAYOUTS,
    **SPECIFIED_LAYOUTS,
    **WEIGHED_LAYOUTS,
    **ASKED_LAYOUTS,
    **BESIDE_LAYOUTS,
    **HANDED_LAYOUTS,
    **AZURE_LAYOUTS,
    **TAKEN_LAYOUTS,
    **CHECKED_LAYOUTS,
    **TOLD_LAYOUTS,
    **TOOL_LAYOUTS,
    **LISTED_LAYOUTS,
    **LIVING_LAYOUTS,
    **PLACED_LAYOUTS,
    **PLATFORM_LAYOUTS,
    **CLOUD_LAYOUTS,
    **IDLE_LAYOUTS,
    **LEFT_LAYOUTS,
    **BRANCHED_LAYOUTS,
    **BROUGHT_LAYOUTS,
    **FIRST_LAYOUTS,
    **MADE_LAYOUTS,
    **KEPT_LAYOUTS,
    **LABELLED_LAYOUTS,
    **UNASKED_LAYOUTS,
    **UNCALLED_LAYOUTS,
    **CLOCKED_LAYOUTS,
    **WITHIN_LAYOUTS,
    **WATCHED_LAYOUTS,
    **FURTHER_LAYOUTS,
    **GATEWAY_LAYOUTS,
    **COPIED_LAYOUTS,
    **COUNTED_LAYOUTS,
    **NUMBERED_LAYOUTS,
    **DESTINATION_LAYOUTS,
    **DESTINED_LAYOUTS,
    **KIT_LAYOUTS,
    **DESCRIBED_LAYOUTS,
    **DEFAULTED_LAYOUTS,
    **RESTING_LAYOUTS,
    **VERSIONED_LAYOUTS,
    **REGIONAL_LAYOUTS,
    **REVIEWED_LAYOUTS,
    **EXTENDED_LAYOUTS,
    **PLATFORMED_LAYOUTS,
    **TAKEN_IN_LAYOUTS,
    **GATHERED_LAYOUTS,
}


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_layout_is_read(name: str, tmp_path: Path) -> None:
    layout: Layout = ALL[name]
    root = tmp_path / name
    for path, text in layout.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    reading = read_repository(root)
    assert {one.name for one in reading.techniques} == set(layout.uses)
    assert {one.system for one in reading.sources} == set(layout.sources)
    models = {(one.role, one.name) for one in reading.models}
    assert set(layout.models) <= models
    assert len([name for role, name in models if role == "chat"]) <= 1, "of several only the one that answers"
    facts = {found.claim.fact: found.claim for found in reading.facts}
    assert {fact: str(facts[fact].value) for fact in layout.facts if fact in facts} == layout.facts
    assert {tool.name: tool.effect for tool in reading.tools if tool.name in layout.tools} == layout.tools
    assert set(layout.hosts) <= {one.host for one in reading.hosts}
    questions = " ".join(one.message for one in reading.questions)
    for words in layout.asks:
        assert words in questions
    assert not [words for words in layout.never_asks if words in questions]
    perhaps = (name for one in reading.questions for name in one.models)
    values = map(str, (claim.value for claim in facts.values()))
    said = " ".join([*values, *facts, *(name for _, name in models), *perhaps])
    for text in layout.never:
        assert text not in said
    for found in reading.facts:
        place = found.claim.place
        assert place.file == "the repository" or (root / place.file).is_file()
        assert place.line <= len((root / place.file).read_text().splitlines()) if place.line else True
