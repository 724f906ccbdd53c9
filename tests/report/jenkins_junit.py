"""What Jenkins' xunit plugin takes as JUnit XML, as a table, and what a document has that the table lacks.

Elements, attributes and which of them are required follow `junit-10.xsd` of the plugin (github.com/jenkinsci/xunit-plugin,
src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd, commit 031e285e).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_RERUNS = {"rerunFailure", "rerunError", "flakyFailure", "flakyError"}
_OUTPUT = {"system-out", "system-err"}
CHILDREN: dict[str, set[str]] = {
    "testsuites": {"testsuite"},
    "testsuite": {"testsuite", "properties", "testcase", *_OUTPUT},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure", *_RERUNS, *_OUTPUT},
}
"""Every other element holds text alone."""
REQUIRED: dict[str, set[str]] = {
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"name"},
    "property": {"name", "value"},
}
OPTIONAL: dict[str, set[str]] = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"},
    "testcase": {"time", "classname", "group"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}
_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")
"""Of a suite, in seconds."""


def junit_faults(root: Element) -> list[str]:
    """Return everything in a document that Jenkins' schema does not allow, each with the element it is in."""
    if root.tag not in ("testsuites", "testsuite"):
        return [f"{root.tag} cannot be the root"]
    return list(_faults(root))


def _faults(element: Element) -> Iterator[str]:
    required = REQUIRED.get(element.tag, set())
    yield from (f"{element.tag} lacks {name}" for name in sorted(required - set(element.attrib)))
    strange = set(element.attrib) - required - OPTIONAL.get(element.tag, set())
    yield from (f"{element.tag} has {name}" for name in sorted(strange))
    time = element.get("time", "")
    if element.tag in ("testsuite", "testsuites") and not _TIME.fullmatch(time):
        yield f"{element.tag} takes no time {time!r}"
    for child in element:
        if child.tag not in CHILDREN.get(element.tag, set()):
            yield f"{element.tag} holds {child.tag}"
        yield from _faults(child)
    if element.tag in CHILDREN and (element.text or "").strip():
        yield f"{element.tag} holds text"
