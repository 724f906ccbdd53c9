"""The digest of a finding, which ledgers and earlier results name: it never changes while rule, subject and pack stay."""

from __future__ import annotations

import pytest

from poc_gate.judge.finding_fingerprint import fingerprint


@pytest.mark.parametrize(
    ("rule", "subject", "pack", "expected"),
    [
        ("A", "B", "C", "8a692784aa95cba8"),
        ("", "", "", "96a296d224f285c6"),
    ],
)
def test_it_is_the_start_of_sha256_over_pack_rule_and_subject(rule, subject, pack, expected):
    """What `sha256sum` prints for the three with a zero byte between them, its first sixteen digits."""
    assert fingerprint(rule, subject, pack) == expected
