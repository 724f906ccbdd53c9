"""Evaluation results: what did not pass failed, parts add up or are a question, every layout named in the docs is read."""

from __future__ import annotations

import json

import pytest
from stated_facts import messages, value

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.read_artifact import read_artifact


def read(data: object, file: str = "results.json", **how: str) -> ImportResult:
    """Return what a JSON file says."""
    return read_artifact(json.dumps(data).encode(), file, **how)


@pytest.mark.parametrize(
    ("data", "n", "failures"),
    [
        ({"n": 200, "passed": 180, "failed": 5, "errors": 15}, 200, 20),
        ({"n": 200, "passed": 180}, 200, 20),
        ({"n": 200, "failed": 5, "errors": 15}, 200, 20),
        ({"passed": 180, "failed": 5, "errors": 15}, 200, 20),
        ({"total": 200, "failed": 5}, 200, 5),
        ({"total": 200, "errored": 15, "failed": 0, "passed": 185}, 200, 15),
        ({"total": 200, "passed": 180, "failed": 10, "skipped": 10}, 190, 10),
        ({"total": 10, "passed": 10, "failed": 0, "errors": 0}, 10, 0),
    ],
)
def test_a_case_that_ended_in_an_error_did_not_pass(data: object, n: int, failures: int) -> None:
    result = read(data, "eval.json", kind="evaluation")
    assert (value(result, "evaluation.n"), value(result, "evaluation.failures")) == (n, failures)
    assert messages(result, "question") == []


@pytest.mark.parametrize(
    "data",
    [
        {"n": 200, "passed": 180, "failed": 5},
        {"n": 100, "passed": 99, "failed": 5},
        {"n": 100, "failed": 101},
        {"n": 100, "passed": 101},
        {"n": 100, "passed": 80, "failed": 10, "errors": 5, "skipped": 1},
    ],
)
def test_parts_that_do_not_add_up_are_a_question_and_no_number(data: object) -> None:
    result = read(data, "eval.json", kind="evaluation")
    assert (value(result, "evaluation.n"), value(result, "evaluation.failures")) == (None, None)
    assert len(messages(result, "question")) == 1


def rows(*outcomes: int) -> list[dict[str, object]]:
    """Return results of promptfoo: 0 passed, 1 failed, 2 ended in an error."""
    return [
        {"success": code == 0, "failureReason": code, "promptIdx": 0, "testIdx": at}
        for at, code in enumerate(outcomes)
    ]


STATS = {"successes": 2, "failures": 1, "errors": 2}
LAYOUTS = {
    "version 3": {"evalId": "e", "results": {"version": 3, "results": rows(0, 0, 1, 2, 2), "stats": STATS}, "config": {}},
    "version 2": {"results": {"version": 2, "results": rows(0, 0, 1), "stats": {"successes": 2, "failures": 1}}, "config": {}},
    "of the library": {"version": 3, "timestamp": "2026-11-01T00:00:00Z", "results": rows(0, 0, 1, 2, 2), "stats": STATS},
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_of_promptfoo(name: str) -> None:
    result = read(LAYOUTS[name])
    expected = (3, 1) if name == "version 2" else (5, 3)
    assert result.kind == "evaluation"
    assert (value(result, "evaluation.n"), value(result, "evaluation.failures")) == expected


def test_promptfoo_with_one_result_on_each_line() -> None:
    content = "\n".join(json.dumps(row) for row in rows(0, 1, 2, 0)).encode()
    result = read_artifact(content, "results.jsonl")
    assert (value(result, "evaluation.n"), value(result, "evaluation.failures")) == (4, 2)


def test_attacks_of_promptfoo_are_a_share_and_no_quality() -> None:
    data = {"results": {"results": rows(0, 0, 0, 1), "stats": {"successes": 3, "failures": 1, "errors": 0}}, "config": {"redteam": {"plugins": []}}}  # fmt: skip
    result = read({**data, "config": {"redteam": {"plugins": ["pii"]}}})
    assert value(result, "evaluation.injection_success") == 0.25
    assert value(result, "evaluation.failures") is None


def test_promptfoo_whose_counts_and_list_differ_is_a_question() -> None:
    result = read({"results": {"results": rows(0, 0), "stats": STATS}})
    assert value(result, "evaluation.n") is None
    assert "counts 5 results and lists 2" in messages(result, "question")[0]


def test_several_prompts_are_told() -> None:
    both = [{**row, "promptIdx": at % 2} for at, row in enumerate(rows(0, 0, 1, 2, 2))]
    assert any(
        "several prompts" in text
        for text in messages(read({"results": {"results": both, "stats": STATS}}), "warning")
    )


def test_a_mapping_reads_passes_and_refuses_what_it_does_not_know() -> None:
    data = {"summary": {"groundedness": {"pass_count": 48, "pass_rate": 0.96}, "questions": 50}}
    mapped = read(
        data, kind="evaluation", option="n=summary.questions, passed=summary.groundedness.pass_count"
    )
    assert (value(mapped, "evaluation.n"), value(mapped, "evaluation.failures")) == (50, 2)
    refused = read(
        data, kind="evaluation", option="n=summary.questions, pass_rate=summary.groundedness.pass_rate"
    )
    assert any("pass_rate" in text for text in messages(refused, "question"))
