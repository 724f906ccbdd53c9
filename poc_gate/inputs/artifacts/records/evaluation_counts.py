"""Counts of an evaluation -> cases and failures: whatever did not pass failed, and the parts must add up."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.artifacts.file_reading import Node

COUNTED: dict[str, tuple[str, ...]] = {
    "n": ("n", "total", "n_samples", "num_samples", "cases", "n_cases", "samples", "count", "examples", "total_cases", "num_cases"),
    "passed": ("passed", "successes", "pass", "n_passed", "pass_count", "passes", "succeeded", "correct", "num_passed"),
    "failures": ("failures", "failed", "n_failed", "fail", "num_failures", "fail_count", "incorrect", "num_failed"),
    "errors": ("errors", "errored", "error", "n_errors", "num_errors", "error_count", "timeouts", "timed_out", "crashed"),
    "skipped": ("skipped", "n_skipped", "num_skipped", "skip", "not_run"),
}  # fmt: skip
"""Names under which files give cases, those that passed, failed, ended in an error, and were left out."""


class Counts(Struct, frozen=True):
    """The nodes of one evaluation that hold counts; an absent one is false."""

    n: Node
    passed: Node
    failures: Node
    errors: Node
    skipped: Node


def claim_counts(found: Counts) -> None:
    """State how many cases there were and how many did not pass; parts that do not add up are a question.

    A case that ended in an error did not pass. A skipped one was not tried, and counts neither way.
    """
    n, passed, failed, errors, skipped = (
        node.count() for node in (found.n, found.passed, found.failures, found.errors, found.skipped)
    )
    if n is None and passed is None and failed is None and errors is None:
        return
    parts = [part for part in (passed, failed, errors) if part is not None]
    tried = n - skipped if n is not None and skipped is not None and sum(parts) == n - skipped else n
    if tried is None and passed is not None and (failed is not None or errors is not None):
        tried = sum(parts)
    if problem := _problem(tried, passed, failed, errors, skipped):
        node = found.n or found.passed or found.failures
        node.ask(
            problem, "correct the report, or write `n` and `failures` under `evaluation:` in the manifest"
        )
        return
    note = (
        "skipped cases left out"
        if skipped and tried != n
        else ""
        if found.n
        else "passed, failed and broken-off cases"
    )
    (found.n or found.passed).claim("evaluation.n", tried, note=note)
    _claim_failures(found, tried, passed, (failed, errors))


def _claim_failures(
    found: Counts, tried: int | None, passed: int | None, others: tuple[int | None, int | None]
) -> None:
    failed, errors = others
    for node in (found.passed, found.failures, found.errors, found.skipped):
        if node.count() is not None:
            node.use()
    if passed is not None and tried is not None:
        node = found.failures if failed is not None and not errors else found.passed
        node.claim(
            "evaluation.failures",
            tried - passed,
            note="" if node is found.failures else "cases that did not pass",
        )
    elif failed is not None:
        note = f"{failed} failed and {errors} ended in an error" if errors else ""
        found.failures.claim("evaluation.failures", failed + (errors or 0), note=note)
    elif errors is not None:
        found.errors.claim("evaluation.failures", errors, note="cases that ended in an error")


def _problem(
    tried: int | None, passed: int | None, failed: int | None, errors: int | None, skipped: int | None
) -> str:
    """Return in words why the counts cannot all be true, or an empty text."""
    if tried is None:
        return ""
    words = ((passed, "passed"), (failed, "failed"), (errors, "ended in an error"), (skipped, "were skipped"))
    stated = [f"{count} {word}" for count, word in words if count is not None]
    parts = [count for count in (passed, failed, errors) if count is not None]
    if sum(parts) > tried:
        return f"{', '.join(stated)}: that is more than {tried} cases"
    if passed is not None and failed is not None and sum(parts) != tried:
        return f"{', '.join(stated)}: that is not {tried} cases, and the file does not say what became of the others"
    return ""
