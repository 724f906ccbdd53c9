"""Control groups, version 1 and 2 -> the CPU quota, the memory limit and the throttling that bind this process."""

from __future__ import annotations

from msgspec import Struct

from poc_gate.inputs.probe.host.host_files import HostFiles, keyed_lines

_UNLIMITED = 1 << 60
"""Version 1 writes a number near 2^63 for `no limit`; no machine has an exbibyte."""


class ContainerLimits(Struct, frozen=True):
    """The tightest limit of the process's own group and every group above it; None = no limit seen."""

    cpus: float | None = None
    """CPU seconds per second."""
    memory: int | None = None
    """Bytes."""
    memory_used: int | None = None
    """Bytes charged to the group that sets the memory limit, page cache that the kernel gives back at once left out."""
    memory_left: int | None = None
    """The smallest remainder over all groups: a wide parent that is nearly full binds before a tight child."""
    throttled_periods: int = 0
    throttled_seconds: float = 0.0
    cpus_known: bool = False
    """Whether a group's CPU files could be read; otherwise None means unknown, not unlimited."""
    memory_known: bool = False


def read_container_limits(files: HostFiles) -> ContainerLimits:
    """Return the limits; walks every ancestor, because any of them may bind."""
    groups = [line.split(":", 2) for line in (files.text("/proc/self/cgroup") or "").splitlines()]
    cpus: list[float] = []
    memory: list[_Room] = []
    periods, seconds = 0, 0.0
    seen: list[str] = []
    for parts in groups:
        if len(parts) != 3:
            continue
        _, controllers, path = parts
        for folder in _folders(files, controllers, path):
            seen.append(folder)
            cpus += _quota(files, folder)
            memory += _memory(files, folder)
            here = _throttling(files, folder)
            periods, seconds = max(periods, here[0]), max(seconds, here[1])
    known = [_shown(files, folder) for folder in seen]
    tightest = min(memory, default=None, key=lambda room: room.limit)
    return ContainerLimits(
        min(cpus, default=None),
        tightest.limit if tightest else None,
        tightest.used if tightest else None,
        min((max(0, room.limit - (room.used or 0)) for room in memory), default=None),
        periods,
        seconds,
        cpus_known=any(cpu for cpu, _ in known),
        memory_known=any(room for _, room in known),
    )


def _folders(files: HostFiles, controllers: str, path: str) -> tuple[str, ...]:
    """Return the folders of a group and its ancestors, innermost first."""
    if not controllers:
        bases = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
    elif {"cpu", "memory"} & set(controllers.split(",")):
        several = controllers.split(",")
        names = [controllers, ",".join(reversed(several)), *several]
        bases = [f"/sys/fs/cgroup/{name}" for name in names]
    else:
        return ()
    base = next((b for b in bases if files.names(b)), "")
    if not base:
        return ()
    steps = [step for step in path.split("/") if step and step != ".."]
    # Where the mount begins within the path, as Docker mounts version 1, only the end of the path is there.
    ends = (steps[at:] for at in range(len(steps)))
    steps = next((end for end in ends if files.names("/".join((base, *end)))), steps)
    return tuple(base + "".join(f"/{s}" for s in steps[:n]) for n in range(len(steps), -1, -1))


def _shown(files: HostFiles, folder: str) -> tuple[bool, bool]:
    """Say whether the group's CPU and memory files are there; the root of version 2 has only their accounts."""
    names = set(files.names(folder))
    cpu = names & {"cpu.max", "cpu.cfs_quota_us", "cpu.stat"}
    memory = names & {"memory.max", "memory.limit_in_bytes", "memory.stat"}
    return bool(cpu), bool(memory)


def _quota(files: HostFiles, folder: str) -> list[float]:
    words = (files.text(f"{folder}/cpu.max") or "").split()
    if len(words) == 2 and _whole(words[0]) and _whole(words[1]):
        return [_whole(words[0]) / _whole(words[1])]
    quota, period = files.integer(f"{folder}/cpu.cfs_quota_us"), files.integer(f"{folder}/cpu.cfs_period_us")
    return [quota / period] if quota and period and quota > 0 else []


def _whole(text: str) -> int:
    """Return a whole number of the kernel's, or 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


class _Room(Struct, frozen=True):
    """What one group may use, and what it does use beyond page cache that can be given back."""

    limit: int
    used: int | None


def _memory(files: HostFiles, folder: str) -> list[_Room]:
    """Return the room of a group, by either version; above `memory.high` a group is slowed down, so it binds as well."""
    found = []
    limits = [files.integer(f"{folder}/{name}") for name in ("memory.max", "memory.high")]
    second = min((limit for limit in limits if limit is not None and 0 <= limit < _UNLIMITED), default=None)
    stat = keyed_lines(files.text(f"{folder}/memory.stat"))
    first = files.integer(f"{folder}/memory.limit_in_bytes")
    if first is not None and (above := _whole(stat.get("hierarchical_memory_limit", ""))):
        first = min(first, above)  # of groups above the mount, which are not seen from inside
    rows = (
        (second, "memory.current", "inactive_file"),
        (first, "memory.usage_in_bytes", "total_inactive_file"),
    )
    for limit, used_name, cache_name in rows:
        if limit is None or not 0 <= limit < _UNLIMITED:
            continue
        taken = files.integer(f"{folder}/{used_name}")
        given_back = _whole(stat.get(cache_name) or stat.get("inactive_file") or "0")
        found.append(_Room(limit, None if taken is None else max(0, taken - given_back)))
    return found


def _throttling(files: HostFiles, folder: str) -> tuple[int, float]:
    stat = keyed_lines(files.text(f"{folder}/cpu.stat"))
    periods = _whole(stat.get("nr_throttled", ""))
    if "throttled_usec" in stat:
        return periods, _whole(stat["throttled_usec"]) * 1e-6
    return periods, _whole(stat.get("throttled_time", "")) * 1e-9
