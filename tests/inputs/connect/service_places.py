"""Where the servers of the tests are, and what this process alone keeps in them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

POSTGRES_PORT = int(os.environ.get("POC_GATE_POSTGRES_PORT", "55432"))
MYSQL_PORT = int(os.environ.get("POC_GATE_MYSQL_PORT", "53306"))
REDIS_PORT = int(os.environ.get("POC_GATE_REDIS_PORT", "56379"))
ROWS = 3000


def own() -> str:
    """Return database, role and key prefix of this process alone: several test processes share the servers."""
    return f"poc_gate_test_{os.getpid()}"


def owner() -> str:
    """Return the role, and its database, that owns what it holds."""
    return f"{own()}_owner"


@dataclass(frozen=True)
class Place:
    """Where a server's test data lies."""

    port: int
    name: str = field(default_factory=own)
    """Of the database, of the role that may only read, and prefix of keys."""
