"""Which logical processors sit on the fast and which on the slow cores of a processor that has both."""

from __future__ import annotations

from collections.abc import Mapping

from poc_gate.inputs.probe.host.host_files import HostFiles, number_list

_CPUS = "/sys/devices/system/cpu"
_ALIKE = 0.9
"""Cores of one kind differ by a few percent in capacity, because single ones may clock higher; kinds by a third or more."""


def core_kinds(files: HostFiles, online: tuple[int, ...], parts: Mapping[int, int]) -> dict[int, str]:
    """Return the kind of each logical processor; empty where all cores are alike.

    The kinds are `performance` and `efficiency`; where there is a third, Intel's slowest is `low-power`, and
    Arm's between the fastest and the slowest is `middle`. `parts` holds the part number of each processor
    where the system gives one (Arm). Intel's kernel driver lists its kinds; on Arm the part numbers tell them
    apart and the capacity their rank.
    """
    fast = number_list(files.text("/sys/devices/cpu_core/cpus"))
    slow = number_list(files.text("/sys/devices/cpu_atom/cpus"))
    slowest = number_list(files.text("/sys/devices/cpu_lowpower/cpus"))
    if fast and (slow or slowest):
        return _listed(files, fast, slow, slowest)
    mixed = len(set(parts.values())) > 1
    rank = _rank(files, online, ("cpu_capacity", "cpufreq/cpuinfo_max_freq") if mixed else ("cpu_capacity",))
    if not rank:
        return {}
    best = max(rank.values())
    if mixed and set(parts) >= set(rank):
        speeds = {
            part: max(value for n, value in rank.items() if parts[n] == part) for part in set(parts.values())
        }
        named = _named(sorted(set(speeds.values()), reverse=True))
        return {n: named[speeds[parts[n]]] for n in rank}
    # Parts that are all the same are one kind, however they clock.
    if parts or min(rank.values()) >= _ALIKE * best:
        return {}
    groups: list[list[int]] = []
    for value in sorted(set(rank.values()), reverse=True):
        if groups and value >= _ALIKE * groups[-1][0]:
            groups[-1].append(value)
        else:
            groups.append([value])
    named = _named([group[0] for group in groups])
    heads = {value: group[0] for group in groups for value in group}
    return {n: named[heads[value]] for n, value in rank.items()}


def _named(speeds: list[int]) -> dict[int, str]:
    """Return the name of each speed, the fastest first: all between the fastest and the slowest are `middle`."""
    last = len(speeds) - 1
    words = {0: "performance"} | ({last: "efficiency"} if last else {})
    return {speed: words.get(at, "middle") for at, speed in enumerate(speeds)}


def _listed(
    files: HostFiles, fast: tuple[int, ...], slow: tuple[int, ...], slowest: tuple[int, ...]
) -> dict[int, str]:
    """Return the kinds as Intel's driver lists them; older kernels list the low-power cores among the slow ones."""
    if slow and not slowest:
        rank = _rank(files, slow, ("cpu_capacity", "cpufreq/cpuinfo_max_freq"))
        best = max(rank.values(), default=0)
        slowest = tuple(n for n, value in rank.items() if value < _ALIKE * best)
    kinds = dict.fromkeys(fast, "performance") | dict.fromkeys(slow, "efficiency")
    return kinds | dict.fromkeys(slowest, "low-power" if set(slow) - set(slowest) else "efficiency")


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
