"""What results of evaluations and attacks show, by tool: cases against repeats, errors as failures, slices, judges."""

from __future__ import annotations

import json

import pytest
from seen import FILES, fact, facts, look, said, value, written

from poc_gate.app.imports.observed_files import Declared, read_results
from poc_gate.app.imports.one_evaluation import of_one_evaluation
from poc_gate.inputs.observe.named_file import NamedFile
from poc_gate.model.claim import Provenance

REPLICAS = FILES / "replicas"
PROMPTFOO = FILES / "promptfoo-0.123.1"
PILOT = Declared({"sources": ()}, {"model.name": "m-7b"})


def test_repeats_of_promptfoo_are_no_cases():
    seen = look(PROMPTFOO / "one-prompt.jsonl")
    assert (
        value(seen, "evaluation.n"),
        value(seen, "evaluation.failures"),
        value(seen, "evaluation.repeats"),
    ) == (3, 1, 2)
    assert "6 trials are 3 cases" in said(seen)


def test_several_prompts_are_a_question_until_one_is_named():
    path = PROMPTFOO / "two-prompts.json"
    assert not look(path).observations
    assert "compares 2 pairs of prompt and provider" in said(look(path), "question")
    first = look(path, "prompt_index=0")
    stats = json.loads(path.read_text())["results"]["results"]
    broke = {json.dumps(row["vars"]) for row in stats if row["promptIdx"] == 0 and row["success"] is not True}
    assert value(first, "evaluation.failures") == len(broke)
    assert fact(first, "evaluation.n").provenance is Provenance.MEASURED


def test_the_age_of_the_data_set_is_what_the_option_says_and_counts_as_imported():
    path = PROMPTFOO / "one-prompt.jsonl"
    assert "evaluation.dataset_on" not in facts(look(path))
    assert "evaluation.dataset_on" not in facts(look(path, "dataset_on=2026-13-40"))
    seen = look(path, "dataset_on=2026-03-01, model=m-7b")
    assert value(seen, "evaluation.dataset_on") == "2026-03-01"
    assert fact(seen, "evaluation.dataset_on").provenance is Provenance.IMPORTED
    assert value(seen, "evaluation.n") == 3


def test_what_the_option_says_about_a_table_of_scores_is_no_limit_of_a_score():
    option = "faithfulness>=0.8, version=0.2, dataset_on=2026-10-01, ended=2026-11-20, model=m-7b"
    seen = look(REPLICAS / "ragas.csv", option)
    assert value(seen, "evaluation.n") == 10
    assert value(seen, "evaluation.dataset_on") == "2026-10-01"
    assert "not a column" not in said(seen, "question")


def test_a_promptfoo_red_team_counts_attacks_that_broke_off_as_through(tmp_path):
    rows = [
        {"promptIdx": 0, "testIdx": at, "success": at > 1, "failureReason": 2 if at == 0 else int(at == 1), "vars": {"prompt": str(at)},
         "metadata": {"pluginId": "indirect-prompt-injection"}, "provider": {"id": "http://api"}, "gradingResult": {"pass": at > 1}}
        for at in range(10)
    ]  # fmt: skip
    data = {
        "evalId": "e",
        "results": {"timestamp": "2026-11-20T10:00:00Z", "results": rows, "stats": {}, "prompts": []},
        "metadata": {"promptfooVersion": "0.1"},
        "config": {"redteam": {"purpose": "p"}},
    }
    seen = look(written(tmp_path, data), declared=PILOT)
    assert value(seen, "evaluation.injection_success") == pytest.approx(0.2)
    assert value(seen, "evaluation.injection_indirect_attempts") == 10
    assert "1 of 10 attacks broke off" in said(seen)
    assert "evaluation.n" not in facts(seen)


@pytest.mark.parametrize("name", ["success-of-errors.json", "success-of-errors.eval"])
def test_a_log_that_says_success_may_hold_errors_alone(name):
    seen = look(FILES / "inspect_ai-0.3.285" / name)
    assert "every one of the 8 cases broke off" in said(seen)
    assert "evaluation.n" not in facts(seen)
    assert value(seen, "evaluation.broken_off") == 8


def test_lm_eval_counts_cases_of_exact_marks_and_says_which_model():
    seen = look(REPLICAS / "lm-eval-results.json", declared=PILOT)
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (200, 20)
    assert value(seen, "evaluation.tested_model") == "org/m-7b"
    assert fact(seen, "evaluation.failures").provenance is Provenance.MEASURED


def test_an_evaluation_of_another_model_states_nothing_of_the_pilot():
    other = Declared({"sources": ()}, {"model.name": "q-70b"})
    seen = look(REPLICAS / "lm-eval-results.json", declared=other)
    assert "evaluation.n" not in facts(seen)
    assert "is of org/m-7b, and the manifest names q-70b" in said(seen, "question")


def test_a_limited_run_is_a_trial_run(tmp_path):
    data = json.loads((REPLICAS / "lm-eval-results.json").read_text())
    data["config"]["limit"] = 5
    assert "limited to 5" in said(look(written(tmp_path, data)))


def test_garak_counts_prompts_and_not_generations():
    seen = look(REPLICAS / "garak.report.jsonl")
    assert seen.samples == 9
    assert value(seen, "evaluation.injection_success") == pytest.approx(3 / 9)
    for words in ("1 of 10 prompts are of probes that look for content", "1 of 9 attacks broke off"):
        assert words in said(seen)
    assert "no completion entry" not in said(seen)


def test_a_garak_report_that_was_broken_off_says_so(tmp_path):
    lines = (REPLICAS / "garak.report.jsonl").read_text().splitlines()[:-1]
    assert "no completion entry" in said(look(written(tmp_path, "\n".join(lines), "a.report.jsonl")))


def test_a_metric_that_broke_off_is_a_failed_case_of_deepeval():
    seen = look(REPLICAS / "deepeval-test-run.json")
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (8, 2)
    assert value(seen, "evaluation.judge_model") == "gpt-4.1"
    assert "Faithfulness 1" in said(seen)


def test_scores_need_a_limit_and_missing_ones_are_said():
    path = REPLICAS / "ragas.csv"
    assert "it does not say which score passes" in said(look(path), "question")
    assert "faithfulness is missing in 1 of 10 rows" in said(look(path))
    seen = look(path, "faithfulness>=0.7, answer_relevancy>=0.5")
    assert (
        value(seen, "evaluation.n"),
        value(seen, "evaluation.failures"),
        value(seen, "evaluation.broken_off"),
    ) == (10, 4, 1)
    table = look(REPLICAS / "eval_results_table.json", "exact_match/v1/score>=1")
    assert (value(table, "evaluation.n"), value(table, "evaluation.failures")) == (20, 1)


def test_errors_of_openai_evals_are_not_in_its_accuracy():
    seen = look(REPLICAS / "openai-evals.jsonl", declared=PILOT)
    assert (
        value(seen, "evaluation.n"),
        value(seen, "evaluation.failures"),
        value(seen, "evaluation.broken_off"),
    ) == (12, 2, 1)


def test_a_nested_summary_and_its_parameters_are_one_result():
    names = ("summary.json", "evaluate_parameters.json")
    (seen,) = read_results([NamedFile(REPLICAS / name, f"run/{name}") for name in names], Declared(), "")
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (50, 2)
    assert value(seen, "evaluation.judge_model") == "gpt-4"
    assert value(seen, "evaluation.tested_on") == "2026-11-18"
    assert "nothing about load" in said(seen)


def test_slices_and_the_worst_of_them(tmp_path):
    rows = [
        {"promptIdx": 0, "testIdx": at, "success": at % 10 != 3, "failureReason": 0, "vars": {"q": at}, "gradingResult": {},
         "metadata": {"language": "de" if at % 2 else "en"}, "provider": {"id": "http://api"}}
        for at in range(100)
    ]  # fmt: skip
    seen = look(written(tmp_path, "\n".join(map(json.dumps, rows)), "r.jsonl"))
    assert value(seen, "evaluation.slices") == ("language=de", "language=en")
    assert value(seen, "evaluation.worst_slice_gap") == pytest.approx(0.9 - 0.8)


def test_attacks_of_pyrit_that_end_without_an_outcome_count_as_through():
    path = FILES / "pyrit-1.1.0" / "attacks.json"
    outcomes = [row["outcome"] for row in json.loads(path.read_text())]
    seen = look(path, declared=PILOT)
    through = sum(one != "failure" for one in outcomes)
    assert value(seen, "evaluation.injection_success") == pytest.approx(through / len(outcomes))
    assert fact(seen, "evaluation.injection_success").provenance is Provenance.MEASURED
    assert (seen.origin.version, seen.details["about"]["tested_model"]) == ("1.1.0", "m-7b")
    assert "1 of 8 attacks broke off" in said(seen)


def test_an_id_that_each_case_has_is_no_slice(tmp_path):
    rows = [
        {"promptIdx": 0, "testIdx": at, "success": True, "failureReason": 0, "vars": {"q": at}, "gradingResult": {},
         "metadata": {"ticket": f"T-{at}"}, "provider": {"id": "http://api"}}
        for at in range(20)
    ]  # fmt: skip
    assert "evaluation.slices" not in facts(
        look(written(tmp_path, "\n".join(map(json.dumps, rows)), "r.jsonl"))
    )


def test_attacks_state_nothing_of_quality():
    seen = look(REPLICAS / "garak.report.jsonl", declared=PILOT)
    assert {one.split("_")[0] for one in facts(seen)} <= {"evaluation.injection", "evaluation.scores"}


def test_of_several_evaluations_the_named_report_or_the_newest_states_facts():
    older, newer = look(REPLICAS / "lm-eval-results.json"), look(REPLICAS / "openai-evals.jsonl")
    assert older.origin.observed_at < newer.origin.observed_at
    first, second = of_one_evaluation((older, newer), "")
    assert "evaluation.n" not in facts(first)
    assert "evaluation.n" in facts(second)
    assert "is newer: the facts are of that one" in said(first, "ignored")
    named = of_one_evaluation((older, newer), min(older.files))
    assert ["evaluation.n" in facts(one) for one in named] == [True, False]
    attacks = look(REPLICAS / "garak.report.jsonl")
    assert of_one_evaluation((newer, attacks), "")[1] == attacks


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "promptfoo.json",
            {
                "evalId": "e",
                "results": {
                    "results": [{"success": n < 2, "promptIdx": 0, "failureReason": n // 2} for n in range(5)],
                    "stats": {"successes": 2, "failures": 1, "errors": 2},
                },
            },
        ),
        (
            "inspect.json",
            {
                "version": 2, "status": "success", "eval": {"eval_id": "e", "task": "t", "model": "m", "created": "2026-11-01T10:00:00Z"},
                "samples": [{"scores": {"match": {"value": "C" if n < 2 else "I"}}} for n in range(5)],
            },
        ),
        (
            "deepeval.json",
            {
                "testRunData": {
                    "testCases": [
                        {"success": n < 2, "metricsData": [{"name": "m", "success": n < 2}]} for n in range(5)
                    ]
                }
            },
        ),
    ],
)  # fmt: skip
def test_rows_that_say_nothing_of_their_question_are_cases_of_their_own_and_no_repeats(
    tmp_path, name, content
):
    seen = look(written(tmp_path, content, name))
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (5, 3)
    assert "repeats do not make" not in said(seen)
    assert "evaluation.dataset_digest" not in facts(seen) or name != "promptfoo.json"


@pytest.mark.parametrize("name", ["scores.csv", "scores.jsonl"])
def test_a_table_of_ragas_is_known_by_its_columns_whatever_its_metrics_are(name):
    """Nine rows of rules, not of a judge: three answers lack the word."""
    seen = look(FILES / "ragas-0.4.3" / name, "string_present>=1, version=0.4.3, ended=2026-11-20, model=m-1")
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (9, 3)
    assert value(seen, "evaluation.scores") == ("exact_match = 0", "string_present = 0.6667")
    assert "evaluation.judge" not in facts(seen)
    assert fact(seen, "evaluation.n").provenance is Provenance.MEASURED


def test_mlflow_s_table_has_escaped_slashes_and_metrics_without_a_version():
    path = FILES / "mlflow-3.17.2" / "eval_results_table.json"
    seen = look(path, "exact_match/score>=1")
    assert (value(seen, "evaluation.n"), value(seen, "evaluation.failures")) == (6, 2)
    assert "such as `exact_match/score>=0.8`" in str(look(path).notices)


def test_a_table_without_scores_was_not_evaluated(tmp_path):
    seen = look(written(tmp_path, "user_input,response\nq,a\n", "ragas.csv"))
    assert "no column of scores" in said(seen)


def test_a_red_team_of_promptfoo_counts_attacks_and_what_its_judge_could_not_grade_as_through():
    """Four attacks: one fended off, one not, and two that the judge's answer did not decide."""
    path = FILES / "promptfoo-0.123.1" / "red-team.json"
    marks = [row["success"] for row in json.loads(path.read_text())["results"]["results"]]
    seen = look(path)
    assert (seen.samples, marks.count(False)) == (4, 3)
    assert value(seen, "evaluation.injection_success") == pytest.approx(3 / 4)
    assert "evaluation.n" not in facts(seen)
