"""Lines of OpenAI's evals: a spec, one event on each line, a final report -> an evaluation by sample.

The final report's accuracy is over marked samples; samples that ended in an error are events of their own.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, items, mapping, text


class _Event(Struct):
    spec: dict[str, Any] | None = None
    final_report: dict[str, Any] | None = None
    sample_id: object = None
    type: str = ""
    data: object = None
    created_at: object = None


def _sniff(head: Head) -> bool:
    return head.is_json and (
        head.has("spec", "completion_fns") or head.has("sample_id", "event_id", "run_id")
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    spec: dict[str, Any] = {}
    report: dict[str, Any] = {}
    marked: dict[str, bool | None] = {}
    begun: set[str] = set()
    last = ""
    for number, line in stream.lines():
        try:
            event = parse_json(line, _Event)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise stream.fault(
                f"is not an event of an evaluation: {str(error)[:100]}", "write it again", number, 1
            ) from None
        spec, report = event.spec or spec, event.final_report or report
        last = text(event.created_at) or last
        sample = "" if event.sample_id is None else str(event.sample_id)[:120]
        if not sample:
            continue
        begun.add(sample)
        if event.type in ("match", "metrics"):
            found = _outcome(mapping(event.data))
            if found is not None:
                # Several marks of one sample: all have to be right.
                marked[sample] = found and marked.get(sample) is not False
        elif event.type == "error":
            marked.setdefault(sample, None)
    trials = tuple(Trial(sample, marked.get(sample)) for sample in sorted(begun))
    scores = tuple(
        f"{name[:60]} = {value:.4g}" for name, raw in report.items() if (value := amount(raw)) is not None
    )
    name = text(spec.get("base_eval")) or text(spec.get("eval_name"))
    models = ", ".join(filter(None, map(text, items(spec.get("completion_fns")))))
    if not report:
        finds.must_not("the file has no final report: the run did not come to its end")
    run = EvaluationRun(
        "openai-evals", "", text(spec.get("created_at")) or last, model=models, judge="rule", dataset=name, trials=trials,
        scores=scores[:100],
    )  # fmt: skip
    conclude(completed(run, finds.option), finds)


def _outcome(data: Any) -> bool | None:
    for name in ("correct", "accuracy", "score", "pass"):
        value = data.get(name)
        if isinstance(value, bool):
            return value
        if (number := amount(value)) is not None and number <= 1:
            return number == 1
    choice = data.get("choice")
    return {"Y": True, "N": False, "Yes": True, "No": False}.get(choice) if isinstance(choice, str) else None


OBSERVER = Observer(
    name="openai-evals",
    summary="Lines of OpenAI's evals: spec, events, final report",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
)
