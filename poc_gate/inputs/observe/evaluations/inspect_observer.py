"""inspect_ai's log as JSON, or packed as `.eval` -> an evaluation by sample and epoch.

Epochs are repeats of a sample. A log whose status is `success` may hold samples that all broke off; such a sample has an
`error` and no score.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, items, mapping, text

_RIGHT, _WRONG = ("C", "correct", "yes", "true"), ("I", "incorrect", "no", "false", "N", "P")
_MODEL_MARKS = ("model_graded", "model_grade", "judge", "llm")
_MOST_MEMBERS = 200_000
_LARGEST_MEMBER = 64 << 20
_MOST_BYTES = 2 << 30
_T = TypeVar("_T")


class _Sample(Struct):
    """What is read of a sample: never its input, messages or output."""

    id: object = None
    epoch: object = 1
    scores: dict[str, Any] | None = None
    score: dict[str, Any] | None = None
    error: object = None
    metadata: dict[str, Any] | None = None
    limit: object = None


class _Log(Struct):
    status: str = ""
    eval: dict[str, Any] = field(default_factory=dict)
    results: dict[str, Any] | None = None
    stats: dict[str, Any] | None = None
    error: object = None
    samples: list[_Sample] | None = None


def _sniff(head: Head) -> bool:
    if head.content.startswith(b"PK\x03\x04"):
        return head.file.lower().endswith(".eval")
    return (
        head.is_json
        and head.has("eval", "status", "version")
        and (head.has("eval_id") or head.has("task_id", "run_id"))
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    content = stream.whole()
    log = _packed(content, stream) if content.startswith(b"PK\x03\x04") else _parsed(content, _Log, stream)
    if log.status and log.status != "success":
        finds.must_not(f"the log's status is `{log.status[:40]}`: the run did not end as it should")
    conclude(completed(_run(log), finds.option), finds)


def _parsed(content: bytes, kind: type[_T], stream: PackedStream) -> _T:
    try:
        found: _T = parse_json(content, kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a log of inspect_ai: {str(error)[:120]}", "write it again with `inspect log dump`"
        ) from None
    return found


def _packed(content: bytes, stream: PackedStream) -> _Log:
    """Read the header and the summaries of samples from the archive; nothing is written, and no other member is opened."""
    zipfile = _zip_module()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_MEMBERS:
                raise stream.fault(
                    f"contains more than {_MOST_MEMBERS:,} members", "export a part of the log"
                )
            header = "header.json" if "header.json" in names else "_journal/start.json"
            log = _parsed(_member(archive, header, stream), _Log, stream)
            if "summaries.json" in names:
                log.samples = _parsed(_member(archive, "summaries.json", stream), list[_Sample], stream)
            else:
                log.samples = list(_single(archive, names, stream))
    except _broken(zipfile) as error:
        step = "pip install 'poc-gate[zstd]', or `inspect log dump` it as JSON"
        raise stream.fault(f"cannot be unpacked: {str(error)[:100]}", step) from None
    return log


def _broken(zipfile: Any) -> tuple[type[Exception], ...]:
    """Return the errors with which a damaged archive ends; those of zstandard only where it is in use."""
    loaded = (sys.modules.get(name) for name in ("compression.zstd", "backports.zstd"))
    packing = tuple(module.ZstdError for module in loaded if module)
    plain = (KeyError, NotImplementedError, zlib.error, ValueError, OSError, EOFError, RuntimeError)
    return (zipfile.BadZipFile, *plain, *packing)


def _zip_module() -> Any:
    """Return the module that also unpacks zstandard inside an archive: Python 3.14's own, or the same one for earlier versions."""
    try:
        return import_module("backports.zstd.zipfile")
    except ImportError:
        return import_module("zipfile")


def _single(archive: Any, names: list[str], stream: PackedStream) -> Iterator[_Sample]:
    read = 0
    for name in names:
        if name.startswith("samples/") and name.endswith(".json"):
            content = _member(archive, name, stream)
            read += len(content)
            if read > _MOST_BYTES:
                raise stream.fault("unpacks to more than 2 GiB", "export a part of the log")
            yield _parsed(content, _Sample, stream)


def _member(archive: Any, name: str, stream: PackedStream) -> bytes:
    with archive.open(name) as member:
        content: bytes = member.read(_LARGEST_MEMBER + 1)
    if len(content) > _LARGEST_MEMBER:
        raise stream.fault(
            f"{name[:60]} unpacks to more than {_LARGEST_MEMBER >> 20} MiB",
            "dump the log without its messages",
        )
    return content


def _run(log: _Log) -> EvaluationRun:
    about = log.eval
    data, config = mapping(about.get("dataset")), mapping(about.get("config"))
    trials = tuple(_trial(sample, number) for number, sample in enumerate(log.samples or []))
    marks = [text(mapping(one).get("name")) for one in items(about.get("scorers"))]
    graders = mapping(about.get("model_roles"))
    by_model = any(word in mark.lower() for mark in marks for word in _MODEL_MARKS)
    results = mapping(log.results)
    cases, done = count(results.get("total_samples")), count(results.get("completed_samples"))
    scores = tuple(
        f"{text(mapping(one).get('name'))}: {name} = {amount(mapping(metric).get('value')):.4g}"
        for one in items(results.get("scores"))
        for name, metric in mapping(mapping(one).get("metrics")).items()
        if amount(mapping(metric).get("value")) is not None
    )
    never = cases - len(trials) if cases is not None and trials and cases > len(trials) else 0
    return EvaluationRun(
        "inspect_ai", text(mapping(about.get("packages")).get("inspect_ai")),
        text(mapping(log.stats).get("completed_at")) or text(about.get("created")), model=text(about.get("model")),
        prompt=text(mapping(about.get("revision")).get("commit")), judge="model" if by_model else "rule" if marks else "",
        judge_model=text(mapping(graders.get("grader")).get("model")) if by_model else "",
        dataset=text(data.get("name")) or text(about.get("task")), trials=trials, scores=scores[:100],
        cases=None if trials else done, failures=None, repeats=count(config.get("epochs")),
        kept_apart={"samples were not run": never} if never else {},
    )  # fmt: skip


def _trial(sample: _Sample, number: int) -> Trial:
    scores = sample.scores or sample.score or {}
    marks = {str(name)[:80]: _passed(mapping(one).get("value", one)) for name, one in scores.items()}
    broke = bool(sample.error)
    verdict = (
        None if broke or not marks or None in marks.values() else all(one is True for one in marks.values())
    )
    slices = {
        str(name)[:60]: value for name, value in (sample.metadata or {}).items() if isinstance(value, str) and 0 < len(value) <= 60
    }  # fmt: skip
    case = f"sample {number}" if sample.id in (None, "") else str(sample.id)[:120]
    return Trial(case, verdict, count(sample.epoch) or 1, slices, marks)


def _passed(value: object) -> bool | None:
    """Return whether a score is a full mark: `C`, true or 1; partial marks are not passed, others say nothing."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return True if value in _RIGHT else False if value in _WRONG else None
    number = amount(value)
    return None if number is None or number > 1 else number == 1


OBSERVER = Observer(
    name="inspect",
    summary="inspect_ai: log as JSON or `.eval`",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*.eval",),
    extra="zstd",
    versions="inspect_ai 0.3.285",
)
