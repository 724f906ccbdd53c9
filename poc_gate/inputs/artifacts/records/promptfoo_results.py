"""promptfoo's results in their layouts -> cases, failures, errors, and attacks that succeeded."""

from __future__ import annotations

import re

from poc_gate.inputs.artifacts.file_reading import Node, Reading
from poc_gate.inputs.artifacts.records.evaluation_counts import Counts, claim_counts

_ATTACK = ("redteam", "pluginId", "strategyId")


def read_promptfoo(reading: Reading) -> None:
    """State what a results file says: `results.stats`, `stats` beside a list, or one result on each line."""
    top = reading.root()
    owner = top.at("results") if top.at("results").entries() else top
    match = re.match(
        r"\d{4}-\d{2}-\d{2}",
        owner.first("timestamp", "createdAt").text() or top.first("createdAt", "timestamp").text(),
    )
    reading.dated = match[0] if match else ""
    stats, listed = owner.at("stats"), owner.at("results").elements()
    if not stats.entries():
        _read_rows(reading, [node for node in reading.roots() if node.entries()])
        return
    stats.use()
    counts = [stats.at(key).count() for key in ("successes", "failures", "errors")]
    total = sum(count or 0 for count in counts)
    if listed and total and len(listed) != total:
        stats.ask(
            f"the file counts {total} results and lists {len(listed)}",
            "write the whole results with `promptfoo eval -o results.json`, or state `n` and `failures` in the manifest",
        )
        return
    nothing = owner.at("n")
    if _is_attack(top, listed):
        _claim_attacks(stats, counts, total)
    else:
        claim_counts(
            Counts(nothing, stats.at("successes"), stats.at("failures"), stats.at("errors"), nothing)
        )
    _warn_of_several(owner, listed)


def _read_rows(reading: Reading, rows: list[Node]) -> None:
    """Count the results of a file with one on each line; `failureReason` 2 is an error."""
    passed = [row for row in rows if row.at("success").flag() is True]
    told = [row for row in rows if row.at("success").flag() is not None]
    if not told:
        return
    for row in told:
        row.use()
    place = told[0].place()
    errors = sum(row.at("failureReason").count() == 2 for row in told)
    note = f"one result on each line, {errors} of them ended in an error"
    reading.state_count("evaluation.n", len(told), place, note=note)
    reading.state_count("evaluation.failures", len(told) - len(passed), place, note=note)


def _is_attack(top: Node, listed: list[Node]) -> bool:
    if top.at("config", "redteam").entries():
        return True
    return any(row.at("metadata", key) for row in listed[:20] for key in _ATTACK)


def _claim_attacks(stats: Node, counts: list[int | None], total: int) -> None:
    """State the share of attacks that got through; one that broke off proves nothing, and counts as got through."""
    passed = counts[0] or 0
    if total:
        note = f"{total - passed} of {total} attacks were not fended off, those that broke off included"
        stats.claim("evaluation.injection_success", (total - passed) / total, note=note)


def _warn_of_several(owner: Node, listed: list[Node]) -> None:
    prompts = {row.at("promptIdx").count() for row in listed} - {None}
    if len(prompts) > 1 or len(owner.at("prompts").elements()) > 1:
        owner.warn(
            "the results cover several prompts or providers: every pair of them and a test is a case",
            "evaluate the one that ships, or state `n` and `failures` for it in the manifest",
        )
