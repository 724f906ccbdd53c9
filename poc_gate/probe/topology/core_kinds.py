"""Which logical processors sit on the fast and which on the slow cores of a processor that has both."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.probe.host_files import HostFiles, number_list

_CPUS = "/sys/devices/system/cpu"
_ALIKE = 0.9
"""Cores of one kind differ by a few percent in capacity, because single ones may clock higher; kinds by a third or more."""


def core_kinds(files: HostFiles, online: tuple[int, ...], parts: Mapping[int, int]) -> dict[int, str]:
    """Return `performance` or `efficiency` for each logical processor; empty where all cores are alike.

    `parts` holds the part number of each processor where the system gives one (Arm). Intel's kernel driver
    lists both kinds. On Arm the part numbers tell the kinds apart and the capacity their rank; of three
    kinds the fastest is `performance` and both others `efficiency`.
    """
    fast = number_list(files.text("/sys/devices/cpu_core/cpus"))
    slow = number_list(files.text("/sys/devices/cpu_atom/cpus"))
    if fast and slow:
        return dict.fromkeys(fast, "performance") | dict.fromkeys(slow, "efficiency")
    mixed = len(set(parts.values())) > 1
    rank = _rank(files, online, ("cpu_capacity", "cpufreq/cpuinfo_max_freq") if mixed else ("cpu_capacity",))
    if not rank:
        return {}
    best = max(rank.values())
    if mixed and set(parts) >= set(rank):
        top = {parts[n] for n, value in rank.items() if value == best}
        return {n: "performance" if parts[n] in top else "efficiency" for n in rank}
    # Parts that are all the same are one kind, however they clock.
    if parts or min(rank.values()) >= _ALIKE * best:
        return {}
    return {n: "performance" if value >= _ALIKE * best else "efficiency" for n, value in rank.items()}


def _rank(files: HostFiles, online: tuple[int, ...], names: tuple[str, ...]) -> dict[int, int]:
    """Return the relative speed of every processor from the first file that tells it of each, or nothing.

    Highest frequencies alone make no kinds: favoured cores of one kind clock higher too.
    """
    for name in names:
        found = {n: files.integer(f"{_CPUS}/cpu{n}/{name}") for n in online}
        known = {n: value for n, value in found.items() if value}
        if known and len(known) == len(online):
            return known
    return {}
