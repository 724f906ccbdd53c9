"""The exported schema and the loader agree: what the one refuses the other refuses, field by field."""

import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.fields.field_tree import LEDGERS, Block, manifest_tree
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.inputs.manifest.schema import field_types as schema_types
from poc_gate.inputs.manifest.schema.field_types import QuantityText
from poc_gate.inputs.manifest.writing.json_schema import manifest_schema, quantity_pattern
from poc_gate.text.documents.positioned_yaml import read_yaml
from poc_gate.text.quantities.quantity_spellings import ASKED, SPOKEN, in_plain_spelling, parse_written
from poc_gate.text.quantities.quantity_text import QuantityError, unit_table

sys.path.insert(0, str(Path(__file__).parent))
from manifest_strategies import manifests

SCHEMA = manifest_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/pilot.yaml"))
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
LOADER_ONLY = {
    "contradicting-counts", "contradicting-percentiles", "duplicate-id", "mixed-currencies", "negative",
    "out-of-range", "unknown-source-of-stage", "money-without-currency", "date-does-not-exist", "empty-text",
    "date-year-zero", "exponent-bomb", "quantile-over-one",
}  # fmt: skip
"""Broken manifests with faults that a JSON Schema cannot say, beside some that it can."""
TYPES = [
    t
    for t in vars(schema_types).values()
    if isinstance(t, type) and issubclass(t, QuantityText) and t is not QuantityText
]
JUNK = st.sampled_from(
    [None, True, 0, 250, 0.5, -1, "", " ", "x", "NO", "250", "250 ms", "80 GiB", "3 GB", "99 %", "1.5", "12 req/s",
     "4 tok", "40 tok/s", "5 EUR", "2 EUR/h", "2027-02-30", "2027-02-20", "../x", "/x", "a/b.yaml", "env:X", "1h30m",
     [], ["x"], [1], {}, {"a": "b"}, "5 m", "10 Gbit/s", "500 chunks/s", "500/day", "500 a day",
     "2 seconds", "1,000", "50 percent", "2k", "1,000 per hour", "3 /d", "700 W", "1200 km", "1 EUR/Mtok"]
)  # fmt: skip


def accepted(data):
    """Say whether the loader takes plain data; JSON is YAML."""
    try:
        read_manifest(json.dumps(data).encode(), "pilot.yaml")
    except InvalidInputError:
        return False
    return True


def test_it_is_a_valid_schema_that_editors_can_use():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for block in (manifest_tree(), *manifest_tree().blocks()):
        definition = SCHEMA["$defs"][block.type_name]
        assert definition["additionalProperties"] is False
        assert set(definition["properties"]) == set(block.fields)
        for name, field in definition["properties"].items():
            text = json.dumps(field)
            assert "description" in text or isinstance(block.fields[name], Block), f"{block.path}.{name}"
            assert '"default": null' not in text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_fit(path):
    assert list(VALIDATOR.iter_errors(read_yaml(path.read_bytes(), "x").data)) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_manifests_are_refused_by_both_unless_only_the_loader_can_know(path):
    try:
        data = read_yaml(path.read_bytes(), path.name).data
    except InvalidInputError:
        return  # no YAML that any editor would read
    if path.stem not in LOADER_ONLY:
        assert not VALIDATOR.is_valid(data)


@settings(max_examples=40, deadline=None)
@given(manifests())
def test_made_up_manifests_fit_the_schema(data):
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    try:
        read_manifest(json.dumps(data).encode(), "pilot.yaml")
    except InvalidInputError as error:
        # Fields were made up one by one, so they may contradict each other, and in nothing else be wrong.
        for fault in error.faults:
            assert re.search(r"is above|no source has the id", fault.what), fault.what


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_field_is_judged_alike(data):
    leaf = data.draw(st.sampled_from([leaf for leaf in manifest_tree().leaves() if leaf.path not in LEDGERS]))
    value = data.draw(JUNK)
    manifest = {"apiVersion": "poc-gate/v1", "pilot": {"name": "demo"}}
    *sections, name = leaf.path.split(".")
    inner = manifest
    for section in sections:
        if section.endswith("[]"):
            tree = manifest_tree()
            for step in sections[: sections.index(section) + 1]:
                tree = tree.fields[step.removesuffix("[]")]
            item = {
                entry.name: "B08-x" if entry.name == "rule" else "a"
                for entry in tree.fields.values()
                if entry.required
            }
            inner[section.removesuffix("[]")] = [item]
            inner = item
        else:
            inner = inner.setdefault(section, {})
    inner[name] = value
    fits = VALIDATOR.is_valid(manifest)
    if accepted(manifest):
        assert fits, f"the loader takes {leaf.path}: {value!r}, the schema does not"
    elif fits:
        # What the schema lets through and the loader does not: ranges, the calendar, contradictions.
        with pytest.raises(
            InvalidInputError, match=r"out of range|does not exist|is not a currency|is above|no source has"
        ):
            read_manifest(json.dumps(manifest).encode(), "pilot.yaml")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(TYPES),
    st.sampled_from(
        ["1", "-2", "+.5", "1e3", "007", "1.", "", "1,000", "0,500", "12,34", "2k", "3 million", "1,000 k"]
    ),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from(["", *SPOKEN, *ASKED, *sorted(unit_table())]),
    st.sampled_from(
        ["", "", "/s", " / h", "/Mtok", "/GB", "/chunk", "/%", " a day", " per hour", "/seconds", "each min"]
    ),
)
def test_the_pattern_takes_what_the_parser_takes(kind, number, space, unit, below):
    text = f"{number}{space}{unit}{below}"
    try:
        parse_written(text, kind.unit)
    except QuantityError:
        taken = False
    else:
        taken = kind.unit != "1" or in_plain_spelling(text, "1").endswith("%")
    assert bool(re.search(quantity_pattern(kind), text)) is taken
