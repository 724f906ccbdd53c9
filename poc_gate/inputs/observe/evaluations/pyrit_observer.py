"""PyRIT's attack results, written as JSON (`model_dump_json` of each, in a list or one on each line) -> attacks.

An attack whose outcome is `success` got through. `undetermined` and `error` prove nothing, and count as through. Attacks with
one objective are repeats of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial, case_of
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import items, mapping, text

_OUTCOMES = {"failure": True, "success": False}
"""Outcome of the attack -> whether it was fended off."""
_MOST_DEPTH = 12


def _sniff(head: Head) -> bool:
    return (
        head.is_json
        and head.has("attack_result_id", "objective")
        and (head.has("conversation_id") or head.has("outcome"))
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    rows = _rows(stream)
    seen: dict[str, int] = {}
    trials: list[Trial] = []
    for number, row in enumerate(rows):
        case = case_of([text(row.get("objective"))], number)
        groups = (
            {"harm": text(items(row.get("targeted_harm_categories"))[0])[:60]}
            if items(row.get("targeted_harm_categories"))
            else {}
        )
        trials.append(
            Trial(
                case,
                _OUTCOMES.get(text(row.get("outcome")).lower()),
                seen.get(case, 0),
                {k: v for k, v in groups.items() if v},
            )
        )
        seen[case] = seen.get(case, 0) + 1
    about = mapping(rows[0].get("atomic_attack_identifier")) if rows else {}
    target, scorer = _below(about, "objective_target"), _below(about, "objective_scorer")
    judged = text(scorer.get("class_name"))
    run = EvaluationRun(
        "pyrit", text(about.get("pyrit_version")), max((text(row.get("timestamp")) for row in rows), default=""),
        model=text(target.get("model_name")) or text(target.get("endpoint")), judge="model" if judged.startswith("SelfAsk") else "rule" if judged else "",
        dataset_digest=hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest() if seen else "", trials=tuple(trials), attack="direct",
    )  # fmt: skip
    conclude(completed(run, finds.option), finds)


def _rows(stream: PackedStream) -> list[Mapping[str, object]]:
    content = stream.whole()
    try:
        data = parse_json(content)
        listed = data if isinstance(data, list) else [data]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        listed = []
        for number, line in enumerate(content.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                listed.append(parse_json(line))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise stream.fault(
                    f"is not an attack result: {str(error)[:100]}", "write it again", number, 1
                ) from None
    return [mapping(one) for one in listed if text(mapping(one).get("attack_result_id"))]


def _below(owner: Mapping[str, object], name: str, depth: int = 0) -> Mapping[str, object]:
    """Return the child of that name, at whatever depth PyRIT nests it."""
    children = mapping(owner.get("children"))
    if depth > _MOST_DEPTH or not children:
        return {}
    return mapping(children.get(name)) or next(
        (found for child in children.values() if (found := _below(mapping(child), name, depth + 1))), {}
    )


OBSERVER = Observer(
    name="pyrit",
    summary="PyRIT's attack results as JSON",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*pyrit*.json", "*attack_results*.json"),
    versions="pyrit 1.1.0",
)
