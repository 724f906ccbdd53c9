"""Where a credential may go and whose certificates are trusted, by host and port; and which values are no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.connect.credentials import is_bound, resolve_credential, trusted_file
from poc_gate.inputs.connect.interface import RefusedError, Secret
from poc_gate.inputs.connect.local_config import Binding, LocalConfig, Trust
from poc_gate.text.secrets.scrub import Scrubber

HERE = LocalConfig((Binding("env:A", ("h",), "reader"),))


@pytest.mark.parametrize(
    ("pattern", "host", "port", "bound"),
    [
        ("db.internal:5432", "db.internal", 5432, True),
        ("db.internal:5432", "DB.internal.", 5432, True),
        ("db.internal:5432", "db.internal", 5433, False),
        ("db.internal:5432", "other.internal", 5432, False),
        ("*.internal:5432", "db.internal", 5432, True),
        ("db.internal", "db.internal", 9, True),
        ("*.internal", "internal", 9, False),
        ("::1", "::1", 9, True),
        ("::1", "::2", 1, False),
    ],
)
def test_a_pattern_with_a_port_binds_to_that_port_of_that_host_alone(pattern, host, port, bound):
    """`::1` is an address of IPv6, and not the host `:` with port 1."""
    config = LocalConfig((Binding("env:A", ("elsewhere", pattern)),))
    assert (is_bound("env:A", host, port, config) is not None) is bound
    assert is_bound("env:B", host, port, config) is None


def test_the_first_rule_of_trust_that_names_one_of_the_hosts_counts():
    config = LocalConfig((), (Trust(("a", "b:1"), "~/first.pem"), Trust(("b",), "/second.pem")))
    assert trusted_file([("a", 9)], config) == str(Path("~/first.pem").expanduser())
    assert trusted_file([("B.", 1)], config) == str(Path("~/first.pem").expanduser())
    assert trusted_file([("c", 1), ("b", 2)], config) == "/second.pem"
    assert trusted_file([("c", 1)], config) == ""


@pytest.mark.parametrize(
    ("text", "secret"), [("abcd", "abcd"), (" abcd \n", "abcd"), ("abc", None), ("", None)]
)
def test_a_secret_has_four_characters_at_least(text, secret):
    if secret is None:
        with pytest.raises(RefusedError, match="env:A holds fewer than 4 characters: too short for a secret"):
            resolve_credential("env:A", "h", 1, HERE, Scrubber(), {"A": text})
    else:
        assert resolve_credential("env:A", "h", 1, HERE, Scrubber(), {"A": text}) == Secret("reader", secret)


def test_a_password_in_an_address_is_scrubbed_as_it_is_written_there_too():
    scrubber = Scrubber()
    secret = resolve_credential("env:A", "h", 1, HERE, scrubber, {"A": "postgresql://u:%70ass%77ord1@h/db"})
    assert secret == Secret("u", "password1")
    told = scrubber.scrub("no login with %70ass%77ord1, password1")
    assert "ass" not in told
    bare = resolve_credential("env:A", "h", 1, HERE, Scrubber(), {"A": "postgresql://h/db"})
    assert bare == Secret("reader", "")


def test_a_file_of_64_kib_is_read_and_one_byte_more_is_not(tmp_path):
    (tmp_path / "secret").write_text("x" * 65_536)
    reference = f"file:{tmp_path}/secret"
    config = LocalConfig((Binding(reference, ("h",)),))
    assert len(resolve_credential(reference, "h", 1, config, Scrubber()).text) == 65_536
    (tmp_path / "secret").write_text("x" * 65_537)
    with pytest.raises(RefusedError, match="more than 65,536 characters"):
        resolve_credential(reference, "h", 1, config, Scrubber())


def test_what_a_command_prints_before_it_fails_is_no_secret():
    reference = "cmd:sh -c 'echo half-a-secret; exit 1'"
    config = LocalConfig((Binding(reference, ("h",)),))
    with pytest.raises(RefusedError, match="the command for the credential failed: CalledProcessError"):
        resolve_credential(reference, "h", 1, config, Scrubber())
