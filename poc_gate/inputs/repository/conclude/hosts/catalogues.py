"""Hosts that were seen -> the lists of pages among them, which tell of what is elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from poc_gate.inputs.repository.noting.signals import HostSeen

_MANY = 8
"""Hosts under one name in one file from which on they are a catalogue: laws and their pages, say."""


def catalogues(hosts: Iterable[HostSeen]) -> frozenset[tuple[str, str]]:
    """Return file and name of what lists the addresses of many hosts: entries of a catalogue, which nobody asks each."""
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in hosts:
        if one.why.endswith(" holds its address"):
            listed[one.place.file, one.why].add(one.host)
    return frozenset(key for key, found in listed.items() if len(found) >= _MANY)
