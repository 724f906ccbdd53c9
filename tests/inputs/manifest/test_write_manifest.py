"""What is written reads back as the same claims; what is asked follows from what is known."""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.manifest.fields.field_tree import Leaf, manifest_tree
from poc_gate.inputs.manifest.fields.first_tier import first_tier
from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.inputs.manifest.reading.read_value import read_value
from poc_gate.inputs.manifest.schema.field_types import Number, QuantityText
from poc_gate.inputs.manifest.writing.typed_answers import read_answer
from poc_gate.inputs.manifest.writing.value_text import plain_text, value_text
from poc_gate.inputs.manifest.writing.write_manifest import KnownValue, answers_from_claims, write_manifest
from poc_gate.model.claim import Claim, Place, Provenance
from poc_gate.model.quantity import Quantity
from poc_gate.text.documents.positioned_yaml import read_yaml

sys.path.insert(0, str(Path(__file__).parent))
from manifest_strategies import manifests

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/pilot.yaml"))
LEAVES = {leaf.path: leaf for leaf in manifest_tree().leaves()}
DECLARED = Provenance.DECLARED


def values_of(text, file="pilot.yaml"):
    return {claim.fact: claim.value for claim in read_manifest(text.encode(), file).claims}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_written_anew_says_the_same(path):
    reading = read_manifest(path.read_bytes(), "pilot.yaml")
    text = write_manifest(answers_from_claims(reading.claims), reading.items, currency=reading.currency)
    again = read_manifest(text.encode(), "pilot.yaml")
    assert {c.fact: c.value for c in again.claims} == {c.fact: c.value for c in reading.claims}
    assert again.items == reading.items
    assert "# from pilot.yaml:" in text


def test_every_commented_line_is_true_once_it_is_uncommented():
    text = write_manifest([KnownValue("pilot.name", "demo")], {})
    opened = re.sub(r"(?m)^( *)# (- |  )?([a-z][a-z0-9_]*: )", r"\1\2\3", text)
    named = values_of(opened)
    tier = {
        question.name.replace("[policy-db]", "[]") for question in first_tier({}, {"sources": ("policy-db",)})
    }
    assert {name.replace("[policy-db]", "[]") for name in named} == tier


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_text_reads_back_from_what_is_written(text):
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        return
    content = f"a: {plain_text(text)}\nb: [{plain_text(text) if ',' not in text else '1'}]\n"
    assert read_yaml(content.encode(), "x").data["a"] == text


@settings(max_examples=200)
@given(st.sampled_from(sorted(LEAVES)), st.floats(1e-9, 1e15))
def test_any_quantity_reads_back_from_what_is_written(path, number):
    leaf = LEAVES[path]
    if not (issubclass(leaf.type, QuantityText) or leaf.type is Number) or leaf.listed:
        return
    text = value_text(leaf, Quantity(number, leaf.unit), currency="EUR")
    wide = Leaf(leaf.name, leaf.path, leaf.type, leaf.meaning)
    raw = float(text) if leaf.type is Number else text
    assert read_value(wide, raw).value == pytest.approx(number, rel=1e-11)


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("slo.p99", Quantity(0.25, "s"), "250 ms"),
        ("slo.window", Quantity(86400.0, "s"), "1 d"),
        ("slo.availability", Quantity(0.9995), "99.95 %"),
        ("target.device_memory", Quantity(80 * 2.0**30, "B"), "80 GiB"),
        ("target.network", Quantity(1.25e9, "B/s"), "1.25 GB/s"),
        ("cost.gpu_hour", Quantity(2.1 / 3600, "money/s"), "2.1 EUR/h"),
        ("model.parameters", Quantity(7.6e9), "7600000000"),
        ("purpose.limits_known", False, "false"),
        ("purpose.regimes", (), "[]"),
        ("model.version", "1.2", '"1.2"'),
        ("sources[].probe", ("query=select 1, 2",), '{query: "select 1, 2"}'),
    ],
)
def test_values_are_written_as_people_write_them(path, value, text):
    assert value_text(LEAVES[path], value, currency="EUR") == text


@settings(max_examples=30, deadline=None)
@given(manifests())
def test_any_manifest_survives_writing(data):
    try:
        reading = read_manifest(json.dumps(data).encode(), "pilot.yaml")
    except InvalidInputError:
        return  # its fields, made up one by one, contradict each other
    text = write_manifest(answers_from_claims(reading.claims), reading.items, currency="EUR")
    again = values_of(text)
    for claim in reading.claims:
        if isinstance(claim.value, Quantity):
            assert again.pop(claim.fact).value == pytest.approx(claim.value.value, rel=1e-9)
        else:
            assert again.pop(claim.fact) == claim.value
    assert not again


def test_claims_that_a_manifest_cannot_state_are_left_out():
    place = Place("m.json")
    claims = [
        Claim("machine.cpu.cores", Quantity(8.0), Provenance.MEASURED, place),
        Claim("slo.p99", Quantity(2.0, "s"), Provenance.IMPORTED, place),
        Claim("slo.p99", Quantity(3.0, "s"), Provenance.IMPORTED, place),
    ]
    assert answers_from_claims(claims) == (KnownValue("slo.p99", Quantity(2.0, "s"), "from m.json"),)


def test_questions_that_cannot_apply_are_not_asked():
    names = {question.name for question in first_tier({"model.hosting": "hosted"}, {})}
    assert "cost.in_token" in names
    assert not names & {"cost.gpu_hour", "target.device", "model.planned_concurrency"}
    unknown = {question.name for question in first_tier({}, {})}
    assert {"cost.in_token", "cost.gpu_hour"} <= unknown


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("value.baseline", "14", Quantity(14.0)),
        ("purpose.limits_known", "yes", True),
        ("pilot.uses", "[llm,agent]", ("llm", "agent")),
        ("people.business_owner", "head of claims", "head of claims"),
    ],
)
def test_typed_answers_become_values(path, text, value):
    assert read_answer(LEAVES[path], text) == value


@pytest.mark.parametrize("inferred", [False, True])
def test_an_item_of_which_only_another_value_is_known_is_written_with_its_id(inferred):
    """As of the call of a model whose limit code states: nobody has said how the stage is called."""
    known = [KnownValue("pilot.name", "demo"), KnownValue("path.stages[model].timeout", Quantity(60.0, "s"), "from a.py:3", inferred)]  # fmt: skip
    text = write_manifest(known, {"path.stages": ("model",)})
    assert values_of(text).get("path.stages[model].timeout") == (None if inferred else Quantity(60.0, "s"))
    opened = text.replace("# - id: model", "- id: model").replace("#   timeout:", "  timeout:")
    assert values_of(opened)["path.stages[model].id"] == "model"


def uncommented(text, notes):
    """Remove one # of each line that states or asks for a value, and the same or the whole line where it is a remark on one."""
    text = re.sub(r"(?m)^ *##.*\n", "", text) if notes == "removed" else re.sub(r"(?m)^( *)##", r"\1#", text)
    return re.sub(r"(?m)^( *)# (- |  )?([a-z][a-z0-9_]*:(?: |$))", r"\1\2\3", text)


@pytest.mark.parametrize("notes", ["removed", "uncommented"])
@pytest.mark.parametrize("origin", ["from a.py:3:1", "from agents/" + "deep/" * 20 + "agent.py:78:17"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_what_was_inferred_is_stated_once_each_line_has_lost_its_mark(path, origin, notes):
    reading = read_manifest(path.read_bytes(), "pilot.yaml")
    answers = [KnownValue(claim.fact, claim.value, origin, claim.fact != "pilot.name") for claim in reading.claims]  # fmt: skip
    text = write_manifest(answers, reading.items, currency=reading.currency)
    values_of(text)
    again = values_of(uncommented(text, notes))
    assert {claim.fact: claim.value for claim in reading.claims}.items() <= again.items()
