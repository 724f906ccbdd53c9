"""lm-evaluation-harness: the results file, or the samples of one task -> an evaluation.

The results file gives scores over the samples of each task; only exact marks (accuracy, exact match, pass@1) are shares of
cases that were right. `limit` cuts a task short, and the file says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, iso, mapping, parse_whole, text

_EXACT = re.compile(r"^(acc|exact_match|pass@1|accuracy|prompt_level_strict_acc)(,|$)")


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return False
    sample = head.has("doc_id", "doc", "target", "resps", "filtered_resps")
    return (
        sample
        or (head.has("results", "versions") and head.has("n-shot"))
        or head.has("results", "n-samples", "configs")
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    if b'"filtered_resps"' in stream.head() and b'"doc_id"' in stream.head():
        run = _samples(stream, finds)
    else:
        run = _results(parse_whole(stream, "results file of lm-evaluation-harness"), finds)
    conclude(completed(run, finds.option), finds)


def _results(data: Mapping[str, object], finds: Finds) -> EvaluationRun:
    tasks = {name: mapping(found) for name, found in mapping(data.get("results")).items()}
    groups = mapping(data.get("groups")).keys() | mapping(data.get("group_subtasks")).keys()
    single = {
        name: found
        for name, found in tasks.items()
        if name not in groups or not mapping(data.get("group_subtasks")).get(name)
    }
    sizes = {name: _size(data, name, found) for name, found in single.items()}
    scores = tuple(
        f"{name}: {metric.removesuffix(',none')} = {amount(value):.4g}"
        for name, found in tasks.items()
        for metric, value in found.items()
        if amount(value) is not None
        and "stderr" not in metric
        and metric not in ("sample_len", "sample_count")
    )
    config = mapping(data.get("config"))
    limit = amount(config.get("limit"))
    if limit is not None:
        finds.must_not(
            f"the run was limited to {limit:g} of each task's samples: it is a trial run, not the task"
        )
    exact = {name: share for name, found in single.items() if (share := _exact(found)) is not None}
    total = sum(size or 0 for size in sizes.values())
    failures = None
    if total and single and exact.keys() == single.keys() and all(sizes.values()):
        failures = sum(round((1 - exact[name]) * (sizes[name] or 0)) for name in single)
        if len(single) > 1:
            finds.must_not(
                "several tasks are added up; the file does not say whether each of them is what the pilot is for"
            )
    elif total:
        finds.ask(
            "no mark of the file says of each case whether it was right: its scores are not failures",
            "state `evaluation.n` and `failures` for the mark that decides, or import the samples of one task",
        )
    hashes = sorted(text(value) for value in mapping(data.get("task_hashes")).values() if text(value))
    return EvaluationRun(
        "lm-evaluation-harness", text(data.get("lm_eval_version")), iso(amount(data.get("date"))), model=_model(data, config),
        prompt=text(data.get("system_instruction_sha")) or text(data.get("chat_template_sha")), judge="rule",
        dataset=", ".join(sorted(single))[:200],
        dataset_digest=hashlib.sha256("\n".join(hashes).encode()).hexdigest() if hashes else "",
        cases=total or None, failures=failures, scores=scores[:100],
    )  # fmt: skip


def _size(data: Mapping[str, object], task: str, found: Mapping[str, object]) -> int | None:
    samples = mapping(data.get("n-samples")).get(task)
    given = mapping(samples)
    known = count(given.get("effective")) or count(given.get("original")) or count(samples)
    return known or count(found.get("sample_len")) or count(found.get("sample_count"))


def _exact(found: Mapping[str, object]) -> float | None:
    """Return the share of exact marks; of several filters the strictest, which is the lowest."""
    shares = [
        share
        for metric, value in found.items()
        if _EXACT.match(metric) and (share := amount(value)) is not None and share <= 1
    ]
    return min(shares) if shares else None


def _model(data: Mapping[str, object], config: Mapping[str, object]) -> str:
    if text(config.get("model")) == "dummy":
        return "dummy"
    named = text(data.get("model_name"))
    arguments = config.get("model_args")
    pretrained = text(mapping(arguments).get("pretrained")) or text(mapping(arguments).get("model"))
    match = re.search(r"(?:pretrained|model)=([^,]+)", text(arguments))
    return (
        named
        or pretrained
        or (match[1] if match else "")
        or text(config.get("model"))
        or text(data.get("model_source"))
    )


def _samples(stream: PackedStream, finds: Finds) -> EvaluationRun:
    """Read the samples of one task, a line for each filter of each document: the first filter counts."""
    trials: list[Trial] = []
    first = ""
    hashes: set[str] = set()
    unmarked = 0
    for number, line in stream.lines():
        try:
            row = mapping(parse_json(line))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise stream.fault(
                f"is not a sample of the harness: {str(error)[:100]}", "write it again", number, 1
            ) from None
        used = text(row.get("filter"))
        first = first or used
        if used != first:
            continue
        mark = next((amount(value) for key, value in row.items() if _EXACT.match(key)), None)
        unmarked += mark is None
        given = row.get("doc_id")
        case = text(row.get("doc_hash")) or (f"line {number}" if given in (None, "") else str(given)[:80])
        hashes.add(case)
        if mark is not None:
            trials.append(Trial(case, mark >= 1))
    if unmarked:
        finds.must_not(
            f"{unmarked:,} samples have no mark that says whether they were right, and are not counted"
        )
    name = re.sub(
        r"^samples_|_\d{4}-\d{2}-\d{2}T.*$|\.jsonl$", "", finds.file.replace("\\", "/").rsplit("/", 1)[-1]
    )
    day = re.search(r"_(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})", finds.file)
    digest = hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest() if hashes else ""
    return EvaluationRun(
        "lm-evaluation-harness", ended=f"{day[1]}T{day[2]}:{day[3]}:00" if day else "", judge="rule", dataset=name[:200],
        dataset_digest=digest, trials=tuple(trials),
    )  # fmt: skip


OBSERVER = Observer(
    name="lm-eval",
    summary="lm-evaluation-harness: results file, samples of a task",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("results_*.json", "samples_*.jsonl"),
    versions="lm-eval 0.4.13",
)
