"""A host's name -> whether it is plainly inside: this machine, a private network, a name that only a cluster resolves."""

from __future__ import annotations

import ipaddress

_INSIDE = (
    ".svc", ".cluster.local", ".local", ".internal", ".lan", ".intranet", ".corp", ".home.arpa", ".localdomain", ".test",
)  # fmt: skip


def is_inside(host: str) -> bool:
    """Say whether a host (with or without port) is plainly no outbound destination."""
    name = host.rpartition(":")[0] if host.count(":") == 1 else host
    name = name.strip("[]").lower()
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith(_INSIDE) or ".svc." in name
