"""Examples of an environment -> names in them that nothing writes elsewhere show no store, no provider and nothing to remark on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from poc_gate.inputs.repository.noting.signals import HostSeen, RemarkSeen, Signals, SystemSeen
from poc_gate.inputs.repository.tables.marks.key_marks import ASKS_WHOEVER, provider_of_key
from poc_gate.inputs.repository.tables.packages import package_named

_READER = "env-file"
_FEWEST = 3
"""Names that code reads, from which on it is clear that the example is of that code."""
_SHOWS = re.compile(r"^(\w+) (?:holds its address|chooses it)$")


def names_of_examples(signals: Signals) -> frozenset[str]:
    """Return the names under which examples of an environment show anything, and those of their other settings."""
    kinds = (signals.remarks, signals.hosts, signals.systems)
    named = {_name(one) for kind in kinds for one in kind if one.reader == _READER}
    return frozenset({*(named - {""}), *_others(signals)})


def leave_unread_examples(signals: Signals, written: Collection[str], by_code: Collection[str]) -> None:
    """Take back what examples show under names that nothing else writes, where code writes enough of the others."""
    if len(_others(signals) & set(by_code)) < _FEWEST:
        return
    brought = list(_brought(signals))

    def is_unread(one: RemarkSeen | HostSeen | SystemSeen) -> bool:
        name = _name(one) if one.reader == _READER else ""
        return bool(name) and name not in written

    signals.remarks[:] = [one for one in signals.remarks if not is_unread(one)]
    signals.hosts[:] = [one for one in signals.hosts if not is_unread(one) or _is_brought(one, brought)]
    stores = {package.system for name in brought if (package := package_named(name)) is not None}
    signals.systems[:] = [one for one in signals.systems if not is_unread(one) or one.system in stores]


def _name(one: RemarkSeen | HostSeen | SystemSeen) -> str:
    """Return the variable that shows something; empty for what is shown otherwise."""
    if isinstance(one, RemarkSeen):
        return one.value.partition(" ")[0]
    if isinstance(one, HostSeen) and one.offered:
        return one.offered
    said = _SHOWS.match(one.why if isinstance(one, HostSeen) else one.note)
    return said[1] if said else ""


def _others(signals: Signals) -> set[str]:
    return {one.name for one in signals.settings if one.kind == "env" and ".env" in one.place.file}


def _brought(signals: Signals) -> Iterator[str]:
    return (one.name for one in signals.packages if not one.optional)


def _is_brought(one: HostSeen, packages: Collection[str]) -> bool:
    """Say whether a package looks the key up by itself."""
    provider = provider_of_key(one.offered)
    return any((provider and provider in name) or ASKS_WHOEVER.search(name) for name in packages)
