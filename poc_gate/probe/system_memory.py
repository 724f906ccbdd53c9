"""The system's memory accounts and the container's limit -> how much memory there is and may be used."""

from __future__ import annotations

from poc_gate.model.claim import Value
from poc_gate.model.quantity import Quantity
from poc_gate.probe.container_limits import ContainerLimits
from poc_gate.probe.host_files import HostFiles, keyed_lines


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
    if limits.memory is None:
        return available
    left = max(0, limits.memory - (limits.memory_used or 0))
    return left if available is None else min(available, left)


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
