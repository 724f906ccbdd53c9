"""A summary nested by metric, with the parameters of the run beside it -> an evaluation.

The layout of ai-rag-chat-evaluator: `summary.json` holds pass counts by metric and the number of questions,
`evaluate_parameters.json` the judge, the time and the target. A case passes when it passes every metric; the summary
only counts them one by one, so that the failures are known to lie between the worst metric and the sum.
"""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, iso, mapping, parse_whole, text


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return False
    summary = head.has("pass_count", "pass_rate") and (head.has("num_questions") or head.has("mean_rating"))
    return summary or head.has("evaluation_gpt_model", "evaluation_timestamp", "target_url")


def _read(stream: PackedStream, finds: Finds) -> None:
    data = parse_whole(stream, "summary of an evaluation")
    folder = finds.file.replace("\\", "/").rpartition("/")[0]
    runs = finds.state if isinstance(finds.state, dict) else {}
    runs.setdefault(folder, {}).update({"parameters" if "evaluation_timestamp" in data else "summary": data})
    finds.state = runs


def _finish(finds: Finds) -> None:
    runs = finds.state if isinstance(finds.state, dict) else {}
    finds.state = None
    whole = [one for one in runs.values() if "summary" in one]
    if len(whole) != 1:
        what = "the files contain no summary" if not whole else f"the files are of {len(whole)} runs"
        finds.ask(
            f"{what}: which results are meant?",
            "name `summary.json` and `evaluate_parameters.json` of one run",
        )
        return
    conclude(
        completed(
            _run(mapping(whole[0].get("summary")), mapping(whole[0].get("parameters")), finds), finds.option
        ),
        finds,
    )


def _run(summary: Mapping[str, object], about: Mapping[str, object], finds: Finds) -> EvaluationRun:
    total = count(mapping(summary.get("num_questions")).get("total")) or count(summary.get("num_questions"))
    passes = {
        name: passed
        for name, found in summary.items()
        if (passed := count(mapping(found).get("pass_count"))) is not None
    }
    if total is None:
        total = _total(summary)
    failures = None
    if total and passes and max(passes.values()) <= total:
        misses = {name: total - passed for name, passed in passes.items()}
        worst, most = max(misses.values()), min(total, sum(misses.values()))
        failures = most
        if worst < most:
            finds.must_not(
                f"the summary counts each metric by itself: between {worst:,} and {most:,} of {total:,} cases failed; the larger number is taken"
            )
    finds.details["metrics"] = {
        name: {key: value for key, raw in mapping(found).items() if (value := amount(raw)) is not None}
        for name, found in summary.items()
    }
    scores = tuple(
        f"{name}: {key} = {value:.4g}"
        for name, found in summary.items()
        for key, raw in mapping(found).items()
        if (value := amount(raw)) is not None and key in ("mean", "mean_rating", "pass_rate", "max", "rate")
    )
    model = text(about.get("evaluation_gpt_model"))
    judged = any(name.startswith("gpt_") for name in passes)
    if mapping(summary.get("latency")):
        finds.must_not("its latency is of one request after the other: it says nothing about load")
    return EvaluationRun(
        "ai-rag-chat-evaluator", "", iso(amount(about.get("evaluation_timestamp"))), model=text(about.get("target_url")),
        judge="model" if judged else "", judge_model=model, dataset=text(about.get("testdata_path")).rsplit("/", 1)[-1],
        cases=total, failures=failures, scores=scores[:100],
    )  # fmt: skip


def _total(summary: Mapping[str, object]) -> int | None:
    """Return the number of questions that pass count and pass rate give, where they agree."""
    found = {
        round(passed / rate)
        for one in summary.values()
        if (passed := count(mapping(one).get("pass_count")))
        and (rate := amount(mapping(one).get("pass_rate")))
    }
    return found.pop() if len(found) == 1 else None


OBSERVER = Observer(
    name="nested-summary",
    summary="Summaries nested by metric (ai-rag-chat-evaluator), with their parameters",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    finish=_finish,
    together=True,
    fit=of_the_pilot,
    patterns=("summary.json", "evaluate_parameters.json"),
)
