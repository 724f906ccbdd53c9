"""Tables of scores (ragas, MLflow's evaluation table, any table by a mapping) -> an evaluation.

Such a table holds a score a row and no verdict: which score passes has to be said, as `faithfulness>=0.8` in the option of the
import. A score that is missing means that the judge broke off; tools leave such rows out of their means.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial, case_of
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, items, mapping, text
from poc_gate.model.observation import Origin

_LIMIT = re.compile(r"([\w./ -]{1,80}?)\s*(>=|<=|>|<|==?)\s*([0-9.]+|true|false)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:version|ended|model|prompt|dataset|dataset_on)\s*=\s*[^,;]*")
"""What the option says about the run, which is no limit of a score."""
_RAGAS = (
    "faithfulness", "answer_relevancy", "context_precision", "context_recall", "answer_correctness", "factual_correctness",
    "llm_context_precision_with_reference", "semantic_similarity", "context_entity_recall", "answer_similarity", "noise_sensitivity",
)  # fmt: skip
_ASKED = ("user_input", "question", "inputs", "input", "query", "prompt")
_MOST_ROWS = 1_000_000


_SHAPES = (
    frozenset({"user_input", "response"}), frozenset({"user_input", "retrieved_contexts"}), frozenset({"user_input", "reference"}),
    frozenset({"question", "answer", "contexts"}),
)  # fmt: skip
"""Columns of a table of ragas, whatever its metrics are called; the last are of versions before 0.2."""


def _sniff(head: Head) -> bool:
    if head.is_json:
        # pandas, which writes MLflow's table, puts a backslash before each slash.
        table = head.has("columns", "data") and b'/score"' in head.content
        shaped = any(head.has(*shape) for shape in _SHAPES)
        named = (head.has("user_input") or head.has("question")) and any(head.has(name) for name in _RAGAS)
        return table or ((shaped or named) and not head.has("trace_id") and not head.has("traceId"))
    first = head.content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", errors="replace").strip()
    names = {name.strip('"') for name in first.split(",")}
    return any(shape <= names for shape in _SHAPES) or (
        bool(names & {"user_input", "question"}) and bool(names & set(_RAGAS))
    )


def _read(stream: PackedStream, finds: Finds) -> None:
    rows, mlflow = _rows(stream)
    scores = sorted({name for row in rows[:1000] for name in row if name.strip() and _is_score(name, rows)})
    tool = "mlflow" if mlflow else "ragas"
    finds.details["means"] = {name: _mean(rows, name) for name in scores[:100]}
    limits = {
        name.strip(): (sign, limit) for name, sign, limit in _LIMIT.findall(_ABOUT.sub("", finds.option))
    }
    unknown = sorted(limits.keys() - {name for row in rows[:1000] for name in row})
    if unknown:
        finds.ask(
            f"the option names {unknown[0]}, which is not a column of the table",
            f"name one of: {', '.join(scores[:12])}",
        )
    if not limits or unknown:
        run = completed(EvaluationRun(tool), finds.option)
        finds.origin = Origin(run.tool, run.version, run.ended, run.model)
        if not scores:
            finds.must_not("the table contains no column of scores: nothing in it was evaluated")
            return
        finds.ask(
            "the table holds scores and no verdicts: it does not say which score passes",
            f"say it in the option of the import, such as `{scores[0]}>=0.8`",
        )
        _tell_missing(rows, scores, finds)
        return
    _tell_missing(rows, [name for name in scores if name in limits], finds)
    seen: dict[str, int] = {}
    trials = []
    for number, row in enumerate(rows):
        case = _case(row, number)
        trials.append(_trial(row, case, seen.get(case, 0), limits))
        seen[case] = seen.get(case, 0) + 1
    digest = hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest() if seen else ""
    means = tuple(f"{name} = {mean:.4g}" for name in scores[:100] if (mean := _mean(rows, name)) is not None)
    run = EvaluationRun(tool, dataset_digest=digest, trials=tuple(trials), scores=means, judge=_judge(limits))
    conclude(completed(run, finds.option), finds)


def _judge(limits: Mapping[str, object]) -> str:
    """Return that a model judged where a score that counts is one of those for which ragas asks a model."""
    return "model" if any(name in _RAGAS and not name.endswith("similarity") for name in limits) else ""


def _rows(stream: PackedStream) -> tuple[list[Mapping[str, object]], bool]:
    content = stream.whole()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return _of_csv(content, stream), False
    try:
        data = parse_json(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [
            mapping(_line(line, number, stream))
            for number, line in enumerate(content.splitlines(), 1)
            if line.strip()
        ], False
    if isinstance(data, list):
        return [mapping(row) for row in data[:_MOST_ROWS]], False
    names = [text(name) for name in items(mapping(data).get("columns"))]
    if names:
        listed = items(mapping(data).get("data"))[:_MOST_ROWS]
        return [dict(zip(names, row, strict=False)) for row in listed if isinstance(row, list)], True
    return _of_columns(mapping(data)), False


def _of_columns(data: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return the rows of a table that is written column by column, as pandas does unless it is asked otherwise."""
    keys = sorted({str(key) for column in data.values() for key in mapping(column)})[:_MOST_ROWS]
    return [{name: mapping(column).get(key) for name, column in data.items()} for key in keys]


def _line(line: bytes, number: int, stream: PackedStream) -> object:
    try:
        return parse_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stream.fault(
            f"is not a row of a table: {str(error)[:100]}", "write it again", number, 1
        ) from None


def _of_csv(content: bytes, stream: PackedStream) -> list[Mapping[str, object]]:
    import csv
    import io

    found: list[Mapping[str, object]] = []
    try:
        for row in csv.DictReader(
            io.StringIO(content.decode("utf-8-sig", errors="replace").replace("\x00", ""), newline="")
        ):
            found.append({str(key): _of_cell(value) for key, value in row.items() if key is not None})
            if len(found) >= _MOST_ROWS:
                break
    except csv.Error as error:
        raise stream.fault(f"is not a table: {str(error)[:100]}", "write it again", len(found) + 2) from None
    return found


def _of_cell(value: object) -> object:
    if not isinstance(value, str) or not value:
        return None
    try:
        return float(value)
    except ValueError:
        return value


def _is_score(name: str, rows: list[Mapping[str, object]]) -> bool:
    values = [row.get(name) for row in rows[:200]]
    numbers = [value for value in values if amount(value) is not None or isinstance(value, bool)]
    return bool(numbers) and all(value is None or isinstance(value, bool | int | float) for value in values)


def _mean(rows: list[Mapping[str, object]], name: str) -> float | None:
    values = [value for row in rows if (value := amount(row.get(name))) is not None]
    return sum(values) / len(values) if values else None


def _tell_missing(rows: list[Mapping[str, object]], scores: list[str], finds: Finds) -> None:
    for name in scores[:20]:
        missing = sum(amount(row.get(name)) is None and not isinstance(row.get(name), bool) for row in rows)
        if missing:
            finds.must_not(
                f"{name} is missing in {missing:,} of {len(rows):,} rows; its mean over the others leaves those out"
            )


def _case(row: Mapping[str, object], number: int) -> str:
    asked = next((row[name] for name in _ASKED if row.get(name) is not None), None)
    return case_of([asked, row.get("reference") or row.get("ground_truth") or row.get("targets")], number)


def _trial(row: Mapping[str, object], case: str, repeat: int, limits: Mapping[str, tuple[str, str]]) -> Trial:
    marks = {name[:80]: _meets(row.get(name), *limit) for name, limit in limits.items()}
    verdict = False if False in marks.values() else None if None in marks.values() else True
    return Trial(case, verdict, repeat, {}, marks)


def _meets(value: object, sign: str, limit: str) -> bool | None:
    if limit.lower() in ("true", "false"):
        return value is (limit.lower() == "true") if isinstance(value, bool) else None
    number = float(value) if isinstance(value, bool) else amount(value)
    try:
        bound = float(limit)
    except ValueError:
        return None
    if number is None:
        return None
    return {">=": number >= bound, ">": number > bound, "<=": number <= bound, "<": number < bound}.get(
        sign, number == bound
    )


OBSERVER = Observer(
    name="score-table",
    summary="Tables of scores: ragas, MLflow's evaluation table; what passes is said in the option",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*ragas*.json", "*ragas*.csv", "eval_results_table.json"),
)
