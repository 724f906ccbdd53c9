"""Evidence files: every format as plain data, digests, dates, and faults that stay with the entry."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.evidence.evidence_formats import parse_evidence
from poc_gate.inputs.artifacts.evidence.read_evidence import read_evidence
from poc_gate.model.claim import Place
from poc_gate.model.request import EvidenceRequest

JUNIT = b"""<testsuites><testsuite name="guards" timestamp="2026-11-03T10:00:00">
<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"><skipped/></testcase>
</testsuite></testsuites>"""


def test_every_format_gives_plain_data() -> None:
    assert parse_evidence(b"rollback: {minutes: 12}\n", "a.yaml") == ("yaml", {"rollback": {"minutes": 12}})
    assert parse_evidence(b'{"n": 3}', "a.json") == ("json", {"n": 3})
    assert parse_evidence(b"a: 1\n---\nb: 2\n", "a.yaml") == ("yaml", [{"a": 1}, {"b": 2}])
    assert parse_evidence(b'{"n": 3}\n{"n": 4}\n', "a.jsonl") == ("json", [{"n": 3}, {"n": 4}])
    assert parse_evidence(b"name;ms\nx;12\ny;1.5\n", "a.csv") == (
        "csv", {"columns": ["name", "ms"], "rows": [{"name": "x", "ms": 12}, {"name": "y", "ms": 1.5}], "count": 2},
    )  # fmt: skip
    kind, text = parse_evidence(b"all good\nyes\n", "a.txt")
    assert (kind, text) == ("text", {"text": "all good\nyes\n", "lines": 2, "words": 3})


def test_junit_counts_what_ran() -> None:
    kind, found = parse_evidence(JUNIT, "report.xml")
    assert kind == "junit"
    assert isinstance(found, dict)
    assert {key: found[key] for key in ("tests", "failures", "errors", "skipped", "passed")} == {
        "tests": 3, "failures": 1, "errors": 0, "skipped": 1, "passed": 1,
    }  # fmt: skip


def test_markdown_gives_front_matter_headings_and_sections() -> None:
    text = b"---\nowner: platform lead\n---\n# Runbook\n\n## Roll back\nRun the old build.\n\n```\n# not a heading\n```\n"
    kind, found = parse_evidence(text, "runbook.md")
    assert kind == "markdown"
    assert isinstance(found, dict)
    assert found["owner"] == "platform lead"
    assert found["headings"] == ["Runbook", "Roll back"]
    assert found["sections"]["roll_back"].startswith("Run the old build.")


@pytest.mark.parametrize(
    ("content", "file", "words"),
    [
        (b"", "a.yaml", "empty"),
        (b"   \n", "a.json", "empty"),
        (b"a: [", "a.yaml", "not readable"),
        (b"{", "a.json", "not valid JSON"),
        (b"<testsuites", "a.xml", "not readable as XML"),
        (b"<html/>", "a.xml", "not a JUnit report"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><testsuite/>', "a.xml", "entities"),
        (b"\xff\xfe\x00", "a.txt", "encoded in UTF-16"),
        (b"PK\x03\x04....", "a.yaml", "zip archive"),
    ],
)
def test_broken_files_are_refused_by_name(content: bytes, file: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        parse_evidence(content, file)


def request(file: str, **more: str) -> EvidenceRequest:
    return EvidenceRequest("G02-rollback-exercised", file, Place("pilot.yaml", 3, 1), **more)


def test_entries_keep_digest_date_approver_and_place(tmp_path: Path) -> None:
    content = b"rollback: {tested_on: 2026-10-20, minutes: 12}\n"
    (tmp_path / "a.yaml").write_bytes(content)
    (one, two) = read_evidence(
        [
            request("a.yaml", approver="platform lead", sha256="00"),
            request("a.yaml", observed_at="2026-10-21"),
        ],
        tmp_path,
    )
    assert one.sha256 == hashlib.sha256(content).hexdigest()
    assert (one.declared_sha256, one.approver, one.parsed_as, one.fault) == (
        "00",
        "platform lead",
        "yaml",
        "",
    )
    assert one.observed_at == "2026-10-20"
    assert (two.observed_at, two.typed_at) == ("2026-10-20", "2026-10-21"), (
        "a record's own day beats a typed one"
    )
    assert one.place == Place("pilot.yaml", 3, 1)


@pytest.mark.parametrize("file", ["missing.yaml", "../outside.yaml", "/etc/hostname", "broken.yaml"])
def test_a_file_that_cannot_be_used_keeps_the_reason(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "pilot"
    folder.mkdir()
    (tmp_path / "outside.yaml").write_text("a: 1\n")
    (folder / "broken.yaml").write_text("a: [\n")
    (one,) = read_evidence([request(file)], folder)
    assert one.fault
    assert one.content is None
    assert one.parsed_as == ""
