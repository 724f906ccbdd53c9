"""Bytes of an evidence file -> plain data that a rule's predicate can look into, by format."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.text.decode import decode_utf8
from poc_gate.text.lazy_pattern import lazily

MAX_BYTES = 16 << 20
MAX_ROWS = 100_000
MAX_TEXT = 64 * 1024
_HEADING = lazily(r"(#{1,6})\s+(.+?)\s*#*\s*$")


def parse_evidence(content: bytes, file: str) -> tuple[str, object]:
    """Return the format's name and the parsed content.

    YAML, JSON and TOML give their data (several documents a list), CSV gives `columns`, `rows` and `count`,
    JUnit XML its counts and cases, Markdown its front matter with `headings` and `sections`, anything else text.
    Raises InvalidInputError when the file is too large or does not parse as what its name says.
    """
    if len(content) > MAX_BYTES:
        raise _fault(file, f"has more than {MAX_BYTES >> 20} MiB", "name the report, not the raw data")
    if not content.strip():
        raise _fault(file, "is empty", "give a file with content")
    suffix = file.lower().rpartition(".")[2]
    reader = _BY_SUFFIX.get(suffix)
    if reader is not None:
        return reader(content, file)
    if suffix in ("yaml", "yml", "json", "jsonl", "ndjson", "toml"):
        return _structured(read_document(content, file))
    return "text", _text(content, file)


def _structured(document: Document) -> tuple[str, object]:
    data = [part.data for part in document.parts]
    name = {"jsonl": "json", "toml": "yaml"}.get(document.form, document.form)
    return name, data[0] if len(data) == 1 else data


def _csv(content: bytes, file: str) -> tuple[str, object]:
    import csv

    text = decode_utf8(content, file, len(content))
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    rows: list[dict[str, object]] = []
    try:
        reader = csv.DictReader(io.StringIO(text), dialect=dialect)
        columns = list(reader.fieldnames or ())
        for row in reader:
            if len(rows) >= MAX_ROWS:
                raise _fault(file, f"has more than {MAX_ROWS:,} rows", "name a summary")
            rows.append({str(key): _scalar(value) for key, value in row.items() if key is not None})
    except csv.Error as error:
        raise _fault(file, f"not readable as CSV: {error}", "save it as plain CSV") from None
    return "csv", {"columns": columns, "rows": rows, "count": len(rows)}


def _scalar(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d+(\.\d+)?", value.strip()):
        return float(value) if "." in value else int(value[:300])
    return value if isinstance(value, str) else None


def _junit(content: bytes, file: str) -> tuple[str, object]:
    if b"<!DOCTYPE" in content[:65536] or b"<!ENTITY" in content:
        raise _fault(file, "declares entities, which are not expanded", "write the report without a DOCTYPE")
    from xml.etree import ElementTree as ET

    try:
        # Entities are refused above, so that nothing can be expanded or fetched.
        root = ET.fromstring(content)  # noqa: S314
    except ET.ParseError as error:
        raise _fault(file, f"not readable as XML: {error}", "write the report again") from None
    suites = [root] if root.tag == "testsuite" else root.findall(".//testsuite")
    if root.tag not in ("testsuite", "testsuites"):
        raise _fault(
            file, f"is XML with the root <{root.tag[:40]}>, not a JUnit report", "name a JUnit report"
        )
    cases = root.findall(".//testcase")
    failed = sum(1 for case in cases if case.find("failure") is not None)
    errors = sum(1 for case in cases if case.find("error") is not None)
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    stamps = [suite.get("timestamp", "") for suite in [root, *suites] if suite.get("timestamp")]
    return "junit", {
        "tests": len(cases),
        "failures": failed,
        "errors": errors,
        "skipped": skipped,
        "passed": len(cases) - failed - errors - skipped,
        "suites": [suite.get("name", "") for suite in suites[:1000]],
        "cases": [case.get("name", "") for case in cases[:MAX_ROWS]],
        "timestamp": max(stamps) if stamps else "",
    }


def _markdown(content: bytes, file: str) -> tuple[str, object]:
    text = decode_utf8(content, file, len(content))
    front = read_document(content, file).mappings
    headings: list[str] = []
    sections: dict[str, list[str]] = {}
    fenced = False
    for line in text.splitlines()[:20_000]:
        fenced ^= line.lstrip().startswith("```")
        match = None if fenced else _HEADING.match(line)
        if match:
            headings.append(match[2])
            sections.setdefault(_key(match[2]), [])
        elif headings:
            sections[_key(headings[-1])].append(line)
    bodies = {key: "\n".join(lines).strip()[:MAX_TEXT] for key, lines in sections.items()}
    found: dict[str, object] = dict(front[0]) if front else {}
    return "markdown", {**found, "headings": headings, "sections": bodies, "words": len(text.split())}


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def _text(content: bytes, file: str) -> object:
    text = decode_utf8(content, file, len(content))
    return {"text": text[:MAX_TEXT], "lines": len(text.splitlines()), "words": len(text.split())}


def _fault(file: str, what: str, next_step: str) -> InvalidInputError:
    return InvalidInputError([Fault(file, 0, 0, what, next_step)])


_BY_SUFFIX: dict[str, Callable[[bytes, str], tuple[str, object]]] = {
    "csv": _csv,
    "tsv": _csv,
    "xml": _junit,
    "md": _markdown,
    "markdown": _markdown,
}
