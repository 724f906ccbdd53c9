"""Facts that belong together -> taken from one file only: objectives of one service, the counts of one evaluation."""

from __future__ import annotations

from collections.abc import Iterable

from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.model.claim import Claim, Notice
from poc_gate.model.request import ImportRequest

_TOGETHER = {
    "slo": ("slo.availability", "slo.p50", "slo.p95", "slo.p99", "slo.ttft", "slo.window"),
    "evaluation": ("evaluation.n", "evaluation.failures"),
}
"""Group of importers and the facts that only mean something together."""
_KEYS = ("slo.file", "evaluation.report")
"""Manifest keys that say which file is meant."""


def of_one_subject(
    results: Iterable[tuple[ImportRequest, ImportResult]], claims: Iterable[Claim]
) -> tuple[list[Claim], list[Notice]]:
    """Return the claims without those that two files would mix, and a question for each such pair.

    The file that the manifest names under its own key counts; where several are only listed under `imports:`,
    none of them does, since a p99 of one service beside the availability of another is the objective of nobody.
    """
    kept, notices = list(claims), list[Notice]()
    for group, facts in _TOGETHER.items():
        found = [
            (request, result)
            for request, result in results
            if result.group == group and _states(result, facts)
        ]
        if len(found) < 2 or not _differ(group, [result for _, result in found], facts):
            continue
        meant = next((request for request, _ in found if request.fact in _KEYS), None)
        others = [(request, result) for request, result in found if request is not meant]
        names = " and ".join(f"{request.path}{_about(result)}" for request, result in found[:4])
        step = f"name the one that counts under `{_KEYS[0] if group == 'slo' else _KEYS[1]}`, or keep one of them"
        kind = "warning" if meant else "question"
        what = f"{names} each state these objectives; they are not combined" + (
            f", and {meant.path} counts" if meant else ", and none of them counts"
        )
        notices.append(Notice(kind, what, others[0][0].place, step))
        dropped = {
            (claim.fact, claim.sha256, claim.place.file)
            for _, result in others
            for claim in result.claims
            if claim.fact in facts
        }
        kept = [claim for claim in kept if (claim.fact, claim.sha256, claim.place.file) not in dropped]
    return kept, notices


def _states(result: ImportResult, facts: tuple[str, ...]) -> bool:
    return any(claim.fact in facts for claim in result.claims)


def _differ(group: str, results: list[ImportResult], facts: tuple[str, ...]) -> bool:
    """Say whether the files are about different things: other services, or other counts."""
    if group == "slo":
        return len({result.subject for result in results}) > 1
    stated = {tuple(str(claim.value) for claim in result.claims if claim.fact in facts) for result in results}
    return len(stated) > 1


def _about(result: ImportResult) -> str:
    return f" (service {result.subject[:60]})" if result.subject else ""
