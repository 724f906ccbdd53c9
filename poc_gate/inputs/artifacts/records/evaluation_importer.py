"""Evaluation results -> cases, failures, repeats: lm-evaluation-harness, promptfoo, and plain JSON by a mapping."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.interface import Importer
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.records.evaluation_counts import COUNTED, Counts, claim_counts
from poc_gate.inputs.artifacts.records.promptfoo_results import read_promptfoo
from poc_gate.text.lazy_pattern import lazily

_MAPPED = (
    "n",
    "failures",
    "passed",
    "errors",
    "skipped",
    "repeats",
    "spread",
    "worst_slice_gap",
    "injection_success",
)
"""What an import option can map."""
_SHARES = {
    "repeats": ("repeats", "n_repeats", "runs", "seeds"),
    "spread": ("spread",),
    "worst_slice_gap": ("worst_slice_gap",),
    "injection_success": ("injection_success", "attack_success_rate", "asr"),
}
"""Fields of plain results beside the counts, and the names that say the same without doubt."""
_ATTEMPTS = ("attempts", "attacks", "n_attacks", "probes")
_EXACT = lazily(r"^(acc|exact_match|pass@1|accuracy)(,|$)")


def _sniff(document: Document) -> bool:
    for mapping in document.mappings[:1]:
        results = mapping.get("results")
        if isinstance(results, dict) and (
            "n-samples" in mapping
            or "lm_eval_version" in mapping
            or "configs" in mapping
            or "versions" in mapping
        ):
            return True
        if _is_promptfoo(mapping) or ("promptIdx" in mapping and "success" in mapping):
            return True
        keys = {key.lower() for key in mapping}
        plain = bool(keys & set(COUNTED["n"])) and bool(keys & {*COUNTED["failures"], *COUNTED["passed"]})
        return plain or (isinstance(mapping.get("evaluation"), dict) and document.form in ("json", "yaml"))
    return False


def _read(reading: Reading) -> None:
    top = reading.root()
    marks = ("n-samples", "configs", "lm_eval_version", "versions")
    if top.at("results").entries() and any(top.at(mark) for mark in marks):
        _read_harness(top)
        return
    if (
        _is_promptfoo(top.value)
        or top.at("promptIdx").value is not None
        or top.at(0, "promptIdx").value is not None
    ):
        read_promptfoo(reading)
    else:
        _read_plain(reading)
    if not reading.claims and not any(notice.kind == "question" for notice in reading.notices):
        top.ask(
            "the file says nothing under a name that evaluations use",
            "map it by the import option, such as `n=summary.total, failures=summary.failed`",
        )
        reading.used.discard((0, ()))


def _is_promptfoo(value: object) -> bool:
    """Tell promptfoo's results, whose counts stand under `stats` of `results` or beside the list of them."""
    if not isinstance(value, dict):
        return False
    inner = value.get("results")
    owner = inner if isinstance(inner, dict) else value
    stats = owner.get("stats")
    return isinstance(stats, dict) and bool({"successes", "failures"} & stats.keys())


def _read_plain(reading: Reading) -> None:
    top, mapping = reading.root(), _mapping(reading)
    owner = top.at("evaluation") if top.at("evaluation").entries() else top
    if reading.option == "injection" or (reading.option == "" and _has_attempts(owner)):
        _read_injection(owner)
    else:
        _read_counts(owner, mapping)


def _mapping(reading: Reading) -> dict[str, str]:
    """Return the option as names and paths; a name that nobody reads is a question and not dropped."""
    pairs = (part.partition("=") for part in re.split(r"[,;]", reading.option) if "=" in part)
    named = {key.strip(): path.strip() for key, _, path in pairs}
    for key in sorted(named.keys() - set(_MAPPED)):
        what, step = (
            f"the import option maps `{key[:40]}`, which no evaluation states",
            f"map one of: {', '.join(_MAPPED)}",
        )
        reading.note("question", what, next_step=step)
    return {key: path for key, path in named.items() if key in _MAPPED}


def _has_attempts(owner: Node) -> bool:
    return any(owner.at(name).number() is not None for name in _ATTEMPTS)


def _find(owner: Node, name: str, mapping: dict[str, str]) -> Node:
    """Return a field by the mapping's dotted path, or by the names that are usual."""
    if mapping.get(name):
        steps = re.findall(r"[^.\[\]]+", mapping[name])
        return owner.reading.root().at(*(int(step) if step.isdigit() else step for step in steps))
    lowered = {key.lower(): node for key, node in owner.entries()}
    names = COUNTED.get(name) or _SHARES.get(name) or (name,)
    return next((lowered[word] for word in names if word in lowered), owner.at(name))


def _read_counts(owner: Node, mapping: dict[str, str]) -> None:
    reading = owner.reading
    reading.dated = _date(reading.root())
    claim_counts(Counts(**{name: _find(owner, name, mapping) for name in COUNTED}))
    for name in _SHARES:
        node = _find(owner, name, mapping)
        value = node.count() if name == "repeats" else node.number()
        if value is not None and (name == "repeats" or 0 <= value <= 1):
            node.claim(f"evaluation.{name}", value)
        elif node.text() and value is not None:
            node.ask(
                f"{name} is {value:g}, which is not a share of one",
                f"write `{name}` as a share in the manifest",
            )
    slices = owner.at("slices")
    names = slices.texts() or tuple(key for key, _ in slices.entries())
    slices.claim("evaluation.slices", names)


def _read_injection(owner: Node) -> None:
    attempts = next((owner.at(name) for name in _ATTEMPTS if owner.at(name).number()), owner.at("n"))
    succeeded = owner.first("successes", "succeeded", "successful", "failures")
    tried, won = attempts.number(), succeeded.number()
    if tried and won is not None and 0 <= won <= tried:
        attempts.use()
        succeeded.claim("evaluation.injection_success", won / tried, note=f"{won:g} of {tried:g} attempts")
    else:
        _read_counts(owner, {})


def _read_harness(top: Node) -> None:
    """Read lm-evaluation-harness results: samples per task, every metric, failures where one task is exact."""
    top.reading.dated = _date(top)
    shown: list[str] = []
    total = 0
    for task, result in top.at("results").entries():
        samples = top.at("n-samples", task)
        total += samples.at("effective").count() or samples.at("original").count() or samples.count() or 0
        for metric, node in result.entries():
            if node.number() is not None and "stderr" not in metric and metric != "sample_len":
                shown.append(f"{task}: {metric.removesuffix(',none')} = {node.number():.4g}")
        result.use()
    top.at("results").claim("model.metrics", tuple(shown), note="as the harness reports them")
    if total:
        top.at("n-samples").claim("evaluation.n", total, note="effective samples over all tasks")
    else:
        top.at("results").warn(
            "the file does not say how many samples were used", "state `n` in the manifest"
        )
    tasks = top.at("results").entries()
    if len(tasks) == 1 and total:
        exact = [
            (metric, node)
            for metric, node in tasks[0][1].entries()
            if _EXACT.match(metric) and node.number() is not None
        ]
        for metric, node in exact[:1]:
            share = node.number() or 0.0
            if 0 <= share <= 1:
                note = f"samples that {metric.partition(',')[0]} counts as wrong"
                node.claim("evaluation.failures", round((1 - share) * total), note=note)
    elif len(tasks) > 1:
        top.at("results").warn(
            "several tasks: the file does not say which of them decide",
            "state `failures` for the task that decides",
        )


def _date(top: Node) -> str:
    node = top.first("date", "evaluated_at", "timestamp", "created_at")
    number = node.number()
    if number is not None and 1e9 < number < 1e10:
        return datetime.fromtimestamp(number, tz=UTC).date().isoformat()
    match = re.match(r"\d{4}-\d{2}-\d{2}", node.text())
    return match[0] if match else ""


IMPORTER = Importer(
    name="evaluation",
    summary="Evaluation results (lm-evaluation-harness, promptfoo, plain JSON by mapping): cases, failures, repeats",
    read=_read,
    sniff=_sniff,
    patterns=("*eval*.json", "results*.json", "*eval*.yaml"),
    prefix="evaluation",
    group="evaluation",
    options=("a mapping such as `n=summary.total, failures=summary.failed`", "injection"),
)
