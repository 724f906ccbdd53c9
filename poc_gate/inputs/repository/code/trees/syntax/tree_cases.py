"""A host that code asks in one case of a choice that a setting makes -> which setting, and the value that it must have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from poc_gate.inputs.repository.noting.marks import IN_A_CASE
from poc_gate.inputs.repository.noting.notes import INFERRED
from poc_gate.inputs.repository.noting.signals import HostSeen
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS

_CHOOSES = re.compile(r"^(?P<before>\s*)switch\s*\(\s*(?:process\.env\.|env\.)?(?P<name>[A-Z][A-Z0-9_]{3,60})\s*\)\s*\{")  # fmt: skip
_CASE = re.compile(r"^(?P<before>\s*)case\s+[\"'`](?P<value>[\w.-]{1,60})[\"'`]\s*:")
_FAR = 400
"""Lines between a choice and its last case."""


def mark_cases(lines: Sequence[str], hosts: list[HostSeen], since: int) -> None:
    """Say of each host that a file asks only for one value of a setting which value that is."""
    for at in range(since, len(hosts)):
        one = hosts[at]
        found = _case_around(lines, one.place.line)
        if found is not None:
            why = f"{one.why}{IN_A_CASE}{found[0]} is {found[1]}"
            hosts[at] = one._replace(why=why, certainty=INFERRED)


_OFF = re.compile(r"\$\{([\w.-]{1,120})\.enabled:false\}")
"""A section of settings that a program in Java takes as off where nobody turns it on."""


def is_in_section_off(name: str, text: str) -> bool:
    """Say whether a setting stands in a section that its file takes as off: `chat.openai.model` beside `${chat.openai.enabled:false}`."""
    return any(name.startswith(f"{section}.") for section in _OFF.findall(text))


def leave_hosts_off(text: str, hosts: list[HostSeen], since: int) -> None:
    """Take back the hosts of providers whose section of settings a file in Java takes as off."""
    off = {PROVIDER_HOSTS.get(section.rpartition(".")[2], "") for section in _OFF.findall(text)} - {""}
    hosts[since:] = [one for one in hosts[since:] if one.host not in off or not one.why.endswith("asks it")]


def _case_around(lines: Sequence[str], line: int) -> tuple[str, str] | None:
    """Return the setting and the value of the case that a line stands in, by how far the lines before it are indented."""
    value, least = "", len(lines[line - 1]) if 0 < line <= len(lines) else 0
    for at in range(line - 1, max(-1, line - 1 - _FAR), -1):
        text = lines[at] if at < len(lines) else ""
        indented = len(text) - len(text.lstrip())
        if not text.strip():
            continue
        case = _CASE.match(text)
        if case is not None and not value and indented < least:
            value = case["value"]
        chooses = _CHOOSES.match(text)
        if chooses is not None and indented < least:
            return (chooses["name"], value) if value else None
        least = min(least, indented)
    return None
