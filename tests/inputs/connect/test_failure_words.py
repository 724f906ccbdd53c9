"""A driver's exception -> one sentence: the kind of failure, what it means, what to do, and the driver's own words."""

from __future__ import annotations

import pytest

from poc_gate.inputs.connect.failure_words import failure_words
from poc_gate.inputs.connect.interface import SourceError, Target

HOST = Target("x", host="db.internal")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no such column"), "ValueError: no such column"),
        (ValueError(""), "ValueError: no details"),
        (SourceError("the table is empty"), "the table is empty"),
        (SourceError(""), "no details"),
        ("plain words", "plain words"),
        ("plain words Debug source: Error { at 1 }", "plain words"),
        ("plain words\n\nDebug source:\nError { at 1 }", "plain words"),
    ],
)
def test_what_is_not_known_stays_in_the_drivers_words(error, words):
    assert failure_words(error, HOST) == words


def test_a_known_failure_begins_with_its_name_and_names_whom_to_trust():
    untrusted = "certificate verify failed: unable to get local issuer certificate"
    told = failure_words(untrusted, HOST)
    assert told.startswith("certificate-untrusted: ")
    assert told.endswith(f" ({untrusted})")
    assert '[[tls]] hosts = ["db.internal"] ca = "/path/of/the/ca.pem"' in told
    assert '[[tls]] hosts = ["HOST"]' in failure_words(SourceError(untrusted), Target("x"))
