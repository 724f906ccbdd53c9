"""promptfoo's results as JSON or JSON lines -> an evaluation, or a red team's attacks.

Each row is one pair of a prompt with a provider on one test, in one repeat: tests that differ in nothing are repeats of one
case. `failureReason` 2 is a trial that broke off. Several prompts or providers are several things under test.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

import msgspec

from poc_gate.inputs.observe.evaluations.conclude_evaluation import conclude
from poc_gate.inputs.observe.evaluations.evaluation_run import EvaluationRun, Trial
from poc_gate.inputs.observe.evaluations.of_the_pilot import completed, of_the_pilot
from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.foreign_json import parse_json
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import count, items, mapping, text

_MODEL_MARKS = (
    "llm-rubric", "model-graded", "factuality", "g-eval", "answer-relevance", "context-", "select-best", "conversation-relevance",
    "pi", "promptfoo:redteam", "agent-rubric", "search-rubric", "trajectory:goal-success",
)  # fmt: skip
_INDIRECT = ("indirect-prompt-injection", "indirect-web-pwn", "rag-", "mcp", "memory-poisoning")
_BROKE_OFF = 2
_OF_TOOL = frozenset({"http", "pluginConfig", "strategyConfig", "purpose", "assertions"})


def _sniff(head: Head) -> bool:
    if not head.is_json:
        return False
    whole = (
        head.has("evalId", "results")
        or head.has("results", "prompts", "promptIdx")
        or head.has("results", "stats", "successes")
    )
    return whole or head.has("promptIdx", "testIdx", "success") or head.has("gradingResult", "promptIdx")


def _read(stream: PackedStream, finds: Finds) -> None:
    about, rows = _rows(stream)
    chosen = _one_thing(rows, finds)
    if chosen is None:
        return
    conclude(completed(_run(about, chosen), finds.option), finds)


def _rows(stream: PackedStream) -> tuple[Mapping[str, object], list[Mapping[str, object]]]:
    """Return what the file says about the run, and its rows: of one document, or one on each line."""
    content = stream.whole()
    try:
        data = parse_json(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}, list(_lines(content, stream))
    if isinstance(data, list):
        return {}, [mapping(row) for row in data if mapping(row)]
    about = mapping(data)
    if "promptIdx" in about:
        return {}, [about]
    inner = about.get("results")
    listed = items(mapping(inner).get("results")) if isinstance(inner, dict) else items(inner)
    return about, [mapping(row) for row in listed if mapping(row)]


def _lines(content: bytes, stream: PackedStream) -> Iterator[Mapping[str, object]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = parse_json(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise stream.fault(
                f"is not a result of promptfoo: {str(error)[:100]}", "write it again", number, 1
            ) from None
        if isinstance(row, dict):
            yield row


def _provider(row: Mapping[str, object]) -> str:
    provider = row.get("provider")
    return text(mapping(provider).get("label")) or text(mapping(provider).get("id")) or text(provider)


def _prompt(row: Mapping[str, object]) -> str:
    """Return the id of the prompt: a digest of its template, never its text."""
    given = text(row.get("promptId"))
    label = text(mapping(row.get("prompt")).get("label"))
    return given or (hashlib.sha256(label.encode()).hexdigest() if label else "")


def _one_thing(rows: list[Mapping[str, object]], finds: Finds) -> list[Mapping[str, object]] | None:
    """Return the rows of one prompt with one provider; of several, those that the option names, else none."""
    things = {(_provider(row), _prompt(row), count(row.get("promptIdx")) or 0) for row in rows}
    named = dict(re.findall(r"(prompt_index|provider)\s*=\s*([^,;]+)", finds.option))
    if named:
        rows = [
            row for row in rows
            if named.get("provider", _provider(row)).strip() == _provider(row)
            and named.get("prompt_index", str(count(row.get("promptIdx")) or 0)).strip() == str(count(row.get("promptIdx")) or 0)
        ]  # fmt: skip
        things = {(_provider(row), _prompt(row), count(row.get("promptIdx")) or 0) for row in rows}
    if len(things) > 1:
        listed = ", ".join(
            f"prompt_index={at} with provider={provider[:60]}" for provider, _, at in sorted(things)[:6]
        )
        finds.ask(
            f"the file compares {len(things)} pairs of prompt and provider ({listed}); it does not say which of them is deployed",
            "name it in the option of the import: `prompt_index=0`, `provider=...`",
        )
        return None
    return rows


def _run(about: Mapping[str, object], rows: list[Mapping[str, object]]) -> EvaluationRun:
    inner = mapping(about.get("results"))
    kinds = {text(mapping(row.get("metadata")).get("pluginId")) for row in rows} - {""}
    attack = bool(kinds) or bool(mapping(mapping(about.get("config")).get("redteam")))
    seen: dict[str, int] = {}
    trials: list[Trial] = []
    inputs: set[str] = set()
    for number, row in enumerate(rows):
        case = _case(row, number)
        inputs.add(case)
        trials.append(_trial(row, case, seen.get(case, 0)))
        seen[case] = seen.get(case, 0) + 1
    marked, judge = _judge(about, rows)
    return EvaluationRun(
        "promptfoo", text(mapping(about.get("metadata")).get("promptfooVersion")),
        text(inner.get("timestamp")) or text(mapping(about.get("metadata")).get("evaluationCreatedAt")) or text(about.get("createdAt")),
        model=_provider(rows[0]) if rows else "", prompt=_prompt(rows[0]) if rows else "", judge=marked, judge_model=judge,
        dataset_digest=hashlib.sha256("\n".join(sorted(inputs)).encode()).hexdigest() if _shows_tests(rows) else "",
        trials=tuple(trials), attack=_attack(kinds) if attack else "",
    )  # fmt: skip


def _shows_tests(rows: list[Mapping[str, object]]) -> bool:
    """Say whether the rows hold what was asked, so that a digest of it names the data set."""
    return bool(rows) and any(row.get("vars") or mapping(row.get("testCase")) for row in rows)


def _attack(kinds: set[str]) -> str:
    indirect = {kind for kind in kinds if kind.startswith(_INDIRECT)}
    return "mixed" if indirect and indirect != kinds else "indirect" if indirect else "direct"


def _case(row: Mapping[str, object], number: int) -> str:
    """Return a digest of what a test asks and demands: equal tests are repeats.

    A row that says nothing of its test is a case of its own: what cannot be seen to be a repeat is none.
    """
    test = mapping(row.get("testCase"))
    whole = [row.get("vars") or test.get("vars"), test.get("assert"), test.get("description")]
    if not any(whole):
        at = count(row.get("testIdx"))
        whole = [f"row {number}" if at is None else f"test {at}"]
    return hashlib.sha256(msgspec.json.encode(whole, order="deterministic")).hexdigest()


def _trial(row: Mapping[str, object], case: str, repeat: int) -> Trial:
    broke = count(row.get("failureReason")) == _BROKE_OFF or (row.get("success") is not True and not mapping(row.get("gradingResult")) and bool(row.get("error")))  # fmt: skip
    success = row.get("success")
    passed = None if broke or not isinstance(success, bool) else success
    slices = {
        str(name)[:60]: text(value)[:60]
        for name, value in mapping(row.get("metadata")).items()
        if isinstance(value, str) and value and name not in _OF_TOOL and len(value) <= 60
    }
    marks: dict[str, bool | None] = {}
    for part in items(mapping(row.get("gradingResult")).get("componentResults")):
        mark = mapping(mapping(part).get("assertion"))
        name = text(mark.get("metric")) or text(mark.get("type"))
        result = mapping(part).get("pass")
        if name and isinstance(result, bool):
            marks[name[:80]] = result and marks.get(name[:80], True) is True
    return Trial(case, passed, repeat, slices, marks)


def _judge(about: Mapping[str, object], rows: list[Mapping[str, object]]) -> tuple[str, str]:
    model = ""
    default = mapping(mapping(about.get("config")), "defaultTest", "options").get("provider")
    by_model = False
    for row in rows[:2000]:
        for part in items(mapping(row.get("gradingResult")).get("componentResults")):
            mark = mapping(mapping(part).get("assertion"))
            if text(mark.get("type")).removeprefix("not-").startswith(_MODEL_MARKS):
                by_model = True
                given = mark.get("provider") or default
                model = model or text(given) or text(mapping(given).get("id"))
    return ("model", model) if by_model else ("rule", "")


OBSERVER = Observer(
    name="promptfoo",
    summary="promptfoo: results of evaluations and red teams, as JSON or JSON lines",
    group="evaluation",
    sniff=_sniff,
    read=_read,
    fit=of_the_pilot,
    patterns=("*promptfoo*.json", "*promptfoo*.jsonl"),
    versions="promptfoo 0.123.1",
)
