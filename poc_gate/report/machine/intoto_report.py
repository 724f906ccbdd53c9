"""Result -> in-toto Statement v1 with a test-result predicate, ready to be signed."""

from __future__ import annotations

import hashlib
from typing import Any

from poc_gate.model.finding import Finding, State
from poc_gate.model.verdict import Result, Word
from poc_gate.report.interface import Format, RenderOptions
from poc_gate.report.report_view import worst_first
from poc_gate.report.result.result_file import result_pieces
from poc_gate.report.state_words import StateWords
from poc_gate.text.documents.canonical_json import canonical_json
from poc_gate.text.inert_text import inert

STATES = StateWords(
    {
        State.PASS: "passedTests",
        State.FAIL: "failedTests",
        State.UNKNOWN: "failedTests",
        State.NOT_APPLICABLE: "not listed",
        State.WAIVED: "warnedTests",
        State.ERROR: "failedTests",
    },
    due="warnedTests",
)

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
_WORDS = {
    Word.GO: "PASSED",
    Word.CONDITIONAL: "WARNED",
    Word.INSUFFICIENT: "FAILED",
    Word.NO_GO: "FAILED",
}


def render_intoto(result: Result, options: RenderOptions) -> bytes:
    """Return the statement: the manifest and the result file as subjects, packs and inputs as configuration."""
    del options
    digest = hashlib.sha256()
    for piece in result_pieces(result):
        digest.update(piece)
    predicate: dict[str, Any] = {
        "result": _WORDS[result.verdict.word],
        "configuration": _configuration(result),
        "passedTests": [],
        "warnedTests": [],
        "failedTests": [],
        "annotations": {
            "verdict": result.verdict.word.value,
            "label": result.verdict.label,
            "stage": result.stage,
            "assessedOn": result.assessed_on,
            "toolVersion": result.tool_version,
            **({"commit": inert(result.commit)} if result.commit else {}),
        },
    }
    for finding in worst_first(result.findings):
        place = STATES.of(finding)
        if place in predicate:
            predicate[place].append(_name(finding))
    statement = {
        "_type": STATEMENT,
        "subject": [
            {"name": inert(result.manifest), "digest": {"sha256": result.manifest_sha256}},
            {"name": "result.json", "digest": {"sha256": digest.hexdigest()}},
        ],
        "predicateType": PREDICATE,
        "predicate": predicate,
    }
    return canonical_json(statement)


def _configuration(result: Result) -> list[dict[str, Any]]:
    packs = [
        {"name": f"pack:{inert(pack.id)}@{inert(pack.version)}", "digest": {"sha256": pack.sha256}}
        for pack in result.packs
        if pack.applied
    ]
    files = [
        {"name": inert(file), "digest": {"sha256": digest}}
        for file, digest in sorted(result.inputs.items())
        if file != result.manifest
    ]
    return packs + files


def _name(finding: Finding) -> str:
    return inert(f"{finding.rule} {finding.subject}".strip())


FORMAT = Format(
    "intoto",
    "in-toto statement of the result, to be signed",
    ".intoto.json",
    render_intoto,
    shows_ways=False,
    mark=rb'(?s)\A\{\s*"_type": "https://in-toto.*"assessedOn": "\d{4}-',
    states=STATES,
)
