"""What else happened on the machine while something was measured: steal, foreign load, throttling, queue."""

from __future__ import annotations

import os
import time

from msgspec import Struct

from poc_gate.inputs.probe.host.container_limits import read_container_limits
from poc_gate.inputs.probe.host.host_files import HostFiles


class Disturbance(Struct, frozen=True):
    """Averages over the time watched; zero where the system does not tell (then `known` is False)."""

    seconds: float = 0.0
    steal: float = 0.0
    """CPUs that the hypervisor gave to others."""
    foreign: float = 0.0
    """CPUs that other processes of this machine used."""
    cpus: int = 1
    throttled: int = 0
    """Periods in which the CPU quota stopped this container."""
    known: bool = False


class _Counters(Struct, frozen=True):
    wall: float
    own: float
    busy: float | None
    steal: float | None
    cpus: int
    throttled: int


class Watch:
    """Watches from its creation on."""

    def __init__(self, files: HostFiles) -> None:
        """Read the counters once."""
        self._files = files
        self._first = self._read()

    def seen(self) -> Disturbance:
        """Return what happened since the creation; can be asked again."""
        first, last = self._first, self._read()
        wall = max(last.wall - first.wall, 1e-9)
        if first.busy is None or last.busy is None:
            return Disturbance(seconds=wall)
        tick = 1 / _ticks()  # the counters move in ticks: less than one is nothing seen
        foreign = last.busy - first.busy - (last.own - first.own)
        return Disturbance(
            seconds=wall,
            steal=max(0.0, (last.steal or 0) - (first.steal or 0)) / wall,
            foreign=max(0.0, foreign - tick) / wall,
            cpus=last.cpus,
            throttled=last.throttled - first.throttled,
            known=True,
        )

    def _read(self) -> _Counters:
        lines = (self._files.text("/proc/stat") or "").splitlines()
        fields = lines[0].split()[1:] if lines and lines[0].startswith("cpu ") else []
        busy = steal = None
        if len(fields) >= 8 and all(field.isdigit() for field in fields[:8]):
            user, nice, system, _idle, _iowait, irq, softirq, stolen = (int(field) for field in fields[:8])
            busy, steal = (user + nice + system + irq + softirq) / _ticks(), stolen / _ticks()
        count = sum(1 for line in lines if line.startswith("cpu")) - 1
        periods = read_container_limits(self._files).throttled_periods
        return _Counters(time.monotonic(), _own_time(), busy, steal, max(1, count), periods)


def _own_time() -> float:
    """Return the CPU seconds of this process and of the children that ended: what they did is not foreign."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _ticks() -> float:
    return float(os.sysconf("SC_CLK_TCK")) if hasattr(os, "sysconf") else 100.0


_SETTINGS = {
    "huge pages": "/sys/kernel/mm/transparent_hugepage/enabled",
    "numa balancing": "/proc/sys/kernel/numa_balancing",
    "clock source": "/sys/devices/system/clocksource/clocksource0/current_clocksource",
    "frequency governor": "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
    "load average": "/proc/loadavg",
    "cpu pressure": "/proc/pressure/cpu",
    "memory pressure": "/proc/pressure/memory",
}


def conditions(files: HostFiles, seen: Disturbance) -> dict[str, str]:
    """Return the conditions of a measurement as text; what the system hides is left out."""
    found = {name: text.splitlines()[0] for name, path in _SETTINGS.items() if (text := files.text(path))}
    if seen.known:
        found["steal"] = f"{seen.steal:.3f} CPU over {seen.seconds:.2f} s"
        found["foreign load"] = f"{seen.foreign:.3f} CPU over {seen.seconds:.2f} s"
        found["throttled periods"] = str(seen.throttled)
    else:
        found["steal"] = "unknown: the system shows no CPU accounts"
    running = next(
        (
            line.split()[1]
            for line in (files.text("/proc/stat") or "").splitlines()
            if line.startswith("procs_running")
        ),
        "",
    )
    if running:
        found["run queue"] = running
    return found


def frequency(files: HostFiles, cpu: int) -> int | None:
    """Return the current frequency of a logical processor in kHz, or None where the system hides it."""
    return files.integer(f"/sys/devices/system/cpu/cpu{cpu}/cpufreq/scaling_cur_freq")
