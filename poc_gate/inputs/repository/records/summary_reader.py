"""Summaries of evaluations, one mapping for each metric -> cases, failures, citations: evidence also against the pilot."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import Notes

_FILE = re.compile(
    r"(?:^|/)(?:evals?|evaluations?|results)/[\w./-]*summary\.json$|(?:^|/)eval[\w-]*_summary\.json$"
)
_GROUNDED = ("gpt_groundedness", "groundedness", "faithfulness", "correctness", "answer_correctness")


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        cases = _cases(document)
        if cases is None:
            continue
        total, place = cases
        notes.number("evaluation.n", total, place.place, weight=2)
        metric = next(
            (document.at(name) for name in _GROUNDED if document.at(name, "pass_count").number() is not None),
            Node(),
        )
        passed = metric.at("pass_count").number()
        if passed is not None and passed <= total:
            notes.number(
                "evaluation.failures",
                total - passed,
                metric.at("pass_count").place,
                note=f"{passed:g} of {total:g} passed",
            )
        rate = document.at("citations_matched", "rate")
        share = rate.number() if rate else document.at("citations_matched", "mean").number()
        if share is not None and 0 <= share <= 1:
            where = rate or document.at("citations_matched", "mean")
            notes.number("retrieval.citations_checked", total, place.place)
            notes.number(
                "retrieval.citations_wrong",
                round(total * (1 - share)),
                where.place,
                note=f"{share:.0%} matched",
            )


def _cases(document: Node) -> tuple[float, Node] | None:
    """Return how many cases were evaluated, and where that is said."""
    for node in (document.at("num_questions", "total"), document.at("num_questions"), document.at("total")):
        number = node.number()
        if number is not None and number > 0:
            return number, node
    return None


READER = Reader(
    name="evaluation-summary",
    summary="summaries of evaluations with one entry for each metric",
    wants=lambda path: bool(_FILE.search(path)),
    read=_read,
    worst=Standing.MEASURED,
)
