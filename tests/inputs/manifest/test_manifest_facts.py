"""Every field of the schema is a catalogued fact, and its line to add can be added."""

import pytest

from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, manifest_tree
from poc_gate.inputs.manifest.fields.manifest_facts import line_to_add, manifest_facts
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.model.fact import Catalogue, Kind, Role
from poc_gate.model.quantity import UNIT_MEANING

SPECS = {spec.name: spec for spec in manifest_facts()}
LEAVES = [leaf for leaf in manifest_tree().leaves() if leaf.path in SPECS]


def test_names_are_those_of_the_manifest_and_ledgers_are_no_facts():
    assert {"slo.p99", "sources[].p99", "people.approvals[].status", "path.stages[].budget"} <= set(SPECS)
    assert not {name.split("[")[0].split(".")[0] for name in SPECS} & set(LEDGERS)
    Catalogue(manifest_facts())


def test_every_entry_says_what_it_means_in_which_unit_and_how_to_learn_it():
    for spec in SPECS.values():
        assert spec.meaning
        assert spec.resolve
        assert (spec.unit in UNIT_MEANING) is (spec.kind is Kind.QUANTITY)
        assert (spec.kind is Kind.CHOICE) <= bool(spec.choices)


def test_intents_are_goals_and_plans():
    assert SPECS["slo.p99"].role is Role.INTENT
    assert SPECS["sources[].p99"].role is Role.OBSERVATION


def test_the_first_tier_is_about_thirty_values_and_six_per_source():
    of_sources = [spec for spec in SPECS.values() if spec.tier == 1 and spec.name.startswith("sources[]")]
    others = [spec for spec in SPECS.values() if spec.tier == 1 and not spec.name.startswith("sources[]")]
    assert 25 <= len(others) <= 36
    assert len(of_sources) == 7  # its id, and six values


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.path)
def test_the_line_to_add_reads_without_a_fault(leaf):
    line = f"{leaf.name}: {leaf.example}"
    assert line in line_to_add(leaf)
    content, indent = "apiVersion: poc-gate/v1\n", ""
    named = leaf.path.startswith("pilot.")
    content += "" if named else "pilot: {name: demo}\n"
    block = manifest_tree()
    for section in leaf.path.split(".")[:-1]:
        block = block.fields[section.removesuffix("[]")]
        content += f"{indent}{section.removesuffix('[]')}:\n"
        indent += "  "
        if section.endswith("[]"):
            key = next(name for name, entry in block.fields.items() if entry.required)
            content += f"{indent}- {key}: some-id\n" if key != leaf.name else ""
            indent += "  "
    if named and leaf.name != "name":
        content += f"{indent}name: demo\n"
    first = leaf.path.endswith("[].id") or (leaf.path.endswith("[].name") and "models" not in leaf.path)
    content += f"{indent[:-2]}- {line}\n" if first else f"{indent}{line}\n"
    if leaf.path == "path.stages[].source":
        content += f"sources:\n  - id: {leaf.example}\n"
    claims = read_manifest(content.encode(), "pilot.yaml").claims
    assert leaf.path in {
        claim.fact.replace("[some-id]", "[]").replace(f"[{leaf.example}]", "[]") for claim in claims
    }


def test_a_flag_is_asked_for_both_ways_and_no_sample_is_a_placeholder():
    for leaf in LEAVES:
        if leaf.type is bool and not leaf.listed:
            assert f"`{leaf.name}: true` (or false)" in line_to_add(leaf)
        assert leaf.mapped or "in words" not in leaf.example, leaf.path
