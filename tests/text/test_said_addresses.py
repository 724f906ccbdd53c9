"""Addresses as manuals write them hold no password; as soon as a part of them is real, they do."""

from __future__ import annotations

import pytest

from poc_gate.text.secrets.secret_text import find_in_bytes


def found(line: str, form: str = "settings") -> list[str]:
    return [one.kind for _, one, _ in find_in_bytes(line.encode(), form)]


@pytest.mark.parametrize("form", ["settings", "code"])
@pytest.mark.parametrize(
    "address",
    [
        "mongodb://user:pass@localhost/db", "postgresql://username:password@host:5432/db", "redis://user:password@cache.example.org/0",
        "postgres://db_user:db_password@hostname/x", "amqp://user:pwd@127.0.0.1:5672/", "https://name:token@example.com/x",
        "mysql://USER:PASSWORD@HOST/db", "http://login:secret@server:80/",
    ],
)  # fmt: skip
def test_the_form_of_an_address_is_no_secret(address: str, form: str) -> None:
    assert found(f"url: {address}", form) == []


@pytest.mark.parametrize(
    "address",
    [
        "mongodb://user:pass@db.prod.internal/db", "mongodb://admin:pass@localhost/db", "mongodb://user:hunter2xQ9@localhost/db",
        "https://name:token@hosting.company.com/x", "http://user:password@host.company.com/", "http://user:password@server-1.internal/",
        "amqp://guest:guest@localhost:5672/",
    ],
)  # fmt: skip
def test_what_may_be_meant_is_found(address: str) -> None:
    assert found(f"url: {address}") == ["a password in an address"]
