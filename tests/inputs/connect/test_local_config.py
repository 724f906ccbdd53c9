"""The local configuration: what it binds and allows, every fault with its place, and what counts of a stranger's."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.connect.interface import Limits
from poc_gate.inputs.connect.local_config import (
    Binding,
    LocalConfig,
    Trust,
    of_a_stranger,
    read_local_config,
)

FILE = "poc-gate.sources.toml"


def test_what_a_configuration_says_is_what_counts():
    content = b"""
[[credentials]]
reference = "env:A"
hosts = ["DB.internal", "*.data.internal:5432"]
user = "reader"
[[tls]]
hosts = ["db.internal"]
ca = "file:/etc/ca.pem"
[budget]
rate = "2.5 req/s"
bytes = "1 MiB"
wall = "90 s"
timeout = "500 ms"
connections = 3
"""
    found = read_local_config(content, FILE)
    assert found.bindings == (Binding("env:A", ("db.internal", "*.data.internal:5432"), "reader", FILE),)
    assert found.trusts == (Trust(("db.internal",), "/etc/ca.pem"),)
    assert found.limits == replace(Limits(), rate=2.5, bytes=1 << 20, wall=90.0, timeout=0.5, connections=3)
    assert type(found.limits.connections) is type(found.limits.bytes) is int


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("[budget]\nrate = '0 req/s'", (2, 1), "budget.rate must be positive"),
        ("[budget]\nrate = '-1 req/s'", (2, 1), "budget.rate must be positive"),
        ("[budget]\nconnections = 0.5", (2, 1), "budget.connections must be a whole number"),
        ("[budget]\nconnections = 2.5", (2, 1), "budget.connections must be a whole number"),
        ("[budget]\nlanes = 4\nwall = '0 s'", (2, 1), "unknown key budget.lanes; known: rate, bytes, wall, timeout, connections"),
        ("[[credentials]]\nreference = 5\nhosts = ['h']", (2, 1), "credentials[0]: reference must be env:NAME, file:PATH or cmd:COMMAND"),
        (
            "[[credentials]]\nreference = 'plain'\nhosts = ['h']",
            (2, 1),
            "credentials[0]: reference must be env:NAME, file:PATH or cmd:COMMAND, not 'plain'",
        ),
        ("[[credentials]]\nreference = 'env:A'\nhosts = ['h', '*']", (3, 1), "credentials[0]: the pattern * would send the credential anywhere"),
        ("[[credentials]]\nreference = 'env:A'\nhosts = ['h']\nuser = 5", (4, 1), "credentials[0]: user must be a text"),
        ("[[credentials]]\nreference = 'env:A'\nhosts = ['h', 5]", (3, 1), "credentials[0]: hosts must list at least one host or pattern"),
        ("[[credentials]]\nreference = 'env:A'\nhosts = ['h', '']", (3, 1), "credentials[0]: hosts must list at least one host or pattern"),
        ("[[tls]]\nhosts = ['h']\nca = ''", (3, 1), "tls[0]: ca must be the path of a PEM file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text, place, what):
    with pytest.raises(InvalidInputError) as told:
        read_local_config(text.encode(), FILE)
    fault = told.value.faults[0]
    assert ((fault.line, fault.column), fault.what) == (place, what)
    assert fault.next_step == "see docs/sources.md for the keys of [[credentials]], [[tls]] and [budget]"


def test_faults_behind_an_unknown_key_are_told_too_and_small_budgets_are_taken():
    with pytest.raises(InvalidInputError) as told:
        read_local_config(b"[budget]\nlanes = 4\nwall = '0 s'\nrate = '5 GB'\nbytes = '-1 B'", FILE)
    assert [fault.line for fault in told.value.faults] == [2, 3, 4, 5]
    assert read_local_config(
        b"[budget]\nrate = '0.5 req/s'\nbytes = '1 B'\nconnections = 1", FILE
    ).limits == replace(Limits(), rate=0.5, bytes=1, connections=1)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_stranger_may_only_ask_for_less(factor):
    """Budgets of a configuration in the judged repository: half of the usual ones count, twice as much does not."""
    usual = Limits()
    asked = Limits(
        rate=usual.rate * factor, connections=int(usual.connections * factor), bytes=int(usual.bytes * factor),
        wall=usual.wall * factor, timeout=usual.timeout * factor,
    )  # fmt: skip
    found = of_a_stranger(LocalConfig(limits=asked), FILE)
    assert found == LocalConfig(limits=asked if factor < 1.0 else usual)


@pytest.mark.parametrize(
    "brought",
    [LocalConfig((Binding("env:A", ("h",)),)), LocalConfig((), (Trust(("h",), "/ca.pem"),))],
    ids=["a credential", "a rule of trust"],
)
def test_nothing_that_a_stranger_binds_or_trusts_counts(brought):
    found = of_a_stranger(brought, FILE)
    assert (found.bindings, found.trusts) == ((), ())
    assert found.withheld.startswith(f"{FILE} is in the repository that is measured")
