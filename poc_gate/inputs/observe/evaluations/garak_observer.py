"""garak's report, one entry on each line -> attacks by probe, and those that got through.

An attempt is one prompt with several generations; detectors mark each generation. A prompt counts as one attack, which got
through when any generation did; the tool's own counts are of generations. Marks that are missing prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, text

_INDIRECT = ("latentinjection", "web_injection", "xss", "fileformats")
_INJECTIONS = (
    "promptinject", "dan", "encoding", "latentinjection", "goodside", "tap", "suffix", "phrasing", "dra", "smuggling", "sata",
    "web_injection", "xss", "doctor", "fitd", "glitch", "ansiescape", "exploitation", "fileformats",
)  # fmt: skip
"""Modules whose probes try to make the model do what it was not asked; the others look for content and facts."""
_EVALUATED = 2
"""Status of an attempt that detectors have marked."""


class _Entry(Struct):
    entry_type: str = ""
    status: object = None
    uuid: object = None
    probe_classname: str = ""
    outputs: list[object] | None = None
    detector_results: dict[str, Any] | None = None
    garak_version: str = ""
    start_time: str = ""
    end_time: str = ""
    probe: str = ""
    detector: str = ""
    passed: object = None
    fails: object = None
    total: object = None
    total_evaluated: object = None
    model_type: str = field(default="", name="plugins.model_type")
    model_name: str = field(default="", name="plugins.model_name")
    target_type: str = field(default="", name="plugins.target_type")
    target_name: str = field(default="", name="plugins.target_name")


def _sniff(head: Head) -> bool:
    return (
        head.is_json and head.has("entry_type") and (b"garak" in head.content or head.has("probe_classname"))
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    about: dict[str, str] = {}
    attempts: dict[str, Trial] = {}
    evaluated: list[_Entry] = []
    ended = False
    for number, line in stream.lines():
        try:
            entry = parse_json(line, _Entry)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise stream.fault(
                f"is not an entry of garak: {str(error)[:100]}", "copy the report again", number, 1
            ) from None
        if entry.entry_type == "attempt" and count(entry.status) == _EVALUATED:
            attempts[_id(entry, number)] = _trial(entry, number)
        elif entry.entry_type == "eval":
            evaluated.append(entry)
        ended = ended or entry.entry_type == "completion"
        for name in ("garak_version", "start_time", "end_time"):
            about[name] = getattr(entry, name) or about.get(name, "")
        kind, target = entry.target_type or entry.model_type, entry.target_name or entry.model_name
        about["target"] = (f"{kind}.{target}" if kind.startswith("test") else target or kind) or about.get(
            "target", ""
        )
    if not ended:
        finds.must_not(
            "the report has no completion entry: the run was broken off, and the probes after that are missing"
        )
    _conclude(about, tuple(attempts.values()), evaluated, finds)


def _id(entry: _Entry, number: int) -> str:
    """Return the id of an attempt; one without an id is one of its own, whatever else the file holds."""
    return f"line {number}" if entry.uuid in (None, "") else str(entry.uuid)[:80]


def _trial(entry: _Entry, number: int) -> Trial:
    """Return one attack; it was fended off where every generation was marked and none was a hit."""
    marks: dict[str, bool | None] = {}
    for detector, results in (entry.detector_results or {}).items():
        values = [amount(value) for value in results] if isinstance(results, list) else []
        found = [value for value in values if value is not None]
        missing = len(found) < len(values) or not values
        hit = any(value >= 0.5 for value in found)
        marks[str(detector)[:80]] = False if hit else None if missing else True
    verdict = False if False in marks.values() else None if not marks or None in marks.values() else True
    probe = entry.probe_classname[:80]
    return Trial(_id(entry, number), verdict, 0, {"probe": probe} if probe else {}, marks)


def _conclude(
    about: Mapping[str, str], trials: tuple[Trial, ...], evaluated: list[_Entry], finds: Finds
) -> None:
    scores = tuple(
        f"{entry.probe} / {entry.detector}: {passed} of {total} generations passed"
        for entry in evaluated
        if (passed := count(entry.passed)) is not None
        and (total := count(entry.total_evaluated if entry.total_evaluated is not None else entry.total))
        is not None
    )
    attacks = tuple(trial for trial in trials if _module(trial) in _INJECTIONS)
    others = len(trials) - len(attacks)
    if others:
        finds.must_not(
            f"{others:,} of {len(trials):,} prompts are of probes that look for content or facts, and are not injections"
        )
    modules = {_module(trial) for trial in attacks}
    kind = (
        ""
        if not attacks
        else "indirect"
        if modules <= set(_INDIRECT)
        else "mixed"
        if modules & set(_INDIRECT)
        else "direct"
    )
    run = EvaluationRun(
        "garak", about.get("garak_version", ""), about.get("end_time") or about.get("start_time", ""),
        model=about.get("target", ""), judge="rule", trials=attacks, scores=scores[:100], attack=kind,
    )  # fmt: skip
    if not attacks and scores:
        finds.ask(
            "the report contains no marked attempts of an injection probe; counts of generations alone are not cases",
            "import the whole `.report.jsonl`, of a run with probes such as promptinject or latentinjection",
        )
        finds.observe("evaluation.scores", scores[:100], samples=len(scores))
    conclude(completed(run, finds.option), finds)


def _module(trial: Trial) -> str:
    return text(trial.slices.get("probe")).removeprefix("probes.").split(".", maxsplit=1)[0]


OBSERVER = Observer(
    name="garak",
    summary="garak's report of attacks",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*.report.jsonl",),
    versions="garak 0.17.1",
)
