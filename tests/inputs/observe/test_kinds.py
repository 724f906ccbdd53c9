"""A kind that is asked for: results by observers, what people write by importers, also where both have a name."""

from __future__ import annotations

import json

import pytest
from seen import FILES, written

from poc_gate.app.imports.show_file import show_file
from poc_gate.errors import InvalidInputError


def test_a_plain_evaluation_is_still_read_by_its_mapping(tmp_path):
    path = written(tmp_path, {"summary": {"total": 50, "failed": 2}}, "plain.json")
    shown = json.loads(
        show_file(path, kind="evaluation", option="n=summary.total, failures=summary.failed", as_json=True)
    )
    assert {one["name"]: one["value"] for one in shown["facts"]} == {
        "evaluation.n": 50,
        "evaluation.failures": 2,
    }


@pytest.mark.parametrize("kind", ["", "evaluation", "promptfoo"])
def test_a_result_is_read_as_one_by_kind_group_or_unasked(kind):
    path = FILES / "promptfoo-0.123.1" / "one-prompt.jsonl"
    assert json.loads(show_file(path, kind=kind, as_json=True))["kind"] == "promptfoo"


def test_a_kind_of_results_alone_refuses_other_files(tmp_path):
    with pytest.raises(InvalidInputError, match="not recognised as a result"):
        show_file(written(tmp_path, {"a": 1}), kind="load-test")
