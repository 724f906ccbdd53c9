"""One slice of work on the arena: a window that walks on from slice to slice, so that no slice finds its data cached."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from poc_gate.errors import NotMeasuredError
from poc_gate.inputs.probe.memory.memory_plan import MemoryPlan
from poc_gate.inputs.probe.memory.native_kernels import (
    ARRAYS,
    BYTES_COUNTED,
    GRANULE,
    TRIAD_RESULT,
    Variant,
)

_FIRST_GUESS = 4e9
"""B/s for one thread; only sizes the very first window."""
_START = 1.0
_CHECKED = 1 << 20
"""Bytes per array and CPU on which a variant's results are verified."""
_FILL_STEP = 64 << 20
"""Bytes per CPU touched in one call: an interrupt is answered between two calls."""


class Arena(Struct):
    """Memory that the kernels work on, touched by the threads that use it."""

    kernels: Any
    plan: MemoryPlan
    handle: Any = None
    _cursor: dict[tuple[int, ...], int] = field(default_factory=dict)
    _rate: dict[tuple[int, int], float] = field(default_factory=dict)
    unpinned: int = 0

    def open(self) -> None:
        """Map and touch the memory; raises NotMeasuredError when the system gives none."""
        try:
            self.handle = self.kernels.arena_new(self.plan.mapped, 1)
            for at in range(0, self.plan.parts[0].size, _FILL_STEP):
                tasks = [(p.cpu, p.offset + at, 0, 0, min(_FILL_STEP, p.size - at)) for p in self.plan.parts]
                self.kernels.fill(self.handle, tasks, _START)
        except MemoryError as error:
            self.close()
            raise NotMeasuredError(
                f"the system gives no {self.plan.mapped >> 20} MiB for the measurement",
                next_step="raise the memory limit of this process or container",
            ) from error

    def close(self) -> None:
        """Give the memory back."""
        if self.handle is not None:
            self.kernels.arena_free(self.handle)
            self.handle = None

    def slice(self, variant: Variant, cpus: tuple[int, ...], seconds: float, *, share: float = 1.0) -> float:
        """Run one slice of about `seconds` and return its rate in B/s.

        `share` below one keeps the window inside that share of the memory, for the check against caches.
        """
        stretches = self._stretches(cpus, share)
        arrays = ARRAYS[variant.operation]
        window = self._window(variant, len(cpus), seconds, min(size for _, size in stretches) // arrays)
        whole = arrays * window
        key = (*cpus, round(share * 1000))
        at = self._cursor.get(key, 0)
        at = at if at + whole <= min(size for _, size in stretches) else 0
        self._cursor[key] = at + whole
        tasks = [
            (
                cpu,
                offset + at,
                offset + at + (arrays > 1) * window,
                offset + at + (arrays > 2) * 2 * window,
                window,
            )
            for cpu, (offset, _) in zip(cpus, stretches, strict=True)
        ]
        if variant.operation == "read":
            tasks = [(cpu, 0, a, 0, size) for cpu, a, _, _, size in tasks]
        rate = self._timed(variant, tasks, window, seconds)
        self._rate[variant.index, len(cpus)] = rate
        return rate

    def _timed(
        self, variant: Variant, tasks: list[tuple[int, int, int, int, int]], window: int, seconds: float
    ) -> float:
        expected = self._rate.get((variant.index, len(tasks)), _FIRST_GUESS * len(tasks))
        moved = BYTES_COUNTED[variant.operation] * window * len(tasks)
        passes = max(1, round(seconds * expected / moved))
        nanoseconds, _, unpinned = self.kernels.run(self.handle, variant.index, tasks, passes)
        self.unpinned = max(self.unpinned, unpinned)
        return float(moved * passes / max(nanoseconds, 1.0) * 1e9)

    def repeated(self, variant: Variant, cpu: int, size: int, seconds: float) -> float:
        """Return the rate in B/s of reading one range of `size` bytes again and again: the cached rate."""
        offset, _ = self.plan.near(cpu)
        key = (variant.index, 1)
        kept = self._rate.pop(key, None)
        task = [(cpu, 0, offset, 0, size)]
        self._rate[key] = self._timed(variant, task, size, seconds / 8)
        rate = self._timed(variant, task, size, seconds)
        if kept is not None:
            self._rate[key] = kept
        return rate

    def across(self, variant: Variant, cpus: tuple[int, ...], node: int, seconds: float) -> float:
        """Return the rate in B/s at which these CPUs together read memory that lies on `node`."""
        holder = next(part.cpu for part in self.plan.parts if self.plan.node_of.get(part.cpu, 0) == node)
        offset, size = self.plan.near(holder)
        each = size // len(cpus) // GRANULE * GRANULE
        tasks = [(cpu, 0, offset + index * each, 0, each) for index, cpu in enumerate(cpus)]
        return self._timed(variant, tasks, each, seconds)

    def verify(self, variant: Variant, cpus: tuple[int, ...]) -> bool:
        """Say whether the variant leaves the results that its operation must leave."""
        arrays = ARRAYS[variant.operation]
        part = min(size for _, size in self._stretches(cpus, 1.0))
        window = min(_CHECKED, part // arrays // GRANULE * GRANULE)
        good = True
        for cpu, (offset, _) in zip(cpus, self._stretches(cpus, 1.0), strict=True):
            self.kernels.fill(self.handle, [(cpu, offset, 0, 0, arrays * window)], _START)
            if variant.operation in {"write", "copy"}:
                self.kernels.fill(self.handle, [(cpu, offset, 0, 0, window)], 0.5)
            sources = [offset + k * window if k < arrays else 0 for k in range(3)]
            a, b, c = (0, offset, 0) if variant.operation == "read" else sources
            _, total, _ = self.kernels.run(self.handle, variant.index, [(cpu, a, b, c, window)], 1)
            if variant.operation == "read":
                good &= total == (window // 8) * 0x3FF0000000000000 % 2**64  # the bits of 1.0, added up
            else:
                wanted = TRIAD_RESULT if variant.operation == "triad" else _START
                good &= self.kernels.mismatches(self.handle, offset, window, wanted) == 0
        return good

    def _stretches(self, cpus: tuple[int, ...], share: float) -> list[tuple[int, int]]:
        if len(cpus) == 1:
            pairs = [self.plan.near(cpus[0])]
        else:
            own = {part.cpu: (part.offset, part.size) for part in self.plan.parts}
            pairs = [own[cpu] for cpu in cpus]
        return [(offset, int(size * share) // GRANULE * GRANULE) for offset, size in pairs]

    def _window(self, variant: Variant, threads: int, seconds: float, most: int) -> int:
        rate = self._rate.get((variant.index, threads), _FIRST_GUESS * threads)
        bytes_ = rate * seconds / threads / BYTES_COUNTED[variant.operation]
        return max(GRANULE, min(int(bytes_), most) // GRANULE * GRANULE)
