"""Setting one value in a manifest's text: comments and everything else stay, or the edit is refused."""

from __future__ import annotations

import pytest

from poc_gate.inputs.manifest.reading.read_manifest import read_manifest
from poc_gate.inputs.manifest.writing.edit_manifest import CannotEditError, with_item, with_value
from poc_gate.inputs.manifest.writing.write_manifest import KnownValue, write_manifest

TEXT = """\
# why we do this
apiVersion: poc-gate/v1
pilot:
  name: a          # the name
  stage: pilot
model: {hosting: self, name: x}   # one line
sources:
  - id: crm
    p50: 20 ms     # measured in May
  - id: wiki
demand:
  # requests_per_day: 20000 req/d     # Planned load in production
  growth_12m: 2

# the end
"""


@pytest.mark.parametrize(
    ("name", "written", "line"),
    [
        ("pilot.stage", "limited", "  stage: limited"),
        ("pilot.go_live", "2027-01-01", "  go_live: 2027-01-01"),
        ("model.name", "Qwen/Qwen3-8B", "model: {hosting: self, name: Qwen/Qwen3-8B}   # one line"),
        ("model.engine", "vllm", "model: {hosting: self, name: x, engine: vllm}   # one line"),
        ("sources[crm].p50", "25 ms", "    p50: 25 ms     # measured in May"),
        ("sources[wiki].p50", "25 ms", "    p50: 25 ms"),
        ("demand.requests_per_day", "500 req/d", "  requests_per_day: 500 req/d"),
        ("slo.ttft", "2 s", "slo:\n  ttft: 2 s"),
    ],
)
def test_one_value_is_set_and_nothing_else_moves(name: str, written: str, line: str) -> None:
    after = with_value(TEXT, name, written)
    assert line in after
    for kept in ("# why we do this", "# the name", "# one line", "# measured in May", "# the end"):
        assert kept in after
    before = {claim.fact: claim.value for claim in read_manifest(TEXT.encode(), "x").claims}
    facts = {claim.fact: claim.value for claim in read_manifest(after.encode(), "x").claims}
    assert name in facts
    assert {key: value for key, value in facts.items() if key != name} == {
        key: value for key, value in before.items() if key != name
    }


def test_every_field_of_a_new_manifest_can_be_filled_in() -> None:
    text = write_manifest([KnownValue("pilot.name", "a")], {})
    text = with_item(text, "sources", "id", "crm")
    text = with_item(text, "sources", "id", "wiki")
    for name, written in {
        "model.hosting": "self",
        "target.device": "l4-24gb",
        "slo.p99": "3 s",
        "sources[crm].p99": "80 ms",
        "sources[wiki].owner": "editors",
        "evaluation.n": "200",
    }.items():
        text = with_value(text, name, written)
    facts = {claim.fact for claim in read_manifest(text.encode(), "x").claims}
    assert {"sources[crm].p99", "sources[wiki].owner", "model.hosting", "evaluation.n"} <= facts
    assert text.count("# Percent") == write_manifest([KnownValue("pilot.name", "a")], {}).count("# Percent")


def test_an_empty_list_takes_its_first_item() -> None:
    after = with_item("apiVersion: poc-gate/v1\npilot: {name: a}\nsources: []\n", "sources", "id", "crm")
    assert read_manifest(after.encode(), "x").items["sources"] == ("crm",)


@pytest.mark.parametrize("name", ["sources[none].p50", "people.approvals[x].status"])
def test_an_item_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(CannotEditError):
        with_value(TEXT, name, "1 s")


def test_a_text_over_several_lines_is_refused() -> None:
    text = "apiVersion: poc-gate/v1\npilot:\n  name: a\n  description: >\n    two\n    lines\n"
    with pytest.raises(CannotEditError):
        with_value(text, "pilot.description", "one")


def test_a_value_where_nothing_stood_keeps_its_blank_and_the_remark() -> None:
    text = "pilot: {name: a}\nsources:      # One system\n  # - id: wiki\nmodel:\n  name:   # as published\n"
    assert with_value(text, "sources", "[]").split("\n")[1:3] == [
        "sources: []      # One system",
        "  # - id: wiki",
    ]
    assert "  name: gpt-4o   # as published" in with_value(text, "model.name", "gpt-4o")
