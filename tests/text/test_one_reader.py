"""One fault, one message: whichever command reads a file, a fault is told in the same words with its place."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from poc_gate.errors import Fault, InvalidInputError
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.inputs.probe.profile.profile_file import read_profile
from poc_gate.report.result.result_file import read_result
from poc_gate.text.documents.positioned_yaml import read_yaml

READERS: dict[str, Callable[[bytes, str], object]] = {
    "import": read_document,
    "report": read_result,
    "probe": read_profile,
    "validate": read_yaml,
}
FAULTS = {
    "a key given twice": (b'{\n  "a": 1, "a": 2\n}', "the key 'a' is given twice", 2),
    "another encoding, with its mark": ('{"a": 1}'.encode("utf-16"), "the file is encoded in UTF-16", 0),
    "another encoding, without one": (
        '{"aaaaaaaa": 1}'.encode("utf-16-le"),
        "the file is encoded in UTF-16",
        0,
    ),
    "a byte that is not UTF-8": (b'{\n "a": "\xfc"\n}', "byte 0xfc is not valid UTF-8", 2),
    "a binary file": (b'{"a": "\x00\x00\x00"}', "the file is binary", 0),
}


def faults_of(reader: Callable[[bytes, str], object], content: bytes) -> Iterator[Fault]:
    """Yield what a reader says is wrong."""
    with contextlib.suppress(KeyError):
        try:
            reader(content, "x.json")
        except InvalidInputError as error:
            yield from error.faults


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_has_the_same_words_from_every_reader(case: str, reader: str):
    content, words, line = FAULTS[case]
    found = [fault for fault in faults_of(READERS[reader], content) if fault.what == words]
    assert found, [str(fault) for fault in faults_of(READERS[reader], content)]
    assert found[0].line == line
    assert found[0].next_step
