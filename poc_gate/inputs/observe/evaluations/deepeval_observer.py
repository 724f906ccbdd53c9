"""deepeval's test run -> an evaluation by test case and metric.

A metric that broke off has an `error` and counts as failed in some versions and as absent in others; here the case broke off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial, case_of
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import items, mapping, parse_whole, text


def _sniff(head: Head) -> bool:
    return head.is_json and (
        head.has("testCases", "metricsData")
        or head.has("test_cases", "metrics_data")
        or head.has("testRunData")
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    data = parse_whole(stream, "test run of deepeval")
    run = mapping(data.get("testRunData")) or data
    cases = [
        mapping(one)
        for key in ("testCases", "test_cases", "conversationalTestCases", "conversational_test_cases")
        for one in items(run.get(key))
    ]
    seen: dict[str, int] = {}
    trials: list[Trial] = []
    judges: set[str] = set()
    for number, case in enumerate(cases):
        name = _case(case, number)
        trials.append(_trial(case, name, seen.get(name, 0), judges))
        seen[name] = seen.get(name, 0) + 1
    digest = hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest() if seen else ""
    parameters = mapping(run.get("hyperparameters"))
    model = text(parameters.get("model")) or text(parameters.get("Model"))
    conclude(completed(EvaluationRun(
        "deepeval", ended=text(run.get("createdAt")), model=model,
        prompt=text(parameters.get("prompt version")) or text(parameters.get("prompt_version")),
        judge="model" if judges else "", judge_model=", ".join(sorted(judges))[:200], dataset=text(run.get("datasetAlias")),
        dataset_digest=digest, trials=tuple(trials),
    ), finds.option), finds)  # fmt: skip


def _case(case: Mapping[str, object], number: int) -> str:
    asked = [text(case.get(key)) for key in ("input", "scenario", "expectedOutput", "expected_output")]
    return case_of(asked if any(asked) else [text(case.get("name"))], number)


def _trial(case: Mapping[str, object], name: str, repeat: int, judges: set[str]) -> Trial:
    marks: dict[str, bool | None] = {}
    for one in items(case.get("metricsData")) or items(case.get("metrics_data")):
        metric = mapping(one)
        label, success = text(metric.get("name"))[:80], metric.get("success")
        judge = text(metric.get("evaluationModel")) or text(metric.get("evaluation_model"))
        if judge:
            judges.add(judge[:80])
        if label:
            marks[label] = None if metric.get("error") or not isinstance(success, bool) else success
    success = case.get("success")
    passed = (
        None
        if None in marks.values()
        else success
        if isinstance(success, bool)
        else all(marks.values())
        if marks
        else None
    )
    tags = {f"tag {tag}"[:60]: "yes" for value in items(case.get("tags")) if (tag := text(value))}
    return Trial(name, passed, repeat, tags, marks)


OBSERVER = Observer(
    name="deepeval",
    summary="deepeval: a test run by case and metric",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*deepeval*.json", "test_run_*.json", ".latest_test_run.json"),
    versions="deepeval 4.3.1",
)
