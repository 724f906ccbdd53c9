"""The system's memory accounts and the container's limit -> how much memory there is and may be used."""

from __future__ import annotations

from poc_gate.inputs.probe.host.container_limits import ContainerLimits
from poc_gate.inputs.probe.host.host_files import HostFiles, keyed_lines
from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity


def memory_sizes(files: HostFiles) -> tuple[int | None, int | None]:
    """Return total and available bytes of the machine; None where nothing says so."""
    info = keyed_lines(files.text("/proc/meminfo"))
    total, available = _kibibytes(info.get("MemTotal")), _kibibytes(info.get("MemAvailable"))
    if total is not None:
        return total, available
    return _elsewhere()


def usable_memory(files: HostFiles, limits: ContainerLimits) -> int | None:
    """Return bytes free for new work: available memory within what the container has left."""
    _, available = memory_sizes(files)
    known = [size for size in (available, limits.memory_left, _address_space_left(files)) if size is not None]
    return min(known, default=None)


def _address_space_left(files: HostFiles) -> int | None:
    """Return the bytes that `ulimit -v` still lets this process map, or None where it sets no limit."""
    try:
        import resource
    except ImportError:
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    used = (files.text("/proc/self/statm") or "").split()[:1]
    if limit == resource.RLIM_INFINITY or not used:
        return None
    return max(0, limit - int(used[0]) * resource.getpagesize())


def read_memory(files: HostFiles, limits: ContainerLimits) -> dict[str, Value | None]:
    """Return the memory facts by their short names."""
    total, _ = memory_sizes(files)
    # A limit above the machine's memory binds nothing.
    limit = limits.memory if limits.memory and (total is None or limits.memory < total) else None
    return {
        "memory.total": _bytes(total),
        "memory.limit": _bytes(limit),
        "memory.available": _bytes(usable_memory(files, limits)),
    }


def _bytes(value: int | None) -> Quantity | None:
    return None if value is None else Quantity(float(value), "B")


def _kibibytes(text: str | None) -> int | None:
    words = (text or "").split()
    return int(words[0]) * 1024 if words and words[0].isdigit() else None


def _elsewhere() -> tuple[int | None, int | None]:
    """Ask psutil where there is no /proc (macOS, Windows)."""
    try:
        import psutil

        memory = psutil.virtual_memory()
    except (ImportError, OSError, RuntimeError):
        return None, None
    return int(memory.total), int(memory.available)
